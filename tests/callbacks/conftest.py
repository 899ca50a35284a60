"""Payloads to read: our own samples, and builders for what varies."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.payload import Body, Payload
from vibes_desktop.callbacks.pile import Pile

SAMPLES = Path(__file__).parent.parent.parent / "resources" / "samples"

Make = Callable[..., bytes]
Inspect = Callable[..., list[Payload]]


@pytest.fixture
def samples() -> Path:
    """Name the folder of our samples."""
    return SAMPLES


@pytest.fixture
def removed() -> dict[str, Any]:
    """Give a removal as the platform sends it, to be spoiled by a test."""
    value: dict[str, Any] = json.loads((SAMPLES / "types" / "subscription_removed.json").read_text())
    return copy.deepcopy(value)


@pytest.fixture
def assembled() -> Callable[[Any], Payload]:
    """Read one value, or the bytes of one, as a payload."""

    def read(value: Any) -> Payload:
        text = value if isinstance(value, bytes) else json.dumps(value).encode()
        return assemble(Body(text), "test", 1)

    return read


@pytest.fixture
def read_file(tmp_path: Path) -> Callable[..., list[Payload]]:
    """Write a file and read all its payloads."""

    def read(content: bytes | str, name: str = "file.ndjson") -> list[Payload]:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(Pile([str(file)]).payloads())

    return read
