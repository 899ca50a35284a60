"""What happens on the platform reaches those who registered for it, spelt for their version."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

URL = "https://example.com/callbacks"
LIST = "SL1001"


def register(talk: "Talk", callback_type: str, version: str = "2") -> None:
    """Register for a type; its callbacks spell numbers as this version does."""
    body: dict[str, object] = {
        "callback_type": callback_type,
        "destination": {"url": f"{URL}/{callback_type}/{version}"},
    }
    if callback_type.startswith("subscription_"):
        body[callback_type] = {"list_id": LIST}
    was, talk.version = talk.version, version
    assert talk("POST", f"{talk.company}/config/callbacks/", body).status == 201
    talk.version = was


def told(talk: "Talk") -> list[tuple[str, object]]:
    """Give the type and the payload's own part of every event."""
    return [
        (event.callback_type, event.body.get("person", event.body.get("subscription")))
        for event in talk.sandbox.platform.events
    ]


def test_nobody_registered_nothing_is_told(talk: "Talk") -> None:
    assert talk("PUT", talk.steve, {"timezone": "US/Central"}).status == 200
    assert told(talk) == []


def test_an_update_tells_the_complete_new_state(talk: "Talk") -> None:
    register(talk, "person_updated")
    assert talk("PUT", talk.steve, {"timezone": "US/Hawaii"}).status == 200
    state = talk.read()
    del state["person_key"]
    assert told(talk) == [("person_updated", state)]


def test_numbers_are_spelt_as_the_registration_s_version_does(talk: "Talk") -> None:
    register(talk, "person_updated", "1")
    register(talk, "person_updated", "2")
    assert talk("PUT", talk.steve, {"timezone": "US/Hawaii"}).status == 200
    numbers = [event.body["person"]["mobile_phone"]["mdn"] for event in talk.sandbox.platform.events]  # type: ignore[index, call-overload]
    assert numbers[1] == "+1" + str(numbers[0])


def test_a_new_person_and_an_add_that_met_somebody(talk: "Talk") -> None:
    register(talk, "person_added")
    register(talk, "person_updated")
    new = {"external_person_id": "NEW-1", "mobile_phone": {"mdn": "+442071838750"}}
    assert talk("POST", f"{talk.persons}/", new).status == 201
    assert talk("POST", f"{talk.persons}/", new).status == 200
    assert [callback_type for callback_type, _ in told(talk)] == ["person_added", "person_updated"]


def test_leaving_a_list_is_told_with_its_reason(talk: "Talk") -> None:
    register(talk, "subscription_removed")
    register(talk, "subscription_added")
    person = talk.read()
    lists = talk("GET", f"{talk.steve}/subscriptions").json
    ids = [each["subscription_list"]["id"] for each in lists]
    assert LIST in ids
    assert talk("DELETE", f"{talk.steve}/subscriptions/{LIST}").status == 204
    ((callback_type, subscription),) = told(talk)
    assert callback_type == "subscription_removed"
    assert isinstance(subscription, dict)
    assert subscription["opt_out_reason"] == "api_opt_out"
    assert subscription["subscription_list"]["id"] == LIST
    assert subscription["person"]["person_key"] == person["person_key"]
    assert subscription["person"]["external_id"] == "EXT542342"
