"""What one can do with a question from the keyboard."""

from __future__ import annotations

from vibes_desktop.ui.callbacks.questions.commands import question_commands
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.page import Page, PageId


def test_commands_belong_to_the_page(viewer: Viewer, qapp: object) -> None:
    page = Page(PageId.CALLBACKS, "Callbacks", Icon.CALLBACKS)
    commands = question_commands(viewer, page)
    assert {command.page for command in commands} == {PageId.CALLBACKS}
    assert all(command.id.startswith("callbacks.") for command in commands)
