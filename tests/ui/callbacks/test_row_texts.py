"""What only the payload itself says of a row."""

from __future__ import annotations

import json
from pathlib import Path

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.ui.callbacks.row_texts import NO_TEXTS, RowTexts, name_in, texts_of

FIELDS = {"first_name": "Robin", "last_name": "Hall"}
UPDATED = {
    "callback_type": "person_updated",
    "event_id": "E1",
    "person": {
        "person_id": "88",
        "external_person_id": "ex1",
        "mobile_phone": {"mdn": "+13125550143"},
        "custom_fields": FIELDS,
    },
}
EXPECTED = RowTexts("E1", "", "88", "ex1", "+13125550143", "Robin Hall")


def read(tmp_path: Path, *lines: str) -> dict[int, RowTexts]:
    (tmp_path / "some.ndjson").write_text("".join(f"{line}\n" for line in lines))
    with Collection.open([str(tmp_path)]) as collection:
        return dict(texts_of(collection, range(len(collection))))


def test_clean_and_repaired_rows_say_the_same(tmp_path: Path) -> None:
    text = json.dumps(UPDATED)
    assert read(tmp_path, text, text[:-1] + ",}") == {0: EXPECTED, 1: EXPECTED}


def test_what_is_unreadable_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps(UPDATED), "{]")[1] == NO_TEXTS


def test_a_file_that_was_cut_gives_empty_texts(tmp_path: Path) -> None:
    place = tmp_path / "some.ndjson"
    place.write_text(f"{json.dumps(UPDATED)}\n" * 3)
    with Collection.open([str(place)]) as collection:
        place.write_text("")
        assert texts_of(collection, [2])[2].name == ""


def test_a_person_alone_has_a_name() -> None:
    assert name_in({"custom_fields": {"first_name": "Robin"}}) == "Robin"
    assert name_in(["Robin"]) == ""


def test_its_repr_names_nobody() -> None:
    assert "Robin" not in repr(EXPECTED)
