"""Asks the keyring daemon itself what it keeps, over the message bus, with none of our code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import secretstorage


@dataclass(frozen=True)
class KeptSecret:
    """An entry of the keyring: what it is filed under, and what was written into it."""

    label: str
    attributes: dict[str, str]
    content: dict[str, str] = field(repr=False)


def kept_secrets() -> list[KeptSecret]:
    """Read every entry of the default keyring."""
    return list(_entries())


def _entries() -> Iterator[KeptSecret]:
    with closing(secretstorage.dbus_init()) as connection:
        for item in secretstorage.get_default_collection(connection).get_all_items():
            content = json.loads(item.get_secret())
            yield KeptSecret(item.get_label(), dict(item.get_attributes()), content)
