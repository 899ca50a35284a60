"""Exporting the history: where to is asked, it is written in the background, and what came of it is said."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, Outcome
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.history.exporter import Exporter, changes_words
from vibes_desktop.ui.history.reading import REPORT_EVERY, Export, Exported, HistoryReader
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine

Write = Callable[..., ChangeId]


class StoppingReader(HistoryReader):
    """Reads the real journal, and stops an export before its first change, as pressing Cancel does."""

    async def export(self, export: Export) -> Exported:
        """Stop it, then run it."""
        export.stop()
        return await super().export(export)


@dataclass
class Place:
    """An exporter with what it shows itself by, as on the page."""

    bridge: Bridge
    window: QWidget
    notice: Notice
    progress: ProgressLine
    told: list[bool] = field(default_factory=list)

    def exporter(self, reader: HistoryReader) -> Exporter:
        """Make one."""
        return Exporter(self.bridge, reader, self.notice, self.progress, self.told.append, self.window)


@pytest.fixture
def place(bridge: Bridge, qtbot: QtBot) -> Place:
    window = QWidget()
    notice, progress = Notice(Tone.NEUTRAL, ""), ProgressLine()
    column = QVBoxLayout(window)
    column.addWidget(notice)
    column.addWidget(progress)
    notice.hide()
    qtbot.addWidget(window)
    window.show()
    return Place(bridge, window, notice, progress)


@pytest.fixture
def exporter(place: Place, journal: Journal) -> Exporter:
    return place.exporter(HistoryReader(journal))


@pytest.fixture
def finished(bridge: Bridge, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not bridge.running)


def state(exporter: Exporter, place: Place) -> tuple[bool, bool, list[bool]]:
    """Tell whether it is busy, whether that is shown, and what the page was told so far."""
    return exporter.is_busy, place.progress.running, place.told


@pytest.mark.parametrize(("count", "words"), [(1, "1 change"), (0, "0 changes"), (12_345, "12,345 changes")])
def test_changes_are_counted_in_words(count: int, words: str) -> None:
    assert changes_words(count) == words


def test_the_ending_of_the_name_says_as_what_it_is_written(
    exporter: Exporter, write: Write, tmp_path: Path, finished: Callable[[], None]
) -> None:
    ids = (write("Ann"), write("Bob"))
    for name in ("out.json", "OUT.JSON", "out.csv", "out"):
        exporter.write(tmp_path / name, ids)
        finished()
    for name in ("out.json", "OUT.JSON"):
        assert [entry["change"] for entry in json.loads((tmp_path / name).read_bytes())] == list(ids)
    for name in ("out.csv", "out"):
        rows = list(csv.DictReader((tmp_path / name).read_text(encoding="utf-8-sig").splitlines()))
        assert [row["person"] for row in rows] == ["Ann Millar", "Bob Millar"]


def test_it_is_busy_until_it_has_said_what_was_written_where(
    exporter: Exporter, place: Place, write: Write, tmp_path: Path, finished: Callable[[], None]
) -> None:
    target = tmp_path / "<b>out & about.csv"
    exporter.write(target, (write("Ann"), write("Bob")))
    assert state(exporter, place) == (True, True, [True])
    assert not place.notice.isVisible()
    finished()
    assert state(exporter, place) == (False, False, [True, False])
    assert place.notice.isVisible()
    assert place.notice.text == f"Exported\n2 changes were written to {target}"
    assert place.notice.property("tone") == Tone.OK.value


def test_one_change_was_and_those_that_are_gone_do_not_count(
    exporter: Exporter, place: Place, write: Write, tmp_path: Path, finished: Callable[[], None]
) -> None:
    exporter.write(tmp_path / "out.csv", (write("Ann"), ChangeId(99)))
    finished()
    assert place.notice.text == f"Exported\n1 change was written to {tmp_path / 'out.csv'}"


def test_how_far_it_is_can_be_seen(
    exporter: Exporter, place: Place, write: Write, tmp_path: Path, finished: Callable[[], None]
) -> None:
    ids = tuple(write(outcome=Outcome.INTENDED) for _ in range(REPORT_EVERY * 2))
    bar = place.progress.findChild(QProgressBar)
    assert bar is not None
    seen: list[int] = []
    bar.valueChanged.connect(seen.append)
    exporter.write(tmp_path / "out.csv", ids)
    finished()
    assert [value / bar.maximum() for value in seen] == [0.5, 1.0]


def test_a_failure_says_what_is_wrong_and_another_try_can_work(
    exporter: Exporter, place: Place, write: Write, tmp_path: Path, finished: Callable[[], None]
) -> None:
    target = tmp_path / "gone" / "out.csv"
    ids = (write("Ann"),)
    exporter.write(target, ids)
    finished()
    assert place.notice.isVisible()
    assert place.notice.property("tone") == Tone.BAD.value
    assert state(exporter, place) == (False, False, [True, False])
    target.parent.mkdir()
    exporter.write(target, ids)
    finished()
    assert place.notice.text.startswith("Exported\n")
    assert target.is_file()


def test_stopping_is_no_failure_and_leaves_the_old_file(
    place: Place, journal: Journal, write: Write, tmp_path: Path, finished: Callable[[], None]
) -> None:
    target = tmp_path / "out.csv"
    target.write_text("the old one")
    exporter = place.exporter(StoppingReader(journal))
    exporter.write(target, (write("Ann"),))
    finished()
    assert target.read_text() == "the old one"
    assert place.notice.property("tone") == Tone.NEUTRAL.value
    assert place.notice.text == "The export was stopped\nNo file was written or changed."
    assert state(exporter, place) == (False, False, [True, False])


def test_a_file_among_the_documents_is_suggested_and_another_can_be_chosen(
    exporter: Exporter, place: Place, write: Write, tmp_path: Path, finished: Callable[[], None], qtbot: QtBot
) -> None:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    Path(documents).mkdir(parents=True, exist_ok=True)
    exporter.ask((write("Ann"),))
    [dialog] = place.window.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    suggested = Path(dialog.selectedFiles()[0])
    assert suggested.parent == Path(documents)
    assert suggested.name.startswith("vibes-history-")
    assert suggested.suffix == ".csv"
    assert state(exporter, place) == (False, False, [])
    dialog.selectFile(str(tmp_path / "mine.json"))
    dialog.accept()
    assert state(exporter, place) == (True, True, [True])
    finished()
    assert len(json.loads((tmp_path / "mine.json").read_bytes())) == 1


def test_nothing_is_written_when_the_question_is_cancelled(
    exporter: Exporter, place: Place, write: Write, qtbot: QtBot
) -> None:
    exporter.ask((write("Ann"),))
    [dialog] = place.window.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()
    assert state(exporter, place) == (False, False, [])
