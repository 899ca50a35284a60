"""One switch for the whole window: the zone in which times are shown."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Zone(StrEnum):
    """How a moment is written."""

    LOCAL = "local"
    UTC = "UTC"
    BOTH = "both"


class Times(QObject):
    """Writes moments; whatever shows one asks again when it changes."""

    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, zone: Zone = Zone.LOCAL, local: tzinfo | None = None
    ) -> None:
        super().__init__(parent)
        self._zone = zone
        self._local = local  # None: this computer's

    @property
    def zone(self) -> Zone:
        """The zone in use."""
        return self._zone

    def set_zone(self, zone: Zone) -> None:
        """Show times in another zone."""
        if zone is not self._zone:
            self._zone = zone
            self.changed.emit()

    @property
    def basis(self) -> tzinfo | None:
        """The zone in which days begin and a date without a zone is read; None: this computer's."""
        return UTC if self._zone is Zone.UTC else self._local

    def moment(self, milliseconds: int, *, with_zone: bool = False) -> str:
        """Write a moment (milliseconds since 1970, UTC) to the second; empty for one no calendar has."""
        utc = moment_of(milliseconds)
        if utc is None:
            return ""
        shown = _written(utc.astimezone(self.basis))
        if self._zone is Zone.BOTH:
            return f"{shown} ({_clock(utc, shown)} UTC)"
        if with_zone:
            return f"{shown} {'UTC' if self._zone is Zone.UTC else 'local'}"
        return shown

    def in_utc(self, milliseconds: int) -> str:
        """Write a moment in UTC: for tooltips and for copying."""
        utc = moment_of(milliseconds)
        return f"{_written(utc)} UTC" if utc is not None else ""


def moment_of(milliseconds: int) -> datetime | None:
    """Give the moment in UTC; None for one no calendar has."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _clock(utc: datetime, shown: str) -> str:
    """Leave out the day where it is the same."""
    written = _written(utc)
    return written[11:] if written[:10] == shown[:10] else written
