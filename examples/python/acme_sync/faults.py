"""Five mistakes that Python integrations make, for the suite to catch: `python driver.py --fault NAME`.

Each replaces one function of the honest integration, which knows nothing of them. README.md says which rule
catches which.
"""

from __future__ import annotations

from collections.abc import Callable

from simple_salesforce import format_soql

from . import ownership, salesforce
from .apollo import Identity
from .job import Write, Written
from .salesforce import SalesforceConnection


def owner_not_sent() -> None:
    """Nobody names an owner, since Salesforce fills in the caller. That is you, until team sync writes for you."""
    body = salesforce.body
    salesforce.body = lambda write: {name: value for name, value in body(write).items() if name != "OwnerId"}


def one_cached_client() -> None:
    """One client for each org, made when it is first needed, with the token of whoever came first."""
    connect = SalesforceConnection.connect

    def cached(self: SalesforceConnection) -> None:
        connect(self)
        self.client = self.app.setdefault("client", self.client)

    SalesforceConnection.connect = cached


def first_search_hit() -> None:
    """The owner is looked up by e-mail address, and the first hit is taken: whoever had the address before, too."""
    identity = SalesforceConnection.identity

    def by_email(self: SalesforceConnection) -> Identity:
        user = identity(self)
        soql = format_soql("SELECT Id FROM User WHERE Email = {}", self.client.oauth2("userinfo")["email"])
        return Identity(user.user_id, owner_id=self.client.query(soql)["records"][0]["Id"])

    SalesforceConnection.identity = by_email


def bulk_by_team_sync() -> None:
    """Bulk is a job of the integration's own, so it is nobody's push and goes through team sync."""
    you = ownership.you
    ownership.you = lambda record, bulk, pusher: None if bulk else you(record, bulk, pusher)


def retry_creates_again() -> None:
    """A create is a plain create, and a lost answer a reason to send it again."""

    def create_once(self: SalesforceConnection, write: Write) -> Written:
        fields, headers = salesforce.body(write), salesforce.rules(write)
        return Written(self.call(lambda: self.sobject(write).create(fields, headers=headers))["id"])

    SalesforceConnection.create_once = create_once
    SalesforceConnection.find = lambda self, write: None


FAULTS: dict[str, Callable[[], None]] = {
    "owner-not-sent": owner_not_sent,
    "one-cached-client": one_cached_client,
    "first-search-hit": first_search_hit,
    "bulk-by-team-sync": bulk_by_team_sync,
    "retry-creates-again": retry_creates_again,
}


def switch_on(name: str | None) -> None:
    """Makes this mistake; none where there is no name."""
    if name is not None:
        FAULTS[name]()
