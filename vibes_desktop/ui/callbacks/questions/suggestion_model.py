"""What the question's box offers, as the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vibes_desktop.callbacks.completing import Completion
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.widgets.plain import one_line

Index = QModelIndex | QPersistentModelIndex
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1


class SuggestionModel(QAbstractListModel):
    """Completions, the likeliest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._completions: tuple[Completion, ...] = ()

    @property
    def completions(self) -> tuple[Completion, ...]:
        """All of them."""
        return self._completions

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Offer others."""
        self.beginResetModel()
        self._completions = tuple(completions)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._completions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        completion = self._completions[index.row()]
        count = "" if completion.count is None else f"{completion.count:,}"
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(completion.shown)
        if role == COUNT_ROLE:
            return count
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = f", {callbacks(completion.count)}" if completion.count is not None else ""
            return one_line(completion.shown + told)
        return None
