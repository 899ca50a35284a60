"""Where the pane leads to."""

from __future__ import annotations

from collections.abc import Callable

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane

Event = Callable[..., dict[str, object]]


def test_it_leads_to_the_person(
    show: Callable[..., PayloadPane], removal: Event, opened: list[Identifier]
) -> None:
    show(removal()).head.open_person()
    assert len(opened) == 1
