"""The page while nothing is open."""

from __future__ import annotations

from collections.abc import Sequence

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.empty_view import EmptyView, pile_words, samples_folder


def test_there_is_one_button_and_an_example(qtbot: QtBot) -> None:
    asked: list[None] = []
    opened: list[Sequence[str]] = []
    view = EmptyView(lambda: asked.append(None), opened.append)
    qtbot.addWidget(view)
    view.open_button.click()
    assert asked == [None]
    view.samples_button.click()
    assert opened == [(str(samples_folder()),)]
    assert list(samples_folder().rglob("*.json"))


def test_what_was_open_lately_is_offered(qtbot: QtBot) -> None:
    opened: list[Sequence[str]] = []
    view = EmptyView(lambda: None, opened.append)
    qtbot.addWidget(view)
    view.set_recent([("/logs/a&b.ndjson",), ("/logs/x.gz", "/logs/y.gz")])
    assert [made.accessibleName() for made in view.recent_buttons] == ["a&b.ndjson", "x.gz and 1 more"]
    view.recent_buttons[1].click()
    assert opened == [("/logs/x.gz", "/logs/y.gz")]
    view.set_recent([])
    assert view.recent_buttons == []


def test_a_pile_is_named_by_its_first_file() -> None:
    assert pile_words(["/a/b.json"]) == "b.json"
    assert pile_words(["/"]) == "/"
    assert pile_words(["x" * 200, "y"]).endswith("x… and 1 more")
