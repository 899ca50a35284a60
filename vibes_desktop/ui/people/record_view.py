"""The record on screen: its head, the form, what the platform sent besides, and the side pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from vibes_desktop.model.fields import FieldRef, FieldSpec
from vibes_desktop.model.jsonvalue import JsonObject
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.ui.people.custom_fields_card import CustomFieldsCard
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.identity_card import IdentityCard
from vibes_desktop.ui.people.record_heading import RecordHeading
from vibes_desktop.ui.people.side_pane import SidePane
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.drawer import Drawer
from vibes_desktop.ui.widgets.form import FormGrid, value_row
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

GAP = 16
SCROLL_BAR_WIDTH = 12


class RecordView(QWidget):
    """Shows the edit on the desk; knows nothing of where it came from or where it goes."""

    def __init__(self, desk: EditDesk, menu: QMenu) -> None:
        super().__init__()
        self._desk = desk
        self._specs: Sequence[FieldSpec] = ()
        self.heading = RecordHeading(menu)
        self.notice = Notice(Tone.OK, "", closable=True)
        self.notice.hide()
        self.identity = IdentityCard(desk)
        self.custom = CustomFieldsCard(desk)
        self._unknown = _UnknownFieldsCard()
        self.side = SidePane()
        self._page = ScrollPage("Record")
        for widget in (self.notice, self.identity, self.custom, self._unknown):
            self._page.add(widget)
        self._page.column.setContentsMargins(0, 0, 0, 24)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.heading.setContentsMargins(0, 0, SCROLL_BAR_WIDTH, 0)
        column.addWidget(self.heading)
        column.addWidget(self._page, 1)
        # The bar has its place in the gap before the side pane, whether it is needed or not.
        self._page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.drawer = Drawer(main, self.side, "About this person", gap=GAP - SCROLL_BAR_WIDTH)
        self.heading.add_button(self.drawer.toggle_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drawer)
        desk.changed.connect(self._on_changed)

    def use_specs(self, specs: Sequence[FieldSpec]) -> None:
        """Choose editors by this catalogue from now on."""
        self._specs = specs

    def show_record(self) -> None:
        """Show the record on the desk."""
        edit = self._desk.edit
        if edit.is_new:
            self.heading.show_new()
        else:
            self.heading.show_person(edit.opened, edit.version)
        self.side.setVisible(not edit.is_new)
        self.identity.show_edit()
        self.custom.show_edit(self._specs)
        self._unknown.show_fields(edit.opened.unknown_fields)
        self._page.verticalScrollBar().setValue(0)

    def row_with_focus(self) -> FieldRow | None:
        """The row the cursor is in."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, FieldRow):
            widget = widget.parentWidget()
        return widget

    def focus_field(self, name: FieldRef) -> None:
        """Put the cursor into a field."""
        self.custom.finish()
        for row in (*self.identity.rows, *self.custom.rows):
            if row.name == name:
                row.field.setFocus()
                self._page.ensureWidgetVisible(row)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for row in self.identity.rows:
            row.field.setFocus()
            return

    def _on_changed(self, name: FieldRef | None) -> None:
        if name is None:
            self.show_record()
        elif name.is_custom:
            self.custom.refresh_field(name, self._specs)
        else:
            self.identity.refresh()


class _UnknownFieldsCard(Card):
    """What the platform sent beyond what is documented: shown, never sent back."""

    def __init__(self) -> None:
        super().__init__("Other fields of the platform, read-only", ruled=True)
        self._grid = FormGrid()
        self.add(self._grid)

    def show_fields(self, fields: JsonObject) -> None:
        self._grid.clear()
        for name, value in fields.members:
            self._grid.add_row(value_row(visible(name), ElidedLabel(one_line(value), TextRole.MONO)))
        self.setVisible(len(fields) > 0)
