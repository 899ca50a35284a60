"""The sheet that adds a custom field to the record: its name and its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

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
_CHOICES = frozenset({FieldKind.SINGLE_CHOICE, FieldKind.MULTIPLE_CHOICE})


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
        self.name = ComboBox(
            "Name of the field", [spec.name for spec in known if problem_of(spec.name) is None]
        )
        self.name.setEditable(True)
        self.name.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.name.setCurrentIndex(-1)
        _suggest_only(self.name)
        self.kind = ComboBox("Kind of the field", [words for _, words in KINDS])
        self.problem = plain_label("", TextRole.SMALL_BAD, wrap=True)
        grid = FormGrid()
        grid.add_row(FormRow("Name", self.name, reserve_trailing=False))
        grid.add_row(FormRow("Kind", self.kind, reserve_trailing=False))
        self.add(plain_label(ABOUT, TextRole.MUTED, wrap=True))
        self.add(grid)
        self.add(self.problem)
        self.add_button(button("Cancel", shortcut_hint="Esc", on_click=self.reject))
        self.take = self.add_button(button("Add the field", ButtonRole.PRIMARY, on_click=self.accept))
        self.take.setDefault(True)
        self.name.editTextChanged.connect(self._check)
        self._check("")
        self.name.setFocus()

    @property
    def spec(self) -> FieldSpec:
        """The field as named."""
        name = self.name.currentText()
        known = self._known.get(name)
        kind = KINDS[self.kind.currentIndex()][0]
        return FieldSpec(name, kind, known.options if known is not None else (), is_fixed=True)

    def _check(self, name: str) -> None:
        problem = self._problem_of(name)
        self.problem.setText(problem or "" if name else "")
        self.take.setEnabled(problem is None)
        known = self._known.get(name)
        self._allow_choices(known is not None and bool(known.options))
        kinds = [kind for kind, _ in KINDS]
        if known is not None and known.kind in kinds:
            self.kind.setCurrentIndex(kinds.index(known.kind))

    def _allow_choices(self, has_options: bool) -> None:
        """Offer the choices only where something is known to choose from."""
        model = self.kind.model()
        for index, (kind, _) in enumerate(KINDS):
            if kind in _CHOICES and isinstance(model, QStandardItemModel):
                model.item(index).setEnabled(has_options)
        if KINDS[self.kind.currentIndex()][0] in _CHOICES and not has_options:
            self.kind.setCurrentIndex(0)


def _suggest_only(box: QComboBox) -> None:
    """List what fits below the box: Qt's own completion would turn one name into another."""
    completer = box.completer()
    if completer is not None:
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
