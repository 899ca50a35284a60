"""From the start of the process to the first pixels on the screen, seen from outside.

The bare window and the program take turns, so that whatever else the machine does hits both.
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.screen import BYTES_PER_PIXEL, Area, Screen
from tests.bench.table import Row, median_and_spread

RUNS = 21
WARM_UPS = 2
SCREEN = Area(0, 0, 1600, 1000)  # what scripts/with-display offers
WATCHED = Area(0, 300, 1600, 1)  # a line across the screen, which every window of either kind crosses
POLL_SECONDS = 0.0005
PAINT_SECONDS = 60.0
END_SECONDS = 20.0
HERE = Path(__file__).parent
PROGRAM = (str(Path(sys.executable).with_name("vibes-desktop")), "--sandbox")


def measure() -> list[Row]:
    """Start both in turns, and compare the medians."""
    with contextlib.closing(Screen()) as screen:
        width, height = _window_size(screen)
        bare_window = (sys.executable, str(HERE / "bare_window.py"), str(width), str(height))
        bare: list[float] = []
        program: list[float] = []
        for _ in range(WARM_UPS + RUNS):
            bare.append(_seconds_to_paint(screen, bare_window))
            program.append(_seconds_to_paint(screen, PROGRAM))
    bare, program = bare[WARM_UPS:], program[WARM_UPS:]
    ratio = statistics.median(program) / statistics.median(bare)
    return [
        Row(
            "process start to first paint",
            median_and_spread(program),
            "a bare PySide6 window of the same size",
            median_and_spread(bare),
            f"{ratio:.2f} ×",
            "≤ 1.5 ×",
            f"{RUNS} + {RUNS}",
        )
    ]


def _window_size(screen: Screen) -> tuple[int, int]:
    """Start the program once and see how large its window is: a corner that was painted to the other."""
    with _running(screen, PROGRAM) as process:
        _wait_for_paint(screen, process)
        picture = screen.pixels(SCREEN)
    line = SCREEN.width * BYTES_PER_PIXEL
    rows = [y for y in range(SCREEN.height) if any(picture[y * line : (y + 1) * line])]
    columns = [
        x
        for x in range(SCREEN.width)
        if any(picture[x * BYTES_PER_PIXEL + rows[len(rows) // 2] * line :][:BYTES_PER_PIXEL])
    ]
    return columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1


def _seconds_to_paint(screen: Screen, command: Sequence[str]) -> float:
    started = time.monotonic()
    with _running(screen, command) as process:
        _wait_for_paint(screen, process)
        return time.monotonic() - started


@contextlib.contextmanager
def _running(screen: Screen, command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command on the black screen, and have it end and leave the screen black again."""
    with subprocess.Popen(command) as process:
        try:
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
            process.kill()
    while any(screen.pixels(WATCHED)):
        time.sleep(POLL_SECONDS)


def _wait_for_paint(screen: Screen, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PAINT_SECONDS
    while not any(screen.pixels(WATCHED)):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"nothing was painted by {process.args!r}")
        time.sleep(POLL_SECONDS)
