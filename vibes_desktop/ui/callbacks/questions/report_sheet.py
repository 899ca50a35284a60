"""A sheet that tells something about the answer: choices on top, a table below, to copy and to follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.callbacks.questions.latest import Latest
from vibes_desktop.ui.callbacks.questions.result_model import ROWS_AT_MOST, ResultColumn, ResultModel
from vibes_desktop.ui.callbacks.questions.result_table import ResultTable
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 900


class ReportSheet(SheetDialog):
    """The choices, a sentence, the table. Opening a row calls `follow`, and closes the sheet."""

    def __init__(
        self,
        viewer: Viewer,
        title: str,
        columns: Sequence[ResultColumn[Any]],
        parent: QWidget,
        *,
        about: str | None = None,
    ) -> None:
        subtitle = _about(viewer) if about is None else about
        super().__init__(title, subtitle=subtitle, width=WIDTH, parent=parent)
        self.viewer = viewer
        self.model = ResultModel(columns, self)
        self.table = ResultTable(self.model, title)
        self.table.opened.connect(self._open)
        self.table.copied.connect(lambda: self.set_note(viewer.privacy.copied_words))
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        self.words = plain_label("", TextRole.MUTED, wrap=True)
        self.notice = Notice(Tone.BAD, "")
        self.notice.hide()
        self.progress = ProgressLine()
        self.latest: Latest[Any] = Latest(viewer.bridge, self, lambda _: None, self._fail)
        self._lay_out()

    def work_out(self, work: Callable[[], Any], shown: Callable[[Any], object], title: str) -> None:
        """Work something out in the background, then show it."""
        self.notice.hide()
        self.progress.start(title)

        def show(result: Any) -> None:
            self.progress.stop()
            shown(result)

        self.latest.ask(lambda _check: work(), show)

    def show_rows(
        self, rows: Sequence[Any], words: str, columns: Sequence[ResultColumn[Any]] | None = None
    ) -> None:
        """Show rows, and say something about all of them."""
        self.model.set_columns(columns or self.model.columns, rows)
        if len(rows) > ROWS_AT_MOST:
            words = f"{words} The first {ROWS_AT_MOST:,} are shown."
        self.words.setText(words)

    def follow(self, row: Any) -> None:
        """Put into the question what a row is about."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        chooser = QWidget()
        self.controls.setContentsMargins(0, 0, 0, 0)
        chooser.setLayout(self.controls)
        self.add(chooser)
        self.add(self.words)
        self.add(self.notice)
        self.body.addWidget(self.table, 1)
        self.set_foot(self.progress)
        self.set_note("A click on a link, or Enter, puts it into the question.")
        self.add_button(button("Copy", on_click=self.table.copy, tooltip="The selected rows, or all"))
        self.add_button(button("Close", on_click=self.reject))
        self.finished.connect(self.deleteLater)

    def _fail(self, error: VibesDesktopError) -> None:
        self.progress.stop()
        self.notice.show_problem(error)
        self.notice.show()

    def _open(self, row: Any) -> None:
        self.follow(row)
        self.accept()


def _about(viewer: Viewer) -> str:
    """Say what the sheet is about: the answer, or everything."""
    rows = f"{len(viewer.rows):,} callbacks"
    return rows if viewer.query is None else f"{rows} that answer the question"
