"""The Settings page as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.profile import Profile
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.settings import Theme
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.page import SettingsCallbacks, SettingsPage, SettingsServices
from vibes_desktop.ui.theme import Appearance, ThemeKeeper, ThemeName, active_theme, apply, load_theme

NARROW = (1029, 541)  # what a window of 1,093 × 614 leaves for a page


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[ThemeKeeper]:
    keeper = ThemeKeeper(qapp, Appearance.LIGHT)
    yield keeper
    keeper.set_appearance(Appearance.LIGHT)
    keeper.deleteLater()
    apply(qapp, load_theme(ThemeName.LIGHT))


@pytest.fixture
def page(
    bridge: Bridge,
    settings: SettingsKeeper,
    book: ProfileBook,
    secrets: SecretKeeper,
    desk: Desk,
    theme: ThemeKeeper,
    demo: Profile,
    tmp_path: Path,
    qtbot: QtBot,
) -> SettingsPage:
    book.put(demo)
    services = SettingsServices(
        settings, book, secrets, desk, Folders.under(tmp_path), theme, system_proxy=lambda _: None
    )
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731
    made = SettingsPage(bridge, services, SettingsCallbacks(nothing, nothing, nothing, nothing))
    made.set_profile(demo)
    qtbot.addWidget(made)
    made.resize(*NARROW)
    made.show()
    return made


@pytest.fixture
def idle(bridge: Bridge, qtbot: QtBot) -> Callable[[], None]:
    def wait() -> None:
        qtbot.waitUntil(lambda: not bridge.running)
        QApplication.processEvents()  # what was just added comes into view

    return wait


def _open(page: SettingsPage, title: str) -> None:
    [command] = [each for each in page.commands() if each.title == f"Settings: {title}"]
    command.run()


def test_every_section_is_a_command_and_a_line_of_the_list(page: SettingsPage) -> None:
    titles = [page.titles.item(row).text() for row in range(page.titles.count())]
    assert titles == ["Profiles", "Appearance", "Privacy on this computer", "Field catalogue", "About"]
    for row, title in enumerate(titles):
        _open(page, title)
        assert page.titles.currentRow() == row == page._stack.currentIndex()


def test_colours_change_at_once_and_are_remembered(
    page: SettingsPage, settings: SettingsKeeper, idle: Callable[[], None]
) -> None:
    _open(page, "Appearance")
    page.appearance.buttons[Appearance.DARK].click()
    assert active_theme().dark
    idle()
    assert settings.settings.theme is Theme.DARK


def test_the_days_are_remembered(
    page: SettingsPage, settings: SettingsKeeper, idle: Callable[[], None]
) -> None:
    page.privacy.days.setValue(30)
    idle()
    assert settings.settings.retention_days == 30


def test_a_setting_that_can_not_be_saved_is_said_in_its_section(
    page: SettingsPage, settings: SettingsKeeper, idle: Callable[[], None]
) -> None:
    settings._file._blocked = StorageError("The disk is full", "Nothing was written.", "Make space.")
    _open(page, "Privacy on this computer")
    page.privacy.days.setValue(30)
    idle()
    assert page.privacy.notice.isVisible()
    assert page.privacy.notice.text.startswith("The disk is full")
    assert settings.settings.retention_days == 30


def test_a_profile_is_added_and_edited_from_elsewhere(
    page: SettingsPage, demo: Profile, idle: Callable[[], None]
) -> None:
    _open(page, "About")
    page.commands()[0].run()
    assert page.profiles.editor.isVisible()
    _open(page, "About")
    page.edit_profile(demo.id)
    assert page.profiles.editor.form.name.text == demo.name
    idle()


def test_enter_on_the_list_goes_into_the_section(page: SettingsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.titles.setFocus()
    qtbot.waitUntil(page.titles.hasFocus)
    QTest.keyClick(page.titles, Qt.Key.Key_Down)
    QTest.keyClick(page.titles, Qt.Key.Key_Down)
    QTest.keyClick(page.titles, Qt.Key.Key_Return)
    assert page.privacy.days.hasFocus()


@pytest.mark.parametrize("row", range(5))
def test_every_control_has_a_name_and_every_text_is_plain(
    page: SettingsPage, idle: Callable[[], None], row: int
) -> None:
    page.titles.setCurrentRow(row)
    if row == 0:
        page.add_profile()
    idle()
    shown = [widget for widget in page.findChildren(QWidget) if widget.isVisible()]
    focusable = [widget for widget in shown if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert focusable
    assert [type(widget).__name__ for widget in focusable if not widget.accessibleName()] == []
    labels = [widget for widget in shown if isinstance(widget, QLabel) and widget.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("row", range(5))
def test_no_section_is_wider_than_a_small_window(
    page: SettingsPage, idle: Callable[[], None], row: int
) -> None:
    page.titles.setCurrentRow(row)
    if row == 0:
        page.add_profile()
    idle()
    assert page.minimumSizeHint().width() <= NARROW[0]
    assert page.minimumSizeHint().height() <= NARROW[1]
    section = page._sections[row]
    inside = [
        widget
        for widget in section.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    rights = [widget.mapTo(page, widget.rect().topRight()).x() for widget in inside]
    assert max(rights) < NARROW[0]


def test_tab_reaches_every_control_of_the_form_once(
    page: SettingsPage, idle: Callable[[], None], qtbot: QtBot
) -> None:
    page.add_profile()
    idle()
    page.activateWindow()
    page.profiles.editor.initial_focus().setFocus()
    qtbot.waitUntil(lambda: page.profiles.editor.initial_focus().hasFocus())
    first = QApplication.focusWidget()
    reached: list[QWidget] = []
    while not reached or QApplication.focusWidget() is not first:
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus not in reached
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    names = [widget.accessibleName() for widget in reached]
    for name in ("Name of the profile", "Password", "API version", "Passphrase of the key", "Save profile"):
        assert names.count(name) == 1
