"""The words of the registrations' screens."""

from __future__ import annotations

from vibes_desktop.accounts.registering import Act, Plan, Registered, Result
from vibes_desktop.ui.widgets.pill import Tone

LOCKED = "The account is locked. Unlock it at the top to register, change, end or test."
LIVE = "This acts on the live account: from then on the platform posts what happens to this address."
LIVE_END = "From then on the platform posts nothing more of this. What was posted stays where it is."
LIVE_TEST = "The platform posts one made-up event to every active registration of this type and subject."

DONE = {Act.REGISTER: "registered", Act.CHANGE: "changed", Act.END: "ended"}


def outcome_words(plan: Plan, result: Result) -> tuple[Tone, str, str]:
    """Say how a change ended: tone, title, sentence."""
    verb = DONE[plan.act]
    match result.outcome:
        case Registered.DONE:
            return Tone.OK, f"{verb.capitalize()} and verified", "It was read again, and is as you wanted it."
        case Registered.DIFFERS:
            return (
                Tone.WARN,
                f"{verb.capitalize()}, but something differs",
                "The platform took it and shows something else than was sent. Compare the row with what"
                " you wanted.",
            )
        case Registered.NOT_DONE:
            return (
                Tone.BAD,
                f"Not {verb}",
                "The platform's list shows that nothing came of it. You can try again.",
            )
        case Registered.UNKNOWN:
            return (
                Tone.WARN,
                "Unknown",
                f"It was sent, and no answer came. Read the list before you try again: it may be {verb}.",
            )
