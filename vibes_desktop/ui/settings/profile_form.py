"""The form of a profile: what stands in it, and each problem at its place. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from vibes_desktop.model.profile import ApiVersion, ProxyMode, Region, Safety
from vibes_desktop.ui.settings.entries import FormEntries
from vibes_desktop.ui.settings.form_fields import ChoiceField, FileField, ProblemRow, RadioChoice, TextField
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.form import FormGrid
from vibes_desktop.ui.widgets.pill import SafetyPill

PEM_FILES = ("PEM files (*.pem *.crt *.cer *.key)", "All files (*)")
FIELDS_IN_ORDER = (
    "name",
    "base_url",
    "company_key",
    "username",
    "password",
    "phone_region",
    "proxy_url",
    "certificate_file",
    "key_file",
    "key_passphrase",
)
STORED = "Stored. Type to replace it."
STORED_IF_ANY = "Empty keeps the stored one, if there is one."


FIRST_NOTES = {
    "region": "Where your company's account is. If nobody told you, it is the US.",
    "company_key": "One word from Vibes that names your company's account.",
    "username": "Of the API user that Vibes set up for you; usually an e-mail address.",
    "password": "It goes into this computer's keyring, never into a file.",
}


class Place(Enum):
    """Where the platform is."""

    US = Region.US
    EU = Region.EU
    OTHER = None


_PLACES = {
    Place.US: f"US · {Region.US.base_url}",
    Place.EU: f"EU · {Region.EU.base_url}",
    Place.OTHER: "Another address",
}
_VERSIONS = {
    ApiVersion.V2: "2 · numbers of every country",
    ApiVersion.V1: "1 · US and Canadian numbers only",
}
_VERSION_NOTE = (
    "Version 2 writes mobile numbers with their country code. Version 1 knows ten-digit numbers of country"
    " code +1 alone: others can be neither looked up nor saved. Use it only if you were told to."
)
_PROXIES = {
    ProxyMode.SYSTEM: "As the system has it",
    ProxyMode.NONE: "None",
    ProxyMode.MANUAL: "This one:",
}
_SAFETIES = {
    Safety.PRODUCTION: (
        "Real people",
        "Read-only until you unlock it for the session. Before a change is sent, Cancel has the focus.",
    ),
    Safety.TEST: ("A test account", "Changes can be made at once; nobody is harmed by a mistake."),
    Safety.SANDBOX: ("The sandbox", "A simulated platform on this computer, for training."),
}


class ProfileForm(QWidget):
    """Four cards of fields. `edited` tells of every change made by hand."""

    edited = Signal()
    expanded = Signal()  # more than the four things is asked for from now on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_short = False
        self.name = TextField("Name of the profile", placeholder="Such as your company's name")
        self.place = ChoiceField("Region", _PLACES)
        self.base_url = TextField("Address", placeholder="https://", mono=True)
        self.company_key = TextField("Company key", mono=True)
        self.username = TextField("User name")
        self.password = TextField("Password", secret=True)
        self.session_only = QCheckBox("Use it for this session only: it is forgotten when the program ends")
        self.safety = RadioChoice(_SAFETIES, SafetyPill)
        self.version = ChoiceField("API version", _VERSIONS)
        self.phone_region = _region_choice()
        self.proxy = ChoiceField("Proxy", _PROXIES)
        self.proxy_url = TextField("Proxy address", placeholder="http://proxy.example.com:8080", mono=True)
        self.certificate_file = FileField("Client certificate", PEM_FILES)
        self.key_file = FileField("Key of the certificate", PEM_FILES)
        self.key_passphrase = TextField("Passphrase of the key", secret=True)
        self.session_only.setAccessibleName("Use the password for this session only")
        self._rows: dict[str, ProblemRow] = {}
        self._lay_out()
        self._connect()
        self.set_entries(FormEntries())

    def set_short(self, is_short: bool) -> None:
        """Ask for the four things that a first sign-in needs, each explained; or for everything."""
        self._is_short = is_short
        for name, words in FIRST_NOTES.items():
            self._rows[name].set_note(words if is_short else "")
        for card in self._other_cards:
            card.setVisible(not is_short)
        for name in ("name", "session_only"):
            self._rows[name].setVisible(not is_short)
        self.more.setVisible(is_short)

    def _show_all(self) -> None:
        self.set_short(False)
        self.expanded.emit()
        self.name.edit.setFocus()

    def set_managed(self, is_managed: bool) -> None:
        """Let only the secrets be typed: the rest is the organisation's."""
        fields: tuple[QWidget, ...] = (
            self.name,
            self.place,
            self.base_url,
            self.company_key,
            self.username,
            self.safety,
            self.version,
            self.phone_region,
            self.proxy,
            self.proxy_url,
            self.certificate_file,
            self.key_file,
        )
        for field in fields:
            field.setEnabled(not is_managed)

    @property
    def entries(self) -> FormEntries:
        """What stands in the form."""
        return FormEntries(
            name=self.name.text.strip() or (self.company_key.text if self._is_short else ""),
            region=self.place.chosen.value,
            base_url=self.base_url.text,
            company_key=self.company_key.text,
            username=self.username.text,
            safety=self.safety.chosen,
            api_version=self.version.chosen,
            phone_region=str(self.phone_region.currentData()),
            proxy_mode=self.proxy.chosen,
            proxy_url=self.proxy_url.text,
            certificate_file=self.certificate_file.text,
            key_file=self.key_file.text,
            password=self.password.text,
            key_passphrase=self.key_passphrase.text,
        )

    def set_entries(self, entries: FormEntries, *, has_secrets: bool = False) -> None:
        """Fill the form; `has_secrets` says that an empty password means the stored one."""
        texts = (
            (self.name, entries.name),
            (self.base_url, entries.base_url),
            (self.company_key, entries.company_key),
            (self.username, entries.username),
            (self.password, entries.password),
            (self.proxy_url, entries.proxy_url),
            (self.certificate_file, entries.certificate_file),
            (self.key_file, entries.key_file),
            (self.key_passphrase, entries.key_passphrase),
        )
        for field, text in texts:
            field.set_text(text)
        self.place.choose(Place(entries.region))
        self.safety.choose(entries.safety)
        self.version.choose(entries.api_version)
        self.proxy.choose(entries.proxy_mode)
        self.phone_region.setCurrentIndex(max(self.phone_region.findData(entries.phone_region), 0))
        self.set_has_secrets(has_secrets)
        self.show_problems({})
        self._fit()

    def set_has_secrets(self, has_secrets: bool) -> None:
        """Say whether an empty password, or passphrase, means the stored one."""
        self.password.edit.setPlaceholderText(STORED if has_secrets else "")
        self.key_passphrase.edit.setPlaceholderText(STORED_IF_ANY if has_secrets else "")

    def forget_secrets(self) -> None:
        """Empty the secret fields."""
        for secret in (self.password, self.key_passphrase):
            secret.edit.clear()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put each problem under its field, and the focus into the first; an empty mapping clears them."""
        for name, row in self._rows.items():
            row.show_problem(problems.get(name, ""))
        first = next((name for name in FIELDS_IN_ORDER if name in problems), None)
        if first is not None:
            self._rows[first].editor.setFocus()

    def has_place_for(self, field: str | None) -> bool:
        """Tell whether a problem of this field can be shown at its place."""
        return field in self._rows

    def set_secret_words(self, words: str) -> None:
        """Say where the secrets are."""
        self._rows["password"].set_note(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._other_cards = (self._safety_card(), self._platform(), self._connection())
        for card in (self._account(), *self._other_cards):
            column.addWidget(card)
        self.more = link_button("More settings", on_click=self._show_all)
        self.more.hide()
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _account(self) -> Card:
        return self._card(
            "Account",
            ("name", "Name", self.name, ""),
            ("region", "Region", self.place, ""),
            ("base_url", "Address", self.base_url, "https only, except on this computer."),
            ("company_key", "Company key", self.company_key, ""),
            ("username", "User name", self.username, ""),
            ("password", "Password", self.password, ""),
            ("session_only", "", self.session_only, ""),
        )

    def _safety_card(self) -> Card:
        card = Card("What is behind it")
        card.add(self.safety)
        return card

    def _platform(self) -> Card:
        note = "For numbers that are typed without a country code."
        return self._card(
            "Platform",
            ("api_version", "API version", self.version, _VERSION_NOTE),
            ("phone_region", "Numbers are from", self.phone_region, note),
        )

    def _connection(self) -> Card:
        note = "Only if Vibes switched client certificates on for your account."
        return self._card(
            "Connection",
            ("proxy_mode", "Proxy", self.proxy, ""),
            ("proxy_url", "Proxy address", self.proxy_url, ""),
            ("certificate_file", "Client certificate", self.certificate_file, note),
            ("key_file", "Its key", self.key_file, ""),
            ("key_passphrase", "The key's passphrase", self.key_passphrase, ""),
        )

    def _card(self, title: str, *rows: tuple[str, str, QWidget, str]) -> Card:
        card, grid = Card(title, ruled=True), FormGrid()
        for name, label, field, note in rows:
            self._rows[name] = ProblemRow(label, field, note)
            grid.add_row(self._rows[name])
        card.add(grid)
        return card

    def _connect(self) -> None:
        for field in (*self.findChildren(TextField), *self.findChildren(FileField)):
            field.edited.connect(self.edited)
        for choice in (self.place, self.version, self.phone_region, self.proxy):
            choice.activated.connect(self.edited)
            choice.currentIndexChanged.connect(self._fit)
        self.safety.changed.connect(self.edited)
        self.session_only.toggled.connect(self.edited)

    def _fit(self) -> None:
        """Show the rows that the choices call for."""
        self._rows["base_url"].setVisible(self.place.chosen is Place.OTHER)
        self._rows["proxy_url"].setVisible(self.proxy.chosen is ProxyMode.MANUAL)


def _region_choice() -> ComboBox:
    """Offer every country by its English name; the data is its ISO 3166 code."""
    made = ComboBox("Country of numbers without a country code")
    codes = {QLocale.territoryToCode(territory) for territory in QLocale.Country}
    named = {
        QLocale.territoryToString(QLocale.codeToTerritory(code)): code
        for code in codes
        if len(code) == 2 and code.isalpha()
    }
    for name in sorted(named):
        made.addItem(f"{name} ({named[name]})", named[name])
    return made
