"""Why a subscription ended, in words (docs/platform.md §10)."""

from __future__ import annotations

from vibes_desktop.people.display import visible

NO_REASON = "the platform gives no reason"
_WORDS = {
    "user_opt_out": "they opted out",
    "disconnect": "the number was disconnected",
    "list_archived": "the list was archived",
    "bulk_opt_out": "taken off together with others",
    "failed_at_carrier": "the carrier refused the messages",
    "obsolete_carrier": "their carrier no longer exists",
    "platform_opt_out": "taken off on the platform",
    "keyword_opt_out": "they texted a keyword to leave",
    "api_opt_out": "taken off through the API",
    "button_opt_out": "they pressed a button to leave",
}


def reason_words(reason: str | None) -> str:
    """Say why somebody left a list; a reason nobody documented is shown as it came."""
    if not reason:
        return NO_REASON
    return _WORDS.get(reason.lower()) or f"“{visible(reason)}”"
