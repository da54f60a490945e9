"""Apollo's side: the team, the CRM logins that were linked, what was saved, and the sync error log."""

from __future__ import annotations

from dataclasses import dataclass, field

FIELDS = {
    "contact": ("first_name", "last_name", "email", "phone", "title", "company"),
    "account": ("name", "domain", "phone"),
}


class NotInApollo(Exception):
    """Apollo has no such user, record, login or field."""


@dataclass
class Grant:
    """The tokens of a login."""

    access_token: str
    refresh_token: str | None = None
    instance_url: str | None = None


@dataclass
class Identity:
    """The CRM user behind a login, and as whom the CRM knows the same person as an owner."""

    user_id: str
    owner_id: str | None


@dataclass(eq=False)
class Login:
    """A CRM login: somebody's personal one, or team sync's. Linking again makes a new one, so nothing learnt
    outlives it."""

    crm: str
    holder: str
    personal: bool
    grant: Grant
    identity: Identity | None = None
    rank: int | None = None
    unusable: str | None = None


@dataclass
class Counterpart:
    """What a record is in a CRM, and who owned it in Apollo when it was last pushed."""

    crm_id: str
    apollo_owner: str


@dataclass
class Record:
    """A contact or an account. `external_id` is how a CRM finds it again, the same in every attempt."""

    id: str
    external_id: str
    kind: str
    source: str
    owner: str
    account: str | None
    fields: dict[str, str]
    in_crm: dict[tuple[str, str], Counterpart] = field(default_factory=dict)

    def anywhere_in(self, crm: str) -> tuple[str, str] | None:
        """What it is in this CRM, as object and id."""
        return next(((object, found.crm_id) for (of, object), found in self.in_crm.items() if of == crm), None)

    def pushed(self, crm: str, object: str, crm_id: str) -> None:
        """Notes what it is in a CRM now. Its owner in Apollo stays: the sentences about a push name the CRM's
        fields only (O2)."""
        self.in_crm[crm, object] = Counterpart(crm_id, self.owner)


@dataclass
class Activity:
    """An e-mail, a task or a call."""

    id: str
    external_id: str
    type: str
    user: str | None
    about: Record
    fields: dict[str, str]


class Team:
    """One Apollo team. `namespace` keeps its ids apart from another team's in a CRM that both push to."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.users: dict[str, str] = {}
        self.personal: dict[tuple[str, str], Login] = {}
        self.team_sync: dict[str, Login] = {}
        self.records: dict[str, Record] = {}
        self.activities: list[Activity] = []
        self.error_log: list[dict] = []

    def link(self, crm: str, user: str, grant: Grant) -> None:
        """Links a personal login, in place of an earlier one. A link is per CRM (H9)."""
        self.unlink(crm, user, missing_ok=True)
        self.personal[crm, user] = Login(crm, self.user(user), True, grant)

    def unlink(self, crm: str, user: str, missing_ok: bool = False) -> None:
        """Forgets a personal login."""
        if self.personal.pop((crm, user), None) is None and not missing_ok:
            raise NotInApollo(f"{user} has no {crm} login")

    def login(self, crm: str, user: str | None) -> Login | None:
        """Somebody's personal login; none where nobody is asked for, or nobody linked."""
        return None if user is None else self.personal.get((crm, user))

    def user(self, user: str) -> str:
        """The name of a user who exists."""
        if user not in self.users:
            raise NotInApollo(f"there is no Apollo user {user}")
        return self.users[user]

    def record(self, record: str) -> Record:
        """A record that exists."""
        if record not in self.records:
            raise NotInApollo(f"there is no Apollo record {record}")
        return self.records[record]

    def create_record(self, kind: str, source: str, user: str, account: str | None, fields: dict[str, str]) -> Record:
        """Saves a record. Whoever creates it owns it in Apollo, linked to a CRM or not (A2, A22, B1, B8)."""
        self.user(user)
        if account is not None:
            self.record(account)
        check_fields(kind, fields)
        id = f"a{len(self.records) + 1}"
        self.records[id] = Record(id, self.external_id(id), kind, source, user, account, dict(fields))
        return self.records[id]

    def update_record(self, record: str, fields: dict[str, str], owner: str | None) -> Record:
        """Changes fields, and Apollo's owner where one is given."""
        found = self.record(record)
        check_fields(found.kind, fields)
        if owner is not None:
            self.user(owner)
            found.owner = owner
        found.fields.update(fields)
        return found

    def log_activity(self, type: str, user: str | None, about: str, fields: dict[str, str]) -> Activity:
        """Notes that somebody wrote, did or called something about a record."""
        id = f"e{len(self.activities) + 1}"
        self.activities.append(Activity(id, self.external_id(id), type, user, self.record(about), fields))
        return self.activities[-1]

    def external_id(self, id: str) -> str:
        """The name under which a CRM knows a record or an activity of this team."""
        return f"{self.namespace}-{id}"


def check_fields(kind: str, fields: dict[str, str]) -> None:
    """Refuses what Apollo does not sync, so that a misspelt name is no silent loss."""
    if unknown := [name for name in fields if name not in FIELDS[kind]]:
        raise NotInApollo(f"a {kind} has no field {', '.join(unknown)}; it has {', '.join(FIELDS[kind])}")
