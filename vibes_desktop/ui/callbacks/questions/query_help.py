"""How to ask: the grammar of the query language, for the help sheet; docs/queries.md says the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 760
EXAMPLE_WIDTH = 300


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A title, and examples with what each asks for."""

    title: str
    lines: tuple[tuple[str, str], ...]


HELP = (
    HelpSection(
        "Together",
        (
            ("left list", "Words are looked for in the text of a payload, in any case; all must be in it."),
            ('"left list"', "In quotes: exactly this, blanks and colons included; * is then just a star."),
            ("type:person_added OR type:person_updated", "Either. OR in capitals."),
            ("-reason:disconnect", "A minus before what must not be."),
            ("(list:1234 OR list:1188) -is:redelivered", "Brackets hold together what belongs together."),
        ),
    ),
    HelpSection(
        "What it is about",
        (
            ("type:subscription_*", "The callback type; * stands for any characters, in all text fields."),
            ("reason:user_opt_out", "Why somebody left a list."),
            ("list:1234", "The subscription list."),
            ("campaign:C1323542", "The acquisition campaign."),
            ("person:ABC123", "A person key, person ID, external ID or mobile number."),
            ("mdn:+1312*", "A mobile number, however it is written; ten digits are North American."),
            ("event:AB234SDFD234", "The event ID."),
            (
                "kind:unreadable",
                "Or callback, person, registration, subscription, vibes_connect, other.",
            ),
            ("source:events.ndjson", "The file it came from."),
        ),
    ),
    HelpSection(
        "When",
        (
            ("date:2026-11-01..2026-11-07", "When the event happened: both days included."),
            ("received:2026-11-01T16", "When it was received: a whole hour; a month and a year work too."),
            (
                "optout:>2026-10",
                "When somebody left: after October. Also >=, <, <=, and ..2026-10.",
            ),
            (
                "date:2026-11-01T00Z..",
                "With Z in UTC; without it in the zone that the window shows.",
            ),
        ),
    ),
    HelpSection(
        "How it came, and what is odd about it",
        (
            ("attempt:>1", "The delivery attempt."),
            ("answered:400..499", "The status that the receiver answered, where a log tells it."),
            (
                "is:redelivered",
                "Or repaired, conflicting, unreadable, cut_off, callback, unwrapped.",
            ),
            ("has:findings", "Or repairs, person, mdn, received, attempt."),
            ("finding:unknown_field", "What was found in it, by its name."),
            ("path:person.custom_fields.tier=gold", "Any member by its path; without = whether it is there."),
        ),
    ),
)
KEYS = (
    ("Up, Down", "Earlier and later questions. They are kept until the program ends, on no disk."),
    ("Tab", "Takes the first suggestion; Ctrl+Space brings them up."),
    ("Enter", "Asks at once."),
    ("Escape", "Asks for everything."),
)


def open_query_help(parent: QWidget) -> SheetDialog:
    """Show how to ask."""
    sheet = SheetDialog("How to ask", width=WIDTH, parent=parent)
    for section in HELP:
        sheet.add(plain_label(section.title, TextRole.SECTION))
        sheet.add(_lines(section.lines))
    sheet.add(plain_label("Keys", TextRole.SECTION))
    sheet.add(_lines(KEYS))
    close = sheet.add_button(button("Close", ButtonRole.SECONDARY, on_click=sheet.accept))
    sheet.set_default(close)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def _lines(lines: tuple[tuple[str, str], ...]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 8)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, EXAMPLE_WIDTH)
    grid.setColumnStretch(1, 1)
    for row, (example, meaning) in enumerate(lines):
        grid.addWidget(plain_label(example, TextRole.MONO, wrap=True, selectable=True), row, 0)
        grid.addWidget(plain_label(meaning, TextRole.BODY, wrap=True), row, 1)
    return holder
