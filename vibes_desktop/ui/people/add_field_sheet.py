"""The sheet that adds a custom field to the record: its name and its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from vibes_desktop.model.fields import FieldKind, FieldSpec
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

SHEET_WIDTH = 560
ABOUT = (
    "A field must exist in the platform before it can be given to a person: "
    "a name it doesn't know is refused, and nothing is changed."
)
KINDS = (
    (FieldKind.TEXT, "Text"),
    (FieldKind.NUMBER, "Number"),
    (FieldKind.YES_NO, "Yes or no"),
    (FieldKind.DATE, "Date"),
    (FieldKind.SINGLE_CHOICE, "One of several"),
    (FieldKind.MULTIPLE_CHOICE, "Any of several"),
    (FieldKind.JSON, "JSON"),
)


class AddFieldSheet(SheetDialog):
    """Asks for the name of a field; `problem_of` says what is wrong with one."""

    def __init__(
        self,
        known: Sequence[FieldSpec],
        problem_of: Callable[[str], str | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Add a field", width=SHEET_WIDTH, parent=parent)
        self._known = {spec.name: spec for spec in known}
        self._problem_of = problem_of
        self._name = ComboBox(
            "Name of the field", [spec.name for spec in known if problem_of(spec.name) is None]
        )
        self._name.setEditable(True)
        self._name.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self._name.setCurrentIndex(-1)
        self._kind = ComboBox("Kind of the field", [words for _, words in KINDS])
        self._problem = plain_label("", TextRole.SMALL_BAD, wrap=True)
        grid = FormGrid()
        grid.add_row(FormRow("Name", self._name, reserve_trailing=False))
        grid.add_row(FormRow("Kind", self._kind, reserve_trailing=False))
        self.add(plain_label(ABOUT, TextRole.MUTED, wrap=True))
        self.add(grid)
        self.add(self._problem)
        self.add_button(button("Cancel", shortcut_hint="Esc", on_click=self.reject))
        self._add = self.add_button(button("Add the field", ButtonRole.PRIMARY, on_click=self.accept))
        self._add.setDefault(True)
        self._name.editTextChanged.connect(self._check)
        self._check("")
        self._name.setFocus()

    @property
    def spec(self) -> FieldSpec:
        """The field as named."""
        name = self._name.currentText()
        known = self._known.get(name)
        kind = KINDS[self._kind.currentIndex()][0]
        return FieldSpec(name, kind, known.options if known is not None else (), is_fixed=True)

    def _check(self, name: str) -> None:
        problem = self._problem_of(name)
        self._problem.setText(problem or "" if name else "")
        self._add.setEnabled(problem is None)
        known = self._known.get(name)
        kinds = [kind for kind, _ in KINDS]
        if known is not None and known.kind in kinds:
            self._kind.setCurrentIndex(kinds.index(known.kind))
