"""Values of a table of results as conditions of the question."""

from __future__ import annotations

from vibes_desktop.callbacks.query import Term
from vibes_desktop.ui.callbacks.questions.facet_values import needs_quotes
from vibes_desktop.ui.callbacks.viewer import Viewer

EVERY_DATE = "0002.."
DATED = frozenset(("day", "hour"))


def ask_also(viewer: Viewer, name: str, key: str | None) -> None:
    """Ask for a value in the place of all conditions on its field; None: for what has none."""
    field = "date" if name in DATED else name
    if key is not None:
        viewer.replace(field, term_of(field, key))
        return
    viewer.replace(field, None)
    viewer.exclude(Term(field, EVERY_DATE if field == "date" else "*"))


def key_words(key: str | None, names: dict[str, str]) -> str:
    """Show a value with its name, where it has one."""
    if key is None:
        return "(none)"
    return f"{key} {names[key]}" if key in names else key


def term_of(field: str, key: str) -> Term:
    """Give the condition that a field has just this value."""
    return Term(field, key, is_quoted=field != "date" and needs_quotes(key))
