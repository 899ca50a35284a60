"""The record on screen: its head, the form, what the platform sent besides, and the side pane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from vibes_desktop.model.fields import FieldRef, FieldSpec
from vibes_desktop.ui.people.custom_fields_card import CustomFieldsCard
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.identity_card import IdentityCard
from vibes_desktop.ui.people.met_people import MetPeople
from vibes_desktop.ui.people.other_fields_card import OtherFieldsCard
from vibes_desktop.ui.people.outcome_notice import OutcomeNotice
from vibes_desktop.ui.people.record_heading import RecordHeading
from vibes_desktop.ui.people.side_pane import SidePane
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.drawer import Drawer
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

GAP = 16
SCROLL_BAR_WIDTH = 12
ROOM_AROUND = 44  # pixels above and below a field that is scrolled to: its neighbours, and what is wrong


class RecordView(QWidget):
    """Shows the edit on the desk; knows nothing of where it came from or where it goes."""

    menu_wanted = Signal(object, object)  # a field's row, and the place on the screen for its menu

    def __init__(self, desk: EditDesk, menu: QMenu, times: Times | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._specs: Sequence[FieldSpec] = ()
        self.heading = RecordHeading(menu)
        self.notice = OutcomeNotice(desk.privacy)
        self.notice.hide()
        self.met = MetPeople(desk.privacy)
        self.identity = IdentityCard(desk)
        self.custom = CustomFieldsCard(desk)
        self.others = OtherFieldsCard()
        self.side = SidePane(times)
        self._page = ScrollPage("Record")
        for widget in (self.met, self.identity, self.custom, self.others):
            self._page.add(widget)
        self._page.column.setContentsMargins(0, 0, 0, 24)
        # The bar has its place in the gap before the side pane, whether it is needed or not.
        self._page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.drawer = Drawer(self._main(), self.side, "About this person", gap=GAP - SCROLL_BAR_WIDTH)
        self.heading.add_button(self.drawer.toggle_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drawer)
        desk.changed.connect(self._on_changed)
        desk.reveal_changed.connect(self._on_changed)
        self._page.verticalScrollBar().rangeChanged.connect(self._follow_layout)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    @property
    def specs(self) -> Sequence[FieldSpec]:
        """The catalogue that editors are chosen by."""
        return self._specs

    def use_specs(self, specs: Sequence[FieldSpec]) -> None:
        """Choose editors by this catalogue from now on."""
        self._specs = specs

    def show_record(self) -> None:
        """Show the record on the desk."""
        edit = self._desk.shown
        if edit.is_new:
            self.heading.show_new()
        else:
            self.heading.show_person(edit.opened, edit.version)
        self.side.setVisible(not edit.is_new)
        self.drawer.toggle_button.setVisible(self.drawer.collapsed and not edit.is_new)
        if self.met.cards:
            self.met.show_people((), edit.version)
        self.identity.show_edit()
        self.custom.show_edit(self._specs)
        self.others.show_person(edit.opened)

    def show_complaints(self, complaints: Mapping[FieldRef, str]) -> None:
        """Say at each field what the platform said about it, until it is edited again."""
        for row in (*self.identity.rows, *self.custom.rows):
            if row.name in complaints:
                row.set_error(complaints[row.name])

    def scroll_to_top(self) -> None:
        """Begin at the head of the record."""
        self._page.verticalScrollBar().setValue(0)

    def row_with_focus(self) -> FieldRow | None:
        """The row the cursor is in."""
        return _row_around(QApplication.focusWidget())

    def focus_field(self, name: FieldRef) -> None:
        """Put the cursor into a field."""
        row = next((row for row in self.identity.rows if row.name == name), None) or self.custom.row_of(name)
        if row is not None:
            row.show()
            row.take_focus()
            self._bring_into_view(row)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.identity.rows[0].take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_layout()  # the bar has come or gone

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self.row_with_focus() if is_key else _row_around(self.childAt(event.pos()))
        if row is not None:
            event.accept()
            self.menu_wanted.emit(row, row.menu_place() if is_key else event.globalPos())

    def _follow_layout(self, *_range: int) -> None:
        """Keep the field with the cursor in view, once every row is in its new place."""
        QTimer.singleShot(0, self, self._show_focus)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._page.isAncestorOf(new):
            self._show_focus()

    def _show_focus(self) -> None:
        row = self.row_with_focus()
        if row is not None and self._page.isAncestorOf(row):
            self._bring_into_view(row)

    def _bring_into_view(self, row: FieldRow) -> None:
        self._page.ensureWidgetVisible(row, 0, ROOM_AROUND)

    def _main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QVBoxLayout()  # as wide as the cards; what is said of the record stays in view
        head.setContentsMargins(0, 0, SCROLL_BAR_WIDTH, 0)
        head.setSpacing(12)
        head.addWidget(self.heading)
        head.addWidget(self.notice)
        column.addLayout(head)
        column.addWidget(self._page, 1)
        return main

    def _on_changed(self, name: FieldRef | None) -> None:
        if name is None:
            self.show_record()
        elif name.is_custom:
            self.custom.refresh_field(name)
        else:
            self.identity.refresh()


def _row_around(widget: QWidget | None) -> FieldRow | None:
    while widget is not None and not isinstance(widget, FieldRow):
        widget = widget.parentWidget()
    return widget
