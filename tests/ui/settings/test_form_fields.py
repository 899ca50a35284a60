"""The kinds of field of the profile form, each by itself."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.settings.form_fields import (
    ChoiceField,
    FileField,
    ProblemRow,
    RadioChoice,
    TextField,
)
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.pill import SafetyPill


class Fruit(Enum):
    """Something to choose from; in another order than it is offered in."""

    PEAR = "pear"
    APPLE = "apple"
    PLUM = "plum"


WORDS = {Fruit.APPLE: "An apple", Fruit.PLUM: "<b>A plum</b>", Fruit.PEAR: "A pear"}
ODD_TEXTS = ("", "  two spaces  ", "<b>Acme</b> & Söhne", "no\u00a0break")


@pytest.fixture
def text_field(qtbot: QtBot) -> TextField:
    made = TextField("Name", placeholder="Type it")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def radio(qtbot: QtBot) -> RadioChoice[Fruit]:
    made = RadioChoice({fruit: (words, f"It is {fruit.value}.") for fruit, words in WORDS.items()})
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def visible_words(row: ProblemRow) -> list[str]:
    """Give what can be read in a row."""
    return [label.text() for label in row.findChildren(QLabel) if label.isVisible() and label.text()]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_text_comes_back_as_it_was_put_in(text_field: TextField, text: str) -> None:
    text_field.set_text(text)
    assert text_field.text == text


def test_a_long_text_is_shown_from_its_beginning(text_field: TextField) -> None:
    text_field.set_text("x" * 500)
    assert text_field.edit.cursorPosition() == 0


def test_typing_is_told_and_putting_in_is_not(text_field: TextField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(text_field.edited):
        text_field.set_text("Acme")
    with qtbot.waitSignal(text_field.edited):
        QTest.keyClicks(text_field.edit, "A")
    assert text_field.text == "AAcme"


def test_a_text_field_has_a_name_and_takes_the_focus_for_its_editor(text_field: TextField) -> None:
    assert text_field.edit.accessibleName() == "Name"
    assert text_field.edit.placeholderText() == "Type it"
    assert text_field.focusProxy() is text_field.edit


@pytest.mark.parametrize(
    ("secret", "mode"), [(True, QLineEdit.EchoMode.Password), (False, QLineEdit.EchoMode.Normal)]
)
def test_only_a_secret_is_hidden(secret: bool, mode: QLineEdit.EchoMode, qtbot: QtBot) -> None:
    field = TextField("Password", secret=secret)
    qtbot.addWidget(field)
    field.set_text("swordfish")
    assert field.edit.echoMode() is mode
    assert (field.edit.displayText() == "swordfish") is not secret
    assert field.text == "swordfish"


def test_a_file_is_taken_from_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "mine & yours.pem").write_text("PEM")
    field = FileField("Client certificate", ("PEM (*.pem)",))
    qtbot.addWidget(field)
    field.show()
    [choose] = field.findChildren(Button)
    assert choose.accessibleName() == "Choose the file: Client certificate"
    choose.click()
    [dialog] = field.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.nameFilters() == ["PEM (*.pem)"]
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("mine & yours.pem")
    with qtbot.waitSignal(field.edited):
        dialog.accept()
    assert field.text == str(tmp_path / "mine & yours.pem")


def test_without_a_choice_the_file_stays_as_it_was(qtbot: QtBot) -> None:
    field = FileField("Client certificate", ("PEM (*.pem)",))
    qtbot.addWidget(field)
    field.show()
    field.set_text("/certs/old.pem")
    field.findChildren(Button)[0].click()
    [dialog] = field.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    with qtbot.assertNotEmitted(field.edited):
        dialog.reject()
    assert field.text == "/certs/old.pem"


def test_a_choice_is_a_member_whatever_its_place(qtbot: QtBot) -> None:
    field = ChoiceField("Fruit", WORDS)
    qtbot.addWidget(field)
    assert [field.itemText(place) for place in range(field.count())] == list(WORDS.values())
    assert field.chosen is Fruit.APPLE
    for fruit in Fruit:
        field.choose(fruit)
        assert field.chosen is fruit
        assert field.currentText() == WORDS[fruit]
    QTest.keyClick(field, Qt.Key.Key_Home)
    assert field.chosen is Fruit.APPLE


def test_a_problem_stands_under_its_field_until_that_is_edited(qtbot: QtBot, text_field: TextField) -> None:
    row = ProblemRow("Name", text_field, "As the account calls itself.")
    qtbot.addWidget(row)
    row.show()
    row.show_problem("<b>Type</b> it.")
    assert visible_words(row) == ["Name", "As the account calls itself.", "<b>Type</b> it."]
    assert text_field.edit.accessibleDescription() == "<b>Type</b> it."
    assert text_field.property("state") == "bad"
    QTest.keyClicks(text_field.edit, "A")
    assert visible_words(row) == ["Name", "As the account calls itself."]
    assert text_field.edit.accessibleDescription() == ""
    assert text_field.property("state") == "plain"


def test_a_note_comes_and_goes(qtbot: QtBot, text_field: TextField) -> None:
    row = ProblemRow("Name", text_field)
    qtbot.addWidget(row)
    row.show()
    assert visible_words(row) == ["Name"]
    row.set_note("Kept in the keyring.")
    assert visible_words(row) == ["Name", "Kept in the keyring."]
    row.set_note("")
    assert visible_words(row) == ["Name"]


def test_a_choice_can_have_a_problem_too(qtbot: QtBot) -> None:
    row = ProblemRow("Fruit", ChoiceField("Fruit", WORDS))
    qtbot.addWidget(row)
    row.show()
    row.show_problem("Choose another.")
    assert visible_words(row) == ["Fruit", "Choose another."]
    row.show_problem("")
    assert visible_words(row) == ["Fruit"]


def test_one_of_the_radio_buttons_is_chosen(radio: RadioChoice[Fruit], qtbot: QtBot) -> None:
    radio.choose(Fruit.PLUM)
    told: list[Fruit] = []
    radio.changed.connect(lambda: told.append(radio.chosen))
    for _ in range(2):
        radio.buttons[Fruit.PEAR].click()
    radio.buttons[Fruit.PEAR].setFocus()
    qtbot.waitUntil(radio.buttons[Fruit.PEAR].hasFocus)
    QTest.keyClick(radio.buttons[Fruit.PEAR], Qt.Key.Key_Up)
    assert told == [Fruit.PEAR, Fruit.PLUM]
    assert [fruit for fruit, button in radio.buttons.items() if button.isChecked()] == [Fruit.PLUM]


def test_each_radio_button_has_a_name_and_its_meaning(radio: RadioChoice[Fruit]) -> None:
    assert list(radio.buttons) == list(WORDS)
    for fruit, button in radio.buttons.items():
        assert button.accessibleName() == WORDS[fruit]
        assert button.accessibleDescription() == f"It is {fruit.value}."
    shown = [label.text() for label in radio.findChildren(QLabel) if label.isVisible()]
    assert shown == ["It is apple.", "It is plum.", "It is pear."]


def test_something_can_lead_each_radio_button(qtbot: QtBot) -> None:
    words = {level: (level.value, "") for level in Safety}
    choice = RadioChoice(words, SafetyPill)
    qtbot.addWidget(choice)
    assert [pill.text() for pill in choice.findChildren(SafetyPill)] == [level.name for level in Safety]
