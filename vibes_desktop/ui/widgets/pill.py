"""Pills: a status in a word or two, with a colour to it. Never clickable."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.theme import set_style_property
from vibes_desktop.ui.widgets.plain import one_line


class Tone(StrEnum):
    """What a status means."""

    NEUTRAL = "neutral"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"


class Pill(QLabel):
    """A status in a word or two."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "pill")
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_status(text, tone)

    def set_status(self, text: str, tone: Tone) -> None:
        """Show another status."""
        self.setText(one_line(text))
        set_style_property(self, "tone", tone.value)


class SafetyPill(QLabel):
    """The word SANDBOX, TEST or PRODUCTION on its colour."""

    def __init__(self, safety: Safety, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "safety")
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_safety(safety)

    def set_safety(self, safety: Safety) -> None:
        """Show another level."""
        self.setText(safety.name)
        set_style_property(self, "tone", safety.value)
