"""What is on its way to a CRM."""

from __future__ import annotations

from dataclasses import dataclass, field

from .apollo import Activity, Counterpart, Login, Record


@dataclass(eq=False)
class Job:
    """One record or activity to push. `you` is the documents' "you"."""

    crm: str
    bulk: bool
    object: str
    record: Record
    you: str | None
    # What the table goes by: its own object and source, or those of the contact whose push brings this account along
    # (R08, H11).
    chosen_as: tuple[str, str]
    activity: Activity | None = None

    @property
    def counterpart(self) -> Counterpart | None:
        """What it is in the CRM already."""
        return None if self.activity else self.record.in_crm.get((self.crm, self.object))


@dataclass
class Write:
    """A create or an update for the CRM, in Apollo's words. Without `crm_id` it is a create, found again by
    `external_id`."""

    object: str
    external_id: str
    crm_id: str | None
    fields: dict[str, str]
    owner_id: str | None
    parents: list[tuple[str, str]] = field(default_factory=list)
    assignment_rules: bool = False


@dataclass
class Plan:
    """A write, the login to send it with, and the login of whoever is to own it."""

    job: Job
    write: Write
    writer: Login
    owner: Login | None


@dataclass
class Written:
    """What the CRM has now, and something that people should know."""

    crm_id: str
    note: str | None = None
