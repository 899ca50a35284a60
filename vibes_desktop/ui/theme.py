"""The theme: colours and measures by role, read from data and applied to the whole application."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.resources import resources_dir

THEME_PROPERTY = "vibes_desktop_theme"


class Color(StrEnum):
    """What a colour is for; widgets name these, never a colour."""

    BG = "bg"
    SURFACE = "surface"
    SUNKEN = "sunken"
    LINE = "line"
    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_SOFT = "accent_soft"
    ON_ACCENT = "on_accent"
    OK = "ok"
    OK_SOFT = "ok_soft"
    WARN = "warn"
    WARN_SOFT = "warn_soft"
    BAD = "bad"
    BAD_SOFT = "bad_soft"
    CHANGED = "changed"
    FRAME_SANDBOX = "frame_sandbox"
    FRAME_TEST = "frame_test"
    FRAME_PRODUCTION = "frame_production"
    ON_FRAME_SANDBOX = "on_frame_sandbox"
    ON_FRAME_TEST = "on_frame_test"
    ON_FRAME_PRODUCTION = "on_frame_production"


class Appearance(StrEnum):
    """What the person chose; SYSTEM follows the system's scheme, live."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ThemeName(Enum):
    """The themes there are; HIGH_CONTRAST takes its colours from the system."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high contrast"


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in logical pixels."""

    grid: int
    card_radius: int
    field_radius: int
    dialog_radius: int
    field_height: int
    button_height: int
    search_height: int
    table_row: int
    form_row: int
    rail_width: int
    top_bar: int
    status_bar: int
    frame_edge: int
    focus_ring: int
    title_size: int
    search_size: int
    text_size: int
    small_size: int
    mono_size: int
    icon_size: int


@dataclass(frozen=True)
class Theme:
    """Every colour and every measure, by role."""

    name: ThemeName
    dark: bool
    colors: Mapping[Color, str]
    measures: Measures

    def color(self, role: Color) -> QColor:
        """Return the colour of a role."""
        return QColor(self.colors[role])

    def frame(self, safety: Safety) -> QColor:
        """Return the colour of the frame edge for a safety level."""
        return self.color(Color(f"frame_{safety.value}"))


@cache
def load_theme(name: ThemeName) -> Theme:
    """Read LIGHT or DARK from the resources."""
    folder = resources_dir() / "themes"
    data = json.loads((folder / f"{name.value}.json").read_text(encoding="utf-8"))
    colors = {role: str(data["colors"][role.value]) for role in Color}
    return Theme(name, bool(data["dark"]), colors, load_measures())


@cache
def load_measures() -> Measures:
    """Read the measures, which all themes share."""
    data = json.loads((resources_dir() / "themes" / "measures.json").read_text(encoding="utf-8"))
    return Measures(**{field.name: int(data[field.name]) for field in fields(Measures)})


def high_contrast_theme(system: QPalette) -> Theme:
    """Build a theme from the system's own colours, for people who asked the system for high contrast."""
    window, text = system.color(QPalette.ColorRole.Window), system.color(QPalette.ColorRole.WindowText)
    mark, on_mark = (
        system.color(QPalette.ColorRole.Highlight),
        system.color(QPalette.ColorRole.HighlightedText),
    )
    colors = {role: text.name() for role in Color}
    for role in _HIGH_CONTRAST_BACKGROUNDS:
        colors[role] = window.name()
    for role in (
        Color.ACCENT,
        Color.ACCENT_HOVER,
        Color.FRAME_SANDBOX,
        Color.FRAME_TEST,
        Color.FRAME_PRODUCTION,
    ):
        colors[role] = mark.name()
    for role in (Color.ON_ACCENT, Color.ON_FRAME_SANDBOX, Color.ON_FRAME_TEST, Color.ON_FRAME_PRODUCTION):
        colors[role] = on_mark.name()
    return Theme(ThemeName.HIGH_CONTRAST, window.lightness() < text.lightness(), colors, load_measures())


_HIGH_CONTRAST_BACKGROUNDS = (
    Color.BG,
    Color.SURFACE,
    Color.SUNKEN,
    Color.ACCENT_SOFT,
    Color.OK_SOFT,
    Color.WARN_SOFT,
    Color.BAD_SOFT,
    Color.CHANGED,
)


def active_theme() -> Theme:
    """Return the theme that was applied last; the light one before any was."""
    app = QApplication.instance()
    theme = app.property(THEME_PROPERTY) if app is not None else None
    return theme if isinstance(theme, Theme) else load_theme(ThemeName.LIGHT)


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the application: Fusion, palette, style sheet, fonts."""
    app.setProperty(THEME_PROPERTY, theme)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(text_font())
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet_of(theme))
    for effect in _EFFECTS:
        app.setEffectEnabled(effect, False)


_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)


def text_font(pixels: int | None = None, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the system's interface font at a size in pixels, 13 by default."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(pixels or load_measures().text_size)
    font.setWeight(weight)
    return font


def mono_font() -> QFont:
    """Return the system's monospace font at its one size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(load_measures().mono_size)
    return font


