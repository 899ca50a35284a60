"""From the start of the process to the first pixels, and to the box ready to type, seen from outside.

The window's empty bars are painted first, so the second figure tells what the first one leaves out. The
bare window and the program take turns, so that whatever else the machine does hits both.
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.screen import BYTES_PER_PIXEL, Area, Screen
from tests.bench.table import Row, median_and_spread
from vibes_desktop.ui.theme import Color, ThemeName, load_theme

RUNS = 21
WARM_UPS = 2
SCREEN = Area(0, 0, 1600, 1000)  # what scripts/with-display offers
WATCHED = Area(0, 300, 1600, 1)  # a line across the screen, which every window of either kind crosses
BOX = Area(600, 50, 300, 80)  # the People page's box and its ring cross it, wider than any other ring
RGB = 0xFFFFFF
ACCENT = int(load_theme(ThemeName.LIGHT).colors[Color.ACCENT].removeprefix("#"), 16)
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
        ready: list[float] = []
        for _ in range(WARM_UPS + RUNS):
            bare.append(seconds_to_paint(screen, bare_window))
            to_paint, to_box = _seconds_to_paint_and_box(screen)
            program.append(to_paint)
            ready.append(to_box)
    return [
        _row("process start to first paint", program, bare, "≤ 1.5 ×"),
        _row("process start to the box ready to type", ready, bare, "–"),
    ]


def _row(what: str, times: Sequence[float], bare: Sequence[float], aim: str) -> Row:
    kept, compared = times[WARM_UPS:], bare[WARM_UPS:]
    return Row(
        what,
        median_and_spread(kept),
        "a bare PySide6 window of the same size",
        median_and_spread(compared),
        f"{statistics.median(kept) / statistics.median(compared):.2f} ×",
        aim,
        f"{len(kept)} + {len(compared)}",
    )


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


def seconds_to_paint(screen: Screen, command: Sequence[str]) -> float:
    """Start a command and wait until something is painted."""
    started = time.monotonic()
    with _running(screen, command) as process:
        _wait_for_paint(screen, process)
        return time.monotonic() - started


def _seconds_to_paint_and_box(screen: Screen) -> tuple[float, float]:
    """Start the program; signed in to the sandbox, its box shows that it has the keyboard."""
    started = time.monotonic()
    with _running(screen, PROGRAM) as process:
        _wait_for_paint(screen, process)
        painted = time.monotonic() - started
        _wait(process, lambda: _has_ring(screen), "the box did not get the focus in")
        return painted, time.monotonic() - started


def _has_ring(screen: Screen) -> bool:
    """Tell whether a line in the accent's colour crosses the box's area."""
    pixels = memoryview(screen.pixels(BOX)).cast("I")
    lines = (pixels[start : start + BOX.width] for start in range(0, len(pixels), BOX.width))
    return any(all(pixel & RGB == ACCENT for pixel in line) for line in lines)


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
    _wait(process, lambda: any(screen.pixels(WATCHED)), "nothing was painted by")


def _wait(process: subprocess.Popen[bytes], condition: Callable[[], bool], trouble: str) -> None:
    deadline = time.monotonic() + PAINT_SECONDS
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{trouble} {process.args!r}")
        time.sleep(POLL_SECONDS)
