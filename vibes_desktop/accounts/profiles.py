"""The profiles: what may stand in one, and the book of them in the settings."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final
from unicodedata import category
from uuid import uuid4

from vibes_desktop.accounts.proxies import check_manual_proxy
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.policy import Managed, is_managed
from vibes_desktop.model.profile import (
    ClientCertificate,
    Profile,
    ProfileId,
    ProxyMode,
    Safety,
    checked_base_url,
)
from vibes_desktop.storage.settings import Settings
from vibes_desktop.storage.settings_keeper import SettingsKeeper

SANDBOX_ID: Final = ProfileId("sandbox")
MAX_NAME_CHARACTERS = 100
NOT_SAVED = "The profile was not saved."


def new_profile_id() -> ProfileId:
    """Make an id that nothing has yet; it names the keyring's entry too."""
    return ProfileId(uuid4().hex)


def sandbox_profile(base_url: str, company_key: str, username: str) -> Profile:
    """Make the profile of the built-in sandbox; it is never saved, and its password is handed in."""
    return Profile(SANDBOX_ID, "Sandbox", company_key, base_url, username, safety=Safety.SANDBOX)


def tidied(profile: Profile) -> Profile:
    """Take away what was pasted around texts, and what the choices leave unused."""
    certificate = profile.client_certificate
    files = (certificate.certificate_file.strip(), certificate.key_file.strip()) if certificate else ("", "")
    is_manual = profile.proxy_mode is ProxyMode.MANUAL
    return replace(
        profile,
        name=profile.name.strip(),
        company_key=profile.company_key.strip(),
        base_url=profile.base_url.strip(),
        username=profile.username.strip(),
        proxy_url=(profile.proxy_url or "").strip() if is_manual else None,
        client_certificate=ClientCertificate(*files) if any(files) else None,
    )


def checked(profile: Profile, *, key_passphrase: str | None = None) -> Profile:
    """Return a tidied profile with its address in the usual form; raises its first problem.

    Reads the certificate's files: blocking.
    """
    tidy = tidied(profile)
    for check in _checks(tidy, key_passphrase):
        check()
    return replace(tidy, base_url=checked_base_url(tidy.base_url))


def problems_of(profile: Profile, *, key_passphrase: str | None = None) -> tuple[InvalidInput, ...]:
    """Find all problems of a profile as typed, each with its field. Reads files: blocking."""
    problems: list[InvalidInput] = []
    for check in _checks(tidied(profile), key_passphrase):
        try:
            check()
        except InvalidInput as problem:
            problems.append(problem)
    return tuple(problems)


class ProfileBook:
    """The profiles in the settings, and which one is in use.

    Changes block, and raise StorageError when they can't be saved: they hold until the program ends.
    """

    def __init__(self, keeper: SettingsKeeper) -> None:
        self._keeper = keeper

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """All profiles, in the order they were added."""
        return self._keeper.settings.profiles

    @property
    def current(self) -> Profile | None:
        """The profile in use."""
        return self._keeper.settings.profile(self._keeper.settings.current_profile)

    def get(self, profile_id: ProfileId) -> Profile | None:
        """Find a profile."""
        return self._keeper.settings.profile(profile_id)

    def put(self, profile: Profile) -> None:
        """Add a checked profile, or change the one of the same id; raises InvalidInput for a taken name."""

        self._refuse_managed(profile.id)

        def change(settings: Settings) -> Settings:
            self.check_name(profile)
            if settings.profile(profile.id) is None:
                return replace(settings, profiles=(*settings.profiles, profile))
            changed = tuple(profile if each.id == profile.id else each for each in settings.profiles)
            return replace(settings, profiles=changed)

        self._keeper.change(change)

    def remove(self, profile_id: ProfileId) -> None:
        """Drop a profile; when it was in use, none is. Raises InvalidInput for a managed one."""
        self._refuse_managed(profile_id)

        def change(settings: Settings) -> Settings:
            current = settings.current_profile
            return replace(
                settings,
                profiles=tuple(each for each in settings.profiles if each.id != profile_id),
                current_profile=None if current == profile_id else current,
            )

        self._keeper.change(change)

    def select(self, profile_id: ProfileId | None) -> None:
        """Use a profile, or none; raises KeyError for one that is not in the book."""
        if profile_id is not None and self.get(profile_id) is None:
            raise KeyError(profile_id)
        self._keeper.change(lambda settings: replace(settings, current_profile=profile_id))

    @property
    def is_locked(self) -> bool:
        """Tell whether the policy of this computer allows no profiles but its own."""
        return self._keeper.policy.is_locked(Managed.PROFILES)

    def _refuse_managed(self, profile_id: ProfileId) -> None:
        if is_managed(profile_id) or self.is_locked:
            raise InvalidInput(
                "Your organisation manages the profiles",
                "Ask your IT department to change them.",
                done=NOT_SAVED,
            )

    def check_name(self, profile: Profile) -> None:
        """Raise InvalidInput when another profile has that name, in whatever case."""
        name = profile.name.casefold()
        if any(each.name.casefold() == name and each.id != profile.id for each in self.profiles):
            raise _problem("name", "Another profile has this name", "Choose one that tells them apart.")


