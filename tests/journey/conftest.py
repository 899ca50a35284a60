"""The journey is made once; the tests look at what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journey.journey import JourneyReport, run

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Qt complain that the bare bus has no desktop portal."""
    mark = pytest.mark.qt_log_ignore("org.freedesktop.portal", extend=True)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(mark)


@pytest.fixture(scope="session")
def report(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> JourneyReport:
    """Make the journey; a step that goes wrong fails every test that asks for the report."""
    return run(tmp_path_factory.mktemp("journey"))
