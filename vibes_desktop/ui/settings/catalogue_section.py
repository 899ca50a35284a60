"""The field catalogue of the profile in use: what is known of its custom fields, to mend and to share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.fields import FieldKind, FieldSpec
from vibes_desktop.model.jsonvalue import JsonArray
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.catalogue import Specs
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.storage.desk import Desk
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.settings.operations import CatalogueDesk
from vibes_desktop.ui.settings.section import Section
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.fields import ComboBox, FieldBox, bare_edit
from vibes_desktop.ui.widgets.file_dialog import ask_for_file, ask_where_to_save
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.pill import Pill, Tone

KIND_WIDTH = 170
JSON_FILES = ("Field catalogue (*.json)",)
KINDS = {
    FieldKind.UNKNOWN: "Not known yet",
    FieldKind.TEXT: "Text",
    FieldKind.NUMBER: "Number",
    FieldKind.YES_NO: "Yes or no",
    FieldKind.DATE: "Date",
    FieldKind.SINGLE_CHOICE: "One of several",
    FieldKind.MULTIPLE_CHOICE: "Any of several",
    FieldKind.JSON: "JSON",
}


class CatalogueSection(Section):
    """A row for each field; a kind that is chosen here is never learned over."""

    def __init__(
        self,
        bridge: Bridge,
        desk: Desk,
        on_changed: Callable[[ProfileId, Specs], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Field catalogue", parent)
        self._bridge = bridge
        self._desk = desk
        self._on_changed = on_changed
        self._catalogue: CatalogueDesk | None = None
        self._specs: Specs = ()
        self._marks: dict[str, Pill] = {}
        self._make_parts()

    def set_profile(self, profile: Profile | None) -> None:
        """Show this profile's catalogue; None for none."""
        self._catalogue = CatalogueDesk(self._desk, profile.id) if profile is not None else None
        self._card.set_title(f"Fields of {profile.name}" if profile is not None else "Fields")
        self.import_button.setEnabled(profile is not None)
        self._show(())
        if self.isVisible():
            self.activate()

    def activate(self) -> None:
        if self._catalogue is not None:
            self._bridge.start(self._catalogue.load(), self._show, self._fail, owner=self)

    def initial_focus(self) -> QWidget:
        return self.filter if self._specs else self.import_button

    def _make_parts(self) -> None:
        self.filter = bare_edit("Filter the fields", placeholder="Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.import_button = button("Import…", on_click=self._ask_what_to_import)
        self.export_button = button("Export…", on_click=self._ask_where_to_export)
        box = FieldBox(self.filter)
        box.set_lead(IconLabel(Icon.SEARCH))
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(box, 1)
        line.addWidget(self.import_button)
        line.addWidget(self.export_button)
        self.fix(head, 0)
        self.grid = FormGrid()
        self.grid.filled.connect(self._filter)
        self._card = Card("Fields", ruled=True)
        self._card.add(self.grid)
        self._empty = EmptyState(
            "No custom field is known yet.",
            example="The platform publishes no list of fields. They are learned from the people you look up,"
            " or imported from a colleague's catalogue.",
        )
        self.add(self._card)
        self.add(self._empty)

    def _show(self, specs: Specs) -> None:
        self._specs = specs
        self._marks.clear()
        self._card.setVisible(bool(specs))
        self._empty.setVisible(not specs)
        self.export_button.setEnabled(bool(specs))
        self.grid.fill([partial(self._row, spec) for spec in specs])
        self._filter()

    def _row(self, spec: FieldSpec) -> FormRow:
        kinds = ComboBox(f"Kind of {spec.name}", list(KINDS.values()))
        kinds.setCurrentText(KINDS[spec.kind])
        kinds.setFixedWidth(KIND_WIDTH)
        kinds.currentTextChanged.connect(partial(self._set_kind, spec.name))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(kinds)
        line.addWidget(self._mark(spec))
        options = one_line(JsonArray(spec.options)) if spec.options else ""
        line.addWidget(ElidedLabel(options, TextRole.SMALL_MUTED), 1)
        return FormRow(visible(spec.name), holder, mono_label=True, reserve_trailing=False)

    def _mark(self, spec: FieldSpec) -> Pill:
        mark = Pill("set here", Tone.ACCENT)
        if not spec.is_fixed:
            mark.hide()
        self._marks[spec.name] = mark
        return mark

    def _filter(self) -> None:
        wanted = self.filter.text().casefold().strip()
        for row in self.grid.rows:
            row.setVisible(wanted in row.label.casefold())
        self.grid.update()

    def _set_kind(self, name: str, words: str) -> None:
        kind = next(kind for kind, shown in KINDS.items() if shown == words)
        if self._catalogue is not None:
            self._bridge.start(self._catalogue.set_kind(name, kind), self._changed, self._fail, owner=self)

    def _changed(self, specs: Specs) -> None:
        """Show a field that was changed; the rows stay, and with them the focus."""
        self._specs = specs
        for spec in specs:
            if spec.name in self._marks:
                self._marks[spec.name].setVisible(spec.is_fixed)
        if self._catalogue is not None:
            self._on_changed(self._catalogue.profile_id, specs)

    def _ask_what_to_import(self) -> None:
        ask_for_file(self, "Import a field catalogue", JSON_FILES, self._import)

    def _import(self, path: Path) -> None:
        if self._catalogue is not None:
            work = self._catalogue.read_from(path)
            self._bridge.start(work, self._imported, self._fail, title="Importing", owner=self)

    def _imported(self, specs: Specs) -> None:
        self._show(specs)
        self._changed(specs)
        self.say(Tone.OK, "Imported", f"The catalogue has {len(specs):,} fields now.")

    def _ask_where_to_export(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggestion = Path(documents) / "vibes-field-catalogue.json"
        ask_where_to_save(self, "Export the field catalogue", suggestion, JSON_FILES, self._export)

    def _export(self, path: Path) -> None:
        if self._catalogue is not None:
            self._bridge.start(
                self._catalogue.write_to(path),
                lambda count: self.say(Tone.OK, "Exported", f"{count:,} fields were written to {path}"),
                self._fail,
                title="Exporting",
                owner=self,
            )

    def _fail(self, error: VibesDesktopError) -> None:
        self.notice.show_problem(error)
