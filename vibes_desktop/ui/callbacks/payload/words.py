"""Words and tones for what a payload is and what is odd about it."""

from __future__ import annotations

from collections.abc import Sequence

from vibes_desktop.callbacks.payload import Finding, Kind, Payload, Repair, Severity
from vibes_desktop.ui.callbacks.payload.notes import Note
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.pill import Tone

WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Remark"}
TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.INFO: Tone.NEUTRAL}
_ICONS = {
    Severity.ERROR: (Icon.ERROR, Color.BAD),
    Severity.WARNING: (Icon.WARNING, Color.WARN),
    Severity.INFO: (Icon.INFO, Color.MUTED),
}
_SHORT = {"deprecated_field": "deprecated", "missing_field": "missing", "unknown_field": "not documented"}
_KINDS = {
    Kind.PERSON: "Person, not a callback",
    Kind.REGISTRATION: "Registration, not a callback",
    Kind.SUBSCRIPTION: "Subscriptions, not a callback",
    Kind.VIBES_CONNECT: "Vibes Connect XML",
    Kind.OTHER: "Not of this platform",
    Kind.UNREADABLE: "Can't be read",
}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
STRICT = "A strict receiver would not have accepted it."


def finding_title(finding: Finding) -> str:
    """A finding's code as words."""
    return _SHORT.get(finding.code, finding.code.replace("_", " "))


def by_severity(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put the gravest first, how it was unwrapped last; equals stay in their order."""
    return tuple(sorted(findings, key=lambda each: (_ORDER.index(each.severity), each.code == "unwrapped")))


def finding_notes(findings: Sequence[Finding], privacy: Privacy) -> tuple[Note, ...]:
    """Make the rows of the findings."""
    return tuple(
        Note(
            *_ICONS[each.severity],
            WORDS[each.severity],
            finding_title(each),
            privacy.text(each.message),
            privacy.text(each.path),
        )
        for each in findings
    )


def repair_notes(
    repairs: Sequence[Repair], paths: Sequence[str | None], privacy: Privacy
) -> tuple[Note, ...]:
    """Make the rows of the repairs."""
    return tuple(
        Note(
            Icon.EDIT,
            Color.WARN,
            "Repaired",
            f"character {each.position + 1:,}",
            privacy.text(each.what),
            privacy.text(path or ""),
        )
        for each, path in zip(repairs, paths, strict=True)
    )


def marks(payload: Payload) -> tuple[tuple[str, Tone, str], ...]:
    """Name what is special about a payload as a whole: the word, its tone, and a sentence about it."""
    found = []
    if payload.kind in _KINDS:
        tone = Tone.BAD if payload.kind is Kind.UNREADABLE else Tone.ACCENT
        found.append((_KINDS[payload.kind], tone, ""))
    if payload.repairs:
        found.append((f"Repaired · {len(payload.repairs)}", Tone.WARN, STRICT))
    if payload.cut_off_at is not None:
        read = f"Read up to character {payload.cut_off_at:,}, where the text ends; nothing was added."
        found.append(("Cut off", Tone.BAD, read))
    return tuple(found)
