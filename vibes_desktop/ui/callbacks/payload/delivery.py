"""How a payload reached us: from a file with what stood around it, or as a request; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.listener.senders import NOT_PROVEN, Sender, origin_of, sender_of
from vibes_desktop.model import capture

PATH_SHOWN = "/…"
HEARSAY = "so the request says, which anybody can write"
Written = Callable[[int], str]  # writes a moment


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of one delivery. Times in milliseconds since 1970, UTC."""

    source: str
    position: int
    size: int  # bytes of the payload
    received_ms: int | None = None
    answered: int | None = None
    notes: tuple[str, ...] = ()  # what it was unwrapped from, outermost first
    method: str | None = None
    path: str | None = field(default=None, repr=False)  # without the endpoint's secret
    port: int | None = None  # of the peer
    sender: Sender | None = field(default=None, repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def delivery_of(payload: Payload) -> Delivery:
    """Tell what the file says of a payload's delivery."""
    wrapping = payload.wrapping
    return Delivery(
        payload.source,
        payload.position,
        len(payload.text),
        wrapping.received_ms,
        wrapping.answered,
        wrapping.notes,
    )


def received(payload: Payload, came: capture.Delivery) -> Delivery:
    """Tell what the listener knows of a payload's delivery; the path's secret is left out everywhere."""
    secret, _, query = came.target.partition("?")
    bare = secret.strip("/")
    return replace(
        delivery_of(payload),
        received_ms=came.received_ms,
        answered=came.answered,
        method=came.method,
        path=f"{PATH_SHOWN}?{query}" if query else PATH_SHOWN,
        port=came.peer_port,
        sender=sender_of(came),
        headers=tuple((name, value.replace(bare, "…") if bare else value) for name, value in came.headers),
    )


def delivery_rows(delivery: Delivery, write: Written) -> tuple[tuple[str, str], ...]:
    """Name and value of everything that is known; what is not known is left out, or said to be unknown."""
    from_file = delivery.method is None
    received = write(delivery.received_ms) if delivery.received_ms is not None else ""
    rows = [
        ("Source", delivery.source),
        ("Place" if from_file else "Number", f"{delivery.position:,}"),
        ("Size", f"{delivery.size:,} bytes"),
        ("Received", received or "not told"),
        ("Answered", answered_words(delivery.answered)),
        ("Method", delivery.method or ""),
        ("Path", delivery.path or ""),
        *_sender_rows(delivery),
        ("Unwrapped from", "\n".join(delivery.notes)),
    ]
    return tuple((name, value) for name, value in rows if value)


def _sender_rows(delivery: Delivery) -> list[tuple[str, str]]:
    sender = delivery.sender
    if sender is None:
        return []
    hearsay = [f"{address} ({origin_of(address).value})" for address in sender.forwarded_for]
    host = f"[{sender.peer}]" if ":" in sender.peer else sender.peer
    return [
        ("Sent from", f"{host}:{delivery.port}\n{sender.origin.value}"),
        ("Forwarded for", "\n".join([*hearsay, HEARSAY]) if hearsay else ""),
        ("Sender", f"{NOT_PROVEN}: nothing is signed"),
    ]


def answered_words(status: int | None) -> str:
    """Say what the receiver's answer means to the platform (callbacks.md §1)."""
    if status is None:
        return "not told"
    if 200 <= status < 300:
        return f"{status}: done"
    if 400 <= status < 500:
        return f"{status}: refused for good; the platform does not deliver it again"
    return f"{status}: refused for now; the platform delivers it again"
