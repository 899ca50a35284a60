"""The Settings page: its sections, one in view at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.policy import Managed
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.catalogue import Specs
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.settings import Settings, Theme
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.settings.about_section import AboutSection
from vibes_desktop.ui.settings.appearance_section import AppearanceSection
from vibes_desktop.ui.settings.catalogue_section import CatalogueSection
from vibes_desktop.ui.settings.managed_section import ManagedSection
from vibes_desktop.ui.settings.operations import change_settings
from vibes_desktop.ui.settings.privacy_section import PrivacySection
from vibes_desktop.ui.settings.profile_work import ProfileWork
from vibes_desktop.ui.settings.profiles_section import ProfileCallbacks, ProfilesSection
from vibes_desktop.ui.settings.section import Section
from vibes_desktop.ui.settings.section_list import SectionList
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.theme import Appearance, ThemeKeeper
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.vibes.pace import Pace

MARGIN = 24
GAP = 24
TITLES_WIDTH = 196


@dataclass(frozen=True, slots=True)
class SettingsServices:
    """What the page works with. `system_proxy` finds the proxy for an address; it may block."""

    settings: SettingsKeeper
    book: ProfileBook
    secrets: SecretKeeper
    desk: Desk
    folders: Folders
    theme: ThemeKeeper
    system_proxy: Callable[[str], str | None]
    pace: Pace | None = None


@dataclass(frozen=True, slots=True)
class SettingsCallbacks:
    """What others are told, on the window's thread."""

    on_profile_changed: Callable[[ProfileId], object]  # added, changed or removed: read the book again
    on_select_profile: Callable[[ProfileId], object]  # it is to be used from now on
    on_catalogue_changed: Callable[[ProfileId, Specs], object]
    on_forgotten: Callable[[], object]  # recents, drafts or history lost entries


class SettingsPage(Page):
    """Sections at the left, the one that is chosen beside them."""

    def __init__(
        self,
        bridge: Bridge,
        services: SettingsServices,
        callbacks: SettingsCallbacks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(PageId.SETTINGS, "Settings", Icon.SETTINGS, parent)
        self._bridge = bridge
        self._services = services
        self._theme = services.settings.settings.theme
        self._retention_days: int | None = None  # until the person chooses
        self._news_address = services.settings.settings.news_address
        self._make_sections(callbacks)
        self.titles = SectionList([section.title for section in self._sections])
        self._lay_out()
        self.titles.currentRowChanged.connect(self._show_section)
        self.titles.entered.connect(self._enter_section)

    def set_profile(self, profile: Profile | None) -> None:
        """Take over which profile is in use."""
        for section in (self.profiles, self.privacy, self.catalogue):
            section.set_profile(profile)

    def add_profile(self) -> None:
        """Open the form of a new profile."""
        self.titles.setCurrentRow(0)
        self.profiles.add_profile()

    def connect_first(self) -> None:
        """Open the short form of a first profile; with profiles there, the list of them."""
        self.titles.setCurrentRow(0)
        if not self._services.book.profiles and not self._services.book.is_locked:
            self.profiles.connect_first()

    def edit_profile(self, profile_id: ProfileId, problems: Sequence[InvalidInput] = ()) -> None:
        """Open a profile's form; `problems`, of a sign-in that failed say, are shown at their places."""
        self.titles.setCurrentRow(0)
        self.profiles.edit_profile(profile_id, problems)

    def activate(self) -> None:
        self._sections[self._stack.currentIndex()].activate()

    def initial_focus(self) -> QWidget | None:
        is_profiles = self._stack.currentIndex() == 0
        return self.profiles.initial_focus() if is_profiles else self.titles

    def commands(self) -> Sequence[Command]:
        page = PageId.SETTINGS
        go = [
            Command(f"settings.{number}", f"Settings: {section.title}", self._opener(number), page=page)
            for number, section in enumerate(self._sections)
        ]
        return (Command("settings.add", "Add a profile", self.add_profile, "", self._may_add, page), *go)

    def _may_add(self) -> bool:
        return not self._services.book.is_locked

    def _make_sections(self, callbacks: SettingsCallbacks) -> None:
        bridge, services = self._bridge, self._services
        settings, desk = services.settings.settings, services.desk
        work = ProfileWork(services.book, services.secrets, desk, services.system_proxy, services.pace)
        told = ProfileCallbacks(callbacks.on_profile_changed, callbacks.on_select_profile)
        self.profiles = ProfilesSection(bridge, services.book, work, told)
        self.appearance = AppearanceSection(services.theme.appearance, self._set_appearance)
        self.privacy = PrivacySection(
            bridge,
            desk,
            services.folders,
            settings.retention_days,
            self._set_retention,
            callbacks.on_forgotten,
            is_locked=services.settings.policy.is_locked(Managed.RETENTION),
        )
        self.catalogue = CatalogueSection(bridge, desk, callbacks.on_catalogue_changed)
        self.about = AboutSection(settings.news_address, self._set_news_address)
        policy = services.settings.policy
        managed = (ManagedSection(policy),) if policy.sources else ()
        self._sections: tuple[ProfilesSection | Section, ...] = (
            self.profiles,
            self.appearance,
            self.privacy,
            self.catalogue,
            *managed,
            self.about,
        )

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for section in self._sections:
            self._stack.addWidget(section)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(plain_label("Settings", TextRole.TITLE))
        left.addWidget(self._titles_card())
        left.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 16, MARGIN, 16)
        line.setSpacing(GAP)
        line.addLayout(left)
        line.addWidget(self._stack, 1)

    def _titles_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        card.add(self.titles)
        card.setFixedWidth(TITLES_WIDTH)
        return card

    def _opener(self, number: int) -> Callable[[], None]:
        def open_section() -> None:
            self.titles.setCurrentRow(number)
            self._enter_section()

        return open_section

    def _show_section(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._sections[number].activate()

    def _enter_section(self) -> None:
        focus = self._sections[self._stack.currentIndex()].initial_focus()
        if focus is not None:
            focus.setFocus()

    def _set_appearance(self, appearance: Appearance) -> None:
        self._services.theme.set_appearance(appearance)
        self._theme = Theme(appearance.value)
        self._save(self.appearance)

    def _set_retention(self, days: int) -> None:
        self._retention_days = days
        self._save(self.privacy)

    def _set_news_address(self, address: str) -> None:
        self._news_address = address
        self._save(self.about)

    def _save(self, section: Section) -> None:
        """Save in the background, whichever of two savings comes last; a failure is shown in its section."""

        def chosen(settings: Settings) -> Settings:
            days = settings.retention_days if self._retention_days is None else self._retention_days
            return replace(settings, theme=self._theme, retention_days=days, news_address=self._news_address)

        def failed(error: VibesDesktopError) -> None:
            section.notice.show_problem(error)

        work = change_settings(self._services.settings, chosen)
        self._bridge.start(work, lambda _: None, failed, title="Saving the settings", owner=self)
