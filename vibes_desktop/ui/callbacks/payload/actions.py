"""The ways out of the payload pane; app gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vibes_desktop.model.identifier import Identifier


@dataclass(frozen=True, slots=True)
class PayloadActions:
    """Where the pane leads to, on other pages."""

    open_person: Callable[[Identifier], object]  # shows the live record on the People page
