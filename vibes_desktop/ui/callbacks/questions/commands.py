"""What one can do with a question from the keyboard and the palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import Page


def question_commands(viewer: Viewer, page: Page) -> Sequence[Command]:
    """Make the commands of a page's question."""

    def command(name: str, title: str, run: Callable[[], object], shortcut: str = "") -> Command:
        return Command(f"callbacks.{name}", title, run, shortcut, page=page.page_id)

    return (command("everything", "Ask for all callbacks", lambda: viewer.ask("")),)
