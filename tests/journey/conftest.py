"""The journey is made once; the tests look at what came of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.journey.journey import JourneyReport, run


@pytest.fixture(scope="session")
def report(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> JourneyReport:
    """Make the journey; a step that goes wrong fails every test that asks for the report."""
    return run(tmp_path_factory.mktemp("journey"))