def _checks(profile: Profile, key_passphrase: str | None) -> Iterator[Callable[[], object]]:
    """Give the checks of each field, in the order of the form."""
    yield lambda: _check_name(profile.name)
    yield lambda: checked_base_url(profile.base_url)
    yield lambda: _check_company_key(profile.company_key)
    yield lambda: _check_username(profile.username)
    yield lambda: _check_phone_region(profile.phone_region)
    if profile.proxy_mode is ProxyMode.MANUAL:
        yield lambda: check_manual_proxy(profile.proxy_url or "")
    certificate = profile.client_certificate
    if certificate is not None:
        yield lambda: _check_certificate(certificate, key_passphrase)


def _check_name(name: str) -> None:
    if not name:
        raise _problem("name", "A profile needs a name", "Type one, such as your company's.")
    if len(name) > MAX_NAME_CHARACTERS or _has_control_characters(name):
        advice = f"Use at most {MAX_NAME_CHARACTERS} characters, all on one line."
        raise _problem("name", "This name can't be used", advice)


def _check_company_key(key: str) -> None:
    if not key:
        raise _problem("company_key", "The company key is missing", "Vibes gave it to your company.")
    if "/" in key or key in {".", ".."} or _has_control_characters(key):
        advice = "It is one word without “/”. Copy it again from what Vibes sent."
        raise _problem("company_key", "This company key can't be used", advice)


def _check_username(username: str) -> None:
    if not username:
        raise _problem("username", "The user name is missing", "It is usually an e-mail address.")
    if ":" in username or _has_control_characters(username):
        advice = "It can't contain “:” or a line break. It is usually an e-mail address."
        raise _problem("username", "This user name can't be used", advice)


def _check_phone_region(region: str) -> None:
    import phonenumbers

    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise _problem("phone_region", "This country has no known mobile numbers", "Choose another one.")


def _check_certificate(certificate: ClientCertificate, key_passphrase: str | None) -> None:
    from vibes_desktop.vibes.tls import tls_context

    if not certificate.certificate_file:
        advice = "Choose the certificate that belongs to the key, or remove the key."
        raise _problem("certificate_file", "The certificate is missing", advice)
    if not certificate.key_file:
        advice = "Choose the key that belongs to the certificate, or remove the certificate."
        raise _problem("key_file", "The certificate's key is missing", advice)
    tls_context(certificate, key_passphrase)


def _has_control_characters(text: str) -> bool:
    """Find control characters, line breaks and lone surrogates."""
    return any(category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text)


def _problem(field: str, title: str, advice: str) -> InvalidInput:
    return InvalidInput(title, advice, done=NOT_SAVED, field=field)
