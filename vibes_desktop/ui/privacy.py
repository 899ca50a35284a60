"""One switch for the whole window: personal data hidden, for sharing the screen."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.masking import masked_number, masked_own, masked_text

COPIED, MASKED_COPY = "Copied", "Copied, with personal data hidden"
REVEALED_MS = 10_000  # for so long a single value is shown
KNOWN_AT_MOST = 2_000
SHORTEST_KNOWN = 3  # characters; shorter ones are words of any sentence


class Privacy(QObject):
    """Whatever shows a person's data asks here first, and asks again when it changes."""

    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, is_masking: bool = False, is_locked: bool = False
    ) -> None:
        super().__init__(parent)
        self.is_locked = is_locked  # by the organisation: the switch stays as it is
        self._is_masking = is_masking
        self._known: dict[str, None] = {}

    @property
    def is_masking(self) -> bool:
        """Tell whether personal data are hidden now."""
        return self._is_masking

    def set_masking(self, is_masking: bool) -> None:
        """Hide or show; a locked switch stays as it is."""
        if is_masking is not self._is_masking and not self.is_locked:
            self._is_masking = is_masking
            self.changed.emit()

    @property
    def copied_words(self) -> str:
        """What is said of something that was copied as it is shown."""
        return MASKED_COPY if self._is_masking else COPIED

    def know(self, *texts: str | None) -> None:
        """Remember names and IDs that were shown, to hide them in whatever sentence they turn up."""
        for text in texts:
            if text and len(text) >= SHORTEST_KNOWN:
                self._known.pop(text, None)
                self._known[text] = None
        for surplus in list(self._known)[:-KNOWN_AT_MOST]:
            del self._known[surplus]

    def number(self, text: str) -> str:
        """Give a mobile number as it may be shown."""
        return masked_number(text) if self._is_masking else text

    def own(self, text: str) -> str:
        """Give a name, an external ID or any value of a person's own as it may be shown."""
        return masked_own(text) if self._is_masking else text

    def text(self, text: str) -> str:
        """Give a sentence in which numbers, addresses and what is known of people may stand."""
        if not self._is_masking:
            return text
        if self._known:
            longest_first = sorted(self._known, key=len, reverse=True)
            known = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
            text = known.sub(lambda found: masked_own(found[0]), text)
        return masked_text(text)
