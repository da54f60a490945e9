"""One login in use: its token kept alive, its requests repeated where that is safe."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from urllib3 import Retry

from .apollo import Identity, Login
from .errors import AnswerLost, Busy, LoginDead, SyncError, TokenExpired, Unreachable
from .job import Write, Written

T = TypeVar("T")
Result = Written | SyncError

ATTEMPTS = 5

# For both libraries: what a CRM says before it has done anything is repeated, after as long as it asks for. A request
# that may have arrived is not: that is for those who know whether it was a create. 423 and 477 are HubSpot's, for a
# locked record and a portal on the move.
RETRY = Retry(
    total=ATTEMPTS,
    read=False,
    other=False,
    status_forcelist=[423, 429, 477, 503],
    allowed_methods=None,
    backoff_factor=0.5,
    raise_on_status=False,
)


class Connection(ABC):
    """Talks to a CRM with one login, and holds no other: nothing can go out with a colleague's token."""

    batch_limit: int

    def __init__(self, login: Login, app: dict, ca_file: str | None) -> None:
        self.login, self.app, self.ca_file = login, app, ca_file
        self.connect()

    def call(self, request: Callable[[], T]) -> T:
        """Sends with this login. An access token that is over is refreshed once."""
        try:
            return self.patiently(request)
        except TokenExpired:
            self.refresh()
        try:
            return self.patiently(request)
        except TokenExpired as error:
            raise self.dead("the CRM refuses the token that it has just issued") from error

    def insist(self, request: Callable[[], T]) -> T:
        """Sends what may be done twice, until it is answered."""
        for attempt in range(ATTEMPTS):
            try:
                return self.call(request)
            except AnswerLost as error:
                last = error
                wait(attempt)
        raise Unreachable(str(last))

    def patiently(self, request: Callable[[], T]) -> T:
        """Sends until the CRM is not busy."""
        for attempt in range(ATTEMPTS):
            try:
                with self.errors():
                    return request()
            except Busy as error:
                last = error
                wait(attempt, error.retry_after)
        raise Unreachable(str(last))

    def write(self, writes: list[Write], bulk: bool) -> list[Result]:
        """Creates or updates records of one object, each one's result in its place."""
        if not bulk:
            return [self.try_one(write) for write in writes]
        batches = [writes[start : start + self.batch_limit] for start in range(0, len(writes), self.batch_limit)]
        return [result for batch in batches for result in self.write_batch(batch)]

    def try_one(self, write: Write) -> Result:
        """Creates or updates one record."""
        try:
            return self.update(write, write.crm_id) if write.crm_id else self.create(write)
        except SyncError as error:
            return error

    def create(self, write: Write) -> Written:
        """Creates it once: where the answer got lost, looks whether it is there before trying again."""
        for attempt in range(ATTEMPTS):
            try:
                return self.create_once(write)
            except AnswerLost as error:
                last = error
                wait(attempt)
                if crm_id := self.find(write):
                    return Written(crm_id)
        raise Unreachable(str(last))

    def keep(self, access_token: str, refresh_token: str | None) -> None:
        """Keeps what a refresh brought, with the login. Where refresh tokens rotate, the old one is dead."""
        self.login.grant.access_token = access_token
        self.login.grant.refresh_token = refresh_token or self.login.grant.refresh_token
        self.connect()

    def refresh_token(self) -> str:
        """What to refresh with."""
        if self.login.grant.refresh_token is None:
            raise self.dead("its access token is over, and there is no refresh token")
        return self.login.grant.refresh_token

    def dead(self, why: str) -> LoginDead:
        """Says whose login it is."""
        return LoginDead(f"the {self.login.crm} login of {self.login.holder} cannot be used: {why}")

    @abstractmethod
    def connect(self) -> None:
        """Sets the library up with the login's access token."""

    @abstractmethod
    def errors(self) -> AbstractContextManager[None]:
        """Puts the library's exceptions into this integration's."""

    @abstractmethod
    def refresh(self) -> None:
        """Replaces the access token."""

    @abstractmethod
    def identity(self) -> Identity:
        """Asks the CRM whose login it is."""

    @abstractmethod
    def rank(self, identity: Identity) -> int:
        """What its user may do in the CRM, the more the higher."""

    @abstractmethod
    def find(self, write: Write) -> str | None:
        """The CRM's id of the record that carries this id of Apollo's."""

    @abstractmethod
    def create_once(self, write: Write) -> Written:
        """Creates it, unless the answer gets lost."""

    @abstractmethod
    def update(self, write: Write, crm_id: str) -> Written:
        """Updates it."""

    @abstractmethod
    def write_batch(self, writes: list[Write]) -> list[Result]:
        """Writes up to `batch_limit` records, which are all creates or all updates."""


def wait(attempt: int, asked: float | None = None) -> None:
    """As long as the CRM asks, else a quarter of a second, a half, one, two, four."""
    time.sleep(asked or 2**attempt / 4)
