"""The tab with the tree: reading, finding, copying."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from vibes_desktop.callbacks.query import Term
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.callbacks.payload.find_bar import FindBar
from vibes_desktop.ui.callbacks.payload.json_tree import Document, Node, Shape, leaf_text
from vibes_desktop.ui.callbacks.payload.node_words import NodeWords
from vibes_desktop.ui.callbacks.payload.tree_model import TreeModel
from vibes_desktop.ui.callbacks.payload.tree_search import Matches, find_all
from vibes_desktop.ui.callbacks.payload.tree_view import OPENED_AT_MOST, TreeView
from vibes_desktop.ui.callbacks.payload.value_sheet import ValueSheet
from vibes_desktop.ui.privacy import REVEALED_MS, Privacy

OPENED_AT_FIRST = 60  # rows: a usual payload is shown whole, a large one by its first level
FIRST_LEVELS = 2
LEFT, TOP = 11, 6  # pixels around the tree
ASK = "Ask for payloads that have the same here"
ASKED_BYTES = 200  # of a value in a question
UNSPELLABLE = frozenset('.=*"')  # in a name, they would mean something else in a question


class TreeTab(QWidget):
    """One document as a tree, with a bar to find in it."""

    said = Signal(str)  # a word about what was just done
    copy_wanted = Signal(str, str)  # a value, and what it is
    question_wanted = Signal(object)  # a Term: payloads that have the same

    def __init__(self, bridge: Bridge, privacy: Privacy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.view = TreeView(TreeModel(NodeWords(privacy), self))
        self.find_bar = FindBar()
        self._matches = Matches()
        self._path = ""  # where the cursor was in the payload before
        self._place = 0  # which match is looked at, from 0
        self._looking: Task[Matches] | None = None
        self._hiding = QTimer(self, singleShot=True, interval=REVEALED_MS)
        self._hiding.timeout.connect(lambda: self._show_alone(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        inside = QVBoxLayout()
        inside.setContentsMargins(LEFT, TOP, 0, 0)
        inside.addWidget(self.view)
        column.addLayout(inside, 1)
        self.setFocusProxy(self.view)
        self.find_bar.wanted.connect(self._find)
        self.find_bar.stepped.connect(self.step)
        self.find_bar.closed.connect(self.view.setFocus)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.value_wanted.connect(self.show_value)
        self.view.bounded.connect(
            lambda rows: self.said.emit(f"The first {rows:,} rows are open; there are more")
        )
        privacy.changed.connect(lambda: self._show_alone(None))
        privacy.changed.connect(lambda: self.find_bar.set_masking(privacy.is_masking))
        self.find_bar.set_masking(privacy.is_masking)

    @property
    def model(self) -> TreeModel:
        """The model of the tree."""
        return self.view.tree

    def set_document(self, document: Document | None, repaired: Iterable[str] = ()) -> None:
        """Show another document; `repaired` are the paths of members that were mended."""
        self._give_up()
        self._show_alone(None)
        self._path = self._current_path() or self._path
        self.model.set_document(document)
        if document is None:
            return
        found = (document.at_path(path) for path in repaired)
        self.view.set_marked(frozenset(node.id for node, is_there in found if is_there))
        self._open_first(QModelIndex(), FIRST_LEVELS, OPENED_AT_FIRST)
        self._return_to(document)
        if self.find_bar.needle:
            self._find(self.find_bar.needle)

    def show_path(self, path: str) -> bool:
        """Put the cursor on the place of a path, or on what it would stand in; tells whether it is there."""
        document = self.model.document
        if document is None:
            return False
        node, is_there = document.at_path(path)
        self.view.go_to(node)
        return is_there

    def open_find(self) -> None:
        """Begin to find."""
        self.find_bar.open_bar()

    def step(self, way: int) -> None:
        """Go to the next place found, or to the one before; from the last to the first."""
        if not self._matches.steps:
            return
        self._place = (self._place + way) % len(self._matches.steps)
        self._show_place()

    def open_all(self) -> None:
        """Open everything, within bounds."""
        self.view.open_below(QModelIndex(), OPENED_AT_MOST)

    def close_all(self) -> None:
        """Close everything."""
        self.view.collapseAll()

    def copy_path(self) -> None:
        """Copy the dotted path of the current node."""
        node = self.view.current_node
        if node is not None:
            self.copy_wanted.emit(self.model.words.path(node), "path")

    def copy_value(self) -> None:
        """Copy the current node's value alone."""
        node = self.view.current_node
        if node is not None:
            self.copy_wanted.emit(self.model.words.copied(node), "value")

    def copy_subtree(self) -> None:
        """Copy the current node with all below it, as JSON."""
        node = self.view.current_node
        if node is not None:
            self.copy_wanted.emit(self.model.words.subtree(node), "part of the payload")

    def show_value(self) -> ValueSheet | None:
        """Show the current node's value in full, to read and to copy parts of."""
        node, words = self.view.current_node, self.model.words
        if node is None:
            return None
        sheet = ValueSheet(words.path(node) or "The payload", words.copied(node), self.window())
        sheet.copy_wanted.connect(self.copy_wanted)
        sheet.open()
        return sheet

    def reveal(self) -> None:
        """Show the current node's value for ten seconds while personal data are hidden."""
        node = self.view.current_node
        if node is not None and not node.is_container:
            self._show_alone(node)
            self._hiding.start()

    def ask_for_same(self) -> None:
        """Ask for payloads that have the current node's value, or such a member."""
        term = self._term()
        if term is not None:
            self.question_wanted.emit(term)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_value()
        elif event.key() == Qt.Key.Key_Escape and not self.find_bar.isHidden():
            self.find_bar.close_bar()
        else:
            super().keyPressEvent(event)

    def _show_alone(self, node: Node | None) -> None:
        self._hiding.stop()
        self.model.words.reveal(node)
        self.model.redraw()
        self.view.viewport().update()

    def _current_path(self) -> str:
        node = self.view.current_node
        return ".".join(map(str, node.path)) if node is not None else ""

    def _return_to(self, document: Document) -> None:
        """Put the cursor where it was in the payload before, so that the same place can be read on."""
        node, is_there = document.at_path(self._path) if self._path else (document.root, False)
        if is_there:
            self.view.go_to(node, is_centred=False)

    def _open_first(self, parent: QModelIndex, levels: int, room: int) -> int:
        """Open the upper levels as far as there is room; returns the room that is left."""
        rows = self.model.rowCount(parent)
        room -= rows
        if levels == 0 or room <= 0:
            return room
        for row in range(rows):
            index = self.model.index(row, 0, parent)
            node = self.model.node(index)
            if node is None or not self.model.hasChildren(index) or node.size > 1 << 20:
                continue
            if node.count <= room:
                self.view.expand(index)
                room = self._open_first(index, levels - 1, room)
        return room

    def _find(self, needle: str) -> None:
        self._give_up()
        self.view.set_needle(needle)
        document = self.model.document
        if not needle or document is None:
            return
        self.find_bar.show_looking()
        task: Task[Matches] | None = None
        text = document.root.text

        def is_stopped() -> bool:
            return task is not None and not task.is_running

        task = self._bridge.start(
            asyncio.to_thread(find_all, text, needle, is_stopped=is_stopped),
            self._found,
            self._not_found,
            title="Finding in the payload",
            owner=self,
        )
        self._looking = task

    def _give_up(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._looking = None
        self._matches, self._place = Matches(), 0
        self.find_bar.show_count(0, 0)

    def _found(self, matches: Matches) -> None:
        self._matches, self._place = matches, 0
        self._show_place()

    def _not_found(self, error: VibesDesktopError) -> None:
        self.said.emit(error.title)

    def _show_place(self) -> None:
        matches, document = self._matches, self.model.document
        self.find_bar.show_count(self._place + 1, len(matches.steps), is_all=matches.is_all)
        if matches.steps and document is not None:
            self.view.go_to(document.find(matches.steps[self._place]))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in (
            ("Show all of the value", self.show_value),
            ("Copy value", self.copy_value),
            ("Copy path", self.copy_path),
            ("Copy with all below, as JSON", self.copy_subtree),
            ("Open all", self.open_all),
            ("Close all", self.close_all),
        ):
            menu.addAction(words, act)
        menu.addAction(ASK, self.ask_for_same).setEnabled(self._term() is not None)
        menu.popup(place)

    def _term(self) -> Term | None:
        """Make the condition of the current node; none where the question would show what is hidden."""
        node, words = self.view.current_node, self.model.words
        return None if node is None or words.is_hiding(node) else term_of(node)


def term_of(node: Node) -> Term | None:
    """Make the condition that this place fulfils; None where a question can't spell the path."""
    keys = [str(key) for key in node.path]
    if not keys or node.shape is Shape.RANGE or any(set(key) & UNSPELLABLE or not key for key in keys):
        return None
    path = ".".join(keys)
    if node.is_container or node.size > ASKED_BYTES:
        return Term("path", path)
    return Term("path", f"{path}={leaf_text(node.text)}", is_quoted=True)
