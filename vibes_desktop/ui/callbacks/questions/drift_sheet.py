"""What the payloads hold, type by type and path by path: what the documents don't tell, what changed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from vibes_desktop.callbacks.drift import Drift
from vibes_desktop.ui.callbacks.questions.conditions import ask_also
from vibes_desktop.ui.callbacks.questions.report_sheet import ReportSheet
from vibes_desktop.ui.callbacks.questions.result_model import ResultColumn
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

ALL_TYPES = "All types"
NO_TYPE = "(no type)"
REFRESH_MS = 1_000
HIDDEN_WORDS = "hidden"


def open_drift_sheet(viewer: Viewer, parent: QWidget) -> DriftSheet:
    """Show how every member occurs."""
    sheet = DriftSheet(viewer, parent)
    sheet.open()
    sheet.types.setFocus()
    return sheet


class DriftSheet(ReportSheet):
    """Grows while the second pass is under way; a path puts its payloads into the question."""

    def __init__(self, viewer: Viewer, parent: QWidget) -> None:
        super().__init__(
            viewer, "What the payloads hold", self._columns(), parent, about="all of them, whatever is asked"
        )
        self.types = ComboBox("Type", (ALL_TYPES,))
        self.only_odd = QCheckBox("Only what the documents don't name")
        self._later = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._later.timeout.connect(self.refresh)
        self.controls.addWidget(plain_label("Of", TextRole.MUTED))
        self.controls.addWidget(self.types)
        self.controls.addWidget(self.only_odd)
        self.controls.addStretch(1)
        self.types.currentIndexChanged.connect(self.refresh)
        self.only_odd.toggled.connect(self.refresh)
        viewer.judged.connect(self._grown)
        viewer.privacy.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is known by now."""
        judged, total = self.viewer.collection.judged, len(self.viewer.collection)
        report = judged.drift.report() if judged is not None else ()
        self._offer_types(report)
        chosen = self.types.currentText()
        found = [
            each
            for each in report
            if chosen in (ALL_TYPES, each.callback_type or NO_TYPE)
            and not (self.only_odd.isChecked() and each.is_documented)
        ]
        done = judged.done_rows if judged is not None else 0
        self._show_progress(done, total)
        read = f"all {total:,}" if done >= total else f"{done:,} of {total:,}"
        self.show_rows(found, f"{len(found):,} paths in {read} callbacks.")

    def follow(self, row: Drift) -> None:
        self.viewer.ask("")
        ask_also(self.viewer, "type", row.callback_type)
        ask_also(self.viewer, "path", row.path.replace(".*", "").removeprefix("*."))

    def _grown(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def _show_progress(self, done: int, total: int) -> None:
        if done >= total:
            self.progress.stop()
            return
        if not self.progress.running:
            self.progress.start("Reading all payloads")
        self.progress.set_fraction(done / total)

    def _offer_types(self, report: tuple[Drift, ...]) -> None:
        """Add types that came meanwhile; the choice stays."""
        known = {self.types.itemText(place) for place in range(self.types.count())}
        for name in dict.fromkeys(each.callback_type or NO_TYPE for each in report):
            if name not in known:
                self.types.addItem(name)

    def _columns(self) -> list[ResultColumn[Drift]]:
        return [
            ResultColumn("Path", lambda row: row.path, lambda row: row.path, 250, is_link=True),
            ResultColumn("Type", _type_words, _type_words, 160),
            ResultColumn(
                "Present",
                lambda row: f"{row.present:,} · {row.present / row.of:.1%}",
                lambda row: row.present / row.of,
                120,
                is_number=True,
                bar=lambda row: row.present / row.of,
            ),
            ResultColumn("Holds", _holds, _holds, 100),
            ResultColumn("Documented", _documented, _documented, 90),
            ResultColumn("Example", self._example, self._example),
        ]

    def _example(self, row: Drift) -> str:
        return HIDDEN_WORDS if self.viewer.privacy.is_masking and row.example else row.example


def _type_words(row: Drift) -> str:
    return row.callback_type or NO_TYPE


def _holds(row: Drift) -> str:
    if len(row.holds) == 1:
        return row.holds[0][0]
    return ", ".join(f"{name} {count:,}" for name, count in row.holds)


def _documented(row: Drift) -> str:
    return "yes" if row.is_documented else "no"
