"""The words of listening."""

from __future__ import annotations

from urllib.parse import urlsplit

from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.status import ListenerState, ListenerStatus
from vibes_desktop.storage.captures import Space
from vibes_desktop.storage.captures_writer import Recovery
from vibes_desktop.ui.widgets.pill import Tone

PATH_SHOWN = 4  # letters of the secret path on the button
KB, MB, GB = 1_000, 1_000_000, 1_000_000_000
LOW_DISK = "The disk is almost full"
RETRIED = "The platform tries again"
LOST = "the real platform would drop the event"
STATES = {
    ListenerState.STOPPED: (Tone.NEUTRAL, "Not listening"),
    ListenerState.LISTENING: (Tone.OK, "Listening"),
    ListenerState.IN_TROUBLE: (Tone.BAD, "Listening, but nothing can be stored"),
}


def short_address(address: str) -> str:
    """Write an address as the button shows it: without the scheme, the path cut short."""
    parts = urlsplit(address)
    path = parts.path.strip("/")
    return f"{parts.netloc}/{path[:PATH_SHOWN]}…" if len(path) > PATH_SHOWN else f"{parts.netloc}/{path}"


def size_words(size: int) -> str:
    """Write a number of bytes."""
    for unit, word in ((GB, "GB"), (MB, "MB"), (KB, "kB")):
        if size >= unit:
            return f"{size / unit:,.1f} {word}"
    return f"{size:,} bytes"


def received_words(status: ListenerStatus) -> str:
    """Say what was stored since listening began."""
    rate = f" · {status.per_second:,.1f} per second" if status.per_second else ""
    return f"{status.stored:,} · {size_words(status.stored_bytes)}{rate}"


def refused_lines(status: ListenerStatus) -> list[str]:
    """Say what was refused, most frequent first, and what that means."""
    lines = []
    for reason, count in sorted(status.refused.items(), key=lambda pair: -pair[1]):
        meaning = f"answered {reason.status}: {LOST if reason.loses_event else RETRIED.lower()}"
        lines.append(f"{count:,} · {reason.value}. {meaning[0].upper()}{meaning[1:]}.")
    return lines


def rehearsal_words(rehearsal: Rehearsal) -> str:
    """Say what is rehearsed."""
    which = "Every delivery" if rehearsal.every == 1 else f"One delivery in {rehearsal.every:,}"
    delay = f", after {rehearsal.delay_seconds:g} s" if rehearsal.delay_seconds else ""
    meaning = f"With {rehearsal.status} {LOST}." if rehearsal.loses_events else f"{RETRIED}."
    if rehearsal.status < 300:
        meaning = "That is a proper answer."
    return f"{which} is answered {rehearsal.status}{delay}. {meaning} What arrives is stored all the same."


def recovery_words(recovery: Recovery) -> str:
    """Say how storing came back."""
    if not recovery.is_new:
        return "The file was checked, and nothing that was answered 200 is missing."
    where = f" The damaged one was put aside as {recovery.aside.name}." if recovery.aside is not None else ""
    return f"A new file was begun; what was stored before is not in it.{where}"


def low_words(space: Space) -> str:
    """Say what to do about a disk that is almost full."""
    return f"{size_words(space.free)} are left. Clear or compact the collection, or delete other files."


def status_bar_words(status: ListenerStatus) -> str:
    """Say it in the status bar."""
    match status.state:
        case ListenerState.STOPPED:
            return "Listener off"
        case ListenerState.IN_TROUBLE:
            return "Listener in trouble"
        case ListenerState.LISTENING:
            refused = f" · {status.refused_total:,} refused" if status.refused_total else ""
            return f"live: {status.stored:,} received{refused}"
