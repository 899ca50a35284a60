"""Who can reach the endpoint: the address and port it listens on, and the names it may be called by."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.model.endpoint import FIRST_PORT, LAST_PORT, LOOPBACK, MAX_PORT, Endpoint
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.lines import line_of
from vibes_desktop.ui.widgets.buttons import Button, button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import ComboBox, NumberBox, line_edit
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import one_line

HERE, EVERYWHERE = "This computer alone", "Every network this computer is in"
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - offered with a warning
WARNING = (
    "Whoever is in your network can then reach the endpoint, without encryption. The secret path is all that "
    "keeps them out. A tunnel to this computer alone is safer."
)
PORT_NOTE = f"0 takes the first free one from {FIRST_PORT} to {LAST_PORT}."
NO_HOSTS = "None: callbacks come under this computer's own name."


class ReachCard(Card):
    """Changes take effect at once; listening goes on at the new place."""

    def __init__(self, desk: ListeningDesk) -> None:
        super().__init__("Who can reach it", ruled=True)
        self._desk = desk
        self.where = ComboBox("Listen for", [HERE, EVERYWHERE])
        self.port = NumberBox("Port", 0, MAX_PORT)
        self.apply = button("Use this", on_click=self._apply)
        self.warning = Notice(Tone.WARN, "Not only for this computer", [WARNING])
        self.host = line_edit("Host name of a tunnel", placeholder="Such as callbacks.example.com", mono=True)
        self.add_host = button("Allow", on_click=self._add_host)
        self._hosts = QVBoxLayout()
        grid = FormGrid()
        grid.add_row(FormRow("Listen for", self.where, reserve_trailing=False))
        self._port_row = grid.add_row(FormRow("Port", line_of(self.port, self.apply), reserve_trailing=False))
        self._port_row.set_error(PORT_NOTE, Tone.NEUTRAL)
        grid.add_row(FormRow("", self.warning, reserve_trailing=False))
        self.host_row = grid.add_row(
            FormRow("Allowed host names", self._host_field(), reserve_trailing=False)
        )
        self.add(grid)
        self._shown: Endpoint | None = None
        self.where.currentIndexChanged.connect(self._warn)
        self.host.returnPressed.connect(self._add_host)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the endpoint as it is kept."""
        endpoint = self._desk.endpoint
        if endpoint is None or endpoint == self._shown:
            self.setEnabled(endpoint is not None)
            self._warn()
            return
        self._shown = endpoint
        self.setEnabled(True)
        self.where.setCurrentIndex(0 if endpoint.is_for_this_computer else 1)
        self.port.setValue(endpoint.first_port if endpoint.first_port == endpoint.last_port else 0)
        self._show_hosts(endpoint)
        self._warn()

    def _warn(self) -> None:
        row = self.warning.parentWidget()
        if row is not None:
            row.setVisible(self.where.currentText() == EVERYWHERE)

    def _apply(self) -> None:
        endpoint = self._shown
        if endpoint is None:
            return
        host = LOOPBACK if self.where.currentText() == HERE else EVERY_ADDRESS
        port = self.port.value()
        ports = (port, port) if port else (FIRST_PORT, LAST_PORT)
        self._desk.admit(Endpoint(host, *ports, endpoint.token, endpoint.old_tokens, endpoint.allowed_hosts))

    def _add_host(self) -> None:
        endpoint = self._shown
        if endpoint is None:
            return
        try:
            changed = endpoint.allowing(self.host.text())
        except InvalidInput as error:
            self.host_row.set_error(error.advice)
            return
        self.host_row.set_error("")
        self.host.clear()
        self._desk.admit(changed)

    def _remove_host(self, host: str) -> None:
        if self._shown is not None:
            self._desk.admit(self._shown.without(host))

    def _show_hosts(self, endpoint: Endpoint) -> None:
        while (item := self._hosts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for host in sorted(endpoint.allowed_hosts):
            self._hosts.addWidget(line_of(plain_label(one_line(host), TextRole.MONO), self._remover(host)))
        if not endpoint.allowed_hosts:
            self._hosts.addWidget(plain_label(NO_HOSTS, TextRole.SMALL_MUTED, wrap=True))

    def _remover(self, host: str) -> Button:
        made = link_button("Remove", small=True, on_click=partial(self._remove_host, host))
        made.setAccessibleName(f"Remove {one_line(host)}")
        return made

    def _host_field(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._hosts)
        entry = QHBoxLayout()
        entry.setSpacing(8)
        entry.addWidget(self.host, 1)
        entry.addWidget(self.add_host)
        column.addLayout(entry)
        return holder
