"""A page of text on paper, and in a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFont, QFontDatabase, QPagedPaintDevice, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

POINTS = 9


def print_text(text: str, title: str, parent: QWidget) -> QPrintDialog:
    """Ask for a printer, and print; nothing happens when it is cancelled."""
    printer = QPrinter()
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.accepted.connect(lambda: put_on(text, printer))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


def pdf_of(text: str, title: str) -> bytes:
    """Make a PDF of text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    put_on(text, writer)
    del writer  # writes the file's end
    return bytes(buffer.data().data())


def put_on(text: str, device: QPagedPaintDevice) -> None:
    """Put text on the pages of a printer or a PDF: plain, whatever is in it."""
    document = QTextDocument()
    document.setDefaultFont(_font())
    document.setPlainText(text)
    document.print_(device)


def _font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSize(POINTS)
    return font
