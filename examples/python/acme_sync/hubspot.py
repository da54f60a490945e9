"""HubSpot, by hubspot-api-client: single creates and batches, found again by a unique property."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import urllib3
from hubspot import HubSpot
from hubspot.crm import objects
from hubspot.crm.objects.exceptions import ApiException as ObjectsError
from hubspot.crm.owners.exceptions import ApiException as OwnersError
from hubspot.oauth.exceptions import ApiException as OAuthError
from hubspot.settings.users.exceptions import ApiException as UsersError

from . import hubspot_batch
from .apollo import Identity
from .connection import RETRY, Connection, Result
from .errors import AnswerLost, Refused, TokenExpired, Unreachable
from .hubspot_properties import OBJECTS, associations, properties
from .job import Write, Written

# Each part of the library has exceptions of its own, all of one shape.
ApiError = (ObjectsError, OwnersError, OAuthError, UsersError)


class HubSpotConnection(Connection):
    """One login of a portal."""

    batch_limit = 100

    def connect(self) -> None:
        """Sets the library up anew, and with it the parts of it that were used so far."""
        settings = {"host": self.app["url"], "retry": RETRY, "ssl_ca_cert": self.ca_file}
        self.client = HubSpot(access_token=self.login.grant.access_token, **settings)
        self.records = self.client.crm.objects.basic_api
        self.batches = self.client.crm.objects.batch_api

    def refresh(self) -> None:
        """OAuth's refresh token flow."""
        try:
            tokens = self.client.oauth.tokens_api.create(
                grant_type="refresh_token",
                client_id=self.app["client_id"],
                client_secret=self.app["client_secret"],
                refresh_token=self.refresh_token(),
            )
        except urllib3.exceptions.HTTPError as error:
            raise Unreachable(f"HubSpot did not answer: {error}") from error
        except OAuthError as error:
            if error.status >= 500:
                raise Unreachable(f"HubSpot answered {error.status} to a refresh") from error
            raise self.dead(code_and_message(error)[1]) from error
        self.keep(tokens.access_token, tokens.refresh_token)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Tells by status what is to be done."""
        try:
            yield
        except ApiError as error:
            code, message = code_and_message(error)
            if error.status == 401:
                raise TokenExpired(message) from error
            if error.status in RETRY.status_forcelist:
                raise Unreachable(f"HubSpot is busy: {message}") from error
            if error.status >= 500:
                raise AnswerLost(f"HubSpot answered {error.status}") from error
            raise Refused(code, message, error.status) from error
        except urllib3.exceptions.HTTPError as error:
            raise AnswerLost(f"HubSpot did not answer: {error}") from error

    def identity(self) -> Identity:
        """The user behind the token, and the owner that this user is: owners are numbered apart from users.

        A queue is no person, and a user who was deactivated is an archived owner, who can own nothing new.
        """
        user_id = self.insist(self.user_id)
        try:
            owner = self.insist(
                lambda: self.client.crm.owners.owners_api.get_by_id(user_id, id_property="userId", archived=False)
            )
        except Refused as error:
            if error.status != 404:
                raise
            owner = None
        if owner is None or owner.archived or owner.type != "PERSON":
            return Identity(str(user_id), owner_id=None)
        return Identity(str(user_id), owner_id=owner.id)

    def user_id(self) -> int:
        """A token that is over is not found, which says as much as a 401."""
        try:
            return self.client.oauth.access_tokens_api.get(self.login.grant.access_token).user_id
        except OAuthError as error:
            if error.status == 404:
                raise TokenExpired("HubSpot does not know the access token") from error
            raise

    def rank(self, identity: Identity) -> int:
        """Whether the user is a super admin: the only permission that the API tells."""
        try:
            user = self.insist(lambda: self.client.settings.users.users_api.get_by_id(identity.user_id))
        except Refused:
            # Who may not see the users is no super admin.
            return 0
        return int(bool(user.super_admin))

    def find(self, write: Write) -> str | None:
        """Reads by the property itself: the search index lags behind."""
        try:
            return self.insist(
                lambda: self.records.get_by_id(
                    OBJECTS[write.object], write.external_id, id_property=self.app["unique_property"]
                )
            ).id
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def create_once(self, write: Write) -> Written:
        """Carries Apollo's id in a unique property: whatever is repeated, there is one record."""
        record = objects.SimplePublicObjectInputForCreate(
            properties=properties(write, self.app["unique_property"]), associations=associations(write)
        )
        try:
            return Written(self.call(lambda: self.records.create(OBJECTS[write.object], record)).id)
        except Refused as error:
            # An e-mail address is taken with 409, and any other unique value with 400.
            if error.status != 409 and "already has that value" not in error.message:
                raise
            return self.adopt(write, error)

    def adopt(self, write: Write, conflict: Refused) -> Written:
        """HubSpot has such a record: ours, from an attempt whose answer got lost, or somebody else's with the same
        address, which takes the values but keeps its owner, as in any update."""
        if ours := self.find(write):
            return Written(ours)
        theirs = re.search(r"Existing ID:\s*(\d+)", conflict.message)
        if theirs is None:
            raise conflict
        self.update(replace(write, crm_id=theirs[1], owner_id=None), theirs[1])
        return Written(theirs[1], "HubSpot had it already: updated, the owner left alone")

    def update(self, write: Write, crm_id: str) -> Written:
        """By the id that HubSpot gave it."""
        record = objects.SimplePublicObjectInput(properties=properties(write, self.app["unique_property"]))
        self.insist(lambda: self.records.update(OBJECTS[write.object], crm_id, record))
        return Written(crm_id)

    def write_batch(self, writes: list[Write]) -> list[Result]:
        """One request where nothing is in the way."""
        return hubspot_batch.write_batch(self, writes)


def code_and_message(error: ObjectsError) -> tuple[str, str]:
    """The code of the first property that was refused, else the category of the whole, or `status` where OAuth has
    it."""
    try:
        body = json.loads(error.body)
    except (TypeError, ValueError):
        return str(error.status), str(error.body)
    first = (body.get("errors") or [{}])[0]
    code = first.get("code") or body.get("category") or body.get("status") or str(error.status)
    return code, body.get("message", "")
