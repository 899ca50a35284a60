"""The README shows the journey, with pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QImage

from tests.journey.camera import Shot, check_shows_something, fingerprint
from tests.journey.readme import BEGIN, END, MOST_BYTES, PICTURES, README, ROOT, SHOWN, with_section
from tests.journey.test_journey import USUAL_SIZE

PICTURE = re.compile(r"!\[([^]]+)\]\((docs/journey/[^)]+)\)")


def test_every_picture_is_small_and_shows_something_of_its_own() -> None:
    pictures = {path.stem: QImage(str(path)) for path in PICTURES.glob("*")}
    assert set(pictures) == set(SHOWN)
    for name, picture in pictures.items():
        check_shows_something(picture)
        assert (picture.width(), picture.height()) == USUAL_SIZE
        assert (PICTURES / f"{name}.png").stat().st_size <= MOST_BYTES
    assert len({fingerprint(picture) for picture in pictures.values()}) == len(pictures)


def test_the_readme_shows_them_all_with_captions() -> None:
    section = README.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    shown = PICTURE.findall(section)
    assert [Path(path).stem for _, path in shown] == list(SHOWN)
    assert all(f"*{caption}*" in section for caption, _ in shown)


def test_a_new_section_takes_the_place_of_the_old() -> None:
    shot = Shot(ROOT / "docs" / "journey" / "a.png", "A picture.")
    once = with_section(f"before\n{BEGIN}\nafter", [shot])
    assert PICTURE.findall(once) == [("A picture.", "docs/journey/a.png")]
    assert once.endswith(f"{END}\nafter")
    readme = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert with_section(readme, [shot]) == with_section(with_section(readme, []), [shot])
    assert with_section(readme, [shot]).endswith(f"{END}\nafter\n")
