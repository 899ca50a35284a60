"""The tabs of the pane; each is filled when it comes into view."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from vibes_desktop.callbacks.payload import Severity
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.payload.counted_tabs import CountedTabs
from vibes_desktop.ui.callbacks.payload.delivery_tab import DeliveryTab
from vibes_desktop.ui.callbacks.payload.loading import Loaded
from vibes_desktop.ui.callbacks.payload.notes import NoteList
from vibes_desktop.ui.callbacks.payload.text_tab import TextTab
from vibes_desktop.ui.callbacks.payload.tree_tab import TreeTab
from vibes_desktop.ui.callbacks.payload.words import TONES, by_severity, finding_notes, repair_notes
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.pill import Tone


class Tab(IntEnum):
    """The tabs, left to right."""

    TREE = 0
    TEXT = 1
    FINDINGS = 2
    REPAIRS = 3
    DELIVERY = 4


TITLES = {
    Tab.TREE: "Tree",
    Tab.TEXT: "Text",
    Tab.FINDINGS: "Findings",
    Tab.REPAIRS: "Repairs",
    Tab.DELIVERY: "Delivery",
}
_ELSEWHERE = {  # findings that are about more than a member
    "answered_4xx": Tab.DELIVERY,
    "unwrapped": Tab.DELIVERY,
    "cut_off": Tab.TEXT,
    "number_out_of_range": Tab.TEXT,
}
NOT_THERE = "The payload has no such place; what it would stand in is shown"


class PayloadTabs(QTabWidget):
    """One payload, in all its forms."""

    said = Signal(str)
    failed = Signal(object)  # a VibesDesktopError
    copy_wanted = Signal(str, str)  # a value, and what it is
    question_wanted = Signal(object)  # a Term

    def __init__(self, bridge: Bridge, privacy: Privacy, times: Times, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._privacy = privacy
        self._loaded: Loaded | None = None
        self._stale: set[Tab] = set()
        self._was_put_there = False  # on the text, as there was no tree
        self.tree = TreeTab(bridge, privacy)
        self.text = TextTab(bridge, privacy)
        self.findings = NoteList("Findings")
        self.repairs = NoteList("Repairs")
        self.delivery = DeliveryTab(privacy, times)
        self.counts = CountedTabs(self)
        self._build()
        self._connect()
        privacy.changed.connect(self._hide_again)

    @property
    def tab(self) -> Tab:
        """The tab in view."""
        return Tab(self.currentIndex())

    def set_loaded(self, loaded: Loaded | None) -> None:
        """Show another payload; the tab stays, unless it has nothing to say of this one."""
        self._loaded = loaded
        self._stale = set(Tab)
        self._show_counts()
        is_tree = loaded is None or loaded.document is not None
        is_left = self.tab is Tab.TREE and not is_tree
        self.setTabVisible(Tab.TREE, is_tree)
        if is_left:
            self.setCurrentIndex(Tab.TEXT)
        elif is_tree and self.tab is Tab.TEXT and self._was_put_there:
            self.setCurrentIndex(Tab.TREE)
        self._was_put_there = is_left or (self._was_put_there and not is_tree)
        self._let_go()
        self._fill()

    def take_focus(self) -> None:
        """Put the cursor into the tab in view."""
        self.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab into view, with the cursor in it."""
        if self.isTabVisible(tab):
            self.setCurrentIndex(tab)
            self.take_focus()

    def open_finding(self, number: int) -> None:
        """Go to the place of a finding."""
        if self._loaded is None:
            return
        finding = by_severity(self._loaded.findings)[number]
        elsewhere = _ELSEWHERE.get(finding.code)
        if self._loaded.document is None or (elsewhere is not None and not finding.path):
            self.show_tab(elsewhere or Tab.TEXT)
        else:
            self.show_path(finding.path)

    def show_path(self, path: str) -> None:
        """Put the cursor on a path in the tree, or on what it would stand in."""
        self.show_tab(Tab.TREE)
        if self.tab is Tab.TREE and not self.tree.show_path(path):
            self.said.emit(NOT_THERE)

    def open_repair(self, number: int) -> None:
        """Go to the place of a repair in the text, and put the tree's cursor on it."""
        if self._loaded is None:
            return
        path = self._loaded.repaired[number]
        if path is not None:
            self._fill_tab(Tab.TREE)
            self.tree.show_path(path)
        self.show_tab(Tab.TEXT)
        self.text.show_repair(number)

    def open_find(self) -> None:
        """Begin to find in the tree."""
        self.show_tab(Tab.TREE)
        if self.tab is Tab.TREE:
            self.tree.open_find()

    def _hide_again(self) -> None:
        self._stale |= {Tab.FINDINGS, Tab.REPAIRS}
        self._fill()

    def _fill(self, _index: int = 0) -> None:
        self._fill_tab(self.tab)

    def _let_go(self) -> None:
        """Keep nothing of the payload before in tabs that are out of view: it may be large."""
        if self.tab is not Tab.TREE:
            self.tree.set_document(None)
        if self.tab is not Tab.TEXT:
            self.text.set_loaded(None)

    def _fill_tab(self, tab: Tab) -> None:
        """Put the payload into a tab, unless it is there already."""
        loaded = self._loaded
        if tab not in self._stale:
            return
        self._stale.discard(tab)
        match tab:
            case Tab.TREE:
                repaired = {path for path in loaded.repaired if path} if loaded else set()
                self.tree.set_document(loaded.document if loaded else None, repaired)
            case Tab.TEXT:
                self.text.set_loaded(loaded)
            case Tab.FINDINGS:
                found = by_severity(loaded.findings) if loaded else ()
                self.findings.set_notes(finding_notes(found, self._privacy))
            case Tab.REPAIRS:
                made = (loaded.payload.repairs, loaded.repaired) if loaded else ((), ())
                self.repairs.set_notes(repair_notes(*made, self._privacy))
            case Tab.DELIVERY:
                self.delivery.set_delivery(loaded.delivery if loaded else None)

    def _show_counts(self) -> None:
        loaded = self._loaded
        found = by_severity(loaded.findings) if loaded else ()
        weighty = [each for each in found if each.severity is not Severity.INFO]
        tone = TONES[weighty[0].severity] if weighty else Tone.NEUTRAL
        self._show_count(Tab.FINDINGS, len(found), tone)
        self._show_count(Tab.REPAIRS, len(loaded.payload.repairs) if loaded else 0, Tone.WARN)

    def _show_count(self, tab: Tab, count: int, tone: Tone) -> None:
        self.counts.set_count(tab, count, tone)
        self.setTabToolTip(tab, f"{count:,} {TITLES[tab].lower()}" if count else f"No {TITLES[tab].lower()}")

    def _build(self) -> None:
        self.setTabBar(self.counts)
        widgets = (self.tree, self.text, self.findings, self.repairs, self.delivery)
        for tab, widget in zip(Tab, widgets, strict=True):
            self.addTab(widget, TITLES[tab])
        self.setUsesScrollButtons(True)
        self.tabBar().setAccessibleName("Views of the payload")
        self.setAccessibleName("Views of the payload")

    def _connect(self) -> None:
        self.currentChanged.connect(self._fill)
        self.tree.said.connect(self.said)
        self.tree.question_wanted.connect(self.question_wanted)
        self.text.said.connect(self.said)
        self.text.failed.connect(self.failed)
        self.findings.opened.connect(self.open_finding)
        self.repairs.opened.connect(self.open_repair)
        for source in (self.tree, self.findings, self.repairs):
            source.copy_wanted.connect(self.copy_wanted)
