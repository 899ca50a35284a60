"""How long the window ever pauses: while it fills itself after the first paint, and during the journey.

Each run is a process with a home and a keyring of its own: `python -m tests.bench.pauses RUN`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.stage import wait_for
from tests.bench.table import Row, milliseconds
from tests.journey import journey
from tests.journey.pulse import KEPT_FROM_MS, Pause, Pulse
from tests.journey.story import THEME
from vibes_desktop.app.log import start_logging
from vibes_desktop.app.program import Program
from vibes_desktop.app.run import open_frame
from vibes_desktop.app.wish import Wish
from vibes_desktop.storage.folders import Folders

RUNS = 3
STARTS = 9
BARE_SECONDS = 20.0
SETTLED_SECONDS = 1.0  # after which a window that was just shown has nothing more to do
ROOT = Path(__file__).parent.parent.parent
Found = dict[str, float]  # milliseconds of the longest pause, by what was going on


def measure() -> list[Row]:
    """Listen to the window's pulse in several processes, and to a bare window's."""
    bare = [_apart("bare") for _ in range(RUNS)]
    starts = [_apart("start") for _ in range(STARTS)]
    journeys = [_apart("journey") for _ in range(RUNS)]
    themes = [{THEME: run.pop(THEME, 0.0)} for run in journeys]
    return [
        _row("longest pause of the window during the journey", journeys, bare, "≤ 50 ms"),
        _row("the same, while another theme is put on", themes, bare, "–"),
        _row("longest pause from the first paint to the sign-in", starts, bare, "–"),
    ]


def _row(what: str, runs: list[Found], bare: list[Found], aim: str) -> Row:
    """Compare the medians; names the activity in which the longest pause of all runs fell."""
    longest, usual = (statistics.median(max(run.values()) for run in each) for each in (runs, bare))
    where, _ = max((each for run in runs for each in run.items()), key=lambda each: each[1])
    return Row(
        f"{what} ({where})",
        milliseconds(longest / 1000),
        f"a bare window that idles for {BARE_SECONDS:.0f} s",
        milliseconds(usual / 1000),
        f"{longest / usual:.1f} ×",
        aim,
        f"{len(runs)} + {len(bare)}",
    )


def _apart(run: str) -> Found:
    """Make one run in a process of its own."""
    command = (str(ROOT / "scripts" / "with-keyring"), sys.executable, "-m", "tests.bench.pauses", run)
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def _listen_to_journey() -> Found:
    with tempfile.TemporaryDirectory() as folder:
        return _longest(journey.run(Path(folder)).pauses)


def _listen_to_start() -> Found:
    app = QApplication(["vibes-desktop"])
    folders = Folders.of_user()
    folders.create()
    program = Program(app, open_frame(folders), folders, start_logging(folders.log_file))
    program.start(Wish(in_sandbox=True))
    pulse = Pulse()
    pulse.start()
    wait_for(lambda: program.workplace is not None and program.workplace.session is not None, "the sign-in")
    pulse.stop()
    program.frame.close()
    program.stop()
    return _longest(pulse.pauses)


def _listen_to_bare_window() -> Found:
    app = QApplication(["bare"])
    window = QWidget()
    window.resize(1360, 860)
    window.show()
    wait_for(lambda: window.windowHandle().isExposed(), "the window")
    begin = time.monotonic() + SETTLED_SECONDS
    wait_for(lambda: time.monotonic() > begin, "a moment's rest")
    pulse = Pulse()
    pulse.start()
    wait_for(lambda: time.monotonic() > begin + BARE_SECONDS, "the end")
    pulse.stop()
    window.close()
    app.quit()
    return _longest(pulse.pauses)


def _longest(pauses: Sequence[Pause]) -> Found:
    """Find the longest pause of each activity; shorter ones than the pulse keeps count as those."""
    found: Found = {}
    for pause in pauses:
        what = pause.during or "the whole time"
        found[what] = max(found.get(what, 0.0), pause.milliseconds)
    return found or {"the whole time": KEPT_FROM_MS}


_RUNS: dict[str, Callable[[], Found]] = {
    "journey": _listen_to_journey,
    "start": _listen_to_start,
    "bare": _listen_to_bare_window,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(_RUNS[sys.argv[1]]()) + "\n")
