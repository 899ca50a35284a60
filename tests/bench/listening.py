"""The window while it listens at full load: how long it pauses, and how many callbacks it still stores.

The load comes from a process of its own. The store lies in build/, so that it is this checkout's disk that is
measured. Each run is a process with a home and a keyring of its own:
`python -m tests.bench.listening`.
"""

from __future__ import annotations

import importlib.util
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from tests.bench.stage import Stage, stage, wait_for
from tests.bench.table import Row, milliseconds
from tests.journey.pulse import KEPT_FROM_MS, Pulse
from vibes_desktop.listener.server import Listener
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.ui.shell.page import PageId

RUNS = 3
IDLE_SECONDS = 5.0
LOAD_SECONDS = 5.0
PATIENCE_SECONDS = 120.0
ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
LOAD = ROOT / "scripts" / "bench-listener.py"
SAID = re.compile(r": ([\d.]+)$", re.MULTILINE)
Found = dict[str, float]


def measure() -> list[Row]:
    """Put the load on several windows."""
    return rows([_apart() for _ in range(RUNS)])


def rows(runs: Sequence[Found]) -> list[Row]:
    """Lay out the medians; rates are compared within each run."""

    def median(name: str) -> float:
        return statistics.median(run[name] for run in runs)

    def rate(against: str, name: str, aim: str) -> Row:
        compared = statistics.median(run["durable"] / run[name] for run in runs)
        return Row(
            "durable requests a second, 16 connections, window open",
            f"{median('durable'):,.0f}",
            against,
            f"{median(name):,.0f}",
            f"{compared:.2f} ×",
            aim,
            str(len(runs)),
        )

    return [
        rate("single commits on the same disk", "single", "≥ 1.5 ×"),
        rate("the same server beside the same window, not storing", "unstored", "≥ 0.6 ×"),
        Row("p99 answer at 500 requests a second, window open", f"{median('p99'):,.1f} ms", aim="≤ 20 ms"),
        Row(
            "longest pause of the window at full load",
            milliseconds(median("loaded") / 1000),
            f"the same window, idle for {IDLE_SECONDS:.0f} s",
            milliseconds(median("idle") / 1000),
            f"{median('loaded') / median('idle'):.1f} ×",
            "≤ 30 ms",
            str(len(runs)),
        ),
    ]


def _apart() -> Found:
    """Make one run in a process of its own."""
    command = (str(ROOT / "scripts" / "with-keyring"), sys.executable, "-m", "tests.bench.listening")
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def _run() -> Found:
    """Measure single commits, then the window that stores nothing, then the one that does."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as name, stage() as opened:
        folder = Path(name)
        single: float = _tool().single_commits(folder, LOAD_SECONDS)
        opened.program.window.show_page(PageId.CALLBACKS)
        return {"single": single, "unstored": _unstored(opened)} | _stored(opened, folder / "bench.sqlite3")


def _unstored(opened: Stage) -> float:
    """Let a listener that keeps nothing run beside the window."""
    runtime = opened.workplace.runtime
    listener = Listener(_tool().NoDisk(), Endpoint().on_port(0))
    runtime.submit(listener.start()).result()
    rate, _ = _load(listener.status.address or "")
    runtime.submit(listener.stop()).result()
    return rate


def _stored(opened: Stage, store: Path) -> Found:
    desk = opened.workplace.listening
    desk.show_collection(store)
    wait_for(lambda: desk.source is not None, "the store")
    desk.start()
    wait_for(lambda: desk.status.address is not None, "the listener")
    opened.wait_until_quiet()
    idle = _longest_pause(lambda: _rest(IDLE_SECONDS))
    answers: list[tuple[float, float]] = []
    loaded = _longest_pause(lambda: answers.append(_load(desk.status.address or "")))
    wait_for(
        lambda: len(opened.workplace.viewer.rows) == desk.status.stored, "all of the rows", PATIENCE_SECONDS
    )
    desk.stop()
    wait_for(lambda: not desk.is_listening, "the end of listening")
    return {"idle": idle, "loaded": loaded, "durable": answers[0][0], "p99": answers[0][1]}


def _longest_pause(act: Callable[[], object]) -> float:
    """Listen to the pulse meanwhile; in milliseconds."""
    pulse = Pulse()
    pulse.start()
    act()
    pulse.stop()
    return max((pause.milliseconds for pause in pulse.pauses), default=KEPT_FROM_MS)


def _rest(seconds: float) -> None:
    until = time.monotonic() + seconds
    wait_for(lambda: time.monotonic() > until, "a moment's rest")


def _load(address: str) -> tuple[float, float]:
    """Put the load on a listener of this process, from another one; gives the rate, and the p99 in ms."""
    command = [sys.executable, str(LOAD), ".", str(LOAD_SECONDS), address]
    with tempfile.TemporaryFile("w+") as output, subprocess.Popen(command, stdout=output) as process:
        wait_for(lambda: process.poll() is not None, "the end of the load", PATIENCE_SECONDS)
        output.seek(0)
        rate, p99 = map(float, SAID.findall(output.read()))
    return rate, p99


def _tool() -> ModuleType:
    """Load the script that puts load on listeners."""
    spec = importlib.util.spec_from_file_location("bench_listener", LOAD)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_run()) + "\n")
