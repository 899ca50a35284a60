"""What the program can be told to do with the payload that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.shell.commands import Command


def payload_commands(pane: PayloadPane) -> Sequence[Command]:  # noqa: ARG001 - filled as the pane is
    """List the commands of the pane."""
    return ()
