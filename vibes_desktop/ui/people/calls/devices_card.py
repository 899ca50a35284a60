"""A person's push devices beside the record; the tokens are as good as addresses, so they are masked."""

from __future__ import annotations

from collections.abc import Sequence

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.masking import HIDDEN_WORD
from vibes_desktop.model.subscription import PushDevice
from vibes_desktop.people.display import visible
from vibes_desktop.ui.people.lines_card import LinesCard
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole

TITLE = "Push devices"
NONE = "None."
TOKEN_SHOWN = 4  # characters: enough to tell two apart


class DevicesCard(LinesCard):
    """One row for each device: what it is, and the end of its token."""

    def __init__(self) -> None:
        super().__init__(TITLE)

    def show_devices(self, devices: Sequence[PushDevice]) -> None:
        """Show devices in their order."""
        self.clear()
        for device in devices:
            words = ElidedLabel(device_words(device))
            app = f"app {device.app_version}" if device.app_version else ""
            more = " · ".join(filter(None, (app, f"device {device.id}" if device.id else "")))
            words.set_more(visible(more))
            self.add_line(words, ElidedLabel(token_words(device.push_token), TextRole.MONO_MUTED))
        if not devices:
            self.add_words(NONE)

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say that they are not known, and why."""
        self.show_words(f"Not known: {error.title}.")


def device_words(device: PushDevice) -> str:
    """Say what a device is: make, model, system."""
    system = " ".join(filter(None, (device.operating_system, device.os_version)))
    words = " · ".join(filter(None, (device.hardware, system)))
    return visible(words or f"Device {device.id or 'without an ID'}")


def token_words(token: str | None) -> str:
    """Mask a push token; a short one entirely."""
    if not token:
        return "no token"
    return HIDDEN_WORD + (visible(token[-TOKEN_SHOWN:]) if len(token) > 2 * TOKEN_SHOWN else "")
