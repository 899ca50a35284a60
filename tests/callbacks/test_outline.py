"""What is small in a large payload."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.judging import judge_all
from vibes_desktop.callbacks.outline import EXAMINED_BYTES, LARGE_BYTES, NOT_EXAMINED, outline
from vibes_desktop.callbacks.payload import Body, Finding, JsonObject

LARGE = list(range(LARGE_BYTES // 4))


def update(**person: object) -> JsonObject:
    return {
        "event_id": "E1",
        "event_date": "2026-11-01T09:30:00Z",
        "callback_type": "person_updated",
        "person": {"external_person_id": "EX1", "custom_fields": {"tier": "gold"}, **person},  # type: ignore[dict-item]
    }


def codes_and_paths(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return sorted((each.code, each.path) for each in findings)


def test_what_is_small_stays_as_it_is() -> None:
    text = b'{ "a": 1.50, "b\\u00e9": "x", "a": [1, {"c": null}] }'
    found = outline(text)
    assert found is not None
    small, skipped = found
    assert small == '{"a":1.50,"bé":"x","a":[1, {"c": null}]}'.encode()
    assert skipped == ()


def test_large_lists_are_left_out_however_deep_they_stand() -> None:
    large = "x" * EXAMINED_BYTES
    found = outline(json.dumps({"a": {"b": {"c": [large]}, "d": large}, "e": [large]}).encode())
    assert found is not None
    small, skipped = found
    assert json.loads(small) == {"a": {"b": {"c": []}, "d": large}, "e": []}
    assert [(each.code, each.path) for each in skipped] == [(NOT_EXAMINED, "a.b.c"), (NOT_EXAMINED, "e")]


def test_an_object_of_very_many_members_is_left_out() -> None:
    found = outline(json.dumps({"a": {f"m{number}": "x" * 50 for number in range(2_000)}}).encode())
    assert found is not None
    assert json.loads(found[0]) == {"a": {}}


@pytest.mark.parametrize("text", [b"[1]", b"", b'{"a": 1', b'{"a": NaN}', b'{"a": ' + b"[" * 100_000])
def test_what_is_no_object_by_the_grammar_has_none(text: bytes) -> None:
    assert outline(text) is None


def test_a_large_payload_says_the_same_of_what_is_small_in_it() -> None:
    text = json.dumps({**update(mobile_phone={"mdn": "12"}), "extra": LARGE}).encode()
    whole, small = assemble(Body(text), "a", 1), assemble(Body(text), "a", 1, whole=False)
    assert small.facts == whole.facts
    assert small.callback_type == whole.callback_type
    assert small.text == text
    assert codes_and_paths(small.findings) == sorted(
        [*codes_and_paths(whole.findings), (NOT_EXAMINED, "extra")]
    )


def test_a_large_payload_that_needs_repair_is_read_as_a_whole() -> None:
    text = json.dumps({**update(), "extra": LARGE}).encode()[:-1] + b', "x": "\xff"}'
    payload = assemble(Body(text), "a", 1, whole=False)
    assert payload == assemble(Body(text), "a", 1)
    assert payload.repairs


def test_a_large_row_has_its_columns_and_its_judgement(tmp_path: Path) -> None:
    place = tmp_path / "large.json"
    place.write_text(json.dumps({**update(), "extra": LARGE, "person_id": 5}, indent=1), encoding="utf-8")
    with Collection.open([str(place)]) as collection:
        judge_all(collection)
        assert len(collection) == 1
        assert collection.judged is not None
        told = {each.code for each in collection.payload(0, whole=False).findings}
        assert set(collection.judged.codes(0)) == told
        assert NOT_EXAMINED in told
        assert collection.payload(0).facts.person.external_person_id == "EX1"
        value = collection.payload(0).value
    assert isinstance(value, dict)
    assert value["extra"] == LARGE
