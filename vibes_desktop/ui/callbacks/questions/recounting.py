"""When views of the answer count anew: at once when it is there, now and then while it grows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from vibes_desktop.callbacks.stopping import Check
from vibes_desktop.ui.callbacks.questions.latest import Latest
from vibes_desktop.ui.callbacks.viewer import Viewer

T = TypeVar("T")
SOON_MS = 300
AFTER_MS = 25  # the table is painted first: counting competes with it


class Recounting(QObject, Generic[T]):
    """Asks `work` for something to be worked out in the background, and has it shown.

    `work` is told whether the answer is still being worked out: then it should look at the rows alone,
    as looking for others would hold up the answer itself.
    """

    def __init__(
        self,
        viewer: Viewer,
        work: Callable[[bool], Callable[[Check], T]],
        show: Callable[[T], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._work = work
        self._is_due = False
        self._latest: Latest[T] = Latest(viewer.bridge, parent, show)
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.recount)
        self._after = QTimer(self, interval=AFTER_MS, singleShot=True)
        self._after.timeout.connect(self.recount)
        viewer.asked.connect(self._latest.drop)
        viewer.replaced.connect(self.forget)
        viewer.answered.connect(self._answered)
        viewer.grew.connect(self.recount_soon)
        viewer.progressed.connect(self._progressed)

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being worked out, or is to be."""
        return self._is_due or self._latest.is_busy or self._soon.isActive() or self._after.isActive()

    def recount(self) -> None:
        """Count anew now."""
        self._soon.stop()
        self._after.stop()
        self._is_due = self._viewer.is_answering
        self._latest.ask(self._work(self._is_due))

    def recount_soon(self) -> None:
        """Count anew in a while: more rows come many times a second."""
        if not self._soon.isActive():
            self._soon.start()

    def forget(self) -> None:
        """Show nothing of what was counted until now: another collection is open."""
        self._latest.drop()
        self._after.stop()
        self.recount_soon()

    def _answered(self) -> None:
        self._is_due = True
        if self._viewer.is_answering:
            self.recount_soon()
        else:
            self._recount_after_painting()

    def _progressed(self) -> None:
        if self._is_due and not self._viewer.is_answering:
            self._recount_after_painting()

    def _recount_after_painting(self) -> None:
        if len(self._viewer.rows):
            self._after.start()
        else:
            self.recount()
