"""One change in full: before and after, what was sent, how it ended, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Outcome
from vibes_desktop.model.fields import ABSENT, FieldChange, Value
from vibes_desktop.model.jsonvalue import JsonSyntaxError, dump, parse
from vibes_desktop.people.dates import moment_words
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.people.masking import masked_change
from vibes_desktop.ui.history.actions import Profiles, person_of, why_not_here, why_not_undo
from vibes_desktop.ui.history.words import outcome_words, person_words, utc_time
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import ButtonRole, CopyButton, button
from vibes_desktop.ui.widgets.card import Card, Hairline
from vibes_desktop.ui.widgets.code_block import CodeBlock
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Pill, Tone
from vibes_desktop.ui.widgets.plain import set_tooltip
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

ROW_PADDING = 15
MAX_BODY_LINES = 14
HIDDEN_REQUEST = "Hidden with all personal data."
_KINDS = {
    ChangeKind.UPDATE: "Change",
    ChangeKind.ADD: "Addition",
    ChangeKind.UNDO: "Undoing",
    ChangeKind.STOP: "Stop",
    ChangeKind.OPT_IN: "Opt-in",
}
_ERASED = "Values and names are no longer kept on this computer."


class DetailPane(QWidget):
    """Shows one change, or says to choose one."""

    def __init__(
        self,
        *,
        on_undo: Callable[[], object],
        on_resolve: Callable[[], object],
        on_open: Callable[[], object],
        privacy: Privacy | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._privacy = privacy or Privacy(self)
        self._privacy.changed.connect(self._show_masking)
        self._shown: tuple[ChangeRecord, Profiles] | None = None
        self.undo_button = button("Undo…", on_click=on_undo)
        self.resolve_button = button("Look again", ButtonRole.PRIMARY, on_click=on_resolve)
        self.open_button = button("Open person", on_click=on_open)
        self._why = plain_label("", TextRole.SMALL_MUTED, wrap=True)
        self._page = ScrollPage("The change in full")
        self._body: QWidget | None = None
        self._empty = plain_label("Choose a change to see it in full.", TextRole.MUTED, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._whole())

    @property
    def record(self) -> ChangeRecord | None:
        """The change that is shown."""
        return self._shown[0] if self._shown else None

    def show_nothing(self) -> None:
        """Say that a change is to be chosen."""
        self._shown = None
        self._stack.setCurrentIndex(0)

    def show_record(self, record: ChangeRecord, profiles: Profiles) -> None:
        """Show a change."""
        if (record, profiles) == self._shown:
            return
        self._shown = (record, profiles)
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        seen = masked_change(record) if self._privacy.is_masking else record
        self._body = _body_of(seen, profiles)
        self._page.column.insertWidget(0, self._body)
        self._offer(record, profiles)
        self._stack.setCurrentIndex(1)

    def _show_masking(self) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            self.show_record(*shown)

    def _offer(self, record: ChangeRecord, profiles: Profiles) -> None:
        """Show the buttons that fit, and say why the others don't."""
        elsewhere, no_undo = why_not_here(record, profiles), why_not_undo(record, profiles)
        is_owed = record.outcome.is_open or record.outcome is Outcome.UNKNOWN
        self.resolve_button.setVisible(is_owed and not record.is_erased)
        self.resolve_button.setEnabled(elsewhere is None)
        self.undo_button.setEnabled(no_undo is None)
        self.undo_button.setAccessibleDescription(no_undo or "")
        self.open_button.setEnabled(elsewhere is None and person_of(record) is not None)
        self._why.setText(f"Undo: {no_undo}" if no_undo else "")
        self._why.setVisible(no_undo is not None)

    def _whole(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._page, 1)
        column.addWidget(self._why)
        line = QHBoxLayout()
        line.setSpacing(8)
        for made in (self.resolve_button, self.undo_button, self.open_button):
            line.addWidget(made)
        line.addStretch(1)
        column.addLayout(line)
        return whole


