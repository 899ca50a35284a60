"""What stands in the way of a change of number, in three parts each."""

from __future__ import annotations

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.people.number_standing import Position, Standing

KEPT_IT = (
    "Clear the number in the record, and let the review send the removal in its other spelling. Then change "
    "the number."
)
LOOK_LATER = "Look again in a minute: the platform may be slow to show it."


def trouble_at(position: Position) -> InvalidInput:
    """Say why nothing leads on from where it stands."""
    title, advice = _IN_THE_WAY[position.standing]
    return InvalidInput(title, advice)


def taken(*, is_back: bool) -> InvalidInput:
    """Say that the number is on another record."""
    if is_back:
        return InvalidInput(
            "Somebody else has the old number",
            "The platform does not give it to a second record. Remove it there first, or go on with another "
            "number.",
        )
    return trouble_at(Position(Standing.TAKEN))


def not_seen() -> InvalidInput:
    """Say that each step was accepted, and nothing of it shows."""
    return InvalidInput(
        "The platform does not show the change yet", "Look again in a minute.", done="It accepted each step."
    )


_IN_THE_WAY = {
    Standing.HAS_OLD: ("The old number is there", "Look again."),
    Standing.HAS_NONE: ("There is no number in the record", "Look again."),
    Standing.HAS_NEW: ("The new number is there", "Look again."),
    Standing.HAS_OTHER: (
        "The record has a third number now",
        "Somebody has given it another one meanwhile. Look at the record, then end this change.",
    ),
    Standing.TAKEN: (
        "The new number is on another record",
        "Somebody has it since. Open that record; restore the old number here, or free the new one there.",
    ),
    Standing.RE_KEYED: (
        "The external ID does not find this person any more",
        "Adding the number now would make a new person, or change somebody else. Look at the record, give it "
        "its external ID again, then look again.",
    ),
    Standing.GONE: (
        "The record is no longer there",
        "Nobody has this person key. Look the person up by another identifier, then end this change.",
    ),
}
