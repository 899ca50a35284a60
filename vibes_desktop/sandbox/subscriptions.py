"""Subscription lists, and who is or was on them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from vibes_desktop.sandbox.answers import JsonObject
from vibes_desktop.sandbox.clock import Clock, to_millisecond, to_second
from vibes_desktop.sandbox.persons import PersonRecord, person_url


@dataclass(frozen=True)
class SubscriptionList:
    """A list that people opt in to."""

    list_id: str
    name: str


@dataclass
class Subscription:
    """One stay on a list; who leaves and rejoins has two."""

    person: PersonRecord = field(repr=False)
    list_id: str
    opt_in_date: str
    opt_out_date: str | None = None
    opt_out_reason: str | None = None

    @property
    def active(self) -> bool:
        """Say whether the stay has not ended."""
        return self.opt_out_date is None


class Subscriptions:
    """The account's lists and every stay on them."""

    def __init__(self, lists: Iterable[SubscriptionList], clock: Clock) -> None:
        self.lists = {each.list_id: each for each in lists}
        self._clock = clock
        self._of_person: dict[str, list[Subscription]] = {}

    def add(self, subscription: Subscription) -> None:
        """Store a stay as it is."""
        self._of_person.setdefault(subscription.person.person_key, []).append(subscription)

    def of_person(self, person: PersonRecord, *, active_only: bool) -> list[Subscription]:
        """Give somebody's stays in the order they began."""
        found = self._of_person.get(person.person_key, [])
        return [each for each in found if each.active or not active_only]

    def on_list(self, person: PersonRecord, list_id: str, *, active_only: bool = True) -> list[Subscription]:
        """Give somebody's stays on one list."""
        found = self.of_person(person, active_only=active_only)
        return [each for each in found if each.list_id == list_id]

    def subscribe(self, person: PersonRecord, list_id: str) -> Subscription:
        """Begin a stay now."""
        begun = Subscription(person, list_id, to_second(self._clock()))
        self.add(begun)
        return begun

    def unsubscribe(self, person: PersonRecord, list_id: str) -> list[Subscription]:
        """End the stay on a list now; gives what was ended."""
        ended = self.on_list(person, list_id)
        for each in ended:
            each.opt_out_date = to_millisecond(self._clock())
            each.opt_out_reason = "api_opt_out"
        return ended


def list_url(company_key: str, list_id: str) -> str:
    """Give the relative address of a list."""
    return f"/companies/{company_key}/mobiledb/subscription_lists/{list_id}"


def show_list(each: SubscriptionList, company_key: str) -> JsonObject:
    """Give a list as read."""
    url = list_url(company_key, each.list_id)
    return {
        "id": each.list_id,
        "name": each.name,
        "url": url,
        "subscribers_url": f"{url}/subscribers",
        "acquisition_campaigns_url": f"{url}/acquisition_campaigns",
    }


def show_subscription(each: Subscription, company_key: str) -> JsonObject:
    """Give a stay as read; the end is only there when there is one."""
    person = person_url(company_key, each.person)
    shown: JsonObject = {
        "person": {"id": each.person.person_id, "url": person},
        "subscription_list": {"id": each.list_id, "url": list_url(company_key, each.list_id)},
        "opt_in_date": each.opt_in_date,
    }
    if each.opt_out_date is not None:
        shown["opt_out_date"] = each.opt_out_date
        shown["opt_out_reason"] = each.opt_out_reason
    return shown | {"url": f"{person}/subscriptions/{each.list_id}"}
