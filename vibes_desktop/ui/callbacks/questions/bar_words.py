"""The words of a histogram: the dates below its bars, what one bar says, and what all of them say. Pure."""

from __future__ import annotations

from datetime import datetime

from vibes_desktop.ui.callbacks.questions.bars import Bars, Unit, moment_in

LABEL_PIXELS = 84  # a date and the air beside it
EVERY = {
    Unit.SECOND: (1, 2, 4, 5, 10, 12, 20, 30, 60),
    Unit.MINUTE: (1, 2, 3, 4, 6, 10, 12, 20, 30, 60),
    Unit.HOUR: (1, 2, 4, 6, 8, 12, 24, 48),
    Unit.DAY: (1, 2, 7, 14, 28),
    Unit.MONTH: (1, 2, 3, 4, 6, 12, 24),
    Unit.YEAR: (1, 2, 5, 10, 20),
}
STEP_WORDS = {
    Unit.SECOND: "second",
    Unit.MINUTE: "minute",
    Unit.HOUR: "hour",
    Unit.DAY: "day",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
}
DAYS_OF_A_WEEK = 7


def axis_labels(bars: Bars, pixels: float) -> list[tuple[int, str]]:
    """Choose bars to be labelled, given the width of one, and say when each begins."""
    unit = bars.step.unit
    every = next((count for count in EVERY[unit] if count * pixels >= LABEL_PIXELS), EVERY[unit][-1])
    while every * pixels < LABEL_PIXELS:
        every *= 2
    first = next((place for place in range(len(bars)) if _is_round(bars, place, every)), 0)
    labels: list[tuple[int, str]] = []
    before: datetime | None = None
    for place in range(first % every, len(bars), every):
        moment = moment_in(bars.edges[place], bars.zone)
        labels.append((place, _axis_label(moment, before, unit)))
        before = moment
    return labels


def _is_round(bars: Bars, place: int, every: int) -> bool:
    """Tell whether a bar begins where one would like to see a date: a midnight, a Monday, a January."""
    moment = moment_in(bars.edges[place], bars.zone)
    match bars.step.unit:
        case Unit.DAY:
            return moment.weekday() == 0 or every % DAYS_OF_A_WEEK != 0
        case Unit.MONTH:
            return moment.month == 1
        case Unit.YEAR:
            return moment.year % (every * bars.step.count) == 0
        case _:
            return moment.hour == moment.minute == moment.second == 0


def _axis_label(moment: datetime, before: datetime | None, unit: Unit) -> str:
    """Write what is new against the label before."""
    if unit is Unit.YEAR:
        return f"{moment.year}"
    if unit is Unit.MONTH:
        return f"{moment:%b %Y}" if before is None or before.year != moment.year else f"{moment:%b}"
    day = f"{moment.day} {moment:%b}"
    if before is None or before.year != moment.year:
        return f"{day} {moment.year}"
    if unit is Unit.DAY or before.date() != moment.date():
        return day
    return f"{moment:%H:%M:%S}" if unit is Unit.SECOND else f"{moment:%H:%M}"


def bar_words(bars: Bars, first: int, last: int) -> str:
    """Say what one bar holds, or several: from `first` to `last`, both included."""
    low, high = sorted((first, last))
    count = sum(bars.counts[low : high + 1])
    return f"{span_words(bars, low, high)} · {callbacks(count)}"


def span_words(bars: Bars, low: int, high: int) -> str:
    """Say when bars begin and end."""
    begin = moment_in(bars.edges[low], bars.zone)
    end = moment_in(bars.edges[high + 1], bars.zone)
    inside = moment_in(bars.edges[high + 1] - 1, bars.zone)
    match bars.step.unit:
        case Unit.YEAR:
            return f"{begin.year}" if begin.year == inside.year else f"{begin.year}\u2013{inside.year}"
        case Unit.MONTH:
            one = (begin.year, begin.month) == (inside.year, inside.month)
            return f"{begin:%B %Y}" if one else f"{begin:%b %Y} \u2013 {inside:%b %Y}"
        case Unit.DAY:
            one = begin.date() == inside.date()
            return f"{begin:%a} {_day(begin)}" if one else f"{_day(begin)} \u2013 {_day(inside)}"
        case _:
            clock = "%H:%M:%S" if bars.step.unit is Unit.SECOND else "%H:%M"
            until = (
                end.strftime(clock)
                if begin.date() == inside.date()
                else f"{_day(end)}, {end.strftime(clock)}"
            )
            return f"{begin:%a} {_day(begin)}, {begin.strftime(clock)}\u2013{until}"


def summary(bars: Bars) -> str:
    """Say what the whole shows, and what it leaves out."""
    if not bars:
        return f"{callbacks(bars.timeless)} without this time" if bars.timeless else ""
    count = bars.step.count
    unit = STEP_WORDS[bars.step.unit]
    if unit == "day" and count == DAYS_OF_A_WEEK:
        unit, count = "week", 1
    words = [f"{span_words(bars, 0, len(bars) - 1)}, by {unit if count == 1 else f'{count} {unit}s'}"]
    if bars.outside:
        words.append(f"{bars.outside:,} far outside")
    if bars.timeless:
        words.append(f"{bars.timeless:,} without this time")
    return " · ".join(words)


def callbacks(count: int) -> str:
    """Count callbacks in words."""
    return "1 callback" if count == 1 else f"{count:,} callbacks"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"
