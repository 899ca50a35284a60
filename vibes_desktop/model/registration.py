"""A callback registration as the platform sent it, in any of its spellings (docs/platform.md §11, C-14)."""

from __future__ import annotations

from dataclasses import dataclass

from vibes_desktop.model.jsonvalue import JsonObject
from vibes_desktop.model.received import Received, text_of

NOT_OPTIONS = frozenset({"destination"})


@dataclass(frozen=True, slots=True, repr=False)
class CallbackRegistration(Received):
    """Which events the platform posts, and where. All dates are verbatim."""

    @property
    def id(self) -> str | None:
        """The registration's ID, as text: documented as text, seen as a number."""
        return self.text("callback_id")

    @property
    def callback_type(self) -> str | None:
        """What it reports; `event_type` is the old name."""
        return self.text("callback_type", "event_type")

    @property
    def destination_url(self) -> str | None:
        """Where the payloads go."""
        return text_of(self.part("destination").get("url")) or self.text("destination_url")

    @property
    def destination_method(self) -> str | None:
        """POST or PUT."""
        return text_of(self.part("destination").get("method")) or self.text("destination_method")

    @property
    def content_type(self) -> str | None:
        """What the payloads are labelled as."""
        return text_of(self.part("destination").get("content_type")) or self.text("content_type")

    @property
    def options(self) -> JsonObject:
        """The object that narrows the type; documentation samples name it after another type at times."""
        if self.callback_type and self.callback_type in self.raw:
            return self.part(self.callback_type)
        parts = (
            value
            for name, value in self.raw.members
            if name not in NOT_OPTIONS and isinstance(value, JsonObject)
        )
        return next(parts, JsonObject())

    @property
    def start_date(self) -> str | None:
        """When it begins to report."""
        return self.text("start_date")

    @property
    def end_date(self) -> str | None:
        """When it ends; None while open-ended."""
        return self.text("end_date")

    @property
    def created_at(self) -> str | None:
        """When it was made."""
        return self.text("created_at", "created_date")

    @property
    def updated_at(self) -> str | None:
        """When it last changed."""
        return self.text("updated_at", "updated_date")


@dataclass(frozen=True, slots=True, repr=False)
class QueuedEvent(Received):
    """The receipt for a test callback that was queued."""

    @property
    def message(self) -> str | None:
        """The platform's words."""
        return self.text("message")

    @property
    def event_id(self) -> str | None:
        """The ID the payload will carry."""
        return self.text("event_id")
