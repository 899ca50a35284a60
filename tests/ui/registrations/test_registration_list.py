"""Rows name what is registered, as plain text."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from vibes_desktop.model.jsonvalue import JsonObject, parse
from vibes_desktop.model.registration import CallbackRegistration
from vibes_desktop.ui.registrations.registration_list import RegistrationList, RowActions, title_of


def registration(text: str) -> CallbackRegistration:
    value = parse(text)
    assert isinstance(value, JsonObject)
    return CallbackRegistration(value)


def test_a_title_names_type_and_subject() -> None:
    narrowed = registration(
        '{"callback_id":1,"callback_type":"subscription_added","subscription_added":{"list_id":"L\\n1"}}'
    )
    assert title_of(narrowed) == "subscription_added · L↵1"
    assert title_of(registration("{}")) == "unknown type"


def test_each_row_calls_with_its_registration(qtbot: QtBot) -> None:
    called: list[tuple[str, CallbackRegistration]] = []
    actions = RowActions(
        lambda each: called.append(("test", each)),
        lambda each: called.append(("change", each)),
        lambda each: called.append(("end", each)),
    )
    shown = [
        registration(f'{{"callback_id":{n},"callback_type":"person_added","destination":{{"url":"<b>{n}"}}}}')
        for n in range(2)
    ]
    made = RegistrationList(shown, actions, may_change=True)
    qtbot.addWidget(made)
    for each in made.buttons:
        each.click()
    assert called == [(name, each) for each in shown for name in ("test", "change", "end")]
