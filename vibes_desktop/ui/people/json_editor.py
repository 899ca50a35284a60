"""The editor of everything that has no editor of its own: a preview, and its JSON in a sheet."""

from __future__ import annotations

from vibes_desktop.model.fields import ABSENT
from vibes_desktop.people.display import one_line
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.people.editors import Editor
from vibes_desktop.ui.people.field_view import Shown, is_set
from vibes_desktop.ui.people.json_sheet import MAX_EDITED_CHARACTERS, open_json, size_of, text_of
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, set_text_role


class JsonEditor(Editor):
    """A value in one line, and a button that opens it as JSON."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._value: Shown = ABSENT
        self._size = 0
        self._is_read_only = False
        self._preview = ElidedLabel(role=TextRole.MONO)
        self._open = link_button("Edit JSON", small=True, on_click=self.open_sheet)
        self.line.addWidget(self._preview, 1)
        self.line.addWidget(self._open)
        self.control = self._open

    def show_value(self, value: Shown) -> None:
        """Show a value as JSON in one line. The whole is written out only once it is opened."""
        self._value = value
        self._size = 0 if value is ABSENT or isinstance(value, Unfinished) else size_of(value)
        if isinstance(value, Unfinished):
            preview = value.text
        else:
            preview = one_line(value) if is_set(value) else self.empty_words(value)
        is_value = is_set(value) and value != ""
        set_text_role(self._preview, TextRole.MONO if is_value else TextRole.MUTED)
        self._preview.set_full_text(preview)
        self._name_button()

    def can_show(self, _value: Shown) -> bool:
        """Take anything."""
        return True

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the JSON be read and copied only."""
        self._is_read_only = is_read_only
        self._name_button()

    def open_sheet(self) -> None:
        """Edit the value as JSON in a sheet."""
        take = None if self._is_read_only else self.edited.emit
        open_json(self.name, text_of(self._value), self.window(), take)

    def _name_button(self) -> None:
        is_large = self._size > MAX_EDITED_CHARACTERS
        size = f" · {self._size // 1000:,} kB" if is_large else ""
        self._open.set_text(f"Show JSON{size}" if is_large or self._is_read_only else "Edit JSON")
        self._open.setAccessibleName(f"{self.name}: {self._open.text()}")
