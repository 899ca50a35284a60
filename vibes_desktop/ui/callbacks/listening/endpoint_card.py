"""Where callbacks are to be sent, whether anybody listens there, and what came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.lines import line_of
from vibes_desktop.ui.callbacks.listening.words import STATES, received_words, refused_lines
from vibes_desktop.ui.widgets.buttons import ButtonRole, CopyButton, button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.form import FormGrid, FormRow, value_row
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill

NO_ADDRESS = "Begin to listen, and the address appears here."
NONE_REFUSED = "Nothing was refused."
RENEW_NOTE = "The old address answers 503 for 30 days, so that nothing sent to it is lost."


class EndpointCard(Card):
    """State, address, counts; `register` opens the registrations, None where nobody is signed in."""

    def __init__(self, desk: ListeningDesk, register: Callable[[], object] | None) -> None:
        super().__init__("Endpoint", ruled=True)
        self._desk = desk
        self.state = Pill()
        self.toggle = button("Listen", ButtonRole.PRIMARY, on_click=self._toggle)
        self.address = ElidedLabel("", TextRole.MONO)
        self.copy = CopyButton("address of the endpoint")
        self.renew = link_button("Renew the path…", small=True, on_click=self._ask_to_renew)
        self.sure = link_button("Renew it now", small=True, on_click=self._renew)
        self.register = button("Register with Vibes…", on_click=register)
        self.register.setEnabled(register is not None)
        self.received = ElidedLabel("")
        self.refused = plain_label("", wrap=True)
        grid = FormGrid()
        grid.add_row(FormRow("State", line_of(self.state, self.toggle), reserve_trailing=False))
        grid.add_row(value_row("Address", self.address, self.copy, self.renew, self.sure))
        self._note = plain_label(RENEW_NOTE, TextRole.SMALL_MUTED, wrap=True)
        grid.add_row(FormRow("", self._note, reserve_trailing=False))
        grid.add_row(FormRow("Callbacks", line_of(self.register), reserve_trailing=False))
        grid.add_row(value_row("Received", self.received))
        grid.add_row(FormRow("Refused", self.refused, reserve_trailing=False))
        self.add(grid)
        self._grid = grid
        self._set_sure(is_asked=False)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands."""
        status = self._desk.status
        tone, words = STATES[status.state]
        self.state.set_status(words, tone)
        self.toggle.set_text("Stop" if self._desk.is_listening else "Listen")
        self.toggle.setEnabled(self._desk.is_allowed and not self._desk.is_busy)
        self.address.set_full_text(status.address or NO_ADDRESS)
        self.copy.set_value(status.address or "")
        self.copy.setVisible(status.address is not None)
        self.renew.setVisible(status.address is not None and not self.sure.isVisibleTo(self))
        self.received.set_full_text(received_words(status))
        self.refused.setText("\n".join(refused_lines(status)) or NONE_REFUSED)

    def _toggle(self) -> None:
        if self._desk.is_listening:
            self._desk.stop()
        else:
            self._desk.start()

    def _ask_to_renew(self) -> None:
        self._set_sure(is_asked=True)
        self.sure.setFocus()

    def _set_sure(self, *, is_asked: bool) -> None:
        self.sure.setVisible(is_asked)
        self.renew.setVisible(not is_asked)
        row = self._note.parentWidget()
        if row is not None:
            row.setVisible(is_asked)
        self._grid.update()

    def _renew(self) -> None:
        endpoint = self._desk.endpoint
        if endpoint is not None:
            self._desk.admit(endpoint.renewed(datetime.now(UTC)))
        self._set_sure(is_asked=False)
