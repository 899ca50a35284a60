"""Words that several views of a person share."""

from __future__ import annotations

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.people.display import visible

NAMES_SHOWN = 8


def in_sentence(label: str) -> str:
    """Return a label as it stands within a sentence: `External ID` as `external ID`."""
    return label[:1].lower() + label[1:]


def spoken(identifier: Identifier) -> str:
    """Name an identifier within a sentence: `external ID EXT542342`."""
    return f"{in_sentence(identifier.kind.label)} {visible(identifier.value)}"


def listed(names: list[str], shown: int = NAMES_SHOWN) -> str:
    """Join names with commas; of many the first, and how many more."""
    text = ", ".join(names[:shown])
    return text if len(names) <= shown else f"{text} and {len(names) - shown:,} more"


def counted(count: int, singular: str) -> str:
    """Count things: `1 change`, `2 changes`."""
    return f"{count:,} {singular}{'' if count == 1 else 's'}"
