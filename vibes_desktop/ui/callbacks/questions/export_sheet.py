"""What is written to a file, and how: which rows, in which form, with personal data or without."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QStandardPaths
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from vibes_desktop.callbacks.export import CELLS, Form, Order
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.callbacks.questions.exporting import PayloadExporter
from vibes_desktop.ui.callbacks.viewer import Rows, Viewer
from vibes_desktop.ui.widgets.buttons import ButtonRole, button, link_button
from vibes_desktop.ui.widgets.file_dialog import ask_where_to_save
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 640
COLUMNS_BESIDE = 3
INDENT = 26
FORMS = {
    Form.LINES: ("Newline-delimited JSON", "Each payload's exact bytes, a line each."),
    Form.CSV: ("CSV", "Chosen columns, for a spreadsheet: nothing in it can act as a formula."),
    Form.ARRAY: ("JSON array", "One document; what was not strict JSON is written as it was read."),
}
FILTERS = {
    Form.LINES: "Newline-delimited JSON (*.ndjson)",
    Form.CSV: "CSV (*.csv)",
    Form.ARRAY: "JSON (*.json)",
}
WITH_DATA = "The file will hold personal data: numbers, names, IDs."
WITHOUT_DATA = "Numbers, names and IDs will be hidden; payloads are no longer byte for byte what came."
AS_IN_WINDOW = "They are hidden in the window, and so in its files."


def open_export_sheet(viewer: Viewer, parent: QWidget, exporter: PayloadExporter) -> ExportSheet:
    """Ask what to export and where to."""
    sheet = ExportSheet(viewer, parent, exporter)
    sheet.open()
    return sheet


class ExportSheet(SheetDialog):
    """Chooses; the file is asked for last, and written after the sheet has closed."""

    def __init__(self, viewer: Viewer, parent: QWidget, exporter: PayloadExporter) -> None:
        super().__init__("Export", width=WIDTH, parent=parent)
        self._viewer = viewer
        self._exporter = exporter
        self._selected = viewer.selected
        self.all_rows = QRadioButton(_all_words(viewer))
        self.selected_rows = QRadioButton(f"The {callbacks(len(self._selected))} selected in the table")
        self.forms = {form: QRadioButton(title) for form, (title, _) in FORMS.items()}
        self.columns = {name: QCheckBox(name) for name in CELLS}
        self.hide_data = QCheckBox("Hide personal data")
        self.about_data = plain_label("", TextRole.SMALL_MUTED, wrap=True)
        self.body.setSpacing(4)
        self._groups = [QButtonGroup(self), QButtonGroup(self)]
        self._add_rows()
        self._add_forms()
        self._add_privacy()
        self.cancel = self.add_button(button("Cancel", on_click=self.reject))
        self.export = self.add_button(
            button("Export…", ButtonRole.PRIMARY, on_click=self.ask_where, shortcut_hint="Ctrl+Return"),
            key="Ctrl+Return",
        )
        self.set_default(self.export)
        self.finished.connect(self.deleteLater)

    @property
    def rows(self) -> Rows:
        """The rows that are chosen."""
        return self._selected if self.selected_rows.isChecked() else self._viewer.rows

    @property
    def order(self) -> Order:
        """The form that is chosen."""
        form = next(form for form, choice in self.forms.items() if choice.isChecked())
        names = tuple(name for name, box in self.columns.items() if box.isChecked())
        return Order(form, names, self.hide_data.isChecked())

    def ask_where(self) -> None:
        """Ask for the file, and write it."""
        order, rows = self.order, self.rows
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        today = QDate.currentDate().toString("yyyy-MM-dd")
        suffix = FILTERS[order.form].rpartition("*")[2].rstrip(")")
        suggestion = Path(documents) / f"callbacks-{today}{suffix}"
        exporter, owner = self._exporter, self.parentWidget()
        self.accept()
        ask_where_to_save(
            owner or self,
            "Export callbacks",
            suggestion,
            (FILTERS[order.form],),
            lambda path: exporter.write(rows, path, order),
        )

    def _add_rows(self) -> None:
        self.add(plain_label("Which", TextRole.SECTION))
        for choice in (self.all_rows, self.selected_rows):
            self._groups[0].addButton(choice)
            self.add(choice)
        has_selection = len(self._selected) > 0
        self.selected_rows.setVisible(has_selection)
        (self.selected_rows if len(self._selected) > 1 else self.all_rows).setChecked(True)

    def _add_forms(self) -> None:
        self.body.addSpacing(8)
        self.add(plain_label("As", TextRole.SECTION))
        self._chosen_columns = QWidget()
        for form, choice in self.forms.items():
            self._groups[1].addButton(choice)
            choice.setAccessibleDescription(FORMS[form][1])
            self.add(choice)
            self.add(_indented(plain_label(FORMS[form][1], TextRole.SMALL_MUTED, wrap=True)))
            if form is Form.CSV:
                self._lay_out_columns()
                self.add(self._chosen_columns)
            choice.toggled.connect(self._refresh)
        self.forms[Form.LINES].setChecked(True)

    def _lay_out_columns(self) -> None:
        grid = QGridLayout(self._chosen_columns)
        grid.setContentsMargins(INDENT, 0, 0, 4)
        grid.setVerticalSpacing(2)
        for number, box in enumerate(self.columns.values()):
            box.setChecked(True)
            box.toggled.connect(self._refresh)
            grid.addWidget(box, number // COLUMNS_BESIDE, number % COLUMNS_BESIDE)
        below = len(self.columns) // COLUMNS_BESIDE + 1
        grid.addWidget(link_button("All", on_click=lambda: self._check_all(is_wanted=True)), below, 0)
        grid.addWidget(link_button("None", on_click=lambda: self._check_all(is_wanted=False)), below, 1)

    def _add_privacy(self) -> None:
        self.body.addSpacing(8)
        self.add(plain_label("Personal data", TextRole.SECTION))
        self.add(self.hide_data)
        self.add(_indented(self.about_data))
        self.hide_data.toggled.connect(self._refresh)
        is_masking = self._viewer.privacy.is_masking
        self.hide_data.setDisabled(is_masking)
        self.hide_data.setChecked(is_masking)

    def _check_all(self, *, is_wanted: bool) -> None:
        for box in self.columns.values():
            box.setChecked(is_wanted)

    def _refresh(self) -> None:
        """Offer what belongs to the chosen form, and say what will be in the file."""
        is_csv = self.forms[Form.CSV].isChecked()
        self._chosen_columns.setVisible(is_csv)
        words = WITHOUT_DATA if self.hide_data.isChecked() else WITH_DATA
        self.about_data.setText(words if self.hide_data.isEnabled() else f"{words} {AS_IN_WINDOW}")
        if not hasattr(self, "export"):
            return
        self.export.setEnabled(bool(len(self.rows)) and (not is_csv or bool(self.order.columns)))
        if self.isVisible():
            self.fit()


def _all_words(viewer: Viewer) -> str:
    count = callbacks(len(viewer.rows))
    return f"All {count}" if viewer.query is None else f"The {count} that answer the question"


def _indented(widget: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(INDENT, 0, 0, 4)
    column.addWidget(widget)
    return holder
