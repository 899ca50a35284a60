"""The bar at the top: the level, the profile, the lock, and the way to everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from vibes_desktop.model.profile import ProfileId, Safety
from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.shell.profile_badge import ProfileBadge
from vibes_desktop.ui.theme import Color, load_measures
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole, link_button, pill_button
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.pill import Pill, SafetyPill, Tone
from vibes_desktop.ui.widgets.plain import literal, set_tooltip

NAME_SHOWN = 32  # characters of a profile's name


@dataclass(frozen=True, slots=True)
class ProfileActions:
    """What happens when the person uses the switcher or the lock."""

    on_switch: Callable[[ProfileId], object]
    on_manage: Callable[[], object]
    on_unlock: Callable[[], object]
    on_lock: Callable[[], object]


class TopBar(QFrame):
    """Safety pill, profile switcher, lock; at the right the page's own controls or the search hint."""

    def __init__(
        self, actions: ProfileActions, on_search: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._profiles: tuple[ProfileBadge, ...] = ()
        self._current: ProfileBadge | None = None
        self._page_widget: QWidget | None = None
        self.setProperty("role", "top_bar")
        self.setFixedHeight(load_measures().top_bar)
        self.safety = SafetyPill(Safety.SANDBOX)
        self.switcher = pill_button("No profile", "Profile: none")
        self._menu = QMenu(self.switcher)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.switcher.setMenu(self._menu)
        self.lock_state = Pill()
        self.lock = link_button("Unlock", on_click=self._use_lock)
        self.search = _SearchHint(on_search)
        self._line = QHBoxLayout(self)
        self._build()
        self.set_profile(None)

    def set_profiles(self, profiles: Sequence[ProfileBadge]) -> None:
        """Offer these in the switcher."""
        self._profiles = tuple(profiles)

    def set_profile(self, badge: ProfileBadge | None) -> None:
        """Show the profile that is in use."""
        self._current = badge
        self.safety.setVisible(badge is not None)
        for widget in (self.lock_state, self.lock):
            widget.setVisible(badge is not None and badge.locked is not None)
        if badge is None:
            self._name_switcher("No profile", "Profile: none")
            return
        self.safety.set_safety(badge.level)
        self._name_switcher(_shortened(badge), f"Profile: {badge.text}, {badge.level.value}")
        self._show_lock(locked=bool(badge.locked))

    def set_page_widget(self, widget: QWidget | None) -> None:
        """Show a page's own controls; without any, the search hint."""
        if self._page_widget is not None:
            self._line.removeWidget(self._page_widget)
            self._page_widget.hide()
            self._page_widget.setParent(None)
        self._page_widget = widget
        if widget is not None:
            self._line.insertWidget(self._line.count() - 1, widget)
            widget.show()
        self.search.set_compact(widget is not None)

    def _build(self) -> None:
        brand = plain_label("V")
        brand.setProperty("role", "brand")
        brand.setAlignment(Qt.AlignmentFlag.AlignCenter)
        brand.setFixedWidth(load_measures().rail_width)
        brand.setAccessibleName("Vibes Desktop")
        line = self._line
        line.setContentsMargins(0, 0, 16, 0)
        line.setSpacing(12)
        line.addWidget(brand)
        for widget in (self.safety, self.switcher, self.lock_state, self.lock):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.search)

    def _name_switcher(self, text: str, accessible_name: str) -> None:
        self.switcher.set_text(text)
        self.switcher.setAccessibleName(accessible_name)
        set_tooltip(self.switcher, accessible_name)

    def _show_lock(self, *, locked: bool) -> None:
        if locked:
            self.lock_state.set_status("Read-only", Tone.NEUTRAL)
            self.lock.set_text("Unlock")
        else:
            self.lock_state.set_status("Changes allowed", Tone.BAD)
            self.lock.set_text("Lock")
        tooltip = (
            "Nothing can be changed on this production profile until it is unlocked."
            if locked
            else "Changes to this production profile are allowed until the program ends."
        )
        set_tooltip(self.lock, tooltip)

    def _use_lock(self) -> None:
        if self._current is not None and self._current.locked:
            self._actions.on_unlock()
        else:
            self._actions.on_lock()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for badge in self._profiles:
            self._menu.addAction(self._profile_action(badge))
        self._menu.addSeparator()
        manage = self._menu.addAction("Manage profiles …")
        manage.triggered.connect(lambda: self._actions.on_manage())

    def _profile_action(self, badge: ProfileBadge) -> QAction:
        action = QAction(literal(f"{badge.text} · {badge.level.name}"), self._menu)
        if self._current is not None and badge.id == self._current.id:
            action.setIcon(icon(Icon.CHECK, Color.ACCENT))
        action.triggered.connect(lambda: self._actions.on_switch(badge.id))
        return action


class _SearchHint(Button):
    """The words at the right that open the command palette, with their key."""

    TEXT = "Search people, payloads, commands"

    def __init__(self, on_search: Callable[[], object]) -> None:
        super().__init__(self.TEXT, ButtonRole.QUIET, shortcut_hint="Ctrl+K")
        self.setAccessibleName("Search people, payloads and commands")
        self.clicked.connect(lambda _checked=False: on_search())

    def set_compact(self, compact: bool) -> None:
        """Leave the words out where a page needs the room."""
        self.setText("" if compact else self.TEXT)
        self.setIcon(icon(Icon.SEARCH))


def _shortened(badge: ProfileBadge) -> str:
    name = badge.name if len(badge.name) <= NAME_SHOWN else badge.name[: NAME_SHOWN - 1] + "…"
    return f"{name} · {badge.region} · API {badge.version}"
