"""One switch for the whole window: personal data hidden, for sharing the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.masking import masked_number, masked_own, masked_text


class Privacy(QObject):
    """Whatever shows a person's data asks here first, and asks again when it changes."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, is_masking: bool = False) -> None:
        super().__init__(parent)
        self._is_masking = is_masking

    @property
    def is_masking(self) -> bool:
        """Tell whether personal data are hidden now."""
        return self._is_masking

    def set_masking(self, is_masking: bool) -> None:
        """Hide or show."""
        if is_masking is not self._is_masking:
            self._is_masking = is_masking
            self.changed.emit()

    def number(self, text: str) -> str:
        """Give a mobile number as it may be shown."""
        return masked_number(text) if self._is_masking else text

    def own(self, text: str) -> str:
        """Give a name, an external ID or any value of a person's own as it may be shown."""
        return masked_own(text) if self._is_masking else text

    def text(self, text: str) -> str:
        """Give a sentence or a payload in which numbers and addresses may stand."""
        return masked_text(text) if self._is_masking else text
