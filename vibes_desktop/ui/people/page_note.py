"""A note above the page's view: what became of edits that are no longer in view, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone


class PageNote(Notice):
    """One note at a time, with one way back at most."""

    def __init__(self, privacy: Privacy | None = None) -> None:
        self._act: Callable[[], object] | None = None
        self.way_back = button("", on_click=self._go)
        super().__init__(Tone.NEUTRAL, "", actions=(self.way_back,), closable=True, privacy=privacy)
        self.hide()

    def tell(
        self,
        title: str,
        sentence: str,
        way_back: str = "",
        act: Callable[[], object] | None = None,
        *,
        tone: Tone = Tone.NEUTRAL,
    ) -> None:
        """Say something; `way_back` names the button that calls `act`."""
        self._act = act
        self.way_back.set_text(way_back)
        self.way_back.setVisible(act is not None)
        self.set_content(tone, title, [sentence])
        self.show()

    def _go(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
