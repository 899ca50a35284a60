"""Trouble, tunnels and rehearsals are loud; calm takes no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.status import ListenerState, ListenerStatus
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import Space
from vibes_desktop.storage.captures_writer import Recovery
from vibes_desktop.ui.callbacks.listening.notices import ListeningNotices

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def test_calm_takes_no_room(live: Live) -> None:
    made = ListeningNotices(live.desk)
    live.qtbot.addWidget(made)
    live.start()
    assert made.isHidden()


def test_a_tunnel_is_allowed_with_one_press(live: Live) -> None:
    made = ListeningNotices(live.desk)
    live.qtbot.addWidget(made)
    live.start()
    assert live.send("A", host="tunnel.example.com") == 503
    live.qtbot.waitUntil(lambda: not made.host.isHidden(), timeout=WAIT_MS)
    assert "tunnel.example.com" in made.host.text
    made.allow.click()
    live.qtbot.waitUntil(lambda: live.send("A", host="tunnel.example.com") == 200, timeout=WAIT_MS)
    live.qtbot.waitUntil(made.isHidden, timeout=WAIT_MS)


def test_a_rehearsal_is_said_until_it_ends(live: Live) -> None:
    made = ListeningNotices(live.desk)
    live.qtbot.addWidget(made)
    live.start()
    live.desk.rehearse(Rehearsal(404))
    live.qtbot.waitUntil(lambda: not made.rehearsal.isHidden(), timeout=WAIT_MS)
    assert "drop the event" in made.rehearsal.text
    made.end.click()
    live.qtbot.waitUntil(made.isHidden, timeout=WAIT_MS)
    assert live.send("A") == 200


def test_trouble_and_the_end_of_it_are_said(live: Live) -> None:
    made = ListeningNotices(live.desk)
    live.qtbot.addWidget(made)
    trouble = StorageError("The disk is full", "Nothing was stored.", "Delete files.")
    show(live, ListenerStatus(ListenerState.IN_TROUBLE, "http://x/y", trouble=trouble))
    assert "The disk is full" in made.trouble.text
    assert not made.trouble.isHidden()
    show(live, ListenerStatus(ListenerState.LISTENING, "http://x/y", recovery=Recovery(is_new=False)))
    assert made.trouble.isHidden()
    assert not made.recovered.isHidden()
    show(live, ListenerStatus(ListenerState.STOPPED, None))
    assert made.isHidden()


def test_a_disk_that_is_almost_full_is_said(live: Live) -> None:
    made = ListeningNotices(live.desk)
    live.qtbot.addWidget(made)
    live.start()
    live.qtbot.waitUntil(lambda: live.desk.space is not None, timeout=WAIT_MS)
    live.desk.space = Space(used=1_000, free=2_000_000)
    live.desk.changed.emit()
    assert not made.low.isHidden()
    assert "2.0 MB are left" in made.low.text
    live.stop()
    assert made.isHidden()


def test_what_went_wrong_can_be_put_away(live: Live) -> None:
    made = ListeningNotices(live.desk)
    live.qtbot.addWidget(made)
    live.desk.is_allowed = False
    live.desk.start()
    assert "organisation" in made.problem.text
    made.problem.hide()
    made.problem.closed.emit()
    assert made.isHidden()


def show(live: Live, status: ListenerStatus) -> None:
    """Let the desk tell a status that the listener would."""
    live.desk.status = status
    live.desk.changed.emit()
