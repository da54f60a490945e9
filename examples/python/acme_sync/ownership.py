"""Apollo's documented rules: which login writes a record, and who becomes its owner.

The ids in comments are those of the rule table of crm-conformance: A and B are sentences of the newer and the
older edition, R, H, T and U are rows, Q are questions that the documents leave open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .apollo import Login, Record, Team
from .job import Job

# The table of A21 and B7: what came into Apollo in these ways goes through team sync. Its lines for LinkedIn and job
# changes name contacts alone, so an account from there follows the general rule (Q12). A lead is a contact that is
# pushed as one (Q13).
THROUGH_TEAM_SYNC = {
    ("contact", "linkedin"),
    ("contact", "prospecting"),
    ("contact", "jobchange"),
    ("lead", "linkedin"),
    ("lead", "prospecting"),
    ("lead", "jobchange"),
    ("account", "prospecting"),
}

Usable = Callable[[Login], bool]
Ranked = Callable[[Login], int]


def you(record: Record, bulk: bool, pusher: str | None) -> str:
    """Who the documents' "you" is: the pusher of one record (A5, A15, A18), but in bulk the owner of each (Q4), as
    when nobody pushes (Q5)."""
    return record.owner if bulk or pusher is None else pusher


def writer(team: Team, job: Job, usable: Usable, rank: Ranked) -> Login | None:
    """The login that writes, whose user becomes Created By; none where no login is available (R14, H5).

    Yours if it can be used; if not, team sync's; if not, that of the authenticated user with the highest
    permission (A3, A23, B3, B9), in this order (Q1). The table puts team sync before you (R04 to R06). Single or
    bulk makes no difference (A5, A6).
    """
    yours, team_sync = team.login(job.crm, job.you), team.team_sync.get(job.crm)
    order = [team_sync, yours] if through_team_sync(job) else [yours, team_sync]
    return first(order, usable) or highest(team, job.crm, usable, rank)


def owner(team: Team, job: Job, usable: Usable, rank: Ranked) -> Login | None:
    """The login whose user becomes the owner, whoever writes (A7); none leaves the owner as it is.

    You, once you have linked (A17, A18, B4); if not, the team sync user (A15), or whoever is used in its place
    (A3). In HubSpot the same people, since it would leave the record without an owner (Q16). An update leaves the
    owner alone (U2), unless somebody else owns the record in Apollo now, and has linked (U3).
    """
    if job.counterpart is None:
        yours, team_sync = team.login(job.crm, job.you), team.team_sync.get(job.crm)
        return first([yours, team_sync], usable) or highest(team, job.crm, usable, rank)
    if job.counterpart.apollo_owner != job.record.owner:
        return first([team.login(job.crm, job.record.owner)], usable)
    return None


def through_team_sync(job: Job) -> bool:
    """Whether the table of A21 and B7 speaks of it. It is about creating records in Salesforce: not about HubSpot
    (Q15), not about updates, and not about activities (A17, B4, T2)."""
    return job.crm == "salesforce" and job.counterpart is None and job.chosen_as in THROUGH_TEAM_SYNC


def highest(team: Team, crm: str, usable: Usable, rank: Ranked) -> Login | None:
    """The login of the authenticated user who may do most in the CRM (Q9); of several, the first to have linked
    (Q17)."""
    linked = [login for (of, _), login in team.personal.items() if of == crm and usable(login)]
    return max(linked, key=rank, default=None)


def first(logins: Iterable[Login | None], usable: Usable) -> Login | None:
    """The first that can be used. The others are not even asked."""
    usable_ones: Iterator[Login] = (login for login in logins if login is not None and usable(login))
    return next(usable_ones, None)