def _body_of(record: ChangeRecord, profiles: Profiles) -> QWidget:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(_head(record, profiles))
    if record.outcome is not Outcome.VERIFIED:
        words = outcome_words(record)
        column.addWidget(Notice(words.tone, words.title, (words.sentence, record.detail)))
    if record.intention.changes:
        column.addWidget(_fields(record))
    if record.intention.request.method and not record.is_erased:
        column.addWidget(_request(record))
    column.addStretch(1)
    return body


def _head(record: ChangeRecord, profiles: Profiles) -> Card:
    card, words, intention = Card(), outcome_words(record), record.intention
    card.body.setSpacing(4)
    card.add(_beside(ElidedLabel(person_words(record), TextRole.STRONG), Pill(words.pill, words.tone)))
    identifier = person_of(record)
    if identifier is not None:
        shown = ElidedLabel(visible(identifier.value), TextRole.MONO_MUTED)
        card.add(_beside(shown, CopyButton(identifier.kind.label, identifier.value), stretch=False))
    when = ElidedLabel(moment_words(record.started_at), TextRole.SMALL_MUTED)
    set_tooltip(when, utc_time(record.started_at))
    card.add(when)
    card.add(_small(f"{_KINDS[intention.kind]} {record.id:,}{_undone(record)} by {intention.os_user}"))
    if intention.profile_id != profiles.current:
        card.add(_small(f"Profile: {profiles.name(intention.profile_id) or 'removed'}"))
    if intention.reason:
        card.add(_small(f"Reason: {intention.reason}"))
    if record.is_erased:
        card.add(_small(_ERASED))
    return card


def _undone(record: ChangeRecord) -> str:
    return "" if record.intention.undo_of is None else f" of change {record.intention.undo_of:,}"


def _fields(record: ChangeRecord) -> Card:
    card = Card("Before and after", ruled=True)
    for number, change in enumerate(record.intention.changes):
        if number:
            card.add(Hairline())
        card.add(_field(change, record))
    return card


def _field(change: FieldChange, record: ChangeRecord) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(ROW_PADDING, 6, ROW_PADDING, 6)
    column.setSpacing(2)
    name = ElidedLabel(visible(change.field.name), TextRole.SMALL_MUTED)
    differs = change.field in record.differing
    column.addWidget(_beside(name, Pill("came back otherwise", Tone.WARN)) if differs else name)
    if record.is_erased:
        return row
    before = _value(change.before, TextRole.STRUCK)
    if change.before is ABSENT or change.before is None:
        column.addWidget(before)
    else:
        copy = CopyButton(f"{change.field.name} before", _copied(change.before))
        column.addWidget(_beside(before, copy, stretch=False))
    after = Pill("cleared", Tone.BAD) if change.after is None else _value(change.after, TextRole.STRONG)
    column.addWidget(after)
    return row


def _value(value: Value, role: TextRole) -> QLabel:
    is_empty = value is None or value is ABSENT or value == ""
    return ElidedLabel(one_line(value), TextRole.MUTED if is_empty else role)


def _copied(value: Value) -> str:
    if isinstance(value, str) or value is ABSENT:
        return "" if value is ABSENT else value
    return dump(value)


def _request(record: ChangeRecord) -> Card:
    request = record.intention.request
    sent = "What was to be sent" if record.outcome is Outcome.INTENDED else "What was sent"
    text = f"{request.method} {request.path}\n\n{_indented(request.body)}" if request.path else HIDDEN_REQUEST
    card = Card(sent)
    card.add(CodeBlock(sent, text.rstrip(), max_lines=MAX_BODY_LINES))
    return card


def _indented(body: str) -> str:
    try:
        return dump(parse(body), indent=2) if body else ""
    except JsonSyntaxError:
        return body


def _small(text: str) -> QLabel:
    return plain_label(visible(text), TextRole.SMALL_MUTED, wrap=True)


def _beside(first: QWidget, second: QWidget, *, stretch: bool = True) -> QWidget:
    """Put two widgets into one line, the second at its end or, without `stretch`, right behind the first."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    line.addWidget(first, 1 if stretch else 0)
    line.addWidget(second, 0, Qt.AlignmentFlag.AlignVCenter)
    if not stretch:
        line.addStretch(1)
    return holder
