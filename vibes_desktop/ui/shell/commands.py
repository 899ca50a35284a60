"""Commands: everything the program can be told to do, with its key, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.shell.fuzzy import score


def always() -> bool:
    """Tell that a command may run at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `page` is the id of the page it belongs to, which is shown first."""

    id: str
    title: str
    run: Callable[[], object]
    shortcut: str = ""  # portable spelling, such as "Ctrl+Return"
    enabled: Callable[[], bool] = always
    page: str | None = None
    repeats: bool = False  # whether holding the key runs it again
    listed: bool = True  # whether the palette offers it

    @property
    def keys(self) -> QKeySequence:
        """The shortcut as Qt knows it; empty without one."""
        return QKeySequence(self.shortcut)


class DuplicateShortcutError(ValueError):
    """Two commands of one place want the same key."""


class CommandRegistry:
    """Holds the commands and gives their keys to the widgets in which they work."""

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}
        self._groups: dict[str, list[str]] = {}
        self._shortcuts: dict[str, list[QShortcut]] = {}

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command, in the order they were added."""
        return tuple(self._commands.values())

    def command(self, command_id: str) -> Command:
        """Return the command of an id; raises KeyError."""
        return self._commands[command_id]

    def add(self, command: Command, owner: QWidget) -> None:
        """Add a command; its key works while `owner` is in view. Raises DuplicateShortcutError."""
        self._refuse_duplicate(command)
        self._commands[command.id] = command
        if command.shortcut:
            self._shortcuts[command.id] = [
                self._shortcut(command, keys, owner) for keys in with_keypad(command.keys)
            ]

    def set_group(self, name: str, commands: Iterable[Command], owner: QWidget) -> None:
        """Put commands in place of those given under the same name before."""
        for command_id in self._groups.pop(name, []):
            self._remove(command_id)
        for command in commands:
            self.add(command, owner)
            self._groups.setdefault(name, []).append(command.id)

    def matching(self, text: str, page: str | None = None) -> list[Command]:
        """Return what can run and fits a typed text: best first, commands of `page` before equals."""
        runnable = [command for command in self.commands if command.listed and command.enabled()]
        scored = [(score(text, command.title), command) for command in runnable]
        fitting = [(-value, command.page != page, command) for value, command in scored if value is not None]
        return [command for _, _, command in sorted(fitting, key=lambda entry: entry[:2])]

    def _remove(self, command_id: str) -> None:
        del self._commands[command_id]
        for shortcut in self._shortcuts.pop(command_id, []):
            shortcut.setEnabled(False)
            shortcut.deleteLater()

    def _shortcut(self, command: Command, keys: QKeySequence, owner: QWidget) -> QShortcut:
        shortcut = QShortcut(keys, owner)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(command.repeats)
        shortcut.activated.connect(lambda: _run(command))
        return shortcut

    def _refuse_duplicate(self, command: Command) -> None:
        if command.id in self._commands:
            raise DuplicateShortcutError(f"two commands are called {command.id}")
        for other in self._commands.values():
            meets = other.page == command.page or None in (other.page, command.page)
            if command.shortcut and meets and other.keys == command.keys:
                raise DuplicateShortcutError(f"{command.id} and {other.id} want {command.shortcut}")


def with_keypad(keys: QKeySequence) -> list[QKeySequence]:
    """Return a key sequence, and the same with the keypad's Enter where it ends in Return."""
    text = keys.toString(QKeySequence.SequenceFormat.PortableText)
    if not text.endswith("Return"):
        return [keys]
    return [keys, QKeySequence(text.removesuffix("Return") + "Enter")]


def _run(command: Command) -> None:
    if command.enabled():
        command.run()
