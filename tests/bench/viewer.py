"""The Callbacks page with a million callbacks and with one large document, in the program's own window.

The files are generated for this run and deleted after it. Each run is a process with a home and a keyring
of its own: `python -m tests.bench.viewer FOLDER`.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QWidget

from tests.bench.stage import Stage, stage, wait_for
from tests.bench.table import Row, milliseconds
from tests.journey.pulse import KEPT_FROM_MS, Pulse
from vibes_desktop.callbacks.indexing import cores
from vibes_desktop.callbacks.query import parse
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.callbacks.views import groups, ordered
from vibes_desktop.storage.folders import Folders
from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.questions.groups_sheet import open_groups_sheet
from vibes_desktop.ui.callbacks.viewer import Order

EVENTS = 1_000_000
ITEMS = 330_000  # of the large document, 50 MB
RUNS = 3
OPENINGS = 3
QUESTION = "type:subscription_removed reason:user_opt_out"
IDLE_SECONDS = 5.0
FRAMES = 400
DAYS = 90  # that the events are about: more groups than that are of days and types
PATIENCE_SECONDS = 240.0
ROOT = Path(__file__).parents[2]
MILLION, ONE, LARGE = "events.ndjson", "one.ndjson", "large.json"
Found = dict[str, list[float]]  # seconds, but for what is named "MB"


def measure() -> list[Row]:
    """Generate the files, and measure in several processes."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        generate(Path(folder))
        return rows([_apart(folder) for _ in range(RUNS)])


def generate(folder: Path) -> None:
    """Write a million events, one event, and one document of 50 MB."""
    maker = str(ROOT / "scripts" / "bench-events")
    subprocess.run([sys.executable, maker, str(folder / MILLION), str(EVENTS)], check=True)
    with (folder / MILLION).open("rb") as file:
        event = json.loads(file.readline())
    (folder / ONE).write_text(json.dumps(event) + "\n", encoding="utf-8")
    item = {
        "tags": ["a", "b"],
        "score": 0.5,
        "note": "This item is here so that the document has its size. " * 2,
    }
    event["history"] = [{"id": number, **item} for number in range(ITEMS)]
    (folder / LARGE).write_text(json.dumps(event), encoding="utf-8")


def rows(runs: Sequence[Found]) -> list[Row]:
    """Lay out what several runs found: the median of all, or of the worst of each run."""

    def times(what: str, name: str, against: str, yardstick: str, aim: str) -> Row:
        mine, other = ([each for run in runs for each in run[key]] for key in (name, yardstick))
        return _row(what, statistics.median(mine), against, statistics.median(other), aim, len(mine))

    def worst(what: str, name: str, against: str, yardstick: str, aim: str) -> Row:
        mine, other = (statistics.median(max(run[key]) for run in runs) for key in (name, yardstick))
        return _row(what, mine, against, other, aim, len(runs))

    def megabytes(what: str, name: str, aim: str) -> Row:
        before, after = (statistics.median(run[key][0] for run in runs) for key in ("MB before", name))
        against = "the same window before"
        return Row(what, f"{after:,.0f} MB", against, f"{before:,.0f} MB", f"{after - before:+,.0f} MB", aim)

    wc, bare, one = "`wc -l` on the same file", "the window idle, nothing open", "a file of one event"
    return [
        worst("first rows painted after choosing 1,000,000 events", "first rows", one, "one row", "≤ 200 ms"),
        times(f"fully indexed, {cores()} processes", "indexed", wc, "wc", "≤ 15 ×"),
        times("findings and drift, the second pass, after that", "judged", wc, "wc", "–"),
        times("reopened with the kept index", "reopened", wc, "wc", "≤ 1 s"),
        worst("longest pause of the window while indexing", "pause indexing", bare, "pause bare", "≤ 30 ms"),
        worst("the same during the second pass", "pause judging", bare, "pause bare", "–"),
        worst("the same afterwards, idle", "pause idle", bare, "pause bare", "–"),
        worst("scrolling, worst frame", "frame", "the median frame", "usual frame", "≤ 20 ms"),
        times("column filter, until painted", "filter", "the answer alone", "filter alone", "≤ 20 ms"),
        times("sort by time, until painted", "sort", "the order alone", "sort alone", "≤ 60 ms"),
        times("group by day and type, until painted", "group", "the groups alone", "group alone", "≤ 60 ms"),
        worst("50 MB document chosen, tree painted", "large", one, "one tree", "≤ 150 ms"),
        worst("longest pause of the window from then on", "pause large", bare, "pause bare", "≤ 30 ms"),
        megabytes("private memory, 1,000,000 events indexed", "MB indexed", "≤ 250 MB"),
        megabytes("private memory, after all of the above", "MB after", "–"),
    ]


