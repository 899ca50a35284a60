from __future__ import annotations

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.ui.people.words import counted, in_sentence, listed, spoken


def test_a_label_goes_on_in_small_letters_within_a_sentence() -> None:
    assert in_sentence("External ID") == "external ID"
    assert in_sentence("") == ""


def test_an_identifier_is_named_with_its_kind_and_hides_nothing() -> None:
    assert spoken(Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")) == "external ID EXT542342"
    assert spoken(Identifier(IdentifierKind.EXTERNAL_ID, "A\u202eB")) == "external ID A⟨U+202E⟩B"


def test_of_many_names_the_first_are_told_and_the_others_counted() -> None:
    assert listed([]) == ""
    assert listed(["a", "b"], shown=2) == "a, b"
    assert listed(["a", "b", "c"], shown=2) == "a, b and 1 more"
    assert listed(["x"] * 2_001, shown=1) == "x and 2,000 more"


def test_things_are_counted() -> None:
    assert [counted(count, "change") for count in (0, 1, 2, 1_000)] == [
        "0 changes",
        "1 change",
        "2 changes",
        "1,000 changes",
    ]
