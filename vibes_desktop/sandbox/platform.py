"""The state of the simulated platform, and the switches for what its documents disagree about."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from vibes_desktop.sandbox.account import APP_ID, CAMPAIGNS, COMPANY_KEY, FIELDS, LISTS, WELCOME_CAMPAIGN
from vibes_desktop.sandbox.answers import JsonObject, RefusalBody
from vibes_desktop.sandbox.campaigns import Campaigns
from vibes_desktop.sandbox.clock import Clock, utc_now
from vibes_desktop.sandbox.devices import Device, Devices, DeviceShape, OsKey
from vibes_desktop.sandbox.fields import CustomFields
from vibes_desktop.sandbox.mobiledb import MobileDatabase
from vibes_desktop.sandbox.people import make_people, make_subscriptions
from vibes_desktop.sandbox.registrations import Registrations, RegistrationStyle
from vibes_desktop.sandbox.subscriptions import Subscriptions

EVENTS_KEPT = 1000
BLOCKED_PERSON = 3  # the place of somebody who replied No to the welcome campaign
DEVICE_EVERY = 7  # people
LANDLINE = "+12065550199"


class MdnShape(StrEnum):
    """What finding by MDN answers (C-4)."""

    ARRAY = "array"
    OBJECT = "object"


class NobodyFound(StrEnum):
    """What finding by MDN answers when nobody has the number (C-4)."""

    NOT_FOUND = "404"
    EMPTY_ARRAY = "empty_array"


class SuccessBody(StrEnum):
    """What a successful update carries (C-9)."""

    FULL = "full"
    ECHO = "echo"
    EMPTY = "empty"


class ExternalUpdate(StrEnum):
    """What updating an unknown external ID does (C-8)."""

    CREATES = "creates"
    NOT_FOUND = "404"


class SubscriptionShape(StrEnum):
    """What asking for one list's subscription answers (C-12)."""

    ARRAY = "array"
    OBJECT = "object"


@dataclass(frozen=True)
class QueuedEvent:
    """A callback that waits for delivery to one destination."""

    event_id: str
    callback_type: str
    url: str
    method: str
    content_type: str
    body: JsonObject = field(repr=False)


class Platform:
    """One account with everything in it."""

    def __init__(self, *, seed: int = 1, people: int = 2000, clock: Clock = utc_now) -> None:
        random = Random(seed)  # noqa: S311 - demo data, the same for everybody
        made = list(make_people(random, people))
        self.company_key = COMPANY_KEY
        self.clock = clock
        self.random = random
        self.fields = CustomFields(FIELDS)
        self.people = MobileDatabase(made, self.fields, random, clock)
        self.subscriptions = Subscriptions(LISTS, clock)
        for each in make_subscriptions(random, made):
            self.subscriptions.add(each)
        self.campaigns = Campaigns(CAMPAIGNS, self.subscriptions, clock)
        self.campaigns.landlines.add(LANDLINE)
        if len(made) > BLOCKED_PERSON:
            self.campaigns.block(WELCOME_CAMPAIGN, made[BLOCKED_PERSON].mdn or "")
        self.devices = Devices(
            Device(
                app_id=APP_ID,
                device_id=f"device-{place:05}-{number}",
                os=("iOS", "Android")[(place + number) % 2],
                os_version="17.4",
                hardware_make="Example",
                hardware_model=f"Model {number}",
                push_token=f"{random.getrandbits(256):064x}",
                holder=made[place],
                location=(41.88, -87.63) if number else None,
            )
            for place in range(0, len(made), DEVICE_EVERY)
            for number in range(1 + (place % 4 == 0))
        )
        self.callbacks = Registrations(self._knows, clock)
        self.events: deque[QueuedEvent] = deque(maxlen=EVENTS_KEPT)
        self.deliver: Callable[[QueuedEvent], None] = lambda _event: None  # the server's, while it runs

        self.refusal_body = RefusalBody.ENVELOPE  # C-2
        self.mdn_shape = MdnShape.ARRAY  # C-4
        self.nobody_found = NobodyFound.NOT_FOUND  # C-4
        self.identifier_required = True  # C-5
        self.update_status = 200  # C-7: or 201
        self.external_update = ExternalUpdate.CREATES  # C-8
        self.success_body = SuccessBody.FULL  # C-9
        self.subscription_shape = SubscriptionShape.ARRAY  # C-12
        self.device_shape = DeviceShape.BARE  # C-13
        self.os_key = OsKey.UPPER  # C-13
        self.registration_style = RegistrationStyle.SEEN  # C-14
        self.shows_person_id = True  # the deprecated ID "may vanish"
        self.unsubscribe_status = 204  # or 200

    def queue(self, event: QueuedEvent) -> None:
        """Keep an event in sight, and have it delivered while there is somebody to do it."""
        self.events.append(event)
        self.deliver(event)

    def _knows(self, key: str, value: str) -> bool:
        """Say whether a campaign, list or app that a registration names exists here."""
        known = {
            "campaign_id": self.campaigns.campaigns.keys(),
            "list_id": self.subscriptions.lists.keys(),
            "app_id": self.devices.app_ids,
        }
        return key not in known or value in known[key]
