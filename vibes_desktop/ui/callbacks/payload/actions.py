"""What the payload pane asks of the rest of the program; app gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.callbacks.payload.delivery import Delivery, delivery_of


@dataclass(frozen=True, slots=True)
class PayloadActions:
    """Ways out of the pane, and what it can't know itself."""

    open_person: Callable[[Identifier], object]  # shows the live record on the People page
    delivery: Callable[[Payload], Delivery] = delivery_of  # called in the background; may raise OSError
