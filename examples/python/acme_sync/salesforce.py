"""Salesforce, by simple-salesforce: upserts by external id, sObject Collections for bulk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce, SFType, format_soql
from simple_salesforce.exceptions import SalesforceError, SalesforceExpiredSession
from simple_salesforce.format import format_external_id

from .apollo import Identity
from .connection import ATTEMPTS, RETRY, Connection, Result, wait
from .errors import AnswerLost, Busy, Refused, SyncError, TokenExpired, Unreachable
from .job import Write, Written

OBJECTS = {"contact": "Contact", "account": "Account", "lead": "Lead", "email": "Task", "task": "Task", "call": "Task"}

FIELDS = {
    "first_name": "FirstName",
    "last_name": "LastName",
    "email": "Email",
    "phone": "Phone",
    "title": "Title",
    "name": "Name",
    "domain": "Website",
    "subject": "Subject",
    "body": "Description",
}

# An e-mail or a call has happened; a task is still to be done.
TASKS = {"email": ("Email", "Completed"), "call": ("Call", "Completed"), "task": ("Task", "Not Started")}

LOCKED = "UNABLE_TO_LOCK_ROW"
TRY_AGAIN = {LOCKED, "REQUEST_LIMIT_EXCEEDED"}


class SalesforceConnection(Connection):
    """One login of an org."""

    batch_limit = 200

    def connect(self) -> None:
        """simple-salesforce has no refresh token flow, so it gets each access token anew."""
        session = requests.Session()
        if self.ca_file:
            # A REQUESTS_CA_BUNDLE of the environment would win.
            session.verify, session.trust_env = self.ca_file, False
        session.mount("https://", HTTPAdapter(max_retries=RETRY))
        session.hooks["response"].append(self.note_wait)
        instance_url = self.login.grant.instance_url or self.app["instance_url"]
        self.client = Salesforce(instance_url=instance_url, session_id=self.login.grant.access_token, session=session)

    def note_wait(self, answer: requests.Response, *_: object, **__: object) -> None:
        """How long Salesforce asks to wait. It stands in a header, and the library's exceptions have the body only."""
        self.retry_after = RETRY.get_retry_after(answer.raw)

    def refresh(self) -> None:
        """OAuth's refresh token flow. Salesforce may give a new refresh token with it."""
        form = {
            "grant_type": "refresh_token",
            "client_id": self.app["client_id"],
            "client_secret": self.app["client_secret"],
            "refresh_token": self.refresh_token(),
        }
        try:
            answer = self.client.session.post(f"{self.app['login_url']}/services/oauth2/token", data=form)
        except requests.RequestException as error:
            raise Unreachable(f"Salesforce did not answer: {error}") from error
        if answer.status_code >= 500:
            raise Unreachable(f"Salesforce answered {answer.status_code} to a refresh")
        tokens = answer.json()
        if answer.status_code >= 400:
            raise self.dead(tokens.get("error_description", tokens.get("error", "the refresh was refused")))
        self.keep(tokens["access_token"], tokens.get("refresh_token"))

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Tells by status and error code what is to be done."""
        try:
            yield
        except SalesforceExpiredSession as error:
            raise TokenExpired(str(error)) from error
        except SalesforceError as error:
            code, message = code_and_message(error)
            # `userinfo` says of a token that is over, in words: Bad_OAuth_Token.
            if error.status == 403 and "Bad_OAuth_Token" in message:
                raise TokenExpired(message) from error
            if code in TRY_AGAIN:
                raise Busy(f"{code}: {message}", self.retry_after) from error
            if error.status == 503:
                raise Unreachable(f"Salesforce is busy: {message}") from error
            if error.status >= 500:
                raise AnswerLost(f"Salesforce answered {error.status}") from error
            raise Refused(code, message, error.status) from error
        except requests.RequestException as error:
            raise AnswerLost(f"Salesforce did not answer: {error}") from error

    def identity(self) -> Identity:
        """A Salesforce user owns records by the user id itself."""
        user: Any = self.insist(lambda: self.client.oauth2("userinfo"))
        if user.get("active") is False:
            raise self.dead("its user is deactivated")
        return Identity(user["user_id"], owner_id=user["user_id"])

    def rank(self, identity: Identity) -> int:
        """Modify All Data, View All Data, the rest. Every profile has a permission set of its own, so this sees
        profiles, too."""
        soql = format_soql(
            "SELECT PermissionSet.PermissionsModifyAllData, PermissionSet.PermissionsViewAllData "
            "FROM PermissionSetAssignment WHERE AssigneeId = {}",
            identity.user_id,
        )
        try:
            assignments = self.insist(lambda: self.client.query_all(soql))["records"]
        except Refused:
            # Who may not see the setup is nobody's administrator.
            return 0
        sets = [assignment["PermissionSet"] for assignment in assignments]
        return max((2 * s["PermissionsModifyAllData"] or int(s["PermissionsViewAllData"]) for s in sets), default=0)

    def find(self, write: Write) -> str | None:
        """Reads by the external id itself: there is no index that lags behind."""
        try:
            return self.insist(
                lambda: self.sobject(write).get_by_custom_id(self.app["external_id_field"], write.external_id)
            )["Id"]
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def create_once(self, write: Write) -> Written:
        """An upsert by Apollo's id: whatever is repeated, there is one record."""
        record = format_external_id(self.app["external_id_field"], write.external_id)
        answer = self.call(
            lambda: self.sobject(write).upsert(record, body(write), raw_response=True, headers=rules(write)).json()
        )
        return Written(answer["id"])

    def update(self, write: Write, crm_id: str) -> Written:
        """By the id that Salesforce gave it."""
        self.insist(lambda: self.sobject(write).update(crm_id, body(write), headers=rules(write)))
        return Written(crm_id)

    def write_batch(self, writes: list[Write]) -> list[Result]:
        """One request, whose answers stand in the order of its rows. Rows that are locked are sent again, alone."""
        results: dict[int, Result] = {}
        for attempt in range(ATTEMPTS):
            rows = [row for row in range(len(writes)) if row not in results or locked(results[row])]
            if not rows:
                break
            if attempt:
                wait(attempt - 1)
            results.update(zip(rows, self.send_rows([writes[row] for row in rows]), strict=True))
        return [results[row] for row in range(len(writes))]

    def send_rows(self, writes: list[Write]) -> list[Result]:
        """Creates are upserts here, too, so that an answer that got lost is asked for again without a second record."""
        object, field = OBJECTS[writes[0].object], self.app["external_id_field"]
        path = "composite/sobjects" if writes[0].crm_id else f"composite/sobjects/{object}/{field}"
        keys = [{"id": write.crm_id} if write.crm_id else {field: write.external_id} for write in writes]
        rows = [{"attributes": {"type": object}, **key, **body(write)} for key, write in zip(keys, writes, strict=True)]
        request = {"allOrNone": False, "records": rows}
        try:
            answers: Any = self.insist(
                lambda: self.client.restful(path, method="PATCH", json=request, headers=rules(writes[0]))
            )
        except SyncError as error:
            return [error] * len(writes)
        return [row_result(answer) for answer in answers]

    def sobject(self, write: Write) -> SFType:
        """The library's handle on an object."""
        return getattr(self.client, OBJECTS[write.object])


