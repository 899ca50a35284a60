"""What the open callbacks say about a person."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.app import hearing
from vibes_desktop.app.hearing import hearer
from vibes_desktop.app.workplace import Workplace
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.model.identifier import Identifier, IdentifierKind

KEY = Identifier(IdentifierKind.PERSON_KEY, "key-1")
READY_MS = 20_000
NUMBER = Identifier(IdentifierKind.MDN, "+12065550143")


def subscription(event: str, date: str, person: dict[str, object]) -> str:
    return json.dumps(
        {
            "event_id": f"{event}-{date}",
            "event_type": event,
            "event_date": date,
            "subscription": {"person": person, "subscription_list": {"id": "SL1"}, "opt_in_date": date},
        }
    )


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    file = tmp_path / "july.jsonl"
    known: dict[str, object] = {"person_key": "key-1", "mobile_phone": {"mdn": "+12065550143"}}
    file.write_text(
        "\n".join(
            [
                subscription("subscription_removed", "2020-02-02T10:00:00Z", known),
                subscription("subscription_added", "2017-01-15T15:34:52Z", known),
                subscription("subscription_added", "2018-01-01T00:00:00Z", {"person_key": "other"}),
            ]
        )
        + "\n"
    )
    with Collection.open([str(file)]) as opened:
        yield opened


def test_the_persons_callbacks_come_in_order_of_time_once_each(collection: Collection) -> None:
    heard = hearer(lambda: collection, lambda: True)([KEY, NUMBER])
    assert heard is not None
    assert (heard.source, heard.is_complete) == ("july.jsonl", True)
    assert [each.callback_type for each in heard.callbacks] == ["subscription_added", "subscription_removed"]
    assert heard.callbacks[0].at == datetime(2017, 1, 15, 15, 34, 52, tzinfo=UTC)
    assert heard.callbacks[0].words


def test_nobody_named_is_an_empty_answer_and_no_collection_none(collection: Collection) -> None:
    hear = hearer(lambda: collection, lambda: False)
    heard = hear([Identifier(IdentifierKind.PERSON_KEY, "nobody")])
    assert heard is not None
    assert (heard.callbacks, heard.is_complete) == ((), False)
    assert hear([]) is not None
    assert hearer(Collection, lambda: True)([KEY]) is None


def test_of_very_many_the_latest_are_told(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "MOST_CALLBACKS", 1)
    heard = hearer(lambda: collection, lambda: True)([KEY])
    assert heard is not None
    assert [each.callback_type for each in heard.callbacks] == ["subscription_removed"]
    assert not heard.is_complete


def test_the_program_hands_the_open_callbacks_to_the_people_page(
    at_work: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "mine.jsonl"
    steve: dict[str, object] = {"person_key": "c5235a10-e243-42d7-979c-7f6234a21b60"}
    file.write_text(subscription("subscription_added", "2017-01-15T15:34:52Z", steve) + "\n")
    at_work.viewer.open([str(file)])
    qtbot.waitUntil(lambda: len(at_work.viewer.collection) == 1, timeout=READY_MS)
    at_work.people.look_up("EXT542342")
    side = at_work.people.record.side

    def is_heard() -> bool:
        return any(each.text() == "subscription_added" for each in side.heard.findChildren(QLabel))

    qtbot.waitUntil(is_heard, timeout=READY_MS)
    assert at_work.people.calls.texted.hear_about is not None
