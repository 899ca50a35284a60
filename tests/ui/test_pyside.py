"""The fault of PySide6 that the version pin keeps away."""

import sys

from PySide6.QtWidgets import QApplication, QLabel

CALLS = 1_000
SLACK = 200  # other code takes and drops references meanwhile


def test_calls_into_qt_give_back_every_reference_to_none_and_true(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one on most calls, and aborts after a few thousand."""
    label = QLabel()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(CALLS):
        label.setText(str(number))
        label.setEnabled(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert all(abs(new - old) < SLACK for old, new in zip(before, after, strict=True))
    label.deleteLater()
