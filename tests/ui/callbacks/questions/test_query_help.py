"""The help says what the parser takes, and names every field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.query import FIELDS, parse, terms_of
from vibes_desktop.ui.callbacks.questions.query_help import HELP, open_query_help

EXAMPLES = [example for section in HELP for example, _ in section.lines]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_question(example: str) -> None:
    assert terms_of(parse(example))


def test_every_field_is_explained() -> None:
    explained = {term.field for example in EXAMPLES for term in terms_of(parse(example))}
    assert explained == {*FIELDS, ""}


def test_the_documents_say_the_same() -> None:
    told = (Path(__file__).parents[4] / "docs" / "queries.md").read_text(encoding="utf-8")
    for section in HELP:
        assert f"## {section.title}\n" in told
        for example, meaning in section.lines:
            assert f"| `{example}` | {meaning} |" in told


def test_the_sheet_shows_all_of_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = open_query_help(window)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert shown.issuperset(EXAMPLES)
    sheet.accept()
