"""What is copied of payloads."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.links import find_link
from vibes_desktop.ui.callbacks.payload.copying import COPIED_ROWS, CopyAs, copied

Event = Callable[..., dict[str, object]]


@pytest.fixture
def collection(tmp_path: Path, removal: Event) -> Iterator[Collection]:
    place = tmp_path / "events.ndjson"
    lines = [json.dumps(removal(1)), json.dumps(removal(2)), '{"event_id": "E9", "x": NULL}']
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Collection.open([str(place)]) as opened:
        yield opened


def test_json_is_formatted(collection: Collection, removal: Event) -> None:
    found = copied(collection, [0], CopyAs.JSON)
    assert json.loads(found.text) == removal(1)
    assert found.text.startswith('{\n  "event_id"')
    assert found.what == "JSON"


def test_what_is_damaged_is_copied_as_it_is(collection: Collection) -> None:
    assert copied(collection, [2], CopyAs.JSON).text == '{"event_id": "E9", "x": NULL}'


def test_the_exact_text_is_exact(collection: Collection, removal: Event) -> None:
    assert copied(collection, [0], CopyAs.EXACT).text == json.dumps(removal(1))


def test_a_command_would_deliver_just_this_text(collection: Collection, removal: Event) -> None:
    words = shlex.split(copied(collection, [0], CopyAs.CURL).text)
    assert words[0] == "curl"
    assert words[words.index("--data-raw") + 1] == json.dumps(removal(1))


def test_a_link_leads_back_to_the_row(collection: Collection) -> None:
    assert find_link(collection, copied(collection, [1], CopyAs.LINK).text) == 1


@pytest.mark.parametrize("form", [CopyAs.JSON, CopyAs.EXACT, CopyAs.CURL])
def test_personal_data_are_hidden_in_every_form(collection: Collection, form: CopyAs) -> None:
    text = copied(collection, [0], form, is_masking=True).text
    assert "3125550143" not in text
    assert "ex1234" not in text
    assert "subscription_removed" in text


def test_several_rows_are_copied_one_after_the_other(collection: Collection) -> None:
    found = copied(collection, [0, 1], CopyAs.EXACT)
    assert [json.loads(line)["delivery_attempt"] for line in found.text.split("\n")] == ["1", "2"]
    assert found.what == "exact text of 2 payloads"


def test_many_rows_are_bounded_and_that_is_said(collection: Collection) -> None:
    found = copied(collection, [0] * (COPIED_ROWS + 1), CopyAs.LINK)
    assert found.what == "link of the first 500 of 501 payloads"
    assert found.text.count("\n") == COPIED_ROWS - 1
