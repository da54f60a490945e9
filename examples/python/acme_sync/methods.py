"""What each method of the driver protocol does to the team and its sync."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .apollo import Grant, Login, NotInApollo, Record, Team
from .sync import Sync

Params = dict[str, Any]

CAPABILITIES = [
    "https",
    "crm:salesforce",
    "crm:hubspot",
    "record:contact",
    "record:account",
    "record:lead",
    "source:manual",
    "source:csv",
    "source:gmail",
    "source:linkedin",
    "source:prospecting",
    "source:jobchange",
    "mode:single",
    "mode:bulk",
    "activity:email",
    "activity:task",
    "activity:call",
    "update",
    "error_log",
]


class Unsupported(Exception):
    """This integration cannot do that."""

    def __init__(self, capability: str) -> None:
        super().__init__(f"no {capability}")
        self.capability = capability


class Methods:
    """The methods, and what lives from one `reset` to the next."""

    run = ""
    team: Team
    sync: Sync

    def hello(self, params: Params) -> Params:
        """Who is there, and what it can do."""
        if 1 not in params["protocols"]:
            raise Unsupported("protocol:1")
        self.run = params["run"]
        return {"protocol": 1, "name": "acme-sync-python", "version": "1.0", "capabilities": CAPABILITIES}

    def reset(self, params: Params) -> Params:
        """A new team, a new org and portal: everything else is forgotten."""
        self.team = Team(f"{self.run}-{params['scenario']}")
        apps = {crm: params[crm] for crm in ("salesforce", "hubspot") if params.get(crm)}
        rules = params.get("settings", {}).get("assignment_rules", False)
        self.sync = Sync(self.team, apps, params.get("ca_file"), rules)
        return {}

    def add_user(self, params: Params) -> Params:
        """Somebody joins the team."""
        self.team.users[params["user"]] = params["name"]
        return {}

    def link(self, params: Params) -> Params:
        """Somebody links a personal login."""
        self.team.link(params["crm"], params["user"], grant(params["grant"]))
        return {}

    def unlink(self, params: Params) -> Params:
        """Somebody unlinks it."""
        self.team.unlink(params["crm"], params["user"])
        return {}

    def connect_team_sync(self, params: Params) -> Params:
        """Team sync gets a login, in place of an earlier one."""
        crm = params["crm"]
        self.team.team_sync[crm] = Login(crm, "team sync", False, grant(params["grant"]))
        return {}

    def disconnect_team_sync(self, params: Params) -> Params:
        """Team sync loses it."""
        if self.team.team_sync.pop(params["crm"], None) is None:
            raise NotInApollo(f"team sync is not connected to {params['crm']}")
        return {}

    def create_record(self, params: Params) -> Params:
        """Somebody saves a contact or an account."""
        kind, source, user, fields = (params[name] for name in ("kind", "source", "user", "fields"))
        return owned(self.team.create_record(kind, source, user, params.get("account"), fields))

    def update_record(self, params: Params) -> Params:
        """Somebody changes one."""
        self.team.user(params["user"])
        return owned(self.team.update_record(params["record"], params.get("fields", {}), params.get("owner")))

    def read_record(self, params: Params) -> Params:
        """Who owns it in Apollo."""
        return owned(self.team.record(params["record"]))

    def push(self, params: Params) -> Params:
        """Somebody, or nobody, pushes records."""
        as_lead = params.get("as") == "lead"
        if as_lead and params["crm"] == "hubspot":
            # No sentence speaks of leads in HubSpot, and what is a lead there is not a contact.
            raise Unsupported("record:lead in HubSpot")
        if params.get("user"):
            self.team.user(params["user"])
        bulk = params["mode"] == "bulk"
        outcomes = self.sync.push(params["records"], params["crm"], bulk, params.get("user"), as_lead)
        return {"results": [{"record": record, **outcomes[record]} for record in params["records"]]}

    def log_activity(self, params: Params) -> Params:
        """Somebody has written, done or called something."""
        if params.get("user"):
            self.team.user(params["user"])
        activity = self.team.log_activity(params["type"], params.get("user"), params["about"], params["fields"])
        return {"results": [{"activity": activity.id, **self.sync.log(activity, params["crm"])}]}

    def error_log(self, params: Params) -> Params:
        """What went wrong so far."""
        return {"entries": self.team.error_log}


METHODS: dict[str, Callable[[Methods, Params], Params]] = {
    "hello": Methods.hello,
    "reset": Methods.reset,
    "user.add": Methods.add_user,
    "credential.link": Methods.link,
    "credential.unlink": Methods.unlink,
    "team_sync.connect": Methods.connect_team_sync,
    "team_sync.disconnect": Methods.disconnect_team_sync,
    "record.create": Methods.create_record,
    "record.update": Methods.update_record,
    "record.read": Methods.read_record,
    "push": Methods.push,
    "activity.log": Methods.log_activity,
    "error_log": Methods.error_log,
}


def grant(params: Params) -> Grant:
    """The tokens of a new login."""
    return Grant(params["access_token"], params.get("refresh_token"), params.get("instance_url"))


def owned(record: Record) -> Params:
    """A record and its owner in Apollo."""
    return {"record": record.id, "owner": record.owner}
