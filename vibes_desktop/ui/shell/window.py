"""What the one window holds: frame edge, top bar, rail, pages, status bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.icons import app_icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.commands import Command, CommandRegistry
from vibes_desktop.ui.shell.frame import PROGRAM
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.shell.profile_badge import ProfileBadge
from vibes_desktop.ui.shell.rail import Rail
from vibes_desktop.ui.shell.status_bar import StatusBar
from vibes_desktop.ui.shell.top_bar import ProfileActions, TopBar
from vibes_desktop.ui.theme import active_theme, load_measures
from vibes_desktop.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from vibes_desktop.ui.shell.command_palette import CommandPalette
    from vibes_desktop.ui.widgets.toast import Toast


class MainWindow(QWidget):
    """Fills the frame. Holds the pages and shows one; knows them by the Page interface only."""

    page_shown = Signal(object)  # the PageId that has come into view

    def __init__(
        self, pages: Sequence[Page], registry: CommandRegistry, navigator: Navigator, actions: ProfileActions
    ) -> None:
        super().__init__()
        self._pages = {page.page_id: page for page in pages}
        self._registry = registry
        self._actions = actions
        self._profile: ProfileBadge | None = None
        self.privacy = Privacy(self)  # until the window is filled
        self._edge = _FrameEdge()
        self._top = TopBar(actions, self.open_palette)
        self._rail = Rail(pages)
        self._stack = QStackedWidget()
        self.status = StatusBar()
        self._build(pages)
        self._navigator = navigator
        self._palette: CommandPalette | None = None
        self._toast: Toast | None = None
        self._rail.chosen.connect(lambda page_id: self.show_page(page_id, take_focus=False))
        navigator.page_wanted.connect(self.show_page)
        self._add_commands(pages)
        self.set_profile(None)
        self.show_page(pages[0].page_id)

    @property
    def current_page(self) -> Page:
        """The page in view."""
        page = self._stack.currentWidget()
        return next(known for known in self._pages.values() if known is page)

    @property
    def progress(self) -> ProgressLine:
        """The place for what runs in the background."""
        return self.status.progress

    def page(self, page_id: PageId) -> Page:
        """Return a page by its id."""
        return self._pages[page_id]

    def has_page(self, page_id: PageId) -> bool:
        """Tell whether there is such a page."""
        return page_id in self._pages

    def show_page(self, page_id: PageId, *, take_focus: bool = True) -> None:
        """Bring a page into view and, unless the rail has it, move the focus there."""
        page = self._pages[page_id]
        if self._stack.currentWidget() is not page or not self._rail.shows(page_id):
            self._stack.setCurrentWidget(page)
            self._rail.set_current(page_id)
            self._top.set_page_widget(page.bar_widget())
            page.activate()
            self.page_shown.emit(page_id)
        if take_focus:
            self._focus_page()

    def set_profile(self, badge: ProfileBadge | None) -> None:
        """Show which profile is in use, by word and by colour."""
        self._profile = badge
        self._top.set_profile(badge)
        self._edge.set_safety(None if badge is None else badge.level)
        named = "" if badge is None else f" – {badge.name} – {badge.level.name}"
        self.setWindowTitle(f"{PROGRAM}{named}")

    def set_profiles(self, profiles: Sequence[ProfileBadge]) -> None:
        """Offer these profiles in the switcher and in the palette."""
        self._top.set_profiles(profiles)
        commands = [self._switch_to(badge) for badge in profiles]
        self._registry.set_group("profiles", commands, self)

    def set_commands(self, group: str, commands: Sequence[Command]) -> None:
        """Offer commands that belong to no page; their keys work everywhere."""
        self._registry.set_group(group, commands, self)

    def open_palette(self) -> None:
        """Open the command palette."""
        if self._palette is None:
            self._palette = self._make_palette()
        self._palette.open_palette()

    def run_command(self, command: Command) -> None:
        """Run a command, on its page where it has one."""
        if command.page is not None and PageId(command.page) in self._pages:
            self.show_page(PageId(command.page))
        if command.enabled():
            command.run()

    def show_toast(self, text: str) -> None:
        """Say for three seconds what was just done."""
        from vibes_desktop.ui.widgets.toast import Toast

        if self._toast is None:
            self._toast = Toast(self)
        self._toast.show_text(text)

    def refresh_page(self, page: Page) -> None:
        """Look again at a page whose content has just arrived: commands, top bar, focus."""
        for command in page.commands():
            self._registry.add(command, page)
        if page is self.current_page:
            self._top.set_page_widget(page.bar_widget())
            if self.focusWidget() in (None, page):
                self._focus_page()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.window()
        if window.windowIcon().isNull():
            QTimer.singleShot(0, window, lambda: window.setWindowIcon(app_icon()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._palette is not None:
            self._palette.close_palette()

    def _build(self, pages: Sequence[Page]) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        for page in pages:
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._edge)
        column.addWidget(self._top)
        column.addLayout(middle, 1)
        column.addWidget(self.status)

    def _make_palette(self) -> CommandPalette:
        from vibes_desktop.ui.shell.command_palette import CommandPalette

        palette = CommandPalette(
            self._registry,
            self.run_command,
            self._navigator.open_person,
            lambda: self.current_page.page_id,
            lambda: self.privacy.is_masking,
            self,
        )
        palette.closed.connect(self._focus_page)
        return palette

    def _add_commands(self, pages: Sequence[Page]) -> None:
        self._registry.add(
            Command("palette", "Search commands", self.open_palette, "Ctrl+K", listed=False), self
        )
        for number, page in enumerate(pages, start=1):
            self._registry.add(self._go_to(page, number), self)
        self._registry.add(Command("quit", f"Quit {PROGRAM}", lambda: self.window().close(), "Ctrl+Q"), self)
        for page in pages:
            for command in page.commands():
                self._registry.add(command, page)

    def _go_to(self, page: Page, number: int) -> Command:
        page_id = page.page_id
        return Command(
            f"go.{page_id}", f"Go to {page.title}", lambda: self.show_page(page_id), f"Ctrl+{number}"
        )

    def _switch_to(self, badge: ProfileBadge) -> Command:
        return Command(
            f"profile.{badge.id}",
            f"Switch to {badge.text} · {badge.level.name}",
            lambda: self._actions.on_switch(badge.id),
            enabled=lambda: self._profile is None or self._profile.id != badge.id,
        )

    def _focus_page(self) -> None:
        wanted = self.current_page.initial_focus()
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _FrameEdge(QWidget):
    """The three pixels at the top whose colour says how careful to be."""

    def __init__(self) -> None:
        super().__init__()
        self._safety: Safety | None = None
        self.setFixedHeight(load_measures().frame_edge)

    def set_safety(self, safety: Safety | None) -> None:
        """Show another level's colour."""
        self._safety = safety
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._safety is not None:
            with QPainter(self) as painter:
                painter.fillRect(event.rect(), active_theme().frame(self._safety))
