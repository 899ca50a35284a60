"""Takes the pictures of a journey, and looks whether they show something, and something new."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from tests.journey.eyes import main_window

SAMPLE_STEP = 7  # pixels between the points that are looked at
FEWEST_COLOURS = 12  # a window of this program has hundreds; a blank one has one
COMMONEST_SHARE = 0.97  # of the points; more of one colour is next to nothing


class PictureError(AssertionError):
    """A picture shows nothing, or nothing new."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screenshot with its caption."""

    path: Path
    caption: str


def picture_of_screen() -> QImage:
    """Photograph the screen where the main window is, with whatever stands in front of it."""
    window = main_window()
    screen = window.screen()
    whole = screen.grabWindow(0).toImage()
    if whole.width() <= 1:  # a platform without a screen to photograph
        return window.grab().toImage()
    ratio = whole.width() / screen.geometry().width()
    frame = window.frameGeometry().translated(-screen.geometry().topLeft())
    corner, size = frame.topLeft() * ratio, frame.size() * ratio
    return whole.copy(QRect(corner, size).intersected(whole.rect()))


def check_shows_something(image: QImage) -> None:
    """Raise PictureError for a picture that is blank or nearly so."""
    counts: dict[int, int] = {}
    for y in range(0, image.height(), SAMPLE_STEP):
        for x in range(0, image.width(), SAMPLE_STEP):
            colour = image.pixel(x, y)
            counts[colour] = counts.get(colour, 0) + 1
    if len(counts) < FEWEST_COLOURS:
        raise PictureError(f"a picture with {len(counts)} colours is blank")
    share = max(counts.values()) / sum(counts.values())
    if share > COMMONEST_SHARE:
        raise PictureError(f"{share:.1%} of a picture has one colour")


def fingerprint(image: QImage) -> str:
    """Return what tells a picture from every other one."""
    pixels = image.convertToFormat(QImage.Format.Format_RGB888)
    return hashlib.sha256(bytes(pixels.constBits())).hexdigest()


def write_index(folder: Path, title: str, shots: list[Shot]) -> Path:
    """Write the captioned page of all screenshots."""
    figures = "\n".join(
        _FIGURE.format(number=number, file=html.escape(shot.path.name), words=html.escape(shot.caption))
        for number, shot in enumerate(shots, 1)
    )
    page = folder / "index.html"
    page.write_text(_PAGE.format(title=html.escape(title), figures=figures), encoding="utf-8")
    return page


_FIGURE = """<figure><img src="{file}" alt="{words}"><figcaption>{number}. {words}</figcaption></figure>"""
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }}
figure {{ margin: 0 0 2.5rem; }}
img {{ width: 100%; border: 1px solid #dce0e6; border-radius: 8px; }}
figcaption {{ margin-top: .5rem; color: #5a6372; }}
</style>
<h1>{title}</h1>
{figures}
</html>
"""
