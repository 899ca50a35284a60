"""Commands for the record that is open, in its menu and in the palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from vibes_desktop.model.jsonvalue import dump
from vibes_desktop.model.person import Person
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import PageId

INDENT = 2  # spaces
_PAGE = PageId.PEOPLE


@dataclass(frozen=True, slots=True)
class RecordActs:
    """What the page can do with the record; each a method of the page."""

    refresh: Callable[[], None]
    review: Callable[[], None]
    discard: Callable[[], None]
    undo_last: Callable[[], None]
    forget: Callable[[], None]
    add: Callable[[], None]
    recents: Callable[[], None]
    search: Callable[[], None]


def commands_of(
    acts: RecordActs,
    *,
    has_record: Callable[[], bool],
    can_save: Callable[[], bool],
    is_dirty: Callable[[], bool],
) -> list[Command]:
    """List the commands with their keys."""
    return [
        Command("people.search", "Find a person", acts.search, "Ctrl+L", page=_PAGE),
        Command("people.recents", "Recent people", acts.recents, "Ctrl+R", page=_PAGE),
        Command("people.add", "Add a person…", acts.add, "Ctrl+N", page=_PAGE),
        Command("record.refresh", "Read the record again", acts.refresh, "F5", has_record, _PAGE),
        Command("record.save", "Review and save", acts.review, "Ctrl+Return", can_save, _PAGE),
        Command("record.discard", "Discard all edits", acts.discard, "Escape", is_dirty, _PAGE),
        Command("record.undo", "Undo the last change of this person", acts.undo_last, "", has_record, _PAGE),
        Command("record.forget", "Forget this person on this computer", acts.forget, "", has_record, _PAGE),
    ]


def fill_menu(menu: QMenu, acts: RecordActs, person: Callable[[], Person]) -> None:
    """Fill the record's own menu."""
    for words, act in (
        ("Copy the record as JSON", lambda: _copy_json(person())),
        ("Undo the last change of this person", acts.undo_last),
        ("Forget this person on this computer", acts.forget),
    ):
        action = QAction(words, menu)
        action.triggered.connect(lambda _=False, run=act: run())
        menu.addAction(action)


def _copy_json(person: Person) -> None:
    QGuiApplication.clipboard().setText(dump(person.raw, indent=INDENT))
