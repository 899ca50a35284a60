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
UNDO_LAST = "Undo the last change of this person"
FORGET = "Forget this person on this computer…"
CLEAR_RECENTS = "Clear the list of recent people"
COPY_JSON = "Copy the record as JSON"
_PAGE = PageId.PEOPLE


@dataclass(frozen=True, slots=True)
class RecordActs:
    """What the page can do with the record; each a method of the page or of what it holds."""

    refresh: Callable[[], object]
    review: Callable[[], object]
    discard: Callable[[], object]
    escape: Callable[[], object]
    undo_last: Callable[[], object]
    forget: Callable[[], object]
    add: Callable[[], object]
    recents: Callable[[], object]
    clear_recents: Callable[[], object]
    search: Callable[[], object]
    side: Callable[[], object]
    person: Callable[[], Person]
    copied: Callable[[], object]  # says that it was


@dataclass(frozen=True, slots=True)
class RecordStates:
    """What the commands ask before they offer themselves."""

    is_signed_in: Callable[[], bool]
    has_record: Callable[[], bool]
    can_save: Callable[[], bool]
    can_change: Callable[[], bool]
    is_dirty: Callable[[], bool]
    has_drawer: Callable[[], bool]


def commands_of(acts: RecordActs, states: RecordStates) -> list[Command]:
    """List the commands with their keys."""
    signed_in, has_record = states.is_signed_in, states.has_record

    def can_undo() -> bool:
        return has_record() and states.can_change()

    def copy() -> None:
        copy_record(acts)

    return [
        Command("people.search", "Find a person", acts.search, "Ctrl+L", page=_PAGE),
        Command("people.recents", "Recent people", acts.recents, "Ctrl+R", signed_in, _PAGE),
        Command(
            "people.forget_recents",
            CLEAR_RECENTS,
            acts.clear_recents,
            "",
            signed_in,
            _PAGE,
        ),
        Command("people.add", "Add a person…", acts.add, "Ctrl+N", states.can_change, _PAGE),
        Command("people.escape", "Leave what is going on", acts.escape, "Escape", page=_PAGE, listed=False),
        Command("record.refresh", "Read the record again", acts.refresh, "F5", has_record, _PAGE),
        Command("record.save", "Review and save", acts.review, "Ctrl+Return", states.can_save, _PAGE),
        Command("record.discard", "Discard all edits", acts.discard, "", states.is_dirty, _PAGE),
        Command("record.undo", UNDO_LAST, acts.undo_last, "", can_undo, _PAGE),
        Command("record.copy", COPY_JSON, copy, "", has_record, _PAGE),
        Command("record.forget", FORGET, acts.forget, "", has_record, _PAGE),
        Command("record.side", "About this person", acts.side, "F6", states.has_drawer, _PAGE),
    ]


def fill_menu(menu: QMenu, acts: RecordActs, states: RecordStates) -> None:
    """Add the rest to the record's own menu."""

    undo = _add(menu, UNDO_LAST, acts.undo_last)
    _add(menu, COPY_JSON, lambda: copy_record(acts))
    menu.addSeparator()
    _add(menu, FORGET, acts.forget)
    menu.aboutToShow.connect(lambda: undo.setEnabled(states.can_change()))


def copy_record(acts: RecordActs) -> None:
    """Copy the record as the platform sent it, as far as it is shown, and say so."""
    QGuiApplication.clipboard().setText(dump(acts.person().raw, indent=INDENT))
    acts.copied()


def _add(menu: QMenu, words: str, act: Callable[[], object]) -> QAction:
    action = QAction(words, menu)
    action.triggered.connect(lambda _=False: act())
    menu.addAction(action)
    return action
