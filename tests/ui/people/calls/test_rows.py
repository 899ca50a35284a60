"""A label belongs to its field."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.calls.rows import labelled, muted, stacked
from vibes_desktop.ui.widgets.fields import line_edit


def test_the_label_is_the_fields_own(qtbot: QtBot) -> None:
    field = line_edit("Consent")
    row = labelled("Consent", field, muted("more"))
    qtbot.addWidget(row)
    label = row.findChildren(QLabel)[0]
    assert label.buddy() is field


def test_stacked_keeps_the_order(qtbot: QtBot) -> None:
    first, second = muted("first"), muted("second")
    whole = stacked(first, second)
    qtbot.addWidget(whole)
    layout = whole.layout()
    assert layout is not None
    assert [layout.indexOf(each) for each in (first, second)] == [0, 1]
