"""The edit under way: the one value that the form, the change bar and the drafts all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.jsonvalue import Json
from vibes_desktop.people.display import name_of
from vibes_desktop.people.edit import PersonEdit, Unfinished
from vibes_desktop.people.masking import masked_edit, masked_value
from vibes_desktop.ui.people.field_view import FieldView
from vibes_desktop.ui.privacy import REVEALED_MS, Privacy


class EditDesk(QObject):
    """Holds the current PersonEdit; every change of it goes through here. A locked desk takes none.

    While personal data are hidden, the views are given masked values, and the desk is locked: what is
    masked must not come back as an edit.
    """

    changed = Signal(object)  # the FieldRef that was edited; None when another edit was laid down
    lock_changed = Signal()
    reveal_changed = Signal(object)  # the FieldRef whose value is shown, or hidden again

    def __init__(
        self, edit: PersonEdit, parent: QObject | None = None, privacy: Privacy | None = None
    ) -> None:
        super().__init__(parent)
        self._edit = edit
        self._is_locked = False
        self.privacy = privacy or Privacy(self)
        self._revealed: dict[FieldRef, QTimer] = {}
        self._masked: PersonEdit | None = None
        self.privacy.changed.connect(self._show_masking)

    @property
    def edit(self) -> PersonEdit:
        """The edit as it stands."""
        return self._edit

    @property
    def is_locked(self) -> bool:
        """Tell whether the record may only be looked at."""
        return self._is_locked or self.privacy.is_masking

    @property
    def shown(self) -> PersonEdit:
        """The edit as it may be looked at."""
        if not self.privacy.is_masking:
            return self._edit
        if self._masked is None:
            self._masked = masked_edit(self._edit, self._revealed)
        return self._masked

    def looked_at(self, views: Mapping[FieldRef, FieldView]) -> dict[FieldRef, FieldView]:
        """Give fields as they may be looked at."""
        if not self.privacy.is_masking:
            return dict(views)
        return {name: view if name in self._revealed else _masked(view) for name, view in views.items()}

    def is_hidden(self, field: FieldRef) -> bool:
        """Tell whether a field's value is masked now."""
        return self.privacy.is_masking and field not in self._revealed

    def reveal(self, field: FieldRef) -> None:
        """Show one masked value for ten seconds."""
        if not self.is_hidden(field):
            return
        timer = QTimer(self, singleShot=True, interval=REVEALED_MS)
        timer.timeout.connect(lambda: self._hide(field))
        self._revealed[field] = timer
        timer.start()
        self._masked = None
        self.reveal_changed.emit(field)

    def set_locked(self, is_locked: bool) -> None:
        """Allow or forbid edits."""
        if is_locked != self._is_locked:
            self._is_locked = is_locked
            self.lock_changed.emit()

    def lay_down(self, edit: PersonEdit) -> None:
        """Begin with another edit."""
        self._forget_revealed()
        self._edit = edit
        person = edit.opened
        self.privacy.know(name_of(person), person.external_person_id, person.mdn)
        self.changed.emit(None)

    def set(self, field: FieldRef, value: Json) -> None:
        """Set a field; None clears it."""
        self._replace(field, self._edit.set(field, value))

    def set_unfinished(self, field: FieldRef, text: str, problem: str) -> None:
        """Keep a text that is no value yet."""
        self._replace(field, self._edit.set_unfinished(field, text, problem))

    def revert(self, field: FieldRef) -> None:
        """Forget the edit of one field."""
        self._replace(field, self._edit.revert(field))

    def revert_all(self) -> None:
        """Forget every edit."""
        self.lay_down(self._edit.revert_all())

    def _hide(self, field: FieldRef) -> None:
        if self._revealed.pop(field, None) is not None:
            self._masked = None
            self.reveal_changed.emit(field)

    def _forget_revealed(self) -> None:
        for timer in self._revealed.values():
            timer.stop()
            timer.deleteLater()
        self._revealed.clear()
        self._masked = None

    def _show_masking(self) -> None:
        self._forget_revealed()
        self.lock_changed.emit()
        self.changed.emit(None)

    def _replace(self, field: FieldRef, edit: PersonEdit) -> None:
        if not self.is_locked and edit.entries != self._edit.entries:
            self._edit = edit
            self.changed.emit(field)


def _masked(view: FieldView) -> FieldView:
    original = masked_value(view.original)
    assert not isinstance(original, Unfinished)  # noqa: S101 - only an edit can be unfinished
    return replace(view, original=original, value=masked_value(view.value))
