"""The edit under way: the one value that the form, the change bar and the drafts all show."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.jsonvalue import Json
from vibes_desktop.people.edit import PersonEdit


class EditDesk(QObject):
    """Holds the current PersonEdit; every change of it goes through here. A locked desk takes none."""

    changed = Signal(object)  # the FieldRef that was edited; None when another edit was laid down
    lock_changed = Signal()

    def __init__(self, edit: PersonEdit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._is_locked = False

    @property
    def edit(self) -> PersonEdit:
        """The edit as it stands."""
        return self._edit

    @property
    def is_locked(self) -> bool:
        """Tell whether the record may only be looked at."""
        return self._is_locked

    def set_locked(self, is_locked: bool) -> None:
        """Allow or forbid edits."""
        if is_locked != self._is_locked:
            self._is_locked = is_locked
            self.lock_changed.emit()

    def lay_down(self, edit: PersonEdit) -> None:
        """Begin with another edit."""
        self._edit = edit
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

    def _replace(self, field: FieldRef, edit: PersonEdit) -> None:
        if not self._is_locked and edit.entries != self._edit.entries:
            self._edit = edit
            self.changed.emit(field)
