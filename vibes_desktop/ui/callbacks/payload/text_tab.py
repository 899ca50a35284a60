"""The tab with the text: formatted, exact, in hex, and the original beside what was made of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from vibes_desktop.callbacks.masking import masked_bytes
from vibes_desktop.callbacks.reading import decoded
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.callbacks.payload.code_view import CodeView, Span
from vibes_desktop.ui.callbacks.payload.loading import Loaded
from vibes_desktop.ui.callbacks.payload.places import path_spans
from vibes_desktop.ui.callbacks.payload.text_forms import Form, Shown, forms_of, repaired_text, shown_as
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.file_dialog import ask_where_to_save
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

SIDE_BY_SIDE_FROM = 620  # pixels of width; below, one stands above the other
FILTERS = ("JSON (*.json)", "Any file (*)")
MARKED = 12  # characters that a mark covers in the original


@dataclass(frozen=True, slots=True)
class _Written:
    """What is put on screen for a form."""

    shown: Shown
    beside: str | None = field(default=None, repr=False)  # what was made of a damaged original
    spans: tuple[Span, ...] = ()
    spans_beside: tuple[Span, ...] = ()


class TextTab(QWidget):
    """A payload's text in the chosen form."""

    said = Signal(str)
    failed = Signal(object)  # a VibesDesktopError

    def __init__(self, bridge: Bridge, privacy: Privacy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._privacy = privacy
        self._loaded: Loaded | None = None
        self._writing: Task[_Written] | None = None
        self._wanted_span: int | None = None
        self._preferred: Form | None = None  # chosen by hand; kept from payload to payload
        self.forms = ComboBox("Form of the text")
        self.view = CodeView("The payload as text")
        self.beside = CodeView("The payload as it was read")
        self.note = plain_label("", TextRole.SMALL_MUTED, wrap=True)
        self.save_button = link_button("Save the whole…", small=True, on_click=self.ask_where)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._heads = (
            plain_label("Original", TextRole.SECTION),
            plain_label("As it was read", TextRole.SECTION),
        )
        self._part_beside = QWidget()
        self._build()
        self.forms.currentIndexChanged.connect(lambda _index: self._write())
        self.forms.activated.connect(self._prefer)
        self.forms.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        privacy.changed.connect(self._write)

    @property
    def form(self) -> Form:
        """The form in use."""
        found = self.forms.currentData()
        return found if isinstance(found, Form) else Form.EXACT

    def set_loaded(self, loaded: Loaded | None) -> None:
        """Show another payload, in the same form where it has it."""
        if loaded is self._loaded:
            return
        self._loaded = loaded
        forms = forms_of(loaded.payload) if loaded is not None else ()
        with QSignalBlocker(self.forms):
            self.forms.clear()
            for form in forms:
                self.forms.addItem(form.value, form)
            self.forms.setCurrentIndex(forms.index(self._preferred) if self._preferred in forms else 0)
        self._write()

    def show_repair(self, number: int) -> None:
        """Go to the place of a repair in the original."""
        self._wanted_span = number
        place = self.forms.findData(Form.REPAIRED)
        if place >= 0 and place != self.forms.currentIndex():
            self.forms.setCurrentIndex(place)
        elif self._writing is None:
            self._show_span()

    def ask_where(self) -> None:
        """Ask where to save the exact bytes."""
        ask_where_to_save(self, "Save this payload", Path.home() / "payload.json", FILTERS, self.save)

    def save(self, path: Path) -> None:
        """Write the exact bytes, or what is left of them once personal data are hidden."""
        if self._loaded is None:
            return
        text, is_masking = self._loaded.payload.text, self._privacy.is_masking
        work = asyncio.to_thread(lambda: atomic_write(path, (masked_bytes(text) if is_masking else text,)))
        words = f"Saved as {path.name}{' (masked)' if is_masking else ''}"
        self._bridge.start(
            work, lambda _: self.said.emit(words), self.failed.emit, title="Saving a payload", owner=self
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= SIDE_BY_SIDE_FROM
        self._splitter.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    def _prefer(self) -> None:
        self._preferred = self.form

    def _write(self) -> None:
        """Have the text written in the background, and put it on screen then."""
        if self._writing is not None:
            self._writing.cancel()
        loaded, form = self._loaded, self.form
        if loaded is None:
            self._put(_Written(Shown("", 0, 0)))
            return
        work = asyncio.to_thread(_written, loaded, form, is_masking=self._privacy.is_masking)
        self._writing = self._bridge.start(
            work, self._put, self._not_written, title="Formatting a payload", owner=self
        )

    def _put(self, written: _Written) -> None:
        self._writing = None
        shown = written.shown
        self.view.set_text(shown.text, written.spans)
        self.beside.set_text(written.beside or "", written.spans_beside)
        is_double = written.beside is not None
        for widget in (*self._heads, self._part_beside):
            widget.setVisible(is_double)
        cut = (
            f"The first {_size(shown.shown_bytes)} of {_size(shown.all_bytes)} are shown"
            if shown.is_cut
            else ""
        )
        self.note.setText(". ".join(filter(None, (*shown.notes, cut))))
        self.note.setVisible(bool(self.note.text()))
        self._show_span()

    def _not_written(self, error: VibesDesktopError) -> None:
        self._writing = None
        self.failed.emit(error)

    def _show_span(self) -> None:
        if self._wanted_span is not None:
            self.view.show_span(self._wanted_span)
            self.beside.show_span(self._wanted_span)
            self._wanted_span = None

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        line = QHBoxLayout()
        line.addWidget(self.forms)
        line.addStretch(1)
        line.addWidget(self.save_button)
        column.addLayout(line)
        column.addWidget(self.note)
        parts = (QWidget(), self._part_beside)
        for head, view, part in zip(self._heads, (self.view, self.beside), parts, strict=True):
            inside = QVBoxLayout(part)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(4)
            inside.addWidget(head)
            inside.addWidget(view, 1)
            self._splitter.addWidget(part)
        column.addWidget(self._splitter, 1)
        self.note.hide()
        for widget in (*self._heads, self._part_beside):
            widget.hide()


def _written(loaded: Loaded, form: Form, *, is_masking: bool) -> _Written:
    payload = loaded.payload
    if form is not Form.REPAIRED:
        return _Written(shown_as(payload, form, is_masking=is_masking))
    shown = shown_as(payload, Form.EXACT, is_masking=is_masking)
    if is_masking:  # the places of the original are not those of what is left of it
        return _Written(shown, shown_as(payload, Form.FORMATTED, is_masking=True).text)
    beside = repaired_text(payload)
    original, _ = decoded(payload.text)
    spans = [(each.position, min(each.position + MARKED, len(original))) for each in payload.repairs]
    if payload.cut_off_at is not None:
        spans.append((max(payload.cut_off_at - MARKED, 0), payload.cut_off_at))
    found = path_spans(beside, payload.value)
    spans_beside = tuple(found.get(path or "", (0, 0)) for path in loaded.repaired)
    return _Written(
        Shown(original, shown.shown_bytes, shown.all_bytes, shown.notes), beside, tuple(spans), spans_beside
    )


def _size(count: int) -> str:
    return f"{count / (1 << 20):,.1f} MB" if count >= 1 << 20 else f"{count:,} bytes"
