"""What is said when the keyring can't keep a password, and the ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import SecretError
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone


class KeyringNotice(Notice):
    """Three sentences, which differ for no keyring, a locked one and a closed question; and two buttons."""

    def __init__(
        self,
        on_session_only: Callable[[], object],
        on_try_again: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        self.session_button = button("Use for this session only", on_click=on_session_only)
        self.again_button = button("Try again", on_click=on_try_again)
        super().__init__(Tone.BAD, "", actions=(self.again_button, self.session_button), parent=parent)
        self.hide()

    def show_error(self, error: SecretError) -> None:
        """Show why, and put the focus on the way out that always works."""
        self.show_problem(error)
        self.session_button.setFocus()
