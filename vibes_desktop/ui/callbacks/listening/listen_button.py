"""The button in the top bar: begin to listen; then where, with a copy, and the way to the rest."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.listener.status import ListenerState
from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.words import STATES, short_address
from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.theme import set_style_property
from vibes_desktop.ui.widgets.buttons import CopyButton, button, icon_button
from vibes_desktop.ui.widgets.plain import set_tooltip

FORBIDDEN = "Your organisation has switched the listener off."
HOW = "Receives callbacks on this computer."


class ListenButton(QWidget):
    """Pressed while off it starts; pressed while on it opens the sheet, as the small one always does."""

    def __init__(self, desk: ListeningDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.main = button("Listen", on_click=self._press)
        self.copy = CopyButton("address of the endpoint")
        self.more = icon_button(Icon.SETTINGS, "Listening in full", framed=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for widget in (self.main, self.copy, self.more):
            line.addWidget(widget)
        desk.changed.connect(self._show)
        self._show()

    def _press(self) -> None:
        if self._desk.is_listening:
            self.more.click()
        else:
            self._desk.start()

    def _show(self) -> None:
        status = self._desk.status
        tone, words = STATES[status.state]
        is_off = status.state is ListenerState.STOPPED
        if status.address is None or is_off:
            self.main.set_text("Listen")
        else:
            sign = "▲" if status.state is ListenerState.IN_TROUBLE else "●"
            self.main.set_text(f"{sign} {words} · {short_address(status.address)}")
            self.copy.set_value(status.address)
        set_style_property(self.main, "tone", "" if is_off else tone.value)
        set_tooltip(self.main, HOW if is_off else words)
        self.copy.setVisible(not is_off)
        self.main.setEnabled(self._desk.is_allowed)
        if not self._desk.is_allowed:
            self.main.setIcon(icon(Icon.LOCKED))
            set_tooltip(self.main, FORBIDDEN)
            self.main.setAccessibleDescription(FORBIDDEN)