def body(write: Write) -> dict[str, Any]:
    """The fields of a create or an update. Created By is none of them: Salesforce takes it from the login (A7, A8)."""
    fields = {FIELDS[name]: value for name, value in write.fields.items() if name in FIELDS}
    if write.object == "lead" and "company" in write.fields:
        # Only a lead has a field for the company: a contact's is the name of its account.
        fields["Company"] = write.fields["company"]
    if write.object in TASKS:
        fields["TaskSubtype"], fields["Status"] = TASKS[write.object]
        fields["ActivityDate"] = write.fields["at"][:10]
    for object, crm_id in write.parents:
        fields[look_up(write.object, object)] = crm_id
    if write.owner_id:
        fields["OwnerId"] = write.owner_id
    return fields


def look_up(child: str, parent: str) -> str:
    """A contact hangs on its account; a task on a person by `WhoId`, on anything else by `WhatId`."""
    if child == "contact":
        return "AccountId"
    return "WhoId" if parent in ("contact", "lead") else "WhatId"


def rules(write: Write) -> dict[str, str]:
    """REST runs the org's assignment rules unless told not to, and they would take the owner away."""
    return {"Sforce-Auto-Assign": "TRUE" if write.assignment_rules else "FALSE"}


def row_result(answer: dict) -> Result:
    """What became of one row of a collection."""
    if answer["success"]:
        return Written(answer["id"])
    error = answer["errors"][0]
    return Refused(error["statusCode"], error["message"])


def locked(result: Result) -> bool:
    """Somebody else is writing the record, or one that it hangs on."""
    return isinstance(result, Refused) and result.code == LOCKED


def code_and_message(error: SalesforceError) -> tuple[str, str]:
    """`[{"errorCode": …, "message": …}]`, of which the first is enough."""
    match error.content:
        case [{"errorCode": code, "message": message}, *_]:
            return code, message
        case content:
            return str(error.status), str(content)
