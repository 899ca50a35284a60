"""Whole files, from bytes to rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.callbacks.payload import Kind, Payload
from vibes_desktop.callbacks.pile import EMPTY_FILE, Pile
from vibes_desktop.callbacks.unwrapping import NO_JSON

ReadFile = Callable[..., list[Payload]]

DEFECTS = {
    "bare-null": "NULL read as null",
    "block-comment": "comment dropped",
    "comma-between-key-and-value": "read as a colon",
    "doubled-brace": "doubled opening brace",
    "flattened-comment": "the line went on",
    "heading-pasted-along": "trailing comma",
    "line-comment": "comment dropped",
    "odd-spaces-and-quotes": "U+00A0",
    "trailing-comma": "trailing comma",
    "unclosed-key": "closing quote of the key",
}
FOUND = {
    "cut-off": "cut_off",
    "duplicate-key": "duplicate_key",
    "placeholder": "placeholder",
    "types-disagree": "type_disagreement",
}
WRAPPED = (
    "access.log",
    "application.log",
    "docker.ndjson",
    "cloudwatch.json",
    "insights.csv",
    "gateway.json",
    "browser.har",
)


def test_every_defect_has_its_sample(samples: Path) -> None:
    assert {file.stem for file in (samples / "defects").iterdir()} == DEFECTS.keys() | FOUND.keys()


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_repaired_and_said(name: str, samples: Path) -> None:
    (payload,) = Pile([str(samples / "defects" / f"{name}.json")]).payloads()
    assert payload.kind is Kind.CALLBACK
    assert any(DEFECTS[name] in repair.what for repair in payload.repairs)
    assert not {each.code for each in payload.findings} & {"missing_field", "unreadable", "cut_off"}


@pytest.mark.parametrize("name", FOUND)
def test_what_can_be_read_but_is_odd_is_found(name: str, samples: Path) -> None:
    (payload,) = Pile([str(samples / "defects" / f"{name}.json")]).payloads()
    assert FOUND[name] in {each.code for each in payload.findings}
    assert payload.repairs == ()


@pytest.mark.parametrize("name", WRAPPED)
def test_every_wrapper_holds_the_same_payload(name: str, samples: Path) -> None:
    (payload,) = Pile([str(samples / "wrapped" / name)]).payloads()
    assert (payload.callback_type, payload.facts.list_id) == ("subscription_removed", "1234")
    assert payload.wrapping.received_ms is not None
    assert "unwrapped" in {each.code for each in payload.findings}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("person.json", Kind.PERSON),
        ("registration.json", Kind.REGISTRATION),
        ("subscriptions.json", Kind.SUBSCRIPTION),
        ("connect.xml", Kind.VIBES_CONNECT),
    ],
)
def test_what_is_no_callback_is_named(name: str, kind: Kind, samples: Path) -> None:
    (payload,) = Pile([str(samples / "wrapped" / name)]).payloads()
    assert payload.kind is kind


def test_positions_inside_of_one_document(read_file: ReadFile) -> None:
    content = (
        '{"logEvents": [{"message": "x", "timestamp": 1}, {"message": "{\\"callback_type\\": \\"y\\"}"}]}'
    )
    assert [payload.position for payload in read_file(content)] == [1]


def test_skipped_lines_are_counted_by_reason(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text('started\nx {"callback_type": "y"}\nstopped\n')
    (tmp_path / "b.log").write_text("")
    pile = Pile([str(tmp_path), str(tmp_path / "missing")])
    assert len(list(pile.payloads())) == 1
    assert pile.skipped == {NO_JSON: 2, EMPTY_FILE: 1}
    assert len(pile.troubles) == 1


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"{" * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":1e400}',
        b'{"a":NaN}',
        b'{"a":"\\ud800\x00\xff"}',
    ],
)
def test_bad_input_is_a_row(content: bytes, read_file: ReadFile) -> None:
    (payload,) = read_file(content)
    assert payload.kind in {Kind.UNREADABLE, Kind.OTHER}
