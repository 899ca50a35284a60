"""The field catalogue on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import FieldKind, FieldSpec
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people import catalogue
from vibes_desktop.people.catalogue import Specs
from vibes_desktop.storage.desk import Desk
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.catalogue_section import KINDS, CatalogueSection
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.labels import ElidedLabel
from vibes_desktop.ui.widgets.pill import Pill

SPECS = (
    FieldSpec("email", FieldKind.TEXT),
    FieldSpec(
        "<b>gender</b>", FieldKind.SINGLE_CHOICE, (obj(id="m", name="Male"), obj(id="f", name="Female"))
    ),
    FieldSpec("points", FieldKind.UNKNOWN),
)
Changed = list[tuple[ProfileId, Specs]]


@pytest.fixture
def changed() -> Changed:
    return []


@pytest.fixture
def section(bridge: Bridge, desk: Desk, demo: Profile, changed: Changed, qtbot: QtBot) -> CatalogueSection:
    desk.catalogues.save(demo.id, SPECS)
    made = CatalogueSection(bridge, desk, lambda profile, specs: changed.append((profile, specs)))
    qtbot.addWidget(made)
    made.resize(760, 600)
    made.show()
    made.set_profile(demo)
    qtbot.waitUntil(lambda: len(made.grid.rows) == len(SPECS))
    return made


def _kind_box(section: CatalogueSection, name: str) -> ComboBox:
    boxes = {box.accessibleName(): box for box in section.findChildren(ComboBox)}
    return boxes[f"Kind of {name}"]


def _file_dialog(section: CatalogueSection, qtbot: QtBot) -> QFileDialog:
    dialog = section.findChild(QFileDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_every_kind_has_words() -> None:
    assert set(KINDS) == set(FieldKind)
    assert len(set(KINDS.values())) == len(KINDS)


def test_every_field_has_its_kind_and_its_options(section: CatalogueSection) -> None:
    assert [row.label for row in section.grid.rows] == [spec.name for spec in SPECS]
    assert _kind_box(section, "<b>gender</b>").currentText() == "One of several"
    texts = [
        label.full_text if isinstance(label, ElidedLabel) else label.text()
        for label in section.findChildren(QLabel)
    ]
    assert "Male, Female" in texts


def test_a_kind_that_is_chosen_is_stored_marked_and_told(
    section: CatalogueSection, desk: Desk, demo: Profile, changed: Changed, qtbot: QtBot
) -> None:
    _kind_box(section, "points").setCurrentText("Number")
    qtbot.waitUntil(lambda: bool(changed))
    stored = desk.catalogues.load(demo.id)
    assert changed == [(demo.id, stored)]
    assert stored[2] == FieldSpec("points", FieldKind.NUMBER, is_fixed=True)
    assert [pill.isVisible() for pill in section.findChildren(Pill)] == [False, False, True]


def test_the_filter_narrows_the_rows(section: CatalogueSection) -> None:
    section.filter.setText("GEND")
    assert [row.label for row in section.grid.rows if row.isVisible()] == ["<b>gender</b>"]


def test_an_empty_catalogue_says_where_it_comes_from(section: CatalogueSection, acme: Profile) -> None:
    section.set_profile(acme)
    assert section._empty.isVisible()
    assert not section.export_button.isEnabled()
    section.set_profile(None)
    assert not section.import_button.isEnabled()


def test_exporting_and_importing_with_the_dialogs(
    section: CatalogueSection,
    bridge: Bridge,
    desk: Desk,
    acme: Profile,
    changed: Changed,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    target = tmp_path / "fields.json"
    section.export_button.click()
    _choose(_file_dialog(section, qtbot), target)
    qtbot.waitUntil(section.notice.isVisible)
    assert catalogue.import_json(target.read_text(encoding="utf-8")) == SPECS
    section.set_profile(acme)
    section.import_button.click()
    _choose(_file_dialog(section, qtbot), target)
    qtbot.waitUntil(lambda: bool(changed) and not bridge.running)
    assert desk.catalogues.load(acme.id) == SPECS
    assert section.notice.text == "Imported\nThe catalogue has 3 fields now."


def test_a_file_that_is_no_catalogue_is_refused_in_words(
    section: CatalogueSection, bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]")
    section._import(wrong)
    qtbot.waitUntil(lambda: section.notice.isVisible() and not bridge.running)
    assert section.notice.text.startswith("This is not a catalogue")


def _choose(dialog: QFileDialog, path: Path) -> None:
    picked: Callable[[str], None] = dialog.selectFile
    dialog.setDirectory(str(path.parent))
    picked(path.name)
    dialog.accept()
