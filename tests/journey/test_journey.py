"""The main job in a real window, by keyboard alone. The steps check themselves: see story.py."""

from __future__ import annotations

import ast
import re
from html import unescape
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.journey import analysis, calls, driver, eyes, kept_secret, live, platform, story
from tests.journey.camera import check_shows_something, fingerprint
from tests.journey.driver import Driver
from tests.journey.journey import JourneyReport
from tests.journey.platform import Platform
from tests.journey.story import Story
from vibes_desktop.storage.folders import Folders

USUAL_SIZE = (1360, 860)
NOWHERE = Platform("http://127.0.0.1:9", "", "", "")


def test_every_chapter_came_to_its_end(report: JourneyReport) -> None:
    assert report.chapters == tuple(name for name, _ in Story(Driver(Path()), NOWHERE).chapters())


def test_it_ran_in_a_real_window(report: JourneyReport, qapp: QApplication) -> None:
    assert qapp.platformName() == "xcb"


def test_the_pictures_differ_and_show_something(report: JourneyReport) -> None:
    pictures = [QImage(str(shot.path)) for shot in report.shots]
    assert len(pictures) > len(report.chapters)
    for picture in pictures:
        check_shows_something(picture)
        assert (picture.width(), picture.height()) == USUAL_SIZE
    assert len({fingerprint(picture) for picture in pictures}) == len(pictures)


def test_the_index_shows_every_picture_with_its_caption(report: JourneyReport) -> None:
    page = report.index.read_text(encoding="utf-8")
    shown = re.findall(r'<img src="([^"]+)" alt="([^"]+)">', page)
    assert [(name, unescape(words)) for name, words in shown] == [
        (shot.path.name, shot.caption) for shot in report.shots
    ]


def test_nothing_was_worth_a_warning(report: JourneyReport) -> None:
    log = Folders.of_user().log_file
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    assert not [line for line in lines if re.search(r"\b(WARNING|ERROR|CRITICAL)\b", line)]


def test_the_storyteller_knows_nothing_of_the_program() -> None:
    for module in (analysis, calls, driver, eyes, kept_secret, live, platform, story):
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith("vibes_desktop")]
