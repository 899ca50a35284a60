"""What is said about opened files."""

from __future__ import annotations

import json
from pathlib import Path

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.ui.callbacks.remarks import SAID_AT_MOST, Remarks, remarks_about

EVENT = {"callback_type": "person_added", "event_id": "A"}


def remarks(*paths: Path) -> Remarks:
    with Collection.open([str(path) for path in paths]) as collection:
        return remarks_about(collection)


def test_clean_files_need_no_remark(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(EVENT))
    assert not remarks(tmp_path)


def test_what_was_left_out_is_counted_by_reason(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"started\nstopped\n{json.dumps(EVENT)}\n")
    assert any("2 records hold no payload" in note for note in remarks(tmp_path).notes)


def test_what_was_unwrapped_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"status": 200, "body": EVENT}))
    found = remarks(tmp_path)
    assert any(note.startswith("1 payload was taken out") for note in found.notes)
    assert found.title == "About these files"


def test_what_cannot_be_read_comes_first(tmp_path: Path) -> None:
    found = remarks(*(tmp_path / f"{number}.json" for number in range(SAID_AT_MOST + 2)))
    assert len(found.troubles) == SAID_AT_MOST + 1
    assert found.troubles[-1] == "… and 2 more like these."
    assert found.title == "Some files could not be read"
    assert remarks(tmp_path / "one.json").title == "A file could not be read"
