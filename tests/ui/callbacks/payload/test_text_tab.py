"""The tab with the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.payload.loading import Loaded, load
from vibes_desktop.ui.callbacks.payload.text_forms import Form
from vibes_desktop.ui.callbacks.payload.text_tab import SIDE_BY_SIDE_FROM, TextTab
from vibes_desktop.ui.privacy import Privacy

Event = Callable[..., dict[str, object]]
Load = Callable[[bytes], Loaded]
DAMAGED = b'{"event_id": "E1", "event_date": "2017-01-01T00:00:00Z", "x": NULL, "y": [1,]}'


@pytest.fixture
def privacy() -> Privacy:
    return Privacy()


@pytest.fixture
def tab(bridge: Bridge, privacy: Privacy, qtbot: QtBot) -> TextTab:
    made = TextTab(bridge, privacy)
    made.resize(380, 500)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    def load_text(text: bytes) -> Loaded:
        place = tmp_path / "one.ndjson"
        place.write_bytes(text + b"\n")
        with Collection.open([str(place)]) as collection:
            return load(collection, 0)

    return load_text


def show(tab: TextTab, bridge: Bridge, found: Loaded | None, qtbot: QtBot) -> None:
    tab.set_loaded(found)
    qtbot.waitUntil(lambda: not bridge.running)


def test_it_is_formatted_first(tab: TextTab, bridge: Bridge, loaded: Load, qtbot: QtBot) -> None:
    show(tab, bridge, loaded(b'{"event_id": "E1"}'), qtbot)
    assert tab.form is Form.FORMATTED
    assert tab.view.toPlainText() == '{\n  "event_id": "E1"\n}'
    assert not tab.beside.isVisible()


def test_a_chosen_form_stays(tab: TextTab, bridge: Bridge, loaded: Load, qtbot: QtBot) -> None:
    show(tab, bridge, loaded(b'{"event_id": "E1"}'), qtbot)
    place = tab.forms.findData(Form.EXACT)
    tab.forms.setCurrentIndex(place)
    tab.forms.activated.emit(place)
    show(tab, bridge, loaded(b'{"event_id": "E2"}'), qtbot)
    assert tab.view.toPlainText() == '{"event_id": "E2"}'


def test_original_and_repaired_stand_beside_each_other(
    tab: TextTab, bridge: Bridge, loaded: Load, qtbot: QtBot
) -> None:
    show(tab, bridge, loaded(DAMAGED), qtbot)
    assert tab.form is Form.REPAIRED
    assert tab.view.toPlainText() == DAMAGED.decode()
    assert json.loads(tab.beside.toPlainText())["x"] is None
    assert [mark.cursor.selectedText()[:4] for mark in tab.view.extraSelections()] == ["NULL", ",]}"]
    assert [mark.cursor.selectedText() for mark in tab.beside.extraSelections()] == ['"x":', '"y":']


def test_where_a_text_ends_is_marked(tab: TextTab, bridge: Bridge, loaded: Load, qtbot: QtBot) -> None:
    text = b'{"event_id": "E1", "callback_type": "person_added", "x": "cut he'
    show(tab, bridge, loaded(text), qtbot)
    (mark,) = tab.view.extraSelections()
    assert mark.cursor.selectedText() == text.decode()[-12:]


def test_a_repair_leads_to_its_place(tab: TextTab, bridge: Bridge, loaded: Load, qtbot: QtBot) -> None:
    show(tab, bridge, loaded(DAMAGED), qtbot)
    tab.forms.setCurrentIndex(tab.forms.findData(Form.EXACT))
    tab.show_repair(0)
    qtbot.waitUntil(lambda: tab.form is Form.REPAIRED and not bridge.running)
    assert tab.view.textCursor().position() == DAMAGED.index(b"NULL")


def test_they_stand_side_by_side_where_there_is_room(tab: TextTab) -> None:
    assert tab._splitter.orientation() is Qt.Orientation.Vertical
    tab.resize(SIDE_BY_SIDE_FROM + 20, 500)
    assert tab._splitter.orientation() is Qt.Orientation.Horizontal


def test_personal_data_are_hidden_and_shown_again(
    tab: TextTab,
    bridge: Bridge,
    privacy: Privacy,
    loaded: Load,
    removal: Event,
    qtbot: QtBot,
) -> None:
    show(tab, bridge, loaded(json.dumps(removal()).encode()), qtbot)
    privacy.set_masking(True)
    qtbot.waitUntil(lambda: "3125550143" not in tab.view.toPlainText())
    privacy.set_masking(False)
    qtbot.waitUntil(lambda: "3125550143" in tab.view.toPlainText())


def test_the_whole_is_saved_as_it_is(
    tab: TextTab, bridge: Bridge, loaded: Load, tmp_path: Path, qtbot: QtBot
) -> None:
    show(tab, bridge, loaded(DAMAGED), qtbot)
    with qtbot.waitSignal(tab.said) as said:
        tab.save(tmp_path / "saved.json")
    assert (tmp_path / "saved.json").read_bytes() == DAMAGED
    assert said.args == ["Saved as saved.json"]


def test_what_is_saved_is_hidden_as_well(
    tab: TextTab,
    bridge: Bridge,
    privacy: Privacy,
    loaded: Load,
    removal: Event,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    show(tab, bridge, loaded(json.dumps(removal()).encode()), qtbot)
    privacy.set_masking(True)
    with qtbot.waitSignal(tab.said) as said:
        tab.save(tmp_path / "saved.json")
    assert b"3125550143" not in (tmp_path / "saved.json").read_bytes()
    assert said.args == ["Saved as saved.json (masked)"]
    qtbot.waitUntil(lambda: not bridge.running)


def test_what_can_not_be_saved_is_said(
    tab: TextTab, bridge: Bridge, loaded: Load, tmp_path: Path, qtbot: QtBot
) -> None:
    show(tab, bridge, loaded(DAMAGED), qtbot)
    with qtbot.waitSignal(tab.failed) as failed:
        tab.save(tmp_path / "no such folder" / "saved.json")
    assert isinstance(failed.args[0], VibesDesktopError)


def test_a_large_text_says_that_it_is_not_all(
    tab: TextTab, bridge: Bridge, loaded: Load, qtbot: QtBot
) -> None:
    show(tab, bridge, loaded(b'{"a": "' + b"x" * (3 << 20) + b'"}'), qtbot)
    assert tab.note.text().startswith("The first 2.0 MB of 3.0 MB are shown") or "broken" in tab.note.text()
    qtbot.waitUntil(lambda: not tab.view.is_filling)


def test_nothing_is_shown_of_nothing(tab: TextTab, bridge: Bridge, loaded: Load, qtbot: QtBot) -> None:
    show(tab, bridge, loaded(DAMAGED), qtbot)
    show(tab, bridge, None, qtbot)
    assert tab.view.toPlainText() == ""
    assert tab.forms.count() == 0
