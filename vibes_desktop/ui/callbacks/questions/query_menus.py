"""The two menus at the end of the question's box: earlier questions, and what else one can ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.widgets.key_hint import hint_text
from vibes_desktop.ui.widgets.plain import literal

LENGTH = 15
TEXT = 90


def pop_up_questions(
    below: QWidget, questions: Sequence[str], shown: Callable[[str], str], ask: Callable[[str], object]
) -> None:
    """Offer questions, newest first; `shown` tells how one may be shown."""
    menu = _menu(below, "Earlier questions")
    for question in questions[:LENGTH]:
        text = shown(question)
        action = menu.addAction(literal(text if len(text) <= TEXT else f"{text[:TEXT]}…"))
        action.triggered.connect(lambda _checked=False, question=question: ask(question))
    if menu.isEmpty():
        menu.addAction("Nothing was asked yet").setEnabled(False)
    _pop_up(menu, below)


def pop_up_commands(below: QWidget, commands: Sequence[Command]) -> None:
    """Offer commands with their keys."""
    menu = _menu(below, "What else to ask")
    for command in commands:
        keys = f"\t{hint_text(command.keys)}" if command.shortcut else ""
        action = menu.addAction(f"{literal(command.title)}{keys}")
        action.setEnabled(command.enabled())
        action.triggered.connect(lambda _checked=False, command=command: command.run())
    _pop_up(menu, below)


def _menu(owner: QWidget, accessible_name: str) -> QMenu:
    menu = QMenu(owner)
    menu.setAccessibleName(accessible_name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _pop_up(menu: QMenu, below: QWidget) -> None:
    menu.popup(below.mapToGlobal(QPoint(0, below.height())))
