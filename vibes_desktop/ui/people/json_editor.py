"""The editor of everything that has no editor of its own: a preview, and its JSON in a sheet."""

from __future__ import annotations

from vibes_desktop.model.fields import ABSENT
from vibes_desktop.people.display import one_line
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.people.editors import Editor
from vibes_desktop.ui.people.field_view import Shown, is_set
from vibes_desktop.ui.people.json_sheet import is_too_large, open_json, spelled_out
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, set_text_role


class JsonEditor(Editor):
    """A value in one line, and a button that opens it as JSON."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._text = ""
        self._is_read_only = False
        self._preview = ElidedLabel(role=TextRole.MONO)
        self._open = link_button("Edit JSON", small=True, on_click=self.open_sheet)
        self.line.addWidget(self._preview, 1)
        self.line.addWidget(self._open)
        self.control = self._open

    def show_value(self, value: Shown) -> None:
        """Show a value as JSON in one line."""
        if isinstance(value, Unfinished):
            self._text, preview = value.text, value.text
        elif value is None or value is ABSENT:
            self._text, preview = "", self.empty_words(value)
        else:
            self._text, preview = spelled_out(value), one_line(value)
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
        open_json(self.name, self._text, self.window(), take)

    def _name_button(self) -> None:
        is_editable = not self._is_read_only and not is_too_large(self._text)
        size = f" · {len(self._text) // 1000:,} kB" if is_too_large(self._text) else ""
        self._open.set_text("Edit JSON" if is_editable else f"Show JSON{size}")
        self._open.setAccessibleName(f"{self.name}: {self._open.text()}")
