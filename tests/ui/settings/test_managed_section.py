"""What the organisation set is shown with its lock and its source, and can't be changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.model.policy import MANAGED, Managed, Policy
from vibes_desktop.model.profile import Profile, ProfileId, ProxyMode, Region, Safety
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.managed_section import BY_ORGANISATION, NAMES, ManagedSection, value_words
from vibes_desktop.ui.settings.page import SettingsCallbacks, SettingsPage, SettingsServices
from vibes_desktop.ui.theme import Appearance, ThemeKeeper
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.labels import ElidedLabel

BROUGHT = Profile(ProfileId(f"{MANAGED}1"), "Acme", "ACME", Region.EU.base_url, "acme")
SOURCE = "/etc/vibes-desktop/policy.json"
POLICY = Policy(
    profiles=(BROUGHT,),
    proxy_mode=ProxyMode.MANUAL,
    proxy_url="http://user@proxy.example.com:8080",
    ca_file="/etc/ssl/acme.pem",
    safety=Safety.PRODUCTION,
    listener=False,
    masking=True,
    retention_days=30,
    locked=frozenset({Managed.PROFILES, Managed.RETENTION}),
    sources=dict.fromkeys(Managed, SOURCE),
)
WORDS = ["Acme", "proxy.example.com:8080", "/etc/ssl/acme.pem", "PRODUCTION", "off", "on", "30 days"]


def said(root: QWidget) -> list[str]:
    """Collect what the labels say."""
    elided = [label.full_text for label in root.findChildren(ElidedLabel)]
    return elided + [label.text() for label in root.findChildren(QLabel)]


def test_everything_is_named_with_its_value_lock_and_source(qtbot: QtBot) -> None:
    section = ManagedSection(POLICY)
    qtbot.addWidget(section)
    texts = said(section)
    assert [value_words(POLICY, managed) for managed in Managed] == WORDS
    assert all(word in texts for word in [*WORDS, *NAMES.values()])
    assert texts.count(BY_ORGANISATION) == len(POLICY.locked)
    assert sum(text == "you may change it" for text in texts) == len(Managed) - len(POLICY.locked)
    assert any(SOURCE in text for text in texts)
    assert not any("user" in text for text in texts if "proxy" in text)


@pytest.mark.parametrize("managed", list(Managed))
def test_what_is_managed_without_a_value_has_words(managed: Managed) -> None:
    assert value_words(Policy(sources={managed: SOURCE}), managed)


def test_the_page_locks_what_is_locked(
    bridge: Bridge, secrets: SecretKeeper, desk: Desk, qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    settings = SettingsKeeper(SettingsFile(tmp_path / "settings.json"), POLICY)
    theme = ThemeKeeper(qapp, Appearance.LIGHT)
    book = ProfileBook(settings)
    services = SettingsServices(
        settings, book, secrets, desk, Folders.under(tmp_path), theme, system_proxy=lambda _: None
    )
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731
    page = SettingsPage(bridge, services, SettingsCallbacks(nothing, nothing, nothing, nothing))
    qtbot.addWidget(page)
    page.show()
    buttons = {button.accessibleName(): button for button in page.profiles.findChildren(Button)}
    assert not buttons["Add a profile"].isEnabled()
    assert "Edit Acme" not in buttons
    assert "Remove Acme" not in buttons
    assert (page.privacy.days.value(), page.privacy.days.isEnabled()) == (30, False)
    add = next(command for command in page.commands() if command.id == "settings.add")
    assert not add.enabled()
    buttons["Password of Acme"].click()
    form = page.profiles.editor.form
    assert form.password.isEnabled()
    assert not form.username.isEnabled()
    assert not form.safety.isEnabled()
    qtbot.waitUntil(lambda: not bridge.running)
    page.add_profile()
    page.hide()
    theme.deleteLater()
