"""The list of components that is packaged with the program."""

from __future__ import annotations

from pathlib import Path

from scripts.packing.bill import bill_of
from scripts.packing.components import Component as Packed
from scripts.packing.folder import add_licences
from vibes_desktop.ui.settings.components import RULE, licences_dir, read_components


def test_a_checkout_has_none() -> None:
    assert read_components(licences_dir()) == ()


def test_what_was_packaged_is_read(tmp_path: Path) -> None:
    texts = tmp_path / "made-1.dist-info" / "licenses"
    texts.mkdir(parents=True)
    for name in ("LICENSE", "NOTICE"):
        (texts / name).write_text(f"The words of {name}.\n")
    packed = Packed("made", "1.0", "MIT", (texts / "LICENSE", texts / "NOTICE"), "pkg:pypi/made@1.0")
    add_licences(tmp_path / "licences", [packed], version="0.1.0", time=0)
    [component] = read_components(tmp_path / "licences")
    assert (component.name, component.version, component.licence) == ("made", "1.0", "MIT")
    assert component.read_texts() == f"The words of LICENSE.{RULE}The words of NOTICE."


def test_a_library_of_the_system_goes_by_its_package(tmp_path: Path) -> None:
    packed = Packed("libssl3", "3.0", "LicenseRef-libssl3", (Path("copyright"),))
    bill = bill_of([packed], {"libssl3": ["libssl3/copyright"]}, version="0.1.0", time=0, about="")
    (tmp_path / "components.cdx.json").write_bytes(bill)
    [component] = read_components(tmp_path)
    assert component.licence == "libssl3"
    assert component.texts == (tmp_path / "libssl3" / "copyright",)
