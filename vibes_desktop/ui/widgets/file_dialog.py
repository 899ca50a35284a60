"""Asking for a file: the system's dialog, without a loop of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(
    parent: QWidget, title: str, suggestion: Path, filters: Sequence[str], done: Callable[[Path], object]
) -> QFileDialog:
    """Open a dialog for a file to write; `filters` are such as "CSV (*.csv)", the first one is chosen.

    A name without an ending gets that of the chosen filter. `done` is not called when it is cancelled.
    """
    dialog = _dialog(parent, title, filters, done)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
    dialog.setDefaultSuffix(_suffix(filters[0]))
    dialog.setDirectory(str(suggestion.parent))
    dialog.selectFile(suggestion.name)
    dialog.open()
    return dialog


def ask_for_file(
    parent: QWidget, title: str, filters: Sequence[str], done: Callable[[Path], object]
) -> QFileDialog:
    """Open a dialog for a file to read. `done` is not called when it is cancelled."""
    dialog = _dialog(parent, title, filters, done)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_for_files(
    parent: QWidget, title: str, filters: Sequence[str], done: Callable[[Sequence[Path]], object]
) -> QFileDialog:
    """Open a dialog for one or more files to read. `done` is not called when it is cancelled."""
    dialog = QFileDialog(parent, title)
    dialog.setNameFilters(list(filters))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: done([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def ask_for_folder(parent: QWidget, title: str, done: Callable[[Path], object]) -> QFileDialog:
    """Open a dialog for a folder. `done` is not called when it is cancelled."""
    dialog = _dialog(parent, title, (), done)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def _dialog(
    parent: QWidget, title: str, filters: Sequence[str], done: Callable[[Path], object]
) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setNameFilters(list(filters))
    dialog.fileSelected.connect(lambda name: done(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _suffix(name_filter: str) -> str:
    """Return `csv` of "CSV (*.csv)"; nothing where any file will do."""
    return name_filter.rpartition("*.")[2].partition(")")[0].partition(" ")[0] if "*." in name_filter else ""
