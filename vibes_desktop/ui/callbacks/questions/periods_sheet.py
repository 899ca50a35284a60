"""Two periods beside each other: what accounts for the change between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

import numpy as np
from PySide6.QtCore import QDate, QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QHBoxLayout, QWidget

from vibes_desktop.callbacks.columns import ABSENT_MS
from vibes_desktop.callbacks.periods import Contribution, Period, contributions
from vibes_desktop.callbacks.views import Counting
from vibes_desktop.ui.callbacks.questions.bars import FIELDS, day_ms, moment_in, range_term
from vibes_desktop.ui.callbacks.questions.conditions import ask_also, key_words
from vibes_desktop.ui.callbacks.questions.facet_values import asked_for, list_names, rows_without
from vibes_desktop.ui.callbacks.questions.histogram import BASIS_WORDS, ZONE_WORDS
from vibes_desktop.ui.callbacks.questions.report_sheet import ReportSheet
from vibes_desktop.ui.callbacks.questions.result_model import ResultColumn
from vibes_desktop.ui.callbacks.questions.zones import offset_ms, range_of
from vibes_desktop.ui.callbacks.viewer import Rows, Viewer
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.calendar import use_calendar
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

BY = {
    "list": "List",
    "reason": "Opt-out reason",
    "campaign": "Campaign",
    "hour": "Hour of the day",
    "type": "Type",
}
LONGEST_DAYS = 3660
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Part:
    """What one value contributes, and how much of the whole change that is, from -1 to 1."""

    contribution: Contribution
    share: float


@dataclass(frozen=True, slots=True)
class _Compared:
    """What came of comparing, and what lists are called."""

    contributions: tuple[Contribution, ...]
    names: dict[str, str]


def open_periods_sheet(viewer: Viewer, parent: QWidget) -> PeriodsSheet:
    """Compare two periods of the answer."""
    sheet = PeriodsSheet(viewer, parent)
    sheet.open()
    sheet.by.setFocus()
    return sheet


class PeriodsSheet(ReportSheet):
    """Begins with the question's range, or the newest day, against the same days a week earlier."""

    def __init__(self, viewer: Viewer, parent: QWidget) -> None:
        super().__init__(viewer, "Compare periods", (), parent)
        self.by = ComboBox("By", tuple(BY.values()))
        self.deliveries = QCheckBox("Deliveries, not distinct events")
        self.before = (_day_edit("First day before"), _day_edit("Last day before"))
        self.after = (_day_edit("First day after"), _day_edit("Last day after"))
        self._lay_out_choices()
        first, last = first_days(viewer)
        self._set(self.after, first, last)
        self._put_week_before()
        for edit in (*self.before, *self.after):
            edit.dateChanged.connect(self.refresh)
        self.by.currentIndexChanged.connect(self.refresh)
        self.deliveries.toggled.connect(self.refresh)
        self.refresh()

    @property
    def periods(self) -> tuple[Period, Period]:
        """The two periods as chosen, the earlier first."""
        zone = self.viewer.times.basis
        return _period(self.before, zone), _period(self.after, zone)

    def refresh(self) -> None:
        """Compare anew as is chosen."""
        viewer, name = self.viewer, self._name()
        counting = Counting.DELIVERIES if self.deliveries.isChecked() else Counting.EVENTS
        before, after = self.periods
        collection, rows, query = viewer.collection, viewer.rows, viewer.query
        basis, zone = viewer.basis, viewer.times.basis

        def work() -> _Compared:
            all_rows = rows_without(collection, rows, query, FIELDS[basis], zone)
            columns = collection.columns
            found = contributions(
                columns,
                all_rows,
                name,
                before,
                after,
                counting=counting,
                basis=basis,
                zone_ms=offset_ms(columns, all_rows, zone),
            )
            return _Compared(found, list_names(collection) if name == "list" else {})

        self.work_out(work, lambda compared: self._show_parts(compared, counting), "Comparing")

    def follow(self, row: Part) -> None:
        viewer, (_, after) = self.viewer, self.periods
        if self._name() != "hour":
            ask_also(viewer, self._name(), row.contribution.key)
        term = range_term(viewer.basis, after.begin_ms, after.end_ms, viewer.times.basis)
        viewer.replace(term.field, term)

    def _name(self) -> str:
        return tuple(BY)[self.by.currentIndex()]

    def _show_parts(self, compared: _Compared, counting: Counting) -> None:
        found = compared.contributions
        before, after = sum(each.before for each in found), sum(each.after for each in found)
        largest = max((abs(each.change) for each in found), default=0) or 1
        parts = [Part(each, each.change / largest) for each in found]
        change = after - before
        percent = f" ({change / before:+.0%})".replace("-", MINUS) if before else ""
        words = f"{before:,} {counting.value} before, {after:,} after: {signed(change)}{percent}."
        self.show_rows(parts, words, _columns(self.by.currentText(), compared.names))

    def _put_week_before(self) -> None:
        """Take the same weekdays a week earlier, or as many weeks as are needed."""
        first, last = (edit.date() for edit in self.after)
        weeks = first.daysTo(last) // 7 + 1
        self._set(self.before, first.addDays(-7 * weeks), last.addDays(-7 * weeks))

    def _week_before(self) -> None:
        self._put_week_before()
        self.refresh()

    def _set(self, edits: tuple[QDateEdit, QDateEdit], first: QDate, last: QDate) -> None:
        for edit, day in zip(edits, (first, last), strict=True):
            with QSignalBlocker(edit):
                edit.setDate(day)

    def _lay_out_choices(self) -> None:
        days = QGridLayout()
        days.setHorizontalSpacing(8)
        days.setVerticalSpacing(6)
        for row, (words, edits) in enumerate((("Before", self.before), ("After", self.after))):
            days.addWidget(plain_label(words, TextRole.MUTED), row, 0)
            days.addWidget(edits[0], row, 1)
            days.addWidget(plain_label("to", TextRole.MUTED), row, 2)
            days.addWidget(edits[1], row, 3)
        days.addWidget(link_button("A week earlier", on_click=self._week_before), 0, 4)
        words = f"{BASIS_WORDS[self.viewer.basis]} · {ZONE_WORDS[self.viewer.times.zone]}"
        days.addWidget(plain_label(words, TextRole.SMALL_MUTED), 1, 4)
        days.setColumnMinimumWidth(5, 16)
        by = QHBoxLayout()
        by.setSpacing(8)
        by.addWidget(plain_label("By", TextRole.MUTED))
        by.addWidget(self.by, 1)
        days.addLayout(by, 0, 6)
        days.addWidget(self.deliveries, 1, 6)
        self.controls.addLayout(days)
        self.controls.addStretch(1)


