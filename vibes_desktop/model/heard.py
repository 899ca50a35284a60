"""What received callbacks say about a person, as one room hands it to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from vibes_desktop.model.identifier import Identifier


@dataclass(frozen=True, slots=True)
class HeardCallback:
    """One callback about a person. `at` is UTC, None where the payload has no readable time."""

    at: datetime | None
    callback_type: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything an open collection says about somebody; `source` names the collection."""

    callbacks: tuple[HeardCallback, ...]
    source: str
    is_complete: bool = True  # False while files are still being read


# Blocking, called off the window's thread; None: no collection is open.
HearAbout = Callable[[Sequence[Identifier]], Heard | None]
