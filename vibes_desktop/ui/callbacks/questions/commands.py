"""What one can do with a question from the keyboard and the palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vibes_desktop.ui.callbacks.questions.drift_sheet import open_drift_sheet
from vibes_desktop.ui.callbacks.questions.export_sheet import open_export_sheet
from vibes_desktop.ui.callbacks.questions.exporting import PayloadExporter
from vibes_desktop.ui.callbacks.questions.facets import FacetPane
from vibes_desktop.ui.callbacks.questions.groups_sheet import open_groups_sheet
from vibes_desktop.ui.callbacks.questions.histogram import HistogramView
from vibes_desktop.ui.callbacks.questions.missing_sheet import open_missing_sheet
from vibes_desktop.ui.callbacks.questions.periods_sheet import open_periods_sheet
from vibes_desktop.ui.callbacks.questions.query_box import QueryBox
from vibes_desktop.ui.callbacks.questions.query_help import open_query_help
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import Page
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.widgets.progress_line import ProgressLine


def question_commands(viewer: Viewer, page: Page) -> Sequence[Command]:
    """Make the commands of a page's question; those that open a sheet stand in the box's menu too."""
    exporter = PayloadExporter(viewer, lambda: _progress_of(page), lambda text: _tell(page, text), page)

    def has_rows() -> bool:
        return len(viewer.rows) > 0

    def command(
        name: str, title: str, run: Callable[[], object], shortcut: str = "", *, needs_rows: bool = True
    ) -> Command:
        enabled = has_rows if needs_rows else lambda: len(viewer.collection) > 0
        return Command(f"callbacks.{name}", title, run, shortcut, enabled, page=page.page_id)

    sheets = (
        command("groups", "Group callbacks by…", lambda: open_groups_sheet(viewer, page), "Ctrl+G"),
        command("periods", "Compare two periods…", lambda: open_periods_sheet(viewer, page)),
        command("drift", "Show what the payloads hold…", lambda: open_drift_sheet(viewer, page)),
        command("missing", "Show what is possibly missing…", lambda: open_missing_sheet(viewer, page)),
        command("export", "Export callbacks…", lambda: open_export_sheet(viewer, page, exporter), "Ctrl+E"),
    )
    box = page.findChild(QueryBox)
    if box is not None:
        box.offer(sheets)
    return (
        *sheets,
        Command(
            "callbacks.stop_export",
            "Stop the export",
            exporter.stop,
            enabled=lambda: exporter.is_busy,
            page=page.page_id,
        ),
        command(
            "question", "Ask about callbacks", lambda: _focus(page, QueryBox), "Ctrl+L", needs_rows=False
        ),
        command("facets", "Go to the facets", lambda: _focus(page, FacetPane), needs_rows=False),
        command("histogram", "Go to the histogram", lambda: _focus_bars(page), needs_rows=False),
        command("everything", "Ask for all callbacks", lambda: viewer.ask(""), needs_rows=False),
        Command(
            "callbacks.help", "How to ask about callbacks", lambda: open_query_help(page), page=page.page_id
        ),
    )


def _focus(page: Page, kind: type[QueryBox | FacetPane]) -> None:
    found = page.findChild(kind)
    if found is not None:
        found.setFocus()


def _focus_bars(page: Page) -> None:
    found = page.findChild(HistogramView)
    if found is not None:
        found.take_focus()


def _progress_of(page: Page) -> ProgressLine | None:
    """Find the status bar's progress; a page without its window has none."""
    window = page.window()
    return window.progress if isinstance(window, MainWindow) else None


def _tell(page: Page, text: str) -> None:
    window = page.window()
    if isinstance(window, MainWindow):
        window.show_toast(text)
