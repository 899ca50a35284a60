"""How many callbacks answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.judged import Judged
from vibes_desktop.ui.callbacks.questions.answer_count import AnswerCount, count_words
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[[int], Viewer]
Place = Callable[[QWidget], QWidget]


def test_it_counts_all_and_what_answers(
    viewer: Viewer, open_events: Open, place: Place, qtbot: QtBot
) -> None:
    count = AnswerCount(viewer)
    place(count)
    assert count.text == ""
    open_events(6)
    assert count.text == "6"
    with qtbot.waitSignal(count.changed):
        viewer.ask("list:1234")
    qtbot.waitUntil(lambda: count.text.startswith("3 of 6 · "))
    assert count.text.endswith(" ms")
    viewer.close()
    qtbot.waitUntil(lambda: count.text == "")


def test_what_is_not_judged_yet_is_told(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(6)
    qtbot.waitUntil(lambda: not viewer.bridge.running)
    viewer.collection.judged = Judged()
    viewer.ask("finding:invalid_mdn")
    qtbot.waitUntil(lambda: not viewer.is_answering)
    assert count_words(viewer) == "0 of 6 so far · 6 not judged yet"


def test_a_way_out_is_offered_while_it_is_slow(
    viewer: Viewer, open_events: Open, place: Place, qtbot: QtBot
) -> None:
    count = AnswerCount(viewer)
    place(count)
    open_events(3)
    viewer.ask("path:subscription.opt_out_reason")
    assert viewer.is_answering
    assert count_words(viewer, is_slow=True) == "Searching · 0%"
    count._offer_stop.timeout.emit()
    assert count.stop_link.isVisible()
    count.stop_link.click()
    assert count.stop_link.isHidden()
    assert "of 3 · " in count_words(viewer, is_slow=True)
