"""The filter of the history: words, outcome, days, and whose changes."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QLineEdit, QWidget

from vibes_desktop.model.change import Outcome
from vibes_desktop.people.history import HistoryFilter
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.fields import ComboBox, FieldBox, bare_edit
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

CALM_MS = 150  # after the last key, before the journal is asked
TEXT_MIN_WIDTH = 180


class Days(StrEnum):
    """The spans of days there are to choose from."""

    ANY = "Any time"
    TODAY = "Today"
    LAST_7 = "Last 7 days"
    LAST_30 = "Last 30 days"
    CHOSEN = "From … to …"


_BACK = {Days.TODAY: 0, Days.LAST_7: 6, Days.LAST_30: 29}
_OUTCOMES: dict[str, frozenset[Outcome]] = {
    "Any outcome": frozenset(),
    "Saved": frozenset({Outcome.VERIFIED}),
    "Saved, differs": frozenset({Outcome.DIFFERS}),
    "Not saved": frozenset({Outcome.NOT_SAVED}),
    "Unknown": frozenset({Outcome.UNKNOWN}),
    "Not finished": frozenset({Outcome.INTENDED, Outcome.SENDING}),
}
_SCOPES = ("This profile", "All profiles")


class FilterBar(QWidget):
    """One line of filters; `changed` comes once the typing pauses, and at once for a choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, privacy: Privacy | None = None) -> None:
        super().__init__(parent)
        self._privacy = privacy or Privacy(self)
        self.text = bare_edit("Filter the changes", placeholder="Name, ID, field, value or reason")
        self.text.setClearButtonEnabled(True)
        self.outcome = ComboBox("Outcome", list(_OUTCOMES))
        self.days = ComboBox("Days", [days.value for days in Days])
        self.since = _date_edit("From")
        self.until = _date_edit("To")
        self.scope = ComboBox("Whose changes", _SCOPES)
        self._to = plain_label("to", TextRole.MUTED)
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self.changed)
        self._lay_out()
        self._connect()
        self._days_chosen()
        self._privacy.changed.connect(self._show_masking)
        self._show_masking()

    @property
    def chosen(self) -> HistoryFilter:
        """What is to be shown."""
        since, until = self._span()
        return HistoryFilter(self.text.text().strip(), _OUTCOMES[self.outcome.currentText()], since, until)

    @property
    def is_all_profiles(self) -> bool:
        """Whether changes of every profile are wanted."""
        return self.scope.currentText() == _SCOPES[1]

    def clear(self) -> None:
        """Show everything again."""
        for box in (self.outcome, self.days):
            box.setCurrentIndex(0)
        self.text.clear()
        self._calm.stop()
        self.changed.emit()

    def _span(self) -> tuple[date | None, date | None]:
        days, today = Days(self.days.currentText()), date.today()  # noqa: DTZ011 - the reader's own day
        if days is Days.ANY:
            return None, None
        if days is Days.CHOSEN:
            return _day(self.since), _day(self.until)
        return today - timedelta(days=_BACK[days]), today

    def _lay_out(self) -> None:
        box = FieldBox(self.text)
        box.setMinimumWidth(TEXT_MIN_WIDTH)
        box.set_lead(IconLabel(Icon.SEARCH))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(box, 1)
        widgets: tuple[QLabel | QComboBox | QDateEdit, ...]
        widgets = (self.outcome, self.days, self.since, self._to, self.until, self.scope)
        for widget in widgets:
            line.addWidget(widget)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._calm.start)
        self.text.returnPressed.connect(self._at_once)
        self.days.currentIndexChanged.connect(self._days_chosen)
        for box in (self.outcome, self.days, self.scope):
            box.currentIndexChanged.connect(self._at_once)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(self._calm.start)

    def _show_masking(self) -> None:
        """Hide what stands in the box: it may be a name or a number."""
        is_masking = self._privacy.is_masking
        self.text.setEchoMode(QLineEdit.EchoMode.Password if is_masking else QLineEdit.EchoMode.Normal)

    def _at_once(self) -> None:
        self._calm.stop()
        self.changed.emit()

    def _days_chosen(self) -> None:
        is_chosen = Days(self.days.currentText()) is Days.CHOSEN
        for widget in (self.since, self._to, self.until):
            widget.setVisible(is_chosen)


def _date_edit(name: str) -> QDateEdit:
    edit = QDateEdit(QDate.currentDate())
    for part in (edit, edit.lineEdit()):
        part.setAccessibleName(name)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd")
    return edit


def _day(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
