from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.resources import resources_dir
from vibes_desktop.ui.theme import (
    Appearance,
    Color,
    Theme,
    ThemeKeeper,
    ThemeName,
    active_theme,
    apply,
    high_contrast_theme,
    load_measures,
    load_theme,
    mono_font,
    palette_of,
    set_style_property,
    style_sheet_of,
    text_font,
)

READABLE = 4.5

BACKGROUNDS = (Color.BG, Color.SURFACE, Color.SUNKEN)
TEXT_PAIRS = [
    *[(text, ground) for text in (Color.TEXT, Color.MUTED, Color.ACCENT) for ground in BACKGROUNDS],
    *[(Color(tone), ground) for tone in ("ok", "warn", "bad") for ground in (Color.BG, Color.SURFACE)],
    *[(Color(tone), Color(f"{tone}_soft")) for tone in ("ok", "warn", "bad", "accent")],
    *[(Color.TEXT, Color(f"{tone}_soft")) for tone in ("ok", "warn", "bad", "accent")],
    *[(Color(f"on_frame_{level.value}"), Color(f"frame_{level.value}")) for level in Safety],
    (Color.MUTED, Color.ACCENT_SOFT),
    (Color.TEXT, Color.CHANGED),
    (Color.MUTED, Color.CHANGED),
    (Color.ACCENT, Color.CHANGED),
    (Color.BAD, Color.CHANGED),
    (Color.ON_ACCENT, Color.ACCENT),
    (Color.ON_ACCENT, Color.ACCENT_HOVER),
    (Color.ACCENT_HOVER, Color.SURFACE),
    (Color.BG, Color.TEXT),
]

PALETTE_PAIRS = [
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
    (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
    (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
    (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
    (QPalette.ColorRole.Link, QPalette.ColorRole.Base),
]

themes = pytest.mark.parametrize(
    "theme", [load_theme(ThemeName.LIGHT), load_theme(ThemeName.DARK)], ids=["light", "dark"]
)


def luminance(color: QColor) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of WCAG 2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@themes
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_can_be_read(theme: Theme, text: Color, ground: Color) -> None:
    assert contrast(theme.color(text), theme.color(ground)) >= READABLE


@themes
@pytest.mark.parametrize(("text", "ground"), PALETTE_PAIRS)
@pytest.mark.parametrize(
    "group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled]
)
def test_every_pair_of_the_palette_can_be_read(
    theme: Theme, text: QPalette.ColorRole, ground: QPalette.ColorRole, group: QPalette.ColorGroup
) -> None:
    palette = palette_of(theme)
    assert contrast(palette.color(group, text), palette.color(group, ground)) >= READABLE


@themes
@pytest.mark.parametrize("ground", [*BACKGROUNDS, Color.CHANGED])
def test_the_focus_ring_can_be_seen(theme: Theme, ground: Color) -> None:
    assert contrast(theme.color(Color.ACCENT), theme.color(ground)) >= 3


@themes
def test_the_style_sheet_is_complete_and_names_no_colour_of_its_own(theme: Theme) -> None:
    template = (resources_dir() / "themes" / "style.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", template) == []
    assert "$" not in style_sheet_of(theme)


@pytest.mark.parametrize(
    ("file", "theme", "role"),
    [
        ("check-light.svg", ThemeName.LIGHT, Color.ON_ACCENT),
        ("check-dark.svg", ThemeName.DARK, Color.ON_ACCENT),
        ("caret-light.svg", ThemeName.LIGHT, Color.MUTED),
        ("caret-dark.svg", ThemeName.DARK, Color.MUTED),
    ],
)
def test_drawings_have_the_colours_of_their_theme(file: str, theme: ThemeName, role: Color) -> None:
    drawing = (resources_dir() / "icons" / file).read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{6}", drawing) == [load_theme(theme).colors[role]]


def test_measures_stand_on_the_grid() -> None:
    measures = load_measures()
    for length in (measures.field_height, measures.search_height, measures.rail_width, measures.top_bar):
        assert length % measures.grid == 0


def test_fonts_are_given_in_pixels() -> None:
    assert text_font().pixelSize() == 13
    assert text_font(11, QFont.Weight.DemiBold).pixelSize() == 11
    assert mono_font().pixelSize() == 12


def test_applying_dresses_the_application(qapp: QApplication) -> None:
    dark = load_theme(ThemeName.DARK)
    apply(qapp, dark)
    assert active_theme() is dark
    assert qapp.palette().color(QPalette.ColorRole.Base) == dark.color(Color.SURFACE)
    assert qapp.font().pixelSize() == 13
    assert dark.colors[Color.ACCENT] in qapp.styleSheet()


def test_labels_take_the_look_of_their_role(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    set_style_property(label, "role", "title")
    assert label.font().pixelSize() == 20
    set_style_property(label, "role", "muted")
    assert label.font().pixelSize() == 13
    assert label.palette().color(QPalette.ColorRole.WindowText) == active_theme().color(Color.MUTED)


def test_the_keeper_follows_the_choice(qapp: QApplication, qtbot: QtBot) -> None:
    keeper = ThemeKeeper(qapp, Appearance.LIGHT)
    with qtbot.waitSignal(keeper.changed):
        keeper.set_appearance(Appearance.DARK)
    assert active_theme().name is ThemeName.DARK
    with qtbot.assertNotEmitted(keeper.changed):
        keeper.set_appearance(Appearance.DARK)
    keeper.set_appearance(Appearance.LIGHT)
    assert active_theme().name is ThemeName.LIGHT
    keeper.deleteLater()


def test_the_keeper_follows_the_system(qapp: QApplication) -> None:
    keeper = ThemeKeeper(qapp, Appearance.SYSTEM)
    assert keeper.appearance is Appearance.SYSTEM
    assert active_theme() is keeper.wanted_theme()
    keeper.deleteLater()


def test_high_contrast_uses_the_colours_of_the_system() -> None:
    system = QPalette()
    for role, name in (
        (QPalette.ColorRole.Window, "#000000"),
        (QPalette.ColorRole.WindowText, "#FFFF00"),
        (QPalette.ColorRole.Highlight, "#00FFFF"),
        (QPalette.ColorRole.HighlightedText, "#000000"),
    ):
        system.setColor(role, QColor(name))
    theme = high_contrast_theme(system)
    assert theme.dark
    for text, ground in TEXT_PAIRS:
        assert contrast(theme.color(text), theme.color(ground)) >= READABLE, (text, ground)
    assert theme.colors[Color.ACCENT] == "#00ffff"
