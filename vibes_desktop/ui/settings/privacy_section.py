"""What is kept on this computer, for how long, where, and how to have it forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.display import visible
from vibes_desktop.people.recognise import recognise
from vibes_desktop.storage.desk import Desk, Erased
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.settings import MAX_RETENTION_DAYS, MIN_RETENTION_DAYS
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.confirm_sheet import ConfirmSheet
from vibes_desktop.ui.settings.kept_card import KeptCard
from vibes_desktop.ui.settings.managed_section import managed_words
from vibes_desktop.ui.settings.operations import clear_recents, expire, forget
from vibes_desktop.ui.settings.section import Section, explanation
from vibes_desktop.ui.widgets.buttons import ButtonRole, CopyButton, button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import ComboBox, line_edit
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.pill import Tone

RECOGNISE = "Recognise it"
DAYS_WIDTH = 110
TEXT_MARGIN = 4
ANY_PHONE_REGION = "US"
_KEPT = (
    "What was before a change, drafts and recent people are deleted that long after their last use, when the"
    " program starts. The history then still tells what was done, when and by whom."
)
_FORGET = (
    "Erases every value, name and ID of one person from the history, the drafts and the recent people, of"
    " every profile. The person's record on the platform stays as it is."
)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class PrivacySection(Section):
    """Everything here is about this computer; nothing of it touches the platform."""

    def __init__(
        self,
        bridge: Bridge,
        desk: Desk,
        folders: Folders,
        retention_days: int,
        on_retention: Callable[[int], object],
        on_forgotten: Callable[[], object],
        *,
        is_locked: bool = False,
        show_folder: Callable[[Path], object] = open_folder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Privacy on this computer", parent)
        self._bridge = bridge
        self._desk = desk
        self._folders = folders
        self._on_retention = on_retention
        self._on_forgotten = on_forgotten
        self._show_folder = show_folder
        self._profile: Profile | None = None
        self._make_parts(retention_days)
        self._is_locked = is_locked
        self.days.setEnabled(not is_locked)
        self.indexes = KeptCard(bridge, KeptIndexes(folders.kept_indexes), self._fail)
        for card in (self._kept_card(), self._recents_card(), self._forget_card()):
            self.add(card)
        self.add(self.indexes)
        self.add(self._places_card())

    def set_profile(self, profile: Profile | None) -> None:
        """Clear the recent people of this profile, when asked to; None for none."""
        self._profile = profile
        self.clear_button.setEnabled(profile is not None)
        name = f"of “{profile.name}”" if profile is not None else "(no profile is in use)"
        self._recents_words.setText(f"Identifiers of the people looked up lately {name}.")

    def initial_focus(self) -> QWidget:
        return self.days

    def _make_parts(self, retention_days: int) -> None:
        self.days = QSpinBox()
        self.days.setRange(MIN_RETENTION_DAYS, MAX_RETENTION_DAYS)
        self.days.setSuffix(" days")
        self.days.setValue(retention_days)
        self.days.setFixedWidth(DAYS_WIDTH)
        for part in (self.days, self.days.lineEdit()):
            part.setAccessibleName("Keep for so many days")
        self.days.setKeyboardTracking(False)
        self.days.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self.days.valueChanged.connect(self._keep_for)
        self.expire_button = button("Delete older ones now", on_click=self._expire)
        self.clear_button = button("Clear recent people", on_click=self._clear_recents)
        self._recents_words = explanation("")
        self.who = line_edit("Identifier of the person to forget", placeholder="Any ID, or mobile number")
        self.who.returnPressed.connect(self._ask_to_forget)
        self.kind = ComboBox("Kind of identifier", [RECOGNISE, *(kind.label for kind in IdentifierKind)])
        self.forget_button = button("Forget…", ButtonRole.DANGER, on_click=self._ask_to_forget)
        self.set_profile(None)

    def _kept_card(self) -> Card:
        card = Card("How long it is kept")
        line = _line(self.days, self.expire_button)
        if self._is_locked:
            line.insertWidget(1, managed_words())
        card.body.addLayout(line)
        card.add(explanation(_KEPT))
        return card

    def _recents_card(self) -> Card:
        card = Card("Recent people")
        card.body.addLayout(_line(self.clear_button))
        card.add(self._recents_words)
        return card

    def _forget_card(self) -> Card:
        card = Card("Forget a person")
        line = _line(self.kind, self.forget_button)
        line.insertWidget(0, self.who, 1)
        card.body.addLayout(line)
        card.add(explanation(_FORGET))
        return card

    def _places_card(self) -> Card:
        card, grid = Card("Where it is kept", ruled=True), FormGrid()
        for name, path in (
            ("Record store", self._folders.desk_file),
            ("Settings, profiles", self._folders.settings_file),
            ("Log", self._folders.log_file),
            ("Kept indexes", self._folders.kept_indexes),
        ):
            grid.add_row(self._place(name, path))
        card.add(grid)
        words = explanation("Passwords are in the keyring alone. The log names nobody.")
        words.setContentsMargins(15, 8, 15, 12)
        card.add(words)
        return card

    def _place(self, name: str, path: Path) -> FormRow:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ElidedLabel(str(path), TextRole.MONO))
        line.addWidget(CopyButton(f"path of the {name.lower()}", str(path)))
        line.addStretch(1)
        show = link_button("Open folder", on_click=partial(self._show_folder, path.parent))
        show.setAccessibleName(f"Open the folder of the {name.lower()}")
        return FormRow(name, holder, show)

    def _keep_for(self, days: int) -> None:
        self._on_retention(days)

    def _expire(self) -> None:
        sentence = (
            f"Values and names in changes older than {self.days.value():,} days, and drafts and recent people"
            " not used since, are deleted. What they held can't be shown or undone any more."
        )
        ConfirmSheet("Delete older ones", (sentence,), "Delete", self._expire_now, self).open()

    def _expire_now(self) -> None:
        work = expire(self._desk, self.days.value())
        self._bridge.start(work, self._show_erased, self._fail, title="Deleting", owner=self)

    def _clear_recents(self) -> None:
        if self._profile is None:
            return
        work = clear_recents(self._desk, self._profile.id)
        self._bridge.start(work, self._show_cleared, self._fail, owner=self)

    def _show_cleared(self, _nothing: None) -> None:
        self.say(Tone.OK, "Recent people cleared")
        self._on_forgotten()

    def _ask_to_forget(self) -> None:
        try:
            found = recognise(self.who.text(), self._phone_region(), self._chosen_kind()).candidates
        except InvalidInput as error:
            self.notice.show_problem(error)
            self.who.setFocus()
            return
        names = (f"{each.kind.label}: {visible(each.value)}" for each in found)
        sentences = (*names, _FORGET, "This can't be taken back.")
        ConfirmSheet("Forget this person", sentences, "Forget", partial(self._forget, found), self).open()

    def _forget(self, found: tuple[Identifier, ...]) -> None:
        work = forget(self._desk, found)
        self._bridge.start(work, self._show_forgotten, self._fail, title="Forgetting", owner=self)

    def _show_forgotten(self, erased: Erased) -> None:
        self.who.clear()
        self._show_erased(erased)

    def _show_erased(self, erased: Erased) -> None:
        if erased == Erased(0, 0, 0):
            self.say(Tone.NEUTRAL, "Nothing to delete", "Nothing of that kind is kept here.")
            return
        counts = (
            f"Erased in {_count(erased.changes, 'change')}, {_count(erased.drafts, 'draft')} and"
            f" {_count(erased.recents, 'recent entry', 'recent entries')}."
        )
        self.say(Tone.OK, "Done", counts)
        self._on_forgotten()

    def _fail(self, error: VibesDesktopError) -> None:
        self.notice.show_problem(error)

    def _chosen_kind(self) -> IdentifierKind | None:
        chosen = self.kind.currentText()
        return next((kind for kind in IdentifierKind if kind.label == chosen), None)

    def _phone_region(self) -> str:
        return self._profile.phone_region if self._profile is not None else ANY_PHONE_REGION


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(0)
    return line


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {many or one + 's'}"
