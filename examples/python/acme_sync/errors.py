"""Why something did not reach a CRM: one class for each thing that is done about it."""

from __future__ import annotations


class SyncError(Exception):
    """The record or activity is not in the CRM, or not as it is in Apollo."""

    reason = "crm_refused"


class LoginDead(SyncError):
    """The login is of no use any more: choose again without it."""

    reason = "no_credential"


class Refused(SyncError):
    """The CRM said no."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.status = code, message, status


class Unreachable(SyncError):
    """The CRM did not answer, often enough."""

    reason = "crm_unreachable"


class TokenExpired(SyncError):
    """The access token is over: refresh it."""


class Busy(SyncError):
    """The CRM has done nothing, and may do it later: after so many seconds, if it says so."""

    def __init__(self, why: str, retry_after: float | None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class AnswerLost(SyncError):
    """The CRM may or may not have done it: look before trying again."""

    reason = "crm_unreachable"
