"""A change of number tells no number where it may be logged."""

from datetime import UTC, datetime

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.number_change import NumberChange, NumberChangeId, NumberStep
from vibes_desktop.model.profile import ProfileId


def test_its_repr_holds_no_personal_data() -> None:
    change = NumberChange(
        NumberChangeId(1),
        ProfileId("p"),
        Identifier(IdentifierKind.PERSON_KEY, "key-77"),
        "CRM-77",
        "+12065550143",
        "+12065550177",
        ("SL1",),
        "agnes",
        "said Bob",
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    told = repr(change)
    for secret in ("key-77", "CRM-77", "555", "Bob"):
        assert secret not in told


def test_only_named_ends_are_ends() -> None:
    over = {step for step in NumberStep if step.is_over}
    assert over == {NumberStep.DONE, NumberStep.RESTORED, NumberStep.UNCHANGED, NumberStep.LEFT}
