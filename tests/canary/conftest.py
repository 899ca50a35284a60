"""Two days of the real program with canaries in it: lived through once, looked at by the tests."""

from __future__ import annotations

import pytest

from tests.canary.watch import Watch, watch_two_days


@pytest.fixture(scope="session")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    """Watch the program for two days."""
    return watch_two_days(tmp_path_factory.mktemp("canary").resolve())
