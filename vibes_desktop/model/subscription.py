"""Subscriptions, lists, campaigns and devices as sent, nothing lost (docs/platform.md §10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonArray
from vibes_desktop.model.received import Received, text_of


@dataclass(frozen=True, slots=True, repr=False)
class Subscription(Received):
    """One membership of one list; leaving and rejoining makes two."""

    @property
    def list_id(self) -> str | None:
        """The list's ID."""
        return text_of(self.part("subscription_list").get("id"))

    @property
    def person_id(self) -> str | None:
        """The person's key or old ID: the platform names it `id`."""
        return text_of(self.part("person").get("id"))

    @property
    def opt_in_date(self) -> str | None:
        """Verbatim."""
        return self.text("opt_in_date")

    @property
    def opt_out_date(self) -> str | None:
        """Verbatim; None while active."""
        return self.text("opt_out_date")

    @property
    def opt_out_reason(self) -> str | None:
        """Verbatim; unknown reasons occur."""
        return self.text("opt_out_reason")

    @property
    def is_active(self) -> bool:
        """Tell whether no opt-out is known."""
        return self.opt_out_date is None and self.opt_out_reason is None


@dataclass(frozen=True, slots=True, repr=False)
class SubscriptionList(Received):
    """A list people can be subscribed to."""

    @property
    def id(self) -> str | None:
        """The list's ID, as text."""
        return self.text("id")

    @property
    def name(self) -> str | None:
        """The list's name."""
        return self.text("name")


@dataclass(frozen=True, slots=True, repr=False)
class Campaign(Received):
    """An acquisition campaign: the only way to opt a person in."""

    @property
    def id(self) -> str | None:
        """The campaign's ID, as text."""
        return self.text("acquisition_id")

    @property
    def description(self) -> str | None:
        """The campaign's name."""
        return self.text("description")

    @property
    def status(self) -> str | None:
        """Verbatim; documented are scheduled, active, deleted and past."""
        return self.text("status")

    @property
    def is_active(self) -> bool:
        """Tell whether people can join now."""
        return (self.status or "").lower() == "active"

    @property
    def start_date(self) -> str | None:
        """Verbatim."""
        return self.text("start_date")

    @property
    def end_date(self) -> str | None:
        """Verbatim."""
        return self.text("end_date")

    @property
    def keywords(self) -> tuple[str, ...]:
        """What people text to join."""
        words = self.part("acquisition_campaign").get("keywords")
        return tuple(word for word in words if isinstance(word, str)) if isinstance(words, JsonArray) else ()


@dataclass(frozen=True, slots=True, repr=False)
class Participant(Received):
    """Somebody's way into a list through a campaign."""

    @property
    def status(self) -> str | None:
        """Verbatim; documented are PENDING and SUBSCRIBED."""
        return self.text("status")

    @property
    def participation_date(self) -> str | None:
        """Verbatim."""
        return self.text("participation_date")

    @property
    def expire_date(self) -> str | None:
        """When an unanswered opt-in text lapses, verbatim."""
        return self.text("expire_date")

    @property
    def person(self) -> Identifier | None:
        """How the person can be addressed."""
        part = self.part("person")
        for kind in (IdentifierKind.PERSON_KEY, IdentifierKind.PERSON_ID):
            value = text_of(part.get(kind.value))
            if value:
                return Identifier(kind, value)
        return None


class OptIn(Enum):
    """What became of an attempt to opt somebody in (docs/platform.md §10)."""

    PENDING = "pending"  # an opt-in text was sent, the answer is awaited
    ALREADY_PENDING = "already_pending"  # 200: a text had been sent before
    SUBSCRIBED = "subscribed"
    ALREADY_SUBSCRIBED = "already_subscribed"  # 409
    ACCEPTED = "accepted"  # 2xx, without saying which


class OptInRefusal(Enum):
    """Why an attempt to opt somebody in was refused with 422."""

    CONFIRMATION_BLOCK = "MDNHASCONFIRMATIONBLOCK"  # answered No before: only the keyword helps
    ID_MISMATCH = "EXTERNALPERSONIDMISMATCH"
    NO_MOBILE_CARRIER = "no carrier"  # a landline, or no provisioned carrier
    UNKNOWN_FIELDS = "unknown custom fields"
    OTHER = "UNPROCESSABLE ENTITY"


@dataclass(frozen=True, slots=True, repr=False)
class PushDevice(Received):
    """A phone or tablet with the customer's app. `push_token` is sensitive: masked on screen."""

    @property
    def id(self) -> str | None:
        """Vibes' identifier of the device."""
        return self.text("vibes_device_id")

    @property
    def operating_system(self) -> str | None:
        """`os` or `OS`: the sources differ (C-13)."""
        return self.text("os", "OS", "Os")

    @property
    def os_version(self) -> str | None:
        """Verbatim."""
        return self.text("os_version")

    @property
    def app_version(self) -> str | None:
        """Verbatim."""
        return self.text("app_version")

    @property
    def hardware(self) -> str:
        """Make and model, as far as known."""
        return " ".join(filter(None, (self.text("hardware_make"), self.text("hardware_model"))))

    @property
    def push_token(self) -> str | None:
        """The address push messages go to."""
        return self.text("push_token")
