"""Rows of the table as text for a spreadsheet or a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from vibes_desktop.callbacks.export import FORMULA_STARTS
from vibes_desktop.ui.callbacks.cells import Cells
from vibes_desktop.ui.callbacks.row_texts import NO_TEXTS, texts_of
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field
from vibes_desktop.ui.callbacks.viewer import Viewer

COPIED_AT_MOST = 20_000  # rows; more than that is an export
ENDS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def rows_as_text(viewer: Viewer, cells: Cells, rows: Sequence[int], fields: Sequence[Field]) -> str:
    """Give rows with a line of titles, cells between tabs; blocking, as payloads are read.

    Times are in UTC, and what is masked on screen is masked here. No cell can begin a formula.
    """
    lines = ["\t".join(TRAITS[field].title for field in fields)]
    texts = texts_of(viewer.collection, rows)
    for row in rows:
        known = texts.get(row, NO_TEXTS)
        lines.append("\t".join(_safe(cells.copied(row, field, known)) for field in fields))
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    text = text.translate(ENDS)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
