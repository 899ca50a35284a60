"""Rows on the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from vibes_desktop.ui.callbacks.copying_rows import rows_as_text
from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.table_columns import Field
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[..., Viewer]
FIELDS = (Field.TIME, Field.PERSON, Field.MOBILE)


def test_rows_stand_between_tabs_under_their_titles(page: CallbacksPage, open_events: Open) -> None:
    text = rows_as_text(open_events(3), page.table.payloads.cells, [2, 0], FIELDS)
    assert text == (
        "Time\tPerson\tMobile\n"
        "2026-02-01 00:02:00 UTC\tex00002\t'+12065550002\n"
        "2026-02-01 00:00:00 UTC\tex00000\t'+12065550000\n"
    )


def test_what_is_masked_on_screen_is_masked_here(page: CallbacksPage, open_events: Open) -> None:
    viewer = open_events(1)
    viewer.privacy.set_masking(True)
    assert rows_as_text(viewer, page.table.payloads.cells, [0], FIELDS).endswith("\te•••\t'+•••••••••00\n")
