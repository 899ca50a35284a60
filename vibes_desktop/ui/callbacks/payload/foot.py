"""The foot of the pane: the gravest findings, always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.callbacks.payload import Finding
from vibes_desktop.ui.callbacks.payload.words import TONES, by_severity, finding_title
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.card import Hairline
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.pill import Pill

SHOWN = 2


class PayloadFoot(QFrame):
    """Two findings, and how many more there are."""

    all_wanted = Signal()

    def __init__(self, privacy: Privacy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._privacy = privacy
        self._findings: tuple[Finding, ...] = ()
        self._body: QWidget | None = None
        self.more = link_button("", small=True, on_click=self.all_wanted.emit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline())
        self._column = QVBoxLayout()
        self._column.setContentsMargins(14, 10, 14, 10)
        self._column.setSpacing(3)
        self._column.addWidget(self.more)
        whole.addLayout(self._column)
        privacy.changed.connect(self._refresh)
        self.hide()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show the gravest of these."""
        found = by_severity(findings)
        if found != self._findings:
            self._findings = found
            self._refresh()

    def _refresh(self) -> None:
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
            self._body = None
        self.setVisible(bool(self._findings))
        if not self._findings:
            return
        self._body = QWidget()
        lines = QVBoxLayout(self._body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(3)
        for finding in self._findings[:SHOWN]:
            lines.addLayout(self._line(finding))
        self._column.insertWidget(0, self._body)
        rest = len(self._findings) - SHOWN
        self.more.set_text(f"{rest:,} more" if rest > 0 else "")
        self.more.setVisible(rest > 0)

    def _line(self, finding: Finding) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(Pill(finding_title(finding), TONES[finding.severity]))
        line.addWidget(ElidedLabel(self._privacy.text(finding.message), TextRole.SMALL), 1)
        return line
