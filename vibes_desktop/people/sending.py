"""Sending a write once: stopped half-way, its outcome is unknown, which is not the same as an end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from vibes_desktop.model.change import SentRequest
from vibes_desktop.model.errors import OutcomeUnknown
from vibes_desktop.vibes.client import VibesClient, WriteAnswer
from vibes_desktop.vibes.failures import LOOK_FIRST, MAYBE_CHANGED
from vibes_desktop.vibes.request import Request

T = TypeVar("T")


class StoppedWhileSending(OutcomeUnknown):
    """The person stopped it when the request may have left."""

    def __init__(self) -> None:
        super().__init__("Stopped while it was being sent", MAYBE_CHANGED, LOOK_FIRST)


async def send_once(client: VibesClient, request: Request) -> WriteAnswer:
    """Send a write; raises StoppedWhileSending when cancelled, and what the client raises."""
    return await uncut(client.write(request))


async def uncut(sending: Awaitable[T]) -> T:
    """Await a sending; cancelled, it raises StoppedWhileSending: what left can't be taken back."""
    try:
        return await sending
    except asyncio.CancelledError:
        go_on_after_stop()
        raise StoppedWhileSending from None


def sent_request(request: Request) -> SentRequest:
    """Put a request into the journal's form."""
    return SentRequest(request.method, request.path, request.body or "")


def go_on_after_stop() -> None:
    """Take note of a cancellation that is answered by finding out, rather than by ending."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine asks
    task.uncancel()
