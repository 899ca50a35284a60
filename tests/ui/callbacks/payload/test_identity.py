"""By which identifiers a person can be looked up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.ui.callbacks.payload.identity import identifiers_of

Make = Callable[..., Payload]
Event = Callable[..., dict[str, object]]


def test_the_key_is_the_surest(make: Make) -> None:
    person = {"person_key": "key-1", "external_person_id": "ex1", "person_id": "5", "custom_fields": {}}
    assert identifiers_of(make(person)) == (
        Identifier(IdentifierKind.PERSON_KEY, "key-1"),
        Identifier(IdentifierKind.EXTERNAL_ID, "ex1"),
        Identifier(IdentifierKind.PERSON_ID, "5"),
    )


@pytest.mark.parametrize(("mdn", "e164"), [("+13125550143", "+13125550143"), ("3125550143", "+13125550143")])
def test_a_number_of_either_version_is_understood(make: Make, mdn: str, e164: str) -> None:
    payload = make({"callback_type": "unmatched_message_received", "participant": {"mdn": mdn}})
    assert identifiers_of(payload) == (Identifier(IdentifierKind.MDN, e164),)


def test_what_is_no_number_is_not_offered(make: Make) -> None:
    payload = make({"callback_type": "unmatched_message_received", "participant": {"mdn": "12"}})
    assert identifiers_of(payload) == ()


def test_a_payload_may_name_nobody(make: Make) -> None:
    assert identifiers_of(make({"callback_type": "wallet_item_install", "wallet_item": {}})) == ()
