"""What the payload pane asks of the rest of the program; app gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vibes_desktop.model.identifier import Identifier


@dataclass(frozen=True, slots=True)
class PayloadActions:
    """Ways out of the pane."""

    open_person: Callable[[Identifier], object]  # shows the live record on the People page
