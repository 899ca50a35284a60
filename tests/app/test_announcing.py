"""The window says what concerns the program itself, and asks nowhere unless told to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.app.conftest import Start
from vibes_desktop.app import announcing
from vibes_desktop.app.announcing import REPLACED, Replacement, announce
from vibes_desktop.app.program import Program
from vibes_desktop.ui.shell.status_bar import StatusSlot

ADDRESS = "https://it.example.com/vibes-desktop.json"


def news_of(program: Program) -> str:
    return program.window.status.text(StatusSlot.NEWS)


def answer(monkeypatch: pytest.MonkeyPatch, version: str) -> list[str]:
    """Have the address answer; returns where was asked."""
    asked: list[str] = []

    async def newest(address: str, *, proxy: str | None, ca_file: str | None) -> str:
        await asyncio.sleep(0)
        asked.append(address)
        return version

    monkeypatch.setattr(announcing, "newest_version", newest)
    return asked


def test_without_an_address_nobody_is_asked(
    start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked = answer(monkeypatch, "99.0.0")
    program = start()
    announce(program)
    assert program.workplace is not None
    bridge = program.workplace.bridge
    qtbot.waitUntil(lambda: not bridge.running)
    assert (asked, news_of(program)) == ([], "")


def test_a_newer_version_is_announced(start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    asked = answer(monkeypatch, "99.0.0")
    program = start()
    program.settings.change(lambda settings: replace(settings, news_address=ADDRESS))
    announce(program)
    qtbot.waitUntil(lambda: news_of(program) == "Version 99.0.0 is available")
    assert asked == [ADDRESS]


def test_this_version_is_no_news(start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    asked = answer(monkeypatch, "0.0.1")
    program = start()
    program.settings.change(lambda settings: replace(settings, news_address=ADDRESS))
    announce(program)
    assert program.workplace is not None
    bridge = program.workplace.bridge
    qtbot.waitUntil(lambda: bool(asked) and not bridge.running)
    assert news_of(program) == ""


def test_an_address_that_fails_is_told(start: Start, qtbot: QtBot) -> None:
    program = start()
    nobody = "http://127.0.0.1:9/newest.json"
    program.settings.change(lambda settings: replace(settings, news_address=nobody))
    announce(program)
    qtbot.waitUntil(lambda: news_of(program) == "The newest version is not known")


def test_a_file_that_was_replaced_is_noticed_once(qapp: QObject, tmp_path: Path) -> None:
    file, said = tmp_path / "program", list[str]()
    file.write_text("old")
    watch = Replacement(file, lambda words, _more: said.append(words), qapp)
    watch.look()
    assert said == []
    (tmp_path / "new").write_text("new")
    (tmp_path / "new").replace(file)
    watch.look()
    assert said == [REPLACED]
    watch.deleteLater()


def test_a_file_that_went_away_is_noticed(qapp: QObject, tmp_path: Path) -> None:
    file, said = tmp_path / "program", list[str]()
    file.touch()
    watch = Replacement(file, lambda words, _more: said.append(words), qapp)
    file.unlink()
    watch.look()
    assert said == [REPLACED]
    watch.deleteLater()
