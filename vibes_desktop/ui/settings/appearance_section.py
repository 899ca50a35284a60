"""Light, dark, or as the system has it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QRadioButton, QWidget

from vibes_desktop.ui.settings.section import Section, explanation
from vibes_desktop.ui.theme import Appearance
from vibes_desktop.ui.widgets.card import Card

_WORDS = {
    Appearance.SYSTEM: "As the system has it",
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
}


class AppearanceSection(Section):
    """One choice, which takes effect at once."""

    def __init__(
        self, chosen: Appearance, on_chosen: Callable[[Appearance], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("Appearance", parent)
        self.buttons = {appearance: QRadioButton(words) for appearance, words in _WORDS.items()}
        card = Card("Colours")
        for appearance, button in self.buttons.items():
            button.setAccessibleName(_WORDS[appearance])
            button.setChecked(appearance is chosen)
            button.toggled.connect(lambda on, which=appearance: on_chosen(which) if on else None)
            card.add(button)
        card.add(explanation("With high contrast switched on in the system, its colours are used."))
        self.add(card)

    def initial_focus(self) -> QWidget:
        return next(button for button in self.buttons.values() if button.isChecked())
