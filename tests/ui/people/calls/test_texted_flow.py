"""“I never signed up”: on screen, in a file, in the clipboard."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from vibes_desktop.model.heard import Heard, HeardCallback
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.people.texted_text import TITLE
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.people.calls.texted_sheet import TextedSheet

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

WAIT_MS = 20_000


def opened(stage: "Stage") -> TextedSheet:
    stage.look_up()
    stage.press("Ctrl+Shift+Y")
    sheet = stage.sheet(TextedSheet)
    stage.qtbot.waitUntil(lambda: sheet.page is not None, timeout=WAIT_MS)
    return sheet


def test_what_is_known_is_on_one_page(stage: "Stage") -> None:
    sheet = opened(stage)
    assert "They are on 2 lists now" in sheet.text
    assert "No callbacks are open." in sheet.text
    sheet.reject()


def test_the_open_callbacks_speak_once_they_are_handed_in(stage: "Stage") -> None:
    one = HeardCallback(datetime(2018, 1, 1, tzinfo=UTC), "subscription_added", "joined by keyword DEALS")

    def hear(_: Sequence[Identifier]) -> Heard:
        return Heard((one,), "july.jsonl")

    stage.page.hear_with(hear)
    sheet = opened(stage)
    assert "[Callback]  subscription_added: joined by keyword DEALS" in sheet.text
    sheet.reject()


@pytest.mark.parametrize("name", ["why.txt", "why.pdf"])
def test_it_is_exported_whole(stage: "Stage", tmp_path: Path, name: str) -> None:
    sheet = opened(stage)
    path = tmp_path / name
    stage.page.calls.texted.write(sheet, path, sheet.text)
    stage.qtbot.waitUntil(lambda: "Exported" in sheet.notice.text, timeout=WAIT_MS)
    content = path.read_bytes()
    assert content.startswith(b"%PDF" if name.endswith("pdf") else TITLE.encode())
    sheet.reject()


def test_a_file_that_can_not_be_written_is_said(stage: "Stage", tmp_path: Path) -> None:
    sheet = opened(stage)
    stage.page.calls.texted.write(sheet, tmp_path / "nowhere" / "why.txt", sheet.text)
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert len(sheet.notice.text.splitlines()) == 3
    sheet.reject()


def test_it_is_copied(stage: "Stage") -> None:
    sheet = opened(stage)
    sheet.copy_button.click()
    assert QGuiApplication.clipboard().text() == sheet.text
    assert "Copied" in sheet.notice.text
    sheet.reject()


def test_a_person_who_can_not_be_read_has_no_page(stage: "Stage") -> None:
    stage.look_up()
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    stage.press("Ctrl+Shift+Y")
    sheet = stage.sheet(TextedSheet)
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert not sheet.print_button.isEnabled()
    sheet.reject()
