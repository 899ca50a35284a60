"""The collection's card: choosing, beginning, clearing, limits, compacting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_folder import Retention
from vibes_desktop.ui.callbacks.listening.collection_card import READ_ONLY, CollectionCard
from vibes_desktop.ui.callbacks.listening.desk import Facts

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def made(live: Live) -> CollectionCard:
    """Make the card over a collection that is open."""
    card = CollectionCard(live.bridge, live.desk)
    live.qtbot.addWidget(card)
    card.show()
    live.desk.prepare()
    live.qtbot.waitUntil(lambda: bool(card.stored.full_text) and card.choice.count() == 1, timeout=WAIT_MS)
    return card


def facts(live: Live) -> Facts:
    """Measure what is open."""
    found: list[Facts] = []
    live.desk.ask_facts(found.append)
    live.qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    return found[0]


def test_looking_puts_no_rows_among_those_that_are_open(live: Live) -> None:
    card = made(live)
    assert card.stored.full_text.startswith("0 callbacks")
    assert not live.viewer.collection.sources
    assert not card.clear.isEnabled()


def test_what_was_cleared_comes_back(live: Live) -> None:
    card = made(live)
    live.start()
    live.send("A")
    live.qtbot.waitUntil(lambda: card.stored.full_text.startswith("1 callback"), timeout=WAIT_MS)
    card.clear.click()
    live.qtbot.waitUntil(card.undo.isVisible, timeout=WAIT_MS)
    live.wait_for_rows(0)
    card.undo.click()
    live.qtbot.waitUntil(lambda: not card.undo.isVisible(), timeout=WAIT_MS)
    live.wait_for_rows(1)


def test_what_was_cleared_is_deleted_for_good(live: Live) -> None:
    card = made(live)
    live.start()
    live.send("A")
    live.qtbot.waitUntil(card.clear.isEnabled, timeout=WAIT_MS)
    card.clear.click()
    live.qtbot.waitUntil(card.forget.isVisible, timeout=WAIT_MS)
    card.forget.click()
    live.qtbot.waitUntil(lambda: not card.forget.isVisible(), timeout=WAIT_MS)
    assert (facts(live).captures, facts(live).cleared) == (0, 0)
    card.compact.click()
    live.qtbot.waitUntil(lambda: not live.bridge.running, timeout=WAIT_MS)


def test_limits_are_kept_once_that_was_meant(live: Live) -> None:
    card = made(live)
    assert not card.keep.isEnabled()
    card.by_age.setChecked(True)
    card.days.setValue(30)
    assert facts(live).retention == Retention()
    card.keep.click()
    live.qtbot.waitUntil(lambda: facts(live).retention == Retention(days=30), timeout=WAIT_MS)
    live.qtbot.waitUntil(lambda: not card.keep.isEnabled(), timeout=WAIT_MS)
    card.by_age.setChecked(False)
    assert card.keep.isEnabled()


def test_what_arrives_leaves_limits_alone_that_are_being_set(live: Live) -> None:
    card = made(live)
    live.start()
    card.by_size.setChecked(True)
    card.megabytes.setValue(7)
    live.send("A")
    live.qtbot.waitUntil(lambda: card.stored.full_text.startswith("1 callback"), timeout=WAIT_MS)
    assert (card.by_size.isChecked(), card.megabytes.value()) == (True, 7)


def test_a_new_one_is_begun_and_the_old_one_chosen_again(live: Live) -> None:
    card = made(live)
    card.name.setText("Spring")
    card.begin.click()
    live.qtbot.waitUntil(lambda: card.choice.count() == 2, timeout=WAIT_MS)
    live.qtbot.waitUntil(lambda: card.choice.currentText() == "Spring", timeout=WAIT_MS)
    assert live.desk.name == "Spring"
    other = 1 - card.choice.currentIndex()
    card.choice.setCurrentIndex(other)
    card.choice.activated.emit(other)
    live.qtbot.waitUntil(lambda: live.desk.name not in {"Spring", ""}, timeout=WAIT_MS)


def test_a_name_that_is_none_is_said_beside_it(live: Live) -> None:
    card = made(live)
    card.begin.click()
    live.qtbot.waitUntil(lambda: bool(card.name_row.error_text), timeout=WAIT_MS)
    assert card.choice.count() == 1


def test_one_that_another_writes_is_only_shown(live: Live) -> None:
    writer = CaptureStore.open(live.desk.folder.default)
    card = made(live)
    assert READ_ONLY in card.notice.text
    assert card.notice.isVisible()
    assert not card.compact.isEnabled()
    writer.close()
