"""From “I never signed up” to a page of what is known, on screen, on paper or in a file."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.heard import HearAbout
from vibes_desktop.model.person import Person
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.texted import why_texted
from vibes_desktop.people.texted_text import TITLE
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.calls.paper import pdf_of, print_text
from vibes_desktop.ui.people.calls.texted_sheet import READING, TextedSheet
from vibes_desktop.ui.privacy import MASKED_COPY, Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.file_dialog import ask_where_to_save

PDF = ".pdf"
FILTERS = ("Text (*.txt)", "PDF (*.pdf)")
HIDDEN_TOO = "Personal data are hidden in it."


class TextedFlow(QObject):
    """Runs one sheet at a time."""

    told = Signal(str)  # for the status bar

    def __init__(self, bridge: Bridge, page: QWidget, privacy: Privacy, times: Times) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._page = page
        self._privacy = privacy
        self._times = times
        self.hear_about: HearAbout | None = None  # what the open callbacks say, once somebody hands it in

    def start(self, session: PeopleSession, person: Person) -> None:
        """Open the page, and collect what is known."""
        sheet = TextedSheet(person, session.profile, self._privacy, self._times, self._page.window())
        work = why_texted(session, person, self.hear_about)
        reading = self._bridge.start(work, sheet.show_page, sheet.show_problem, title=READING, owner=sheet)
        sheet.finished.connect(reading.cancel)
        sheet.copy_requested.connect(lambda text: self._copy(sheet, text))
        sheet.print_requested.connect(lambda text: print_text(text, TITLE, sheet))
        sheet.export_requested.connect(lambda text: self._ask_where(sheet, text))
        sheet.open()

    def write(self, sheet: TextedSheet, path: Path, text: str) -> None:
        """Write the page to a file: as a PDF where its name ends so, else as text."""
        is_pdf = path.suffix.lower() == PDF
        content = pdf_of(text, TITLE) if is_pdf else text.encode("utf-8", "replace")
        hidden = f" {HIDDEN_TOO}" if self._privacy.is_masking else ""

        def say(_: None) -> None:
            sheet.tell("Exported", f"It was written to {path}.{hidden}")

        work = asyncio.to_thread(atomic_write, path, [content])
        self._bridge.start(work, say, sheet.show_problem, title="Exporting", owner=sheet)

    def _ask_where(self, sheet: TextedSheet, text: str) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        today = date.today().isoformat()  # noqa: DTZ011 - the reader's own day
        suggestion = Path(documents) / f"why-texted-{today}.txt"
        ask_where_to_save(
            sheet, "Export the page", suggestion, FILTERS, lambda path: self.write(sheet, path, text)
        )

    def _copy(self, sheet: TextedSheet, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        words = MASKED_COPY if self._privacy.is_masking else "Copied"
        sheet.tell(words, "The whole page is in the clipboard.")
        self.told.emit(words)
