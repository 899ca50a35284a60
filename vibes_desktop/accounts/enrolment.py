"""Saving a profile as it was typed, with its secrets; and removing one with everything that was its own."""

import asyncio
from dataclasses import dataclass, field, replace

from vibes_desktop.accounts.profiles import NOT_SAVED, ProfileBook, checked, tidied
from vibes_desktop.accounts.proxies import without_password
from vibes_desktop.accounts.secret_keeper import Keeping, SecretKeeper
from vibes_desktop.credentials.trouble import SecretElsewhere
from vibes_desktop.model.errors import InvalidInput, SecretError
from vibes_desktop.model.policy import is_managed
from vibes_desktop.model.profile import Profile, ProfileId, Secrets, checked_base_url
from vibes_desktop.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class TypedSecrets:
    """What stands in the form's secret fields; empty means the one that is kept."""

    password: str = field(default="", repr=False)
    key_passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A checked profile with all its secrets: to be tested, or to be kept."""

    profile: Profile
    secrets: Secrets


async def prepare(profile: Profile, typed: TypedSecrets, keeper: SecretKeeper) -> Enrolment:
    """Check a profile as typed, and complete its secrets by those that are kept. Nothing is changed.

    A password in the proxy's address becomes one of the secrets. Raises InvalidInput with its field: with
    password when it has to be typed, as for a new address; and SecretError where the keyring can't be asked.
    """
    tidy, proxy_password = _without_proxy_password(tidied(profile))
    tidy = replace(tidy, base_url=checked_base_url(tidy.base_url))
    kept = await _kept(tidy, typed, keeper)
    if not typed.password and kept is None:
        advice = "Type the password of this account."
        raise InvalidInput("The password is missing", advice, done=NOT_SAVED, field="password")
    secrets = _completed(tidy, typed, proxy_password, kept)
    keeper.keep_out_of_logs(secrets)
    passphrase = secrets.key_passphrase
    final = await asyncio.to_thread(lambda: checked(tidy, key_passphrase=passphrase))
    return Enrolment(final, secrets)


async def save_profile(
    enrolment: Enrolment,
    book: ProfileBook,
    keeper: SecretKeeper,
    keeping: Keeping = Keeping.KEYRING,
) -> None:
    """Keep the secrets, then the profile. Raises InvalidInput, SecretError (nothing was changed then: offer
    to use it for this session only) and StorageError (it holds until the program ends).
    """
    book.check_name(enrolment.profile)
    await keeper.keep(enrolment.profile, enrolment.secrets, keeping)
    if not is_managed(enrolment.profile.id):  # only its secrets are the person's own
        await asyncio.to_thread(book.put, enrolment.profile)


async def remove_profile(profile_id: ProfileId, book: ProfileBook, keeper: SecretKeeper, desk: Desk) -> None:
    """Remove a profile with its secrets, drafts, recents and catalogue; its history stays.

    The profile is removed whatever fails. Raises SecretError where its password stays in the keyring, and
    StorageError.
    """
    left_behind: SecretError | None = None
    try:
        await keeper.delete(profile_id)
    except SecretError as error:
        done = "The profile was removed. Its password is still in the keyring, under “Vibes Desktop”."
        left_behind = type(error)(error.title, done, "Delete the entry with your keyring's own program.")
    try:
        await asyncio.to_thread(book.remove, profile_id)
    finally:
        if desk.is_writable:
            await asyncio.to_thread(desk.drop_profile, profile_id)
    if left_behind is not None:
        raise left_behind


def _without_proxy_password(profile: Profile) -> tuple[Profile, str | None]:
    if not profile.proxy_url:
        return profile, None
    try:
        url, password = without_password(profile.proxy_url)
    except ValueError:  # an address that the check will refuse
        return profile, None
    return replace(profile, proxy_url=url), password


async def _kept(profile: Profile, typed: TypedSecrets, keeper: SecretKeeper) -> Secrets | None:
    """Read what is kept for this address; what is kept for another one is of no use here."""
    try:
        return await keeper.read(profile)
    except SecretElsewhere as elsewhere:
        if typed.password:
            return None
        raise InvalidInput(
            elsewhere.title, elsewhere.advice, done=elsewhere.done, field="password"
        ) from elsewhere
    except SecretError:
        if typed.password:
            return None
        raise


def _completed(
    profile: Profile, typed: TypedSecrets, proxy_password: str | None, kept: Secrets | None
) -> Secrets:
    """Take what was typed, else what is kept, and nothing that the profile has no use for."""
    old = kept or Secrets("")
    has_key = profile.client_certificate is not None
    has_proxy_user = "@" in (profile.proxy_url or "")
    return Secrets(
        typed.password or old.password,
        (typed.key_passphrase or old.key_passphrase) if has_key else None,
        (proxy_password or old.proxy_password) if has_proxy_user else None,
    )
