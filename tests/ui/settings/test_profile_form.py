"""The form of a profile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import ApiVersion, Profile, ProxyMode, Region, Safety
from vibes_desktop.ui.settings.entries import FormEntries
from vibes_desktop.ui.settings.profile_form import FIELDS_IN_ORDER, STORED, STORED_IF_ANY, Place, ProfileForm
from vibes_desktop.ui.widgets.form import FormRow
from vibes_desktop.ui.widgets.pill import SafetyPill

FULL = FormEntries(
    name="Acme & Söhne",
    region=None,
    base_url="https://acme.example/base",
    company_key="ACME",
    username="mia",
    safety=Safety.TEST,
    api_version=ApiVersion.V1,
    phone_region="CA",
    proxy_mode=ProxyMode.MANUAL,
    proxy_url="http://proxy:8080",
    certificate_file="/certs/acme.pem",
    key_file="/certs/acme.key",
    password="swordfish",
    key_passphrase="marlin",
)


@pytest.fixture
def form(qtbot: QtBot) -> ProfileForm:
    made = ProfileForm()
    qtbot.addWidget(made)
    made.resize(760, 1200)
    made.show()
    made.activateWindow()
    return made


def _row(form: ProfileForm, field: QWidget) -> FormRow:
    parent = field.parentWidget()
    while not isinstance(parent, FormRow):
        assert parent is not None
        parent = parent.parentWidget()
    return parent


def test_what_is_put_in_comes_out(form: ProfileForm) -> None:
    form.set_entries(FULL)
    assert form.entries == FULL


def test_a_new_profile_begins_as_production_with_version_2(form: ProfileForm) -> None:
    assert form.entries == FormEntries()
    assert form.entries.safety is Safety.PRODUCTION
    assert form.entries.api_version is ApiVersion.V2


def test_secrets_are_hidden_and_a_stored_one_is_said_to_be_there(form: ProfileForm, demo: Profile) -> None:
    form.set_entries(FormEntries.of(demo), has_secrets=True)
    for field, words in ((form.password, STORED), (form.key_passphrase, STORED_IF_ANY)):
        assert field.edit.echoMode() is QLineEdit.EchoMode.Password
        assert field.edit.placeholderText() == words
        assert field.text == ""


def test_secrets_that_were_typed_can_be_forgotten(form: ProfileForm) -> None:
    form.set_entries(FULL)
    form.forget_secrets()
    assert (form.entries.password, form.entries.key_passphrase) == ("", "")
    assert form.entries.username == FULL.username


def test_rows_appear_when_a_choice_calls_for_them(form: ProfileForm) -> None:
    assert not form.base_url.isVisible()
    assert not form.proxy_url.isVisible()
    form.place.choose(Place.OTHER)
    form.proxy.choose(ProxyMode.MANUAL)
    assert form.base_url.isVisible()
    assert form.proxy_url.isVisible()


def test_the_regions_name_their_addresses(form: ProfileForm) -> None:
    assert [form.place.itemText(index) for index in range(2)] == [
        f"US · {Region.US.base_url}",
        f"EU · {Region.EU.base_url}",
    ]


def test_each_problem_stands_at_its_place_and_the_first_has_the_focus(
    form: ProfileForm, qtbot: QtBot
) -> None:
    form.show_problems({"password": "Type it.", "username": "Type this too."})
    qtbot.waitUntil(form.username.edit.hasFocus)
    assert form.password.edit.accessibleDescription() == "Type it."
    QTest.keyClicks(form.username.edit, "m")
    assert form.username.edit.accessibleDescription() == ""
    assert form.password.edit.accessibleDescription() == "Type it."


def test_every_field_that_can_be_wrong_has_a_place(form: ProfileForm) -> None:
    assert all(form.has_place_for(name) for name in FIELDS_IN_ORDER)
    assert not form.has_place_for(None)
    assert not form.has_place_for("moon")


def test_typing_and_choosing_is_told(form: ProfileForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.edited):
        QTest.keyClicks(form.name.edit, "A")
    with qtbot.waitSignal(form.edited):
        QTest.keyClick(form.proxy, Qt.Key.Key_Down)
    with qtbot.waitSignal(form.edited):
        form.safety.buttons[Safety.TEST].click()


def test_a_file_is_chosen_with_the_dialog(form: ProfileForm, qtbot: QtBot, tmp_path: Path) -> None:
    certificate = tmp_path / "acme.pem"
    certificate.write_text("PEM")
    form.certificate_file._choose()
    dialog = form.findChild(QFileDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("acme.pem")
    with qtbot.waitSignal(form.edited):
        dialog.accept()
    assert form.entries == replace(FormEntries(), certificate_file=str(certificate))


def test_every_level_is_shown_by_word(form: ProfileForm) -> None:
    assert {pill.text() for pill in form.findChildren(SafetyPill)} == {level.name for level in Safety}


def test_every_control_has_a_name(form: ProfileForm) -> None:
    form.set_entries(FULL)
    nameless = [
        type(widget).__name__
        for widget in form.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_the_place_of_the_secret_is_said_under_the_password(form: ProfileForm) -> None:
    form.set_secret_words("Kept in GNOME Keyring.")
    row = _row(form, form.password)
    assert "Kept in GNOME Keyring." in [label.text() for label in row.findChildren(QLabel)]
