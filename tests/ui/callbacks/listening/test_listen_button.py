"""The button in the bar shows how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from vibes_desktop.ui.callbacks.listening.listen_button import FORBIDDEN, ListenButton

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def test_it_starts_and_shows_where_and_copies_it(live: Live) -> None:
    made = ListenButton(live.desk)
    live.qtbot.addWidget(made)
    assert (made.main.text(), made.copy.isHidden()) == ("Listen", True)
    made.main.click()
    live.qtbot.waitUntil(lambda: "● Listening · 127.0.0.1:" in made.main.text(), timeout=WAIT_MS)
    assert not made.copy.isHidden()
    made.copy.click()
    assert QGuiApplication.clipboard().text() == live.address
    live.stop()
    assert (made.main.text(), made.copy.isHidden()) == ("Listen", True)


def test_pressed_while_it_listens_it_shows_the_rest(live: Live) -> None:
    made = ListenButton(live.desk)
    live.qtbot.addWidget(made)
    live.start()
    with live.qtbot.waitSignal(made.more.clicked):
        made.main.click()
    assert live.desk.is_listening


def test_an_organisation_can_forbid_it(live: Live) -> None:
    live.desk.is_allowed = False
    made = ListenButton(live.desk)
    live.qtbot.addWidget(made)
    assert not made.main.isEnabled()
    assert made.main.accessibleDescription() == FORBIDDEN
