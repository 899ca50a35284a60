"""`python -m tests.journey.readme`: makes the journey, and puts some of its pictures into the README.

Run it as scripts/run runs the journey: scripts/with-keyring scripts/with-display .venv/bin/python -m …
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QImage

from tests.journey.camera import Shot
from tests.journey.journey import run

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "journey"
README = ROOT / "README.md"
BEGIN, END = "<!-- journey -->", "<!-- /journey -->"
CALLS = ("stop", "opt-in", "number-change", "why")  # “my name is wrong” is the editing
SHOWN = (
    *("record", "edited", "review", "saved", "several", "merge", *CALLS, "history"),
    *("asked", "compared", "listening", "arrived", "dark"),
)
MOST_BYTES = 250_000
FEWER_COLOURS = QImage.Format.Format_RGB666  # a sixth smaller, and nobody sees it
SMALLEST_FILE = 0  # the quality for which Qt compresses a PNG the most


def main() -> int:
    """Renew the pictures and the section; returns the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        shots = {_name(shot): shot for shot in run(Path(folder)).shots}
        PICTURES.mkdir(parents=True, exist_ok=True)
        for old in PICTURES.glob("*.png"):
            old.unlink()
        chosen = [_keep(shots[name], PICTURES / f"{name}.png") for name in SHOWN]
    README.write_text(with_section(README.read_text(encoding="utf-8"), chosen), encoding="utf-8")
    sys.stdout.write(f"{len(chosen)} pictures in {PICTURES.relative_to(ROOT)}\n")
    return 0


def with_section(readme: str, shots: list[Shot]) -> str:
    """Return the README with these pictures in the place of those before."""
    before, _, rest = readme.partition(BEGIN)
    _, had_section, after = rest.partition(END)
    return f"{before}{BEGIN}\n{''.join(_lines(shots))}\n{END}{after if had_section else rest}"


def _lines(shots: list[Shot]) -> Iterator[str]:
    yield "## The main job in pictures\n\n"
    yield (
        "A test carries the whole job out in a real window, by keyboard alone; these pictures are from one of"
        " its runs. `scripts/run` on a machine without a screen makes all of them anew.\n"
    )
    for shot in shots:
        path = shot.path.relative_to(ROOT)
        yield f"\n![{shot.caption}]({path})\n*{shot.caption}*\n"


def _keep(shot: Shot, path: Path) -> Shot:
    """Write a picture as small as it gets; raises ValueError for one that is too large all the same."""
    picture = QImage(str(shot.path)).convertToFormat(FEWER_COLOURS)
    picture.save(str(path), quality=SMALLEST_FILE)
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} is larger than {MOST_BYTES:,} bytes")
    return Shot(path, shot.caption)


def _name(shot: Shot) -> str:
    return shot.path.stem.partition("-")[2]


if __name__ == "__main__":
    sys.exit(main())
