"""Text on paper."""

from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.calls.paper import pdf_of, print_text


def test_a_pdf_is_whole_and_grows_with_the_text(qapp: QApplication) -> None:
    short, long = pdf_of("one\n", "Title"), pdf_of("<b>line</b>\n" * 500, "Title")
    for each in (short, long):
        assert each.startswith(b"%PDF")
        assert each.rstrip().endswith(b"%%EOF")
    assert long.count(b"/Type /Page\n") > short.count(b"/Type /Page\n") == 1


def test_a_printer_is_asked_for(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = print_text("text", "Why", window)
    assert isinstance(dialog, QPrintDialog)
    assert dialog.windowTitle() == "Why"
    dialog.reject()
