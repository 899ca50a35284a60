"""Suggestions as rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from vibes_desktop.callbacks.completing import Completion
from vibes_desktop.ui.callbacks.questions.suggestion_model import COUNT_ROLE, SuggestionModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_rows_tell_text_and_count(qapp: object) -> None:
    model = SuggestionModel()
    QAbstractItemModelTester(model, FATAL)
    model.set_completions(
        [Completion(0, 2, "list:", "list:"), Completion(0, 2, "list:1", "list:1\n", count=1234)]
    )
    first, second = model.index(0), model.index(1)
    assert (first.data(), first.data(COUNT_ROLE)) == ("list:", "")
    assert (second.data(), second.data(COUNT_ROLE)) == ("list:1↵", "1,234")
    assert second.data(Qt.ItemDataRole.AccessibleTextRole) == "list:1↵, 1,234 callbacks"
    model.set_completions([])
    assert model.rowCount() == 0
