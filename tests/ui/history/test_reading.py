"""Finding changes in a real journal, and writing them to real files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vibes_desktop.model.change import ChangeId, Outcome
from vibes_desktop.model.errors import Cancelled, StorageError
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.history import HistoryFilter
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.history.reading import (
    RECORDS_AT_ONCE,
    REPORT_EVERY,
    Export,
    ExportFormat,
    Found,
    HistoryReader,
    Question,
)

WAIT_SECONDS = 30
DEMO, ACME = ProfileId("demo"), ProfileId("acme")
Write = Callable[..., ChangeId]
Find = Callable[..., tuple[ChangeId, ...]]


@pytest.fixture
def find(journal: Journal, runtime: Runtime) -> Find:
    """Return a function that asks the journal and waits for the ids."""

    def ask(chosen: HistoryFilter = HistoryFilter(), profile: ProfileId | None = DEMO) -> Found:  # noqa: B008
        work = HistoryReader(journal).find(Question(profile, chosen))
        return runtime.submit(work).result(WAIT_SECONDS)

    return lambda *args: ask(*args).ids


def test_changes_come_newest_first_of_the_profile_or_of_all(write: Write, find: Find) -> None:
    first, other, last = write("Ann"), write("Bob", profile=ACME), write("Cid")
    assert find() == (last, first)
    assert find(HistoryFilter(), None) == (last, other, first)


def test_text_outcome_and_days_narrow_together(write: Write, find: Find) -> None:
    old = write("Ann", days=-3)
    failed = write("Ann", outcome=Outcome.NOT_SAVED)
    fine = write("Bob", reason="TICKET-7")
    open_one = write("Bob", outcome=Outcome.SENDING)
    assert find(HistoryFilter("ann")) == (failed, old)
    assert find(HistoryFilter("ticket-7 BOB")) == (fine,)
    assert find(HistoryFilter(outcomes=frozenset({Outcome.INTENDED, Outcome.SENDING}))) == (open_one,)
    assert find(HistoryFilter("ann", until=date(2026, 2, 27))) == (old,)
    assert find(HistoryFilter("ann", since=date(2026, 2, 27))) == (failed,)


def test_more_than_a_page_of_changes_is_found(write: Write, find: Find) -> None:
    written = [write(outcome=Outcome.INTENDED) for _ in range(RECORDS_AT_ONCE + 3)]
    assert list(find()) == written[::-1]


def test_rows_that_are_gone_are_left_out(journal: Journal, runtime: Runtime, write: Write) -> None:
    kept = write("Ann")
    rows = runtime.submit(HistoryReader(journal).rows((kept, ChangeId(99)))).result(WAIT_SECONDS)
    assert [row.id for row in rows] == [kept]


def test_an_export_as_csv_holds_a_row_for_each_field(journal: Journal, write: Write, tmp_path: Path) -> None:
    change_id = write("Ann", after="=cmd()")
    target = tmp_path / "out.csv"
    done = Export(target, ExportFormat.CSV, (change_id,), lambda _: None).write(journal)
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert (done.path, done.changes) == (target, 1)
    assert [(row["field"], row["before"], row["after"]) for row in rows] == [
        ("last_name", "Millar", "'=cmd()")
    ]


def test_an_export_as_json_can_be_read_again(journal: Journal, write: Write, tmp_path: Path) -> None:
    ids = (write("Ann"), write("Bob"))
    target = tmp_path / "out.json"
    Export(target, ExportFormat.JSON, ids, lambda _: None).write(journal)
    assert [entry["change"] for entry in json.loads(target.read_bytes())] == list(ids)


def test_an_export_tells_how_far_it_is(journal: Journal, write: Write, tmp_path: Path) -> None:
    ids = [write(outcome=Outcome.INTENDED) for _ in range(REPORT_EVERY * 2)]
    told: list[int] = []
    Export(tmp_path / "out.csv", ExportFormat.CSV, ids, told.append).write(journal)
    assert told == [REPORT_EVERY, REPORT_EVERY * 2]


def test_a_stopped_export_leaves_the_old_file(journal: Journal, write: Write, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("the old one")
    ids = [write(outcome=Outcome.INTENDED) for _ in range(REPORT_EVERY + 1)]
    export = Export(target, ExportFormat.CSV, ids, lambda _: export.stop())
    with pytest.raises(Cancelled):
        export.write(journal)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".csv"] == ["out.csv"]
    assert target.read_text() == "the old one"


def test_an_export_into_a_folder_that_is_not_there_says_so(
    journal: Journal, write: Write, tmp_path: Path
) -> None:
    with pytest.raises(StorageError):
        Export(tmp_path / "no" / "out.csv", ExportFormat.CSV, (write(),), lambda _: None).write(journal)
