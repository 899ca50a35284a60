"""What arrives is stored, answered, and among the rows; whatever happens to the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.listener.refusals import Reason
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.status import ListenerState
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_endpoint import EndpointFile
from vibes_desktop.storage.captures_folder import CaptureFolder, Retention
from vibes_desktop.storage.folders import Folders
from vibes_desktop.ui.callbacks.listening.desk import Facts, ListeningDesk
from vibes_desktop.ui.callbacks.table_view import PayloadTable

if TYPE_CHECKING:
    from tests.ui.callbacks.conftest import Write
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def facts(live: Live) -> Facts:
    """Measure what is open."""
    found: list[Facts] = []
    live.desk.ask_facts(found.append)
    live.qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    return found[0]


def test_what_arrives_is_a_row_at_the_end(live: Live) -> None:
    live.start()
    assert [live.send("A"), live.send("B"), live.send(body=b"no json")] == [200, 200, 200]
    live.wait_for_rows(3)
    collection = live.viewer.collection
    assert [collection.payload(row).facts.event_id for row in range(3)] == ["A", "B", None]
    assert live.desk.status.state is ListenerState.LISTENING


def test_it_joins_files_that_are_open_and_files_join_it(live: Live, write_events: Write) -> None:
    live.viewer.open([str(write_events(5))])
    live.wait_for_rows(5)
    live.start()
    live.send("A")
    live.wait_for_rows(6)
    live.viewer.open([str(write_events(4, "more.ndjson", first=5))], add=True)
    live.wait_for_rows(10)
    live.send("B")
    live.wait_for_rows(11)
    events = [live.viewer.collection.payload(row).facts.event_id for row in (5, 10)]
    assert events == ["A", "B"]


def test_a_question_holds_for_what_arrives(live: Live) -> None:
    live.start()
    live.send("A")
    live.wait_for_rows(1)
    live.viewer.ask("event:B")
    live.wait_for_rows(0)
    live.send("A2")
    live.send("B")
    live.wait_for_rows(1)
    assert live.viewer.collection.payload(int(live.viewer.rows[0])).facts.event_id == "B"


def test_stop_and_start_and_all_is_still_there(live: Live) -> None:
    first = live.start()
    live.send("A")
    live.wait_for_rows(1)
    live.stop()
    assert live.start().rpartition("/")[2] == first.rpartition("/")[2]
    live.send("B")
    live.wait_for_rows(2)


def test_another_start_of_the_program_shows_what_was_received(live: Live, folders: Folders) -> None:
    live.start()
    live.send("A")
    live.wait_for_rows(1)
    live.runtime.submit(live.desk.aclose()).result(20)
    live.viewer.close()
    again = ListeningDesk(live.bridge, live.viewer, CaptureFolder.of(folders), EndpointFile.of(folders))
    again.show_collection()
    live.wait_for_rows(1)
    assert not again.is_listening
    live.viewer.close()
    live.runtime.submit(again.aclose()).result(20)


def test_another_host_is_refused_until_it_is_allowed(live: Live) -> None:
    live.start()
    assert live.send("A", host="tunnel.example.com") == 503
    live.qtbot.waitUntil(lambda: live.desk.status.host_to_allow is not None, timeout=WAIT_MS)
    assert live.desk.status.refused == {Reason.HOST_NOT_ALLOWED: 1}
    endpoint = live.desk.endpoint
    assert endpoint is not None
    live.desk.admit(endpoint.allowing("tunnel.example.com"))
    live.qtbot.waitUntil(lambda: live.send("A", host="tunnel.example.com") == 200, timeout=WAIT_MS)
    live.wait_for_rows(1)


def test_answers_are_rehearsed_and_what_came_is_stored(live: Live) -> None:
    live.start()
    live.desk.rehearse(Rehearsal(503))
    live.qtbot.waitUntil(lambda: live.desk.status.rehearsal is not None, timeout=WAIT_MS)
    assert live.send("A") == 503
    live.wait_for_rows(1)
    live.desk.rehearse(None)
    live.qtbot.waitUntil(lambda: live.desk.status.rehearsal is None, timeout=WAIT_MS)


def test_clearing_can_be_taken_back(live: Live, write_events: Write) -> None:
    live.viewer.open([str(write_events(2))])
    live.wait_for_rows(2)
    live.start()
    live.send("A")
    live.wait_for_rows(3)
    live.desk.clear()
    live.wait_for_rows(2)
    live.send("B")
    live.wait_for_rows(3)
    live.desk.take_back_clearing()
    live.wait_for_rows(4)
    live.desk.clear()
    live.wait_for_rows(2)
    live.desk.forget_cleared()
    live.qtbot.waitUntil(lambda: not live.bridge.running, timeout=WAIT_MS)
    assert facts(live).captures == 0


def test_limits_are_kept(live: Live) -> None:
    live.start()
    live.send("A")
    live.wait_for_rows(1)
    assert facts(live).retention == Retention()
    live.desk.keep(Retention(days=30, wire_bytes=1))
    live.qtbot.waitUntil(lambda: facts(live).captures == 0, timeout=WAIT_MS)
    assert facts(live).retention.days == 30


def test_another_collection_goes_on_being_received_into(live: Live, folders: Folders) -> None:
    live.start()
    live.send("A")
    live.wait_for_rows(1)
    other = live.desk.folder.create("Second")
    path = other.path
    other.close()
    live.desk.show_collection(path)
    live.qtbot.waitUntil(lambda: live.desk.name == "Second" and live.desk.is_listening, timeout=WAIT_MS)
    live.send("B")
    live.qtbot.waitUntil(lambda: facts(live).captures == 1, timeout=WAIT_MS)


def test_a_collection_that_another_writes_is_only_shown(live: Live) -> None:
    writer = CaptureStore.open(live.desk.folder.default)
    failed: list[VibesDesktopError] = []
    live.desk.failed.connect(failed.append)
    live.desk.start()
    live.qtbot.waitUntil(lambda: bool(failed), timeout=WAIT_MS)
    assert not live.desk.is_listening
    live.desk.show_collection()
    live.qtbot.waitUntil(lambda: facts(live).read_only is not None, timeout=WAIT_MS)
    writer.close()


def test_an_organisation_can_forbid_it(live: Live) -> None:
    failed: list[VibesDesktopError] = []
    live.desk.failed.connect(failed.append)
    live.desk.is_allowed = False
    live.desk.start()
    assert "organisation" in failed[0].title
    assert not live.desk.is_busy


@pytest.mark.parametrize("count", [300])
def test_many_at_once_all_become_rows(live: Live, count: int) -> None:
    live.start()
    for number in range(count):
        live.send(f"E{number}")
    live.wait_for_rows(count)


def test_what_arrives_never_moves_what_is_read_unless_the_newest_is_wanted(live: Live) -> None:
    table = PayloadTable(live.viewer)
    live.qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    live.start()
    for number in range(40):
        live.send(f"E{number}")
    live.wait_for_rows(40)
    table.go_to(12)
    bar = table.verticalScrollBar()
    live.qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WAIT_MS)
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    live.send("next")
    live.wait_for_rows(41)
    assert (bar.value(), live.viewer.current, table.current_row) == (place, 12, 12)
    table.set_following(True)
    live.send("newest")
    live.wait_for_rows(42)
    live.qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=WAIT_MS)
    assert live.viewer.current == 12
