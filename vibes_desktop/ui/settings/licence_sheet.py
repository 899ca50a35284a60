"""The words of a licence."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.settings.components import Component
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.code_block import CodeBlock
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

MOST_LINES = 28


class LicenceSheet(SheetDialog):
    """Shows the texts that came with a component, to read and copy."""

    def __init__(self, component: Component, parent: QWidget) -> None:
        super().__init__(component.name, subtitle=f"{component.version} · {component.licence}", parent=parent)
        self.text = CodeBlock(f"Licence of {component.name}", component.read_texts(), max_lines=MOST_LINES)
        self.add(self.text)
        self.close_button = self.add_button(button("Close", on_click=self.accept))
        self.set_default(self.close_button)
        self.finished.connect(self.deleteLater)
