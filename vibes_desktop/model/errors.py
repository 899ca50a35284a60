"""The errors a person may meet, as one small tree.

VibesDesktopError
├── InvalidInput          something typed or read cannot be used; nothing was sent
├── StorageError          the disk or a file on it failed
├── SecretError           the keyring failed
│   ├── NoKeyring         there is none
│   ├── KeyringLocked     it is locked
│   └── KeyringDismissed  the person cancelled its prompt
└── VibesError            a call to the platform failed
    ├── ConnectionFailed  certainly not processed: no answer because nothing arrived there
    ├── OutcomeUnknown    the request may have been processed; no usable answer came
    ├── Cancelled         stopped by the person before anything was sent
    ├── BadAnswer         an answer that cannot be read
    └── Refused           the platform answered with a status other than 2xx
        ├── BadRequest 400, Unauthorized 401, Forbidden 403, NotFound 404,
        ├── Conflict 409, Unprocessable 422, TooManyRequests 429,
        └── Redirected 3xx, ServerTrouble 5xx

Every error has three sentences for a person: `title` (what happened), `done` (what was and
was not done) and `advice` (what to do next). They may hold what the person typed; they go
to the screen and never to a log. `str(error)` is the class name alone for that reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NOTHING_SENT = "Nothing was sent."
NOTHING_CHANGED = "Nothing was changed on the platform."


class VibesDesktopError(Exception):
    """The root of the tree."""

    def __init__(self, title: str, done: str, advice: str) -> None:
        super().__init__(type(self).__name__)
        self.title = title
        self.done = done
        self.advice = advice


class InvalidInput(VibesDesktopError):
    """Something typed or read cannot be used; `field` names the place where that is known."""

    def __init__(
        self, title: str, advice: str, *, done: str = NOTHING_SENT, field: str | None = None
    ) -> None:
        super().__init__(title, done, advice)
        self.field = field


class StorageError(VibesDesktopError):
    """The disk, or a file on it, failed."""


class SecretError(VibesDesktopError):
    """The keyring could not do what was asked."""


class NoKeyring(SecretError):
    """This computer offers no keyring that we accept."""


class KeyringLocked(SecretError):
    """The keyring is there but locked."""


class KeyringDismissed(SecretError):
    """The person closed the keyring's own prompt."""


class VibesError(VibesDesktopError):
    """A call to the platform failed."""


class ConnectionFailed(VibesError):
    """No connection: the request certainly did not arrive."""


class OutcomeUnknown(VibesError):
    """The request left, and no usable answer came: it may or may not have been processed."""


class Cancelled(VibesError):
    """Stopped by the person while waiting, before anything was sent."""


class BadAnswer(VibesError):
    """An answer came that cannot be read, or is too large."""


@dataclass(frozen=True, slots=True)
class PlatformComplaint:
    """One entry of the platform's `errors` array: docs/platform.md §6. `field` where the text names one."""

    message: str
    code: str | None = None
    field: str | None = None


class Refused(VibesError):
    """The platform answered, and refused."""

    def __init__(
        self,
        title: str,
        done: str,
        advice: str,
        *,
        status: int,
        complaints: Sequence[PlatformComplaint] = (),
        body_text: str = "",
    ) -> None:
        super().__init__(title, done, advice)
        self.status = status
        self.complaints = tuple(complaints)
        self.body_text = body_text


class BadRequest(Refused):
    """400: usually a mobile number in the wrong format."""


class Unauthorized(Refused):
    """401: username or password not accepted; nothing more is sent until the person acts."""


class Forbidden(Refused):
    """403: signed in, but not allowed."""


class NotFound(Refused):
    """404: no such person, list or campaign, or the company key is wrong."""


class Conflict(Refused):
    """409: a rule about mobile numbers or subscriptions was broken."""


class Unprocessable(Refused):
    """422: understood, and refused; the complaints say why."""


class TooManyRequests(Refused):
    """429: the platform asks for fewer calls."""


class Redirected(Refused):
    """3xx: shown, never followed."""


class ServerTrouble(Refused):
    """5xx to a read: the platform, or something before it, failed."""
