"""Identifiers: named, and silent in logs."""

from vibes_desktop.model.identifier import Identifier, IdentifierKind


def test_every_kind_has_words() -> None:
    assert [kind.label for kind in IdentifierKind] == [
        "Person key",
        "Person ID (old)",
        "External ID",
        "Mobile number",
    ]


def test_an_identifier_is_a_value_that_tells_nothing_in_its_repr() -> None:
    one = Identifier(IdentifierKind.MDN, "+13125550143")
    assert one == Identifier(IdentifierKind.MDN, "+13125550143")
    assert len({one, Identifier(IdentifierKind.EXTERNAL_ID, "+13125550143")}) == 2
    assert repr(one) == "Identifier(mdn)"
