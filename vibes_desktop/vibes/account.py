"""Whom the client speaks for: one company's credentials, and where they may go."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import ApiVersion, Origin, origin_of


@dataclass(frozen=True, slots=True)
class Account:
    """One sign-in. Its repr tells nothing: it may end in a log."""

    company_key: str = field(repr=False)
    base_url: str = field(repr=False)
    username: str = field(repr=False)
    api_version: ApiVersion
    password: str = field(repr=False)

    @property
    def origin(self) -> Origin:
        """The only place the credentials are sent to."""
        return origin_of(self.base_url)

    @property
    def company(self) -> str:
        """Name the company that is asked, the same for each of its accounts."""
        return f"{self.origin} {self.company_key}"

    @property
    def authorization(self) -> str:
        """The value of the `Authorization` header; raises InvalidInput for what Basic can't carry."""
        if ":" in self.username:
            raise InvalidInput(
                "This username can't be used",
                "It contains “:”, which ends the username when it is sent. It is usually an e-mail address.",
                field="username",
            )
        try:
            pair = f"{self.username}:{self.password}".encode()
        except UnicodeEncodeError:
            raise InvalidInput(
                "The username or password can't be sent",
                "It holds a broken character. Type it again instead of pasting it.",
                field="password",
            ) from None
        return f"Basic {b64encode(pair).decode('ascii')}"
