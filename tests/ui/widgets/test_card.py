from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.card import Card, Hairline
from vibes_desktop.ui.widgets.labels import plain_label


def test_a_card_has_a_title_something_behind_it_and_content(qtbot: QtBot) -> None:
    trailing, content = plain_label("12 fields"), plain_label("content")
    card = Card("Custom fields", trailing)
    card.add(content)
    qtbot.addWidget(card)
    card.resize(400, 200)
    card.show()
    title = card.title_label
    assert (title.text(), title.font().capitalization()) == (
        "Custom fields",
        QFont.Capitalization.AllUppercase,
    )
    assert title.mapTo(card, title.rect().center()).x() < trailing.mapTo(card, trailing.rect().center()).x()
    assert content.mapTo(card, content.rect().topLeft()).y() > title.mapTo(card, title.rect().topLeft()).y()


def test_the_title_can_change(qtbot: QtBot) -> None:
    card = Card("Subscriptions")
    qtbot.addWidget(card)
    card.set_title("Subscriptions (2)")
    assert card.accessibleName() == "Subscriptions (2)"
    assert [label.text() for label in card.findChildren(QLabel)] == ["Subscriptions (2)"]


def test_a_ruled_card_has_a_line_under_its_title_from_edge_to_edge(qtbot: QtBot) -> None:
    card = Card("Identity", ruled=True)
    qtbot.addWidget(card)
    card.resize(400, 200)
    card.show()
    line = card.findChild(Hairline)
    assert line is not None
    assert (line.width(), line.height()) == (398, 1)