def signed(change: int) -> str:
    """Write a change with its sign."""
    return f"{change:+,}".replace("-", MINUS)


def first_days(viewer: Viewer) -> tuple[QDate, QDate]:
    """Give the days to begin with: the question's own, else the newest one that occurs."""
    zone = viewer.times.basis
    for term in asked_for(viewer.query, FIELDS[viewer.basis], excluded=False):
        begin, end = range_of(term, zone)
        if end - begin < timedelta(days=LONGEST_DAYS) / timedelta(milliseconds=1):
            return _qdate(begin, zone), _qdate(end - 1, zone)
    newest = _newest(viewer.collection.columns[viewer.basis.value][viewer.rows])
    day = QDate.currentDate() if newest is None else _qdate(newest, zone)
    return day, day


def _newest(moments: Rows) -> int | None:
    newest = int(np.max(moments, initial=ABSENT_MS))
    return None if newest == ABSENT_MS else newest


def _qdate(milliseconds: int, zone: tzinfo | None) -> QDate:
    day = moment_in(milliseconds, zone)
    return QDate(day.year, day.month, day.day)


class DayEdit(QDateEdit):
    """A day; Tab leaves it, the arrows go through year, month and day."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)


def _day_edit(accessible_name: str) -> QDateEdit:
    edit = DayEdit()
    edit.setAccessibleName(accessible_name)
    edit.setDisplayFormat("yyyy-MM-dd")
    use_calendar(edit)
    return edit


def _period(edits: tuple[QDateEdit, QDateEdit], zone: tzinfo | None) -> Period:
    first, last = sorted(date(*edit.date().getDate()) for edit in edits)
    return Period(day_ms(first, zone), day_ms(last + timedelta(days=1), zone))


def _columns(title: str, names: dict[str, str]) -> list[ResultColumn[Part]]:
    return [
        ResultColumn(
            title,
            lambda row: key_words(row.contribution.key, names),
            lambda row: row.contribution.key or "",
            260,
            is_link=True,
        ),
        _count("Before", lambda part: part.contribution.before),
        _count("After", lambda part: part.contribution.after),
        ResultColumn(
            "Change",
            lambda row: signed(row.contribution.change),
            lambda row: abs(row.contribution.change),
            bar=lambda row: row.share,
        ),
    ]


def _count(title: str, count: Callable[[Part], int]) -> ResultColumn[Part]:
    return ResultColumn(title, lambda row: f"{count(row):,}", count, 110, is_number=True)
