"""Words for what is odd about a payload."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vibes_desktop.callbacks.payload import Finding, Payload, Repair, Severity
from vibes_desktop.ui.callbacks.payload.words import (
    STRICT,
    by_severity,
    finding_notes,
    finding_title,
    marks,
    repair_notes,
)
from vibes_desktop.ui.privacy import Privacy

ERROR = Finding(Severity.ERROR, "conflict", "event_id", "another body")
WARNING = Finding(Severity.WARNING, "invalid_mdn", "mdn", "The mobile number is not a valid one")
REMARK = Finding(Severity.INFO, "deprecated_field", "event_type", "event_type is deprecated")
UNWRAPPED = Finding(Severity.INFO, "unwrapped", "", "Unwrapped from: body")


def test_the_gravest_comes_first_and_the_wrapping_last() -> None:
    assert by_severity((UNWRAPPED, REMARK, WARNING, ERROR)) == (ERROR, WARNING, REMARK, UNWRAPPED)


def test_codes_become_words() -> None:
    assert [finding_title(each) for each in (ERROR, WARNING, REMARK)] == [
        "conflict",
        "invalid mdn",
        "deprecated",
    ]


def test_a_finding_has_a_word_besides_its_colour() -> None:
    notes = finding_notes((ERROR, WARNING, REMARK), Privacy())
    assert [note.word for note in notes] == ["Error", "Warning", "Remark"]
    assert notes[0].path == "event_id"


def test_what_a_finding_quotes_is_hidden() -> None:
    quoting = Finding(Severity.WARNING, "unknown_value", "x", '"+13125550143" is not among the values')
    (note,) = finding_notes((quoting,), Privacy(is_masking=True))
    assert "5550143" not in note.sentence


def test_a_repair_has_its_place() -> None:
    (note,) = repair_notes((Repair(156, "NULL read as null"),), ("a.b",), Privacy())
    assert (note.title, note.sentence, note.path) == ("character 157", "NULL read as null", "a.b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ({"callback_type": "person_added", "person": {}}, []),
        (b'{"event_id": "E", "event_date": NULL}', ["Repaired · 1"]),
        (b'{"callback_type": "person_added", "event_date": "2017', ["Cut off"]),
        ({"person_key": "k", "custom_fields": {}}, ["Person, not a callback"]),
        ({"destination": {"url": "x"}, "callback_type": "person_added"}, ["Registration, not a callback"]),
        (b"<submitMOMessage/>", ["Vibes Connect XML"]),
        ({"subscriptions": []}, ["Subscriptions, not a callback"]),
        ({"other": 1}, ["Not of this platform"]),
        (b"no json", ["Can't be read"]),
    ],
)
def test_what_is_special_is_named_at_the_head(
    make: Callable[..., Payload], text: object, words: list[str]
) -> None:
    assert [word for word, _, _ in marks(make(text))] == words


def test_a_repaired_payload_is_no_strict_receivers(make: Callable[..., Payload]) -> None:
    ((_, _, sentence),) = marks(make(b'{"callback_type": "person_added", "x": NULL}'))
    assert sentence == STRICT
