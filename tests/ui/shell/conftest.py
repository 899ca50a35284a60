"""A window with pages that do nothing but say what they were told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import ProfileId, Safety
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import Command, CommandRegistry
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.shell.profile_badge import ProfileBadge
from vibes_desktop.ui.shell.top_bar import ProfileActions
from vibes_desktop.ui.shell.window import MainWindow

SANDBOX = ProfileBadge(ProfileId("p1"), "Demo Retail", "US", 2, Safety.SANDBOX)
PRODUCTION = ProfileBadge(ProfileId("p2"), "Rock & <b>Roll</b>", "EU", 1, Safety.PRODUCTION, locked=True)
ICONS = {
    PageId.PEOPLE: Icon.PEOPLE,
    PageId.CALLBACKS: Icon.CALLBACKS,
    PageId.HISTORY: Icon.HISTORY,
    PageId.SETTINGS: Icon.SETTINGS,
}


class DummyPage(Page):
    """A page with a box, a splitter and one command."""

    def __init__(self, page_id: PageId, called: list[tuple[str, str]], bars: dict[PageId, QWidget]) -> None:
        super().__init__(page_id, page_id.value.title(), ICONS[page_id])
        self._called = called
        self._bars = bars
        self._edit = QLineEdit()
        self._edit.setAccessibleName(f"{page_id} box")
        splitter = QSplitter()
        splitter.setObjectName(f"{page_id}_panes")
        splitter.addWidget(QWidget())
        splitter.addWidget(QWidget())
        line = QHBoxLayout(self)
        line.addWidget(self._edit)
        line.addWidget(splitter)

    def activate(self) -> None:
        self._called.append(("activate", self.page_id))

    def initial_focus(self) -> QWidget | None:
        return self._edit

    def commands(self) -> Sequence[Command]:
        act = Command(
            f"{self.page_id}.act", f"Act on {self.title}", self._act, "Ctrl+Return", page=self.page_id
        )
        return [act]

    def bar_widget(self) -> QWidget | None:
        return self._bars.get(self.page_id)

    def _act(self) -> None:
        self._called.append(("act", self.page_id))


@pytest.fixture
def sandbox_badge() -> ProfileBadge:
    """Return a sandbox profile."""
    return SANDBOX


@pytest.fixture
def production_badge() -> ProfileBadge:
    """Return a locked production profile whose name looks like markup."""
    return PRODUCTION


@pytest.fixture
def called() -> list[tuple[str, str]]:
    """Return what pages and actions were told, in order."""
    return []


@pytest.fixture
def bars() -> dict[PageId, QWidget]:
    """Return what pages put into the top bar; empty until a test fills it."""
    return {}


@pytest.fixture
def registry() -> CommandRegistry:
    """Return the window's commands."""
    return CommandRegistry()


@pytest.fixture
def navigator() -> Navigator:
    """Return what the window listens to."""
    return Navigator()


@pytest.fixture
def make_window(
    qtbot: QtBot, called: list[tuple[str, str]], bars: dict[PageId, QWidget]
) -> Callable[[CommandRegistry, Navigator], MainWindow]:
    """Return what makes windows, still hidden; each is deleted after the test."""
    actions = ProfileActions(
        on_switch=lambda profile: called.append(("switch", profile)),
        on_manage=lambda: called.append(("manage", "")),
        on_unlock=lambda: called.append(("unlock", "")),
        on_lock=lambda: called.append(("lock", "")),
    )

    def make(registry: CommandRegistry, navigator: Navigator) -> MainWindow:
        pages = [DummyPage(page_id, called, bars) for page_id in PageId]
        window = MainWindow(pages, registry, navigator, actions)
        qtbot.addWidget(window)
        window.set_profiles([SANDBOX, PRODUCTION])
        window.set_profile(SANDBOX)
        return window

    return make


@pytest.fixture
def window(
    qtbot: QtBot,
    make_window: Callable[[CommandRegistry, Navigator], MainWindow],
    registry: CommandRegistry,
    navigator: Navigator,
) -> MainWindow:
    """Return a window that is shown and active."""
    made = make_window(registry, navigator)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
