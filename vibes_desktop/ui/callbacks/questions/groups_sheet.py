"""Group by up to two columns, counting deliveries, distinct events or distinct people."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from vibes_desktop.callbacks.views import Counting, Group, groups
from vibes_desktop.ui.callbacks.questions.conditions import ask_also, key_words
from vibes_desktop.ui.callbacks.questions.facet_values import list_names
from vibes_desktop.ui.callbacks.questions.report_sheet import ReportSheet
from vibes_desktop.ui.callbacks.questions.result_model import ResultColumn
from vibes_desktop.ui.callbacks.questions.zones import offset_ms
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

BY = {
    "type": "Type",
    "reason": "Opt-out reason",
    "list": "List",
    "campaign": "Campaign",
    "day": "Day",
    "hour": "Hour",
}
NOTHING_ELSE = "Nothing else"


@dataclass(frozen=True, slots=True)
class Share:
    """A group and how much of all it is, from 0 to 1."""

    group: Group
    share: float


@dataclass(frozen=True, slots=True)
class _Grouped:
    """What came of grouping, and what lists are called."""

    groups: tuple[Group, ...]
    names: dict[str, str]


def open_groups_sheet(viewer: Viewer, parent: QWidget) -> GroupsSheet:
    """Show how the answer divides into groups."""
    sheet = GroupsSheet(viewer, parent)
    sheet.open()
    sheet.first.setFocus()
    return sheet


class GroupsSheet(ReportSheet):
    """Chooses columns and what is counted; a group puts its values into the question."""

    def __init__(self, viewer: Viewer, parent: QWidget) -> None:
        super().__init__(viewer, "Group by", (), parent)
        self._names: tuple[str, ...] = ()
        self.first = ComboBox("Group by", tuple(BY.values()))
        self.second = ComboBox("and by", (NOTHING_ELSE, *BY.values()))
        self.counting = ComboBox("Counting", [each.value.capitalize() for each in Counting])
        for words, box in (("By", self.first), ("and", self.second), ("counting", self.counting)):
            self.controls.addWidget(plain_label(words, TextRole.MUTED))
            self.controls.addWidget(box)
            box.currentIndexChanged.connect(self.refresh)
        self.controls.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Group anew as is chosen."""
        viewer, names = self.viewer, self._chosen()
        counting = tuple(Counting)[self.counting.currentIndex()]
        collection, rows, zone = viewer.collection, viewer.rows, viewer.times.basis
        columns = collection.columns

        def work() -> _Grouped:
            found = groups(columns, rows, names, counting, offset_ms(columns, rows, zone))
            return _Grouped(found, list_names(collection) if "list" in names else {})

        self.work_out(work, lambda grouped: self._show_groups(grouped, names, counting), "Grouping")

    def follow(self, row: Share) -> None:
        for name, key in zip(self._names, row.group.keys, strict=True):
            ask_also(self.viewer, name, key)

    def _chosen(self) -> tuple[str, ...]:
        titles = (self.first.currentText(), self.second.currentText())
        by_title = {title: name for name, title in BY.items()}
        return tuple(dict.fromkeys(by_title[title] for title in titles if title in by_title))

    def _show_groups(self, grouped: _Grouped, names: tuple[str, ...], counting: Counting) -> None:
        self._names, found = names, grouped.groups
        total = sum(group.count for group in found)
        shares = [Share(group, group.count / total) for group in found]
        noun = "group" if len(found) == 1 else "groups"
        self.show_rows(
            shares, f"{len(found):,} {noun}, {total:,} {counting.value}.", _columns(names, grouped.names)
        )


def _columns(names: tuple[str, ...], lists: dict[str, str]) -> list[ResultColumn[Share]]:
    keys = [_key_column(BY[name], place, lists if name == "list" else {}) for place, name in enumerate(names)]
    return [
        *keys,
        ResultColumn(
            "Count", lambda row: f"{row.group.count:,}", lambda row: row.group.count, 110, is_number=True
        ),
        ResultColumn(
            "Share", lambda row: f"{row.share:.1%}", lambda row: row.share, bar=lambda row: row.share
        ),
    ]


def _key_column(title: str, place: int, lists: dict[str, str]) -> ResultColumn[Share]:
    def text(row: Share) -> str:
        return key_words(row.group.keys[place], lists)

    return ResultColumn(title, text, lambda row: row.group.keys[place] or "", 250, is_link=place == 0)