def section_font() -> QFont:
    """Return the font of section titles: small, semibold, upper case, spaced."""
    font = text_font(load_measures().small_size, QFont.Weight.DemiBold)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.7)
    return font


def palette_of(theme: Theme) -> QPalette:
    """Generate the palette that Fusion draws with."""
    palette = QPalette()
    for role, color in _PALETTE.items():
        palette.setColor(role, theme.color(color))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color(Color.MUTED))
    return palette


_PALETTE = {
    QPalette.ColorRole.Window: Color.BG,
    QPalette.ColorRole.WindowText: Color.TEXT,
    QPalette.ColorRole.Base: Color.SURFACE,
    QPalette.ColorRole.AlternateBase: Color.SUNKEN,
    QPalette.ColorRole.Text: Color.TEXT,
    QPalette.ColorRole.PlaceholderText: Color.MUTED,
    QPalette.ColorRole.Button: Color.SURFACE,
    QPalette.ColorRole.ButtonText: Color.TEXT,
    QPalette.ColorRole.BrightText: Color.BAD,
    QPalette.ColorRole.ToolTipBase: Color.SURFACE,
    QPalette.ColorRole.ToolTipText: Color.TEXT,
    QPalette.ColorRole.Highlight: Color.ACCENT,
    QPalette.ColorRole.HighlightedText: Color.ON_ACCENT,
    QPalette.ColorRole.Accent: Color.ACCENT,
    QPalette.ColorRole.Link: Color.ACCENT,
    QPalette.ColorRole.LinkVisited: Color.ACCENT,
    QPalette.ColorRole.Light: Color.SURFACE,
    QPalette.ColorRole.Midlight: Color.LINE,
    QPalette.ColorRole.Mid: Color.LINE,
    QPalette.ColorRole.Dark: Color.MUTED,
    QPalette.ColorRole.Shadow: Color.LINE,
}


def style_sheet_of(theme: Theme) -> str:
    """Generate the one style sheet from its template."""
    text = (resources_dir() / "themes" / "style.qss").read_text(encoding="utf-8")
    values: dict[str, object] = {role.value: color for role, color in theme.colors.items()}
    values |= {field.name: getattr(theme.measures, field.name) for field in fields(Measures)}
    values |= _derived(theme)
    return Template(text).substitute(values)


def _derived(theme: Theme) -> dict[str, object]:
    """Return what follows from a theme, such as the heights that Qt's box model leaves inside borders."""
    measures = theme.measures
    return {
        "scheme": "dark" if theme.dark else "light",
        "icons": (resources_dir() / "icons").as_posix(),
        "mono_family": mono_font().family(),
        "button_content": measures.button_height - 2,
        "button_content_focused": measures.button_height - 2 * measures.focus_ring,
        "field_content": measures.field_height - 2,
        "field_content_focused": measures.field_height - 2 * measures.focus_ring,
    }


def set_style_property(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet selects by, and let the sheet look again when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class ThemeKeeper(QObject):
    """Keeps the theme in step with the person's choice, the system's scheme and its contrast."""

    changed = Signal()  # after another theme was applied

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._refresh)
        hints.accessibility().contrastPreferenceChanged.connect(self._refresh)
        self._request_scheme()
        self._refresh()

    @property
    def appearance(self) -> Appearance:
        """What the person chose."""
        return self._appearance

    def set_appearance(self, appearance: Appearance) -> None:
        """Follow another choice from now on."""
        self._appearance = appearance
        self._request_scheme()
        self._refresh()

    def wanted_theme(self) -> Theme:
        """Return the theme that choice and system ask for."""
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            self._app.setPalette(QPalette())
            return high_contrast_theme(self._app.palette())
        dark = hints.colorScheme() is Qt.ColorScheme.Dark
        if self._appearance is not Appearance.SYSTEM:
            dark = self._appearance is Appearance.DARK
        return load_theme(ThemeName.DARK if dark else ThemeName.LIGHT)

    def _request_scheme(self) -> None:
        """Ask the system to dress window frames and its own dialogs alike."""
        hints = self._app.styleHints()
        if self._appearance is Appearance.SYSTEM:
            hints.unsetColorScheme()
        elif self._appearance is Appearance.DARK:
            hints.setColorScheme(Qt.ColorScheme.Dark)
        else:
            hints.setColorScheme(Qt.ColorScheme.Light)

    def _refresh(self) -> None:
        theme = self.wanted_theme()
        if theme == self._app.property(THEME_PROPERTY):
            return
        apply(self._app, theme)
        self.changed.emit()
