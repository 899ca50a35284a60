"""A record store with a few things in it, and the bridge to reach it through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vibes_desktop.model.profile import Profile, ProfileId, Region, Safety
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.desk import Desk
from vibes_desktop.ui.bridge import Bridge


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a record store in a folder of its own."""
    opened = Desk(tmp_path / "desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def bridge(qapp: object, runtime: Runtime) -> Bridge:
    return Bridge(runtime)


@pytest.fixture
def demo() -> Profile:
    """Return the profile in use."""
    return Profile(ProfileId("demo"), "Demo Retail", "DEMO", Region.US.base_url, "demo", Safety.SANDBOX)


@pytest.fixture
def acme() -> Profile:
    """Return another profile, of a name that would be markup and a mnemonic."""
    base_url = "https://127.0.0.1:8443/base"
    return Profile(ProfileId("acme"), "<b>A&cme</b>", "ACME", base_url, "acme", Safety.PRODUCTION)
