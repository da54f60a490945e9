"""From a push to requests: plans each record, sends together what shares a login, and tells what became of it."""

from __future__ import annotations

from collections import defaultdict

from . import ownership
from .apollo import Activity, Login, Record, Team
from .connection import Connection, Result
from .errors import LoginDead, Refused, SyncError
from .hubspot import HubSpotConnection
from .job import Job, Plan, Write
from .salesforce import SalesforceConnection

CONNECTIONS = {"salesforce": SalesforceConnection, "hubspot": HubSpotConnection}

# What Salesforce and HubSpot call an owner who can't own.
REFUSED_OWNER = {"INACTIVE_OWNER_OR_USER", "INVALID_OWNER_ID"}

Outcome = dict[str, str]


class Sync:
    """Pushes what a team has saved to its CRMs."""

    def __init__(self, team: Team, apps: dict[str, dict], ca_file: str | None, assignment_rules: bool) -> None:
        self.team, self.apps, self.ca_file, self.assignment_rules = team, apps, ca_file, assignment_rules
        self.connections: dict[Login, Connection] = {}

    def push(self, records: list[str], crm: str, bulk: bool, pusher: str | None, as_lead: bool) -> dict[str, Outcome]:
        """Pushes records, one by one or together. A contact brings its account along if the CRM does not have it."""
        outcomes: dict[str, Outcome] = {}
        for ids in [records] if bulk else [[record] for record in records]:
            jobs = [self.record_job(self.team.record(id), crm, bulk, pusher, as_lead) for id in dict.fromkeys(ids)]
            accounts = [job for job in jobs if job.object == "account"]
            contacts = [job for job in jobs if job.object != "account"]
            outcomes |= self.deliver(accounts)
            self.deliver([job for job in self.by_products(contacts) if job.record.id not in outcomes])
            outcomes |= self.deliver([job for job in contacts if self.missing_account(job) is None])
            for job in contacts:
                if job.record.id not in outcomes:
                    outcomes[job.record.id] = self.refuse(job, "account_refused", "its account could not be pushed")
        return {id: outcomes[id] for id in records}

    def log(self, activity: Activity, crm: str) -> Outcome:
        """Logs an activity, as whoever did it (A17, B4), and never as the owner of what it is about (T5)."""
        record = activity.about
        job = Job(crm, False, activity.type, record, activity.user, (activity.type, record.source), activity)
        if record.anywhere_in(crm) is None:
            return self.refuse(job, "not_in_crm", f"{record.id} is not in {crm}: push it first")
        return self.deliver([job])[record.id]

    def record_job(self, record: Record, crm: str, bulk: bool, pusher: str | None, as_lead: bool) -> Job:
        """A record that is pushed in its own right."""
        object = "lead" if as_lead and record.kind == "contact" else record.kind
        return Job(crm, bulk, object, record, ownership.you(record, bulk, pusher), (object, record.source))

    def by_products(self, contacts: list[Job]) -> list[Job]:
        """The accounts that these contacts need, each once: same login, same owner as the contact's (R08, H11)."""
        jobs: dict[str, Job] = {}
        for job in contacts:
            if account := self.missing_account(job):
                jobs.setdefault(account.id, Job(job.crm, job.bulk, "account", account, job.you, job.chosen_as))
        return list(jobs.values())

    def missing_account(self, job: Job) -> Record | None:
        """The account of a contact that the CRM does not have. A lead has none: it carries the name of its company."""
        if job.object != "contact" or job.record.account is None:
            return None
        account = self.team.record(job.record.account)
        return None if (job.crm, "account") in account.in_crm else account

    def deliver(self, jobs: list[Job]) -> dict[str, Outcome]:
        """Sends jobs until each has an outcome. A login that dies on the way is not used again, and its jobs are
        decided anew; nothing else ever changes a job's login."""
        outcomes: dict[str, Outcome] = {}
        while remaining := [job for job in jobs if job.record.id not in outcomes]:
            groups: dict[tuple, list[Plan]] = defaultdict(list)
            for job in remaining:
                try:
                    plan = self.plan(job)
                except SyncError as error:
                    outcomes[job.record.id] = self.refuse(job, error.reason, str(error))
                    continue
                if plan is None:
                    why = f"nobody has a {job.crm} login that works"
                    outcomes[job.record.id] = self.refuse(job, "no_credential", why)
                else:
                    groups[plan.writer, job.object, plan.write.crm_id is None].append(plan)
            for plans in groups.values():
                writes = [plan.write for plan in plans]
                results = self.connection(plans[0].writer).write(writes, plans[0].job.bulk)
                for plan, result in zip(plans, results, strict=True):
                    if outcome := self.outcome(plan, result):
                        outcomes[plan.job.record.id] = outcome
        return outcomes

    def plan(self, job: Job) -> Plan | None:
        """Decides, and fills in the values; none where no login is available."""
        writer = ownership.writer(self.team, job, self.usable, self.rank)
        if writer is None:
            return None
        owner = ownership.owner(self.team, job, self.usable, self.rank)
        source = job.activity or job.record
        write = Write(
            object=job.object,
            external_id=source.external_id,
            crm_id=job.counterpart.crm_id if job.counterpart else None,
            fields=source.fields,
            owner_id=owner.identity.owner_id if owner else None,
            parents=self.parents(job),
            assignment_rules=self.assignment_rules,
        )
        return Plan(job, write, writer, owner)

    def parents(self, job: Job) -> list[tuple[str, str]]:
        """An activity hangs on what it is about, a contact on its account."""
        if job.activity:
            found = job.record.anywhere_in(job.crm)
        elif job.object == "contact" and job.record.account:
            found = self.team.record(job.record.account).anywhere_in(job.crm)
        else:
            found = None
        return [found] if found else []

    def outcome(self, plan: Plan, result: Result) -> Outcome | None:
        """What to tell about a result; nothing where the job has to be decided anew."""
        job = plan.job
        match result:
            case LoginDead():
                plan.writer.unusable = str(result)
                return None
            case Refused() if result.code in REFUSED_OWNER and plan.owner and not self.still_usable(plan.owner):
                return None
            case SyncError():
                return self.refuse(job, result.reason, str(result))
        if job.activity is None:
            job.record.pushed(job.crm, job.object, result.crm_id)
        note = self.passed_over(job) or result.note
        return {"outcome": "pushed", "crm_id": result.crm_id, **({"message": note} if note else {})}

    def usable(self, login: Login) -> bool:
        """Whether the CRM accepts a login, after a refresh if need be. Asked once, and again after a failure to answer.

        A person who can own nothing in the CRM is no better than one whose login is dead: the record would be nobody's.
        """
        if login.unusable is None and login.identity is None:
            try:
                login.identity = self.connection(login).identity()
                if login.personal and login.identity.owner_id is None:
                    login.unusable = f"the {login.crm} user of {login.holder} is not an active owner"
            except LoginDead as error:
                login.unusable = str(error)
        return login.unusable is None

    def still_usable(self, login: Login) -> bool:
        """Asks again: the user may have been deactivated since."""
        login.identity = None
        return self.usable(login)

    def rank(self, login: Login) -> int:
        """What the user of a login may do in the CRM, not in Apollo (Q9)."""
        if login.rank is None:
            login.rank = self.connection(login).rank(login.identity)
        return login.rank

    def connection(self, login: Login) -> Connection:
        """The one connection of this login."""
        if login not in self.connections:
            self.connections[login] = CONNECTIONS[login.crm](login, self.apps[login.crm], self.ca_file)
        return self.connections[login]

    def passed_over(self, job: Job) -> str | None:
        """Why a better login was not used: people have to hear of it, in the result and in the error log (Q7, A25)."""
        better = [self.team.login(job.crm, job.you), self.team.team_sync.get(job.crm)]
        reasons = [login.unusable for login in better if login and login.unusable]
        if not reasons:
            return None
        self.note(job, "credential_unusable", "; ".join(reasons))
        return "; ".join(reasons)

    def refuse(self, job: Job, reason: str, message: str) -> Outcome:
        """A refusal, in the sync error log too (A25)."""
        self.note(job, reason, message)
        return {"outcome": "refused", "reason": reason, "message": message}

    def note(self, job: Job, reason: str, message: str) -> None:
        """A line of the sync error log."""
        entry = {"record": job.record.id, "crm": job.crm, "user": job.you, "reason": reason, "message": message}
        self.team.error_log.append(entry | ({"activity": job.activity.id} if job.activity else {}))
