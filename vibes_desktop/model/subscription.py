"""Subscriptions, lists, campaigns and devices (api.md §10)."""

from __future__ import annotations

from dataclasses import dataclass

from vibes_desktop.model.jsonvalue import Json, JsonNumber, JsonObject


def text_of(value: Json) -> str | None:
    """Read an identifier or a date that may come as text or number."""
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, JsonNumber) else None


@dataclass(frozen=True, slots=True)
class Subscription:
    """One membership of one list; leaving and rejoining makes two."""

    raw: JsonObject

    @property
    def list_id(self) -> str | None:
        """The list's ID."""
        part = self.raw.get("subscription_list")
        return text_of(part.get("id")) if isinstance(part, JsonObject) else None

    @property
    def opt_in_date(self) -> str | None:
        """Verbatim."""
        return text_of(self.raw.get("opt_in_date"))

    @property
    def opt_out_date(self) -> str | None:
        """Verbatim; None while active."""
        return text_of(self.raw.get("opt_out_date"))

    @property
    def opt_out_reason(self) -> str | None:
        """Verbatim; unknown reasons occur."""
        return text_of(self.raw.get("opt_out_reason"))

    @property
    def is_active(self) -> bool:
        """Tell whether no opt-out is known."""
        return self.opt_out_date is None and self.opt_out_reason is None


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """A list people can be subscribed to."""

    raw: JsonObject

    @property
    def id(self) -> str | None:
        """The list's ID, as text."""
        return text_of(self.raw.get("id"))

    @property
    def name(self) -> str | None:
        """The list's name."""
        return text_of(self.raw.get("name"))