def _row(what: str, mine: float, against: str, other: float, aim: str, runs: int) -> Row:
    ratio = f"{mine / other:.1f} ×"
    return Row(what, milliseconds(mine), against, milliseconds(other), ratio, aim, str(runs))


def _apart(folder: str) -> Found:
    """Make one run in a process of its own."""
    command = (str(ROOT / "scripts" / "with-keyring"), sys.executable, "-m", "tests.bench.viewer", folder)
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


class Measuring:
    """One window, one thing after the other; `found` grows."""

    def __init__(self, set_up: Stage, folder: Path) -> None:
        self._set_up = set_up
        self._folder = folder
        self._pulse = Pulse()
        self.found: Found = {}

    @property
    def _page(self) -> CallbacksPage:
        return self._set_up.workplace.callbacks

    def everything(self) -> None:
        """Measure; the order matters: what comes first has not been done before in this window."""
        page, viewer = self._page, self._page.viewer
        self._set_up.workplace.fulfil(in_sandbox=False, person=None, files=[str(self._folder / ONE)])
        wait_for(lambda: len(viewer.collection) == 1 and page.isVisible(), "the page")
        self._rest()
        self._listen("pause bare", lambda: self._idle(IDLE_SECONDS))
        self._note("MB before", private_mb())
        for _ in range(OPENINGS):
            self._open_million()
        self._note("MB indexed", private_mb())
        self._judge()
        self._listen("pause idle", lambda: self._idle(IDLE_SECONDS))
        self._scroll()
        for _ in range(OPENINGS):
            self._filter()
            self._sort()
            self._group()
        self._reopen()
        self._note("MB after", private_mb())
        self._open_large()

    # Each thing

    def _open_million(self) -> None:
        """Open one event, then the million, its index not kept; the second pass is given up."""
        page, viewer = self._page, self._page.viewer
        file = str(self._folder / MILLION)
        self._note(
            "wc", _seconds(lambda: subprocess.run(["wc", "-l", file], check=True, capture_output=True))
        )
        viewer.close()
        self._rest()
        self._note(
            "one row", self._until_painted(page.table, lambda: self._open(ONE), lambda: self._shows(1))
        )
        self._rest()
        for kept in Folders.of_user().kept_indexes.glob("*"):
            kept.unlink()

        def opened() -> None:
            begun = time.perf_counter()
            painted = self._until_painted(page.table, lambda: self._open(MILLION), lambda: self._shows(2))
            self._note("first rows", painted)
            wait_for(lambda: not viewer.is_opening, "all rows", PATIENCE_SECONDS)
            self._note("indexed", time.perf_counter() - begun)

        self._listen("pause indexing", opened)
        viewer.cancel()
        self._rest()

    def _judge(self) -> None:
        viewer = self._page.viewer

        def judged() -> None:
            begun = time.perf_counter()
            self._open(MILLION)
            wait_for(lambda: not viewer.is_opening, "all rows", PATIENCE_SECONDS)
            begun = time.perf_counter()
            wait_for(lambda: not viewer.is_judging, "the second pass", PATIENCE_SECONDS)
            self._note("judged", time.perf_counter() - begun)

        self._listen("pause judging", judged)
        self._rest()

    def _scroll(self) -> None:
        """Paint frame after frame: by lines, by pages, and all over the file."""
        table = self._page.table
        bar = table.verticalScrollBar()
        steps = (
            [bar.singleStep() * 3] * FRAMES + [bar.pageStep()] * FRAMES + [bar.maximum() // FRAMES] * FRAMES
        )
        frames: list[float] = []
        for step in steps:
            begun = time.perf_counter()
            bar.setValue((bar.value() + step) % bar.maximum())
            table.viewport().repaint()
            frames.append(time.perf_counter() - begun)
            self._idle(0.003)
        bar.setValue(0)
        self.found["frame"], self.found["usual frame"] = [max(frames)], [statistics.median(frames)]

    def _filter(self) -> None:
        page, viewer = self._page, self._page.viewer
        collection, query = viewer.collection, parse(QUESTION)
        count = len(select(query, collection))
        self._note("filter alone", _seconds(lambda: select(query, collection)))
        painted = self._until_painted(
            page.table, lambda: viewer.ask(QUESTION), lambda: len(viewer.rows) == count
        )
        self._note("filter", painted)
        viewer.ask("")
        wait_for(lambda: len(viewer.rows) == len(collection), "every row")
        self._rest()

    def _sort(self) -> None:
        page, viewer = self._page, self._page.viewer
        columns, rows = viewer.collection.columns, viewer.rows
        latest = int(ordered(columns, rows, "time", descending=True)[0])
        self._note("sort alone", _seconds(lambda: ordered(columns, rows, "time")))
        painted = self._until_painted(
            page.table,
            lambda: viewer.sort(Order("time", descending=True)),
            lambda: int(viewer.rows[0]) == latest,
        )
        self._note("sort", painted)
        viewer.sort(None)
        wait_for(lambda: int(viewer.rows[0]) == 0, "the order of the file")
        self._rest()

    def _group(self) -> None:
        columns, rows = self._page.viewer.collection.columns, self._page.viewer.rows
        self._note("group alone", _seconds(lambda: groups(columns, rows, ["day", "type"])))
        sheet = open_groups_sheet(self._page.viewer, self._page.window())
        self._rest()
        painted = self._until_painted(
            sheet.table,
            lambda: sheet.second.setCurrentText("Day"),
            lambda: sheet.model.rowCount() > DAYS,
        )
        self._note("group", painted)
        sheet.close()
        self._rest()

    def _reopen(self) -> None:
        viewer = self._page.viewer
        for _ in range(OPENINGS):
            viewer.close()
            self._rest()
            begun = time.perf_counter()
            self._open(MILLION)
            wait_for(lambda: not viewer.is_opening and len(viewer.rows) >= EVENTS, "all rows")
            self._note("reopened", time.perf_counter() - begun)

    def _open_large(self) -> None:
        page, viewer = self._page, self._page.viewer
        view = page.payload.tabs.tree.view
        is_there = lambda: view.tree.document is not None  # noqa: E731
        for _ in range(OPENINGS):
            for name, file in (("one tree", ONE), ("large", LARGE)):
                viewer.close()
                self._rest()

                def opened(name: str = name, file: str = file) -> None:
                    self._note(name, self._until_painted(view, lambda: self._open(file), is_there))
                    wait_for(lambda: not viewer.is_judging, "the judgement", PATIENCE_SECONDS)
                    self._idle(0.5)

                self._listen(f"pause {name}", opened)

    # Means

    def _open(self, name: str) -> None:
        self._page.opening.open([str(self._folder / name)])

    def _shows(self, least: int) -> bool:
        return len(self._page.viewer.rows) >= least

    def _until_painted(
        self, view: QAbstractItemView, act: Callable[[], object], is_so: Callable[[], bool]
    ) -> float:
        """Do something, and give the seconds until it is painted."""
        begun = time.perf_counter()
        painted = _Painted(view.viewport(), is_so)
        act()
        wait_for(lambda: painted.at is not None, "a paint", PATIENCE_SECONDS)
        return (painted.at or 0.0) - begun

    def _listen(self, name: str, act: Callable[[], object]) -> None:
        """Note the longest pause meanwhile."""
        self._pulse.pauses.clear()
        self._pulse.start()
        act()
        self._pulse.stop()
        longest = max((each.milliseconds for each in self._pulse.pauses), default=KEPT_FROM_MS)
        self._note(name, longest / 1000)

    def _rest(self) -> None:
        """Let everything under way come to its end."""
        viewer = self._page.viewer
        wait_for(lambda: not viewer.is_opening and not viewer.is_answering, "the end", PATIENCE_SECONDS)
        self._idle(0.5)
        wait_for(lambda: not self._set_up.workplace.bridge.running, "a rest", PATIENCE_SECONDS)

    def _idle(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        wait_for(lambda: time.monotonic() > until, "a moment", PATIENCE_SECONDS)

    def _note(self, name: str, value: float) -> None:
        self.found.setdefault(name, []).append(value)


class _Painted(QObject):
    """Notes when a widget was painted for the first time since something is so."""

    def __init__(self, watched: QWidget, is_so: Callable[[], bool]) -> None:
        super().__init__(watched)
        self._is_so = is_so
        self._is_painting = False
        self.at: float | None = None
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Paint and not self._is_painting and self._is_so():
            self._is_painting = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._note)  # comes once everything that is due was painted
        return False

    def _note(self) -> None:
        self.at = time.perf_counter()


def private_mb() -> float:
    """Read how much memory this process has for itself alone."""
    gc.collect()
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the system doesn't tell")


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> None:
    """Measure with the files in a folder, and print what was found."""
    with stage() as set_up:
        measuring = Measuring(set_up, Path(sys.argv[1]))
        measuring.everything()
    sys.stdout.write(json.dumps(measuring.found) + "\n")


if __name__ == "__main__":
    main()
