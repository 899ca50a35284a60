"""A profile is saved with its secrets, and removed with all that was its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.accounts.enrolment import Enrolment, TypedSecrets, prepare, remove_profile, save_profile
from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import Keeping, SecretKeeper
from vibes_desktop.credentials.keyring import open_os_keyring
from vibes_desktop.credentials.trouble import keyring_locked
from vibes_desktop.model.errors import InvalidInput, KeyringLocked, NoKeyring, StorageError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.policy import MANAGED, Policy
from vibes_desktop.model.profile import ClientCertificate, Profile, ProfileId, ProxyMode, Secrets
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper

Run = Callable[[Any], Any]
MakeProfile = Callable[..., Profile]
TYPED = TypedSecrets("new password")


async def enrol(profile: Profile, typed: TypedSecrets, book: ProfileBook, keeper: SecretKeeper) -> Enrolment:
    """Prepare and save."""
    enrolment = await prepare(profile, typed, keeper)
    await save_profile(enrolment, book, keeper)
    return enrolment


def test_a_new_profile_is_saved_with_its_password(
    run: Run, book: ProfileBook, keeper: SecretKeeper, make_profile: MakeProfile, tmp_path: Path
) -> None:
    run(enrol(make_profile(name=" Acme "), TYPED, book, keeper))
    assert book.profiles == (make_profile(),)
    assert run(keeper.read(make_profile())) == Secrets("new password")
    assert b"new password" not in (tmp_path / "settings.json").read_bytes()


def test_an_empty_password_keeps_the_stored_one(
    run: Run, book: ProfileBook, keeper: SecretKeeper, make_profile: MakeProfile
) -> None:
    run(enrol(make_profile(), TYPED, book, keeper))
    run(enrol(make_profile(name="Renamed"), TypedSecrets(), book, keeper))
    assert [profile.name for profile in book.profiles] == ["Renamed"]
    assert run(keeper.read(make_profile())) == Secrets("new password")


def test_a_new_profile_needs_a_password(run: Run, keeper: SecretKeeper, make_profile: MakeProfile) -> None:
    with pytest.raises(InvalidInput) as caught:
        run(prepare(make_profile(), TypedSecrets(), keeper))
    assert caught.value.field == "password"


def test_for_a_new_address_the_password_has_to_be_typed_again(
    run: Run, book: ProfileBook, keeper: SecretKeeper, make_profile: MakeProfile
) -> None:
    run(enrol(make_profile(), TYPED, book, keeper))
    moved = make_profile(base_url="https://new.example.com")
    with pytest.raises(InvalidInput) as caught:
        run(prepare(moved, TypedSecrets(), keeper))
    assert caught.value.field == "password"
    assert "https://api.example.com" in caught.value.done
    run(enrol(moved, TypedSecrets("again"), book, keeper))
    assert run(keeper.read(moved)) == Secrets("again")


def test_a_path_below_the_same_address_keeps_it(
    run: Run, book: ProfileBook, keeper: SecretKeeper, make_profile: MakeProfile
) -> None:
    run(enrol(make_profile(), TYPED, book, keeper))
    moved = make_profile(base_url="https://API.example.com:443/below/")
    assert run(prepare(moved, TypedSecrets(), keeper)).secrets == Secrets("new password")


@pytest.mark.parametrize("field", ["name", "company_key", "base_url", "username"])
def test_a_problem_of_the_profile_changes_nothing(
    run: Run, book: ProfileBook, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        run(enrol(make_profile(**{field: ""}), TYPED, book, keeper))
    assert caught.value.field == field
    assert book.profiles == ()
    assert vault.read(ProfileId("main"), make_profile().origin) is None


def test_a_taken_name_is_found_before_anything_is_kept(
    run: Run, book: ProfileBook, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile
) -> None:
    run(enrol(make_profile(), TYPED, book, keeper))
    second = make_profile(id=ProfileId("second"))
    with pytest.raises(InvalidInput) as caught:
        run(enrol(second, TYPED, book, keeper))
    assert caught.value.field == "name"
    assert vault.read(second.id, second.origin) is None


def test_a_locked_keyring_changes_nothing_and_the_session_is_left(
    run: Run, book: ProfileBook, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile
) -> None:
    vault.trouble = keyring_locked("K")
    enrolment = run(prepare(make_profile(), TYPED, keeper))
    with pytest.raises(KeyringLocked):
        run(save_profile(enrolment, book, keeper))
    assert not book.profiles
    run(save_profile(enrolment, book, keeper, Keeping.SESSION))
    assert book.get(ProfileId("main")) == make_profile()
    assert run(keeper.read(make_profile())) == Secrets("new password")


def test_a_locked_keyring_is_told_when_its_password_is_needed(
    run: Run, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile
) -> None:
    vault.trouble = keyring_locked("K")
    with pytest.raises(KeyringLocked):
        run(prepare(make_profile(), TypedSecrets(), keeper))


def test_a_password_in_the_proxys_address_becomes_a_secret(
    run: Run, book: ProfileBook, keeper: SecretKeeper, make_profile: MakeProfile, tmp_path: Path
) -> None:
    manual = {"proxy_mode": ProxyMode.MANUAL}
    typed = make_profile(proxy_url="http://user:canary@proxy:3128", **manual)
    run(enrol(typed, TYPED, book, keeper))
    assert book.profiles[0].proxy_url == "http://user@proxy:3128"
    assert b"canary" not in (tmp_path / "settings.json").read_bytes()
    assert run(keeper.read(typed)) == Secrets("new password", None, "canary")
    again = run(enrol(book.profiles[0], TypedSecrets(), book, keeper))
    assert again.secrets.proxy_password == "canary"
    without = run(enrol(make_profile(), TypedSecrets(), book, keeper))
    assert without.secrets == Secrets("new password")


def test_a_proxy_that_is_none_is_refused_at_its_field(
    run: Run, keeper: SecretKeeper, make_profile: MakeProfile
) -> None:
    for url in ("http://[::1", "socks5://user:pw@proxy:1", ""):
        with pytest.raises(InvalidInput) as caught:
            run(prepare(make_profile(proxy_mode=ProxyMode.MANUAL, proxy_url=url), TYPED, keeper))
        assert caught.value.field == "proxy_url"


def test_the_passphrase_goes_with_the_certificate(
    run: Run, keeper: SecretKeeper, make_profile: MakeProfile, tmp_path: Path
) -> None:
    run(keeper.keep(make_profile(), Secrets("stored", "old phrase")))
    assert run(prepare(make_profile(), TypedSecrets(), keeper)).secrets == Secrets("stored")
    missing = ClientCertificate(str(tmp_path / "a.pem"), str(tmp_path / "a.key"))
    with pytest.raises(InvalidInput) as caught:
        run(prepare(make_profile(client_certificate=missing), TypedSecrets(), keeper))
    assert caught.value.field == "certificate_file"


def test_settings_that_cannot_be_saved_hold_until_the_end(
    run: Run, book: ProfileBook, keeper: SecretKeeper, make_profile: MakeProfile, tmp_path: Path
) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(StorageError):
        run(enrol(make_profile(), TYPED, book, keeper))
    assert book.profiles == (make_profile(),)


def fill(run: Run, book: ProfileBook, keeper: SecretKeeper, desk: Desk, profile: Profile) -> None:
    """Save a profile and use it."""
    run(enrol(profile, TYPED, book, keeper))
    desk.recents.touch(profile.id, Identifier(IdentifierKind.PERSON_KEY, "k"))


def test_a_removed_profile_takes_its_secret_and_its_people_along(
    run: Run, book: ProfileBook, keeper: SecretKeeper, desk: Desk, make_profile: MakeProfile
) -> None:
    other = make_profile(id=ProfileId("other"), name="Other")
    fill(run, book, keeper, desk, make_profile())
    fill(run, book, keeper, desk, other)
    run(remove_profile(ProfileId("main"), book, keeper, desk))
    assert book.profiles == (other,)
    assert run(keeper.read(make_profile())) is None
    assert run(keeper.read(other)) == Secrets("new password")
    assert desk.recents.list(ProfileId("main")) == ()
    assert len(desk.recents.list(ProfileId("other"))) == 1


def test_where_the_keyring_is_locked_the_profile_goes_and_the_rest_is_told(
    run: Run, book: ProfileBook, keeper: SecretKeeper, vault: Any, desk: Desk, make_profile: MakeProfile
) -> None:
    fill(run, book, keeper, desk, make_profile())
    vault.trouble = keyring_locked("K")
    with pytest.raises(KeyringLocked) as caught:
        run(remove_profile(ProfileId("main"), book, keeper, desk))
    assert "still in the keyring" in caught.value.done
    assert book.profiles == ()
    assert desk.recents.list(ProfileId("main")) == ()


def test_where_there_is_no_keyring_nothing_is_in_the_way(
    run: Run,
    book: ProfileBook,
    desk: Desk,
    make_profile: MakeProfile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    keeper = SecretKeeper(open_os_keyring)
    enrolment = run(prepare(make_profile(), TYPED, keeper))
    with pytest.raises(NoKeyring):
        run(save_profile(enrolment, book, keeper))
    run(save_profile(enrolment, book, keeper, Keeping.SESSION))
    run(remove_profile(ProfileId("main"), book, keeper, desk))
    assert book.profiles == ()


def test_reprs_tell_no_secret() -> None:
    assert "new password" not in repr(TYPED)


def test_of_a_managed_profile_only_the_secrets_are_kept(
    run: Run, tmp_path: Path, keeper: SecretKeeper, make_profile: MakeProfile
) -> None:
    managed = make_profile(id=ProfileId(f"{MANAGED}1"))
    settings = SettingsKeeper(SettingsFile(tmp_path / "settings.json"), Policy(profiles=(managed,)))
    book = ProfileBook(settings)
    run(save_profile(Enrolment(managed, Secrets("its password")), book, keeper))
    assert book.profiles == (managed,)
    assert SettingsFile(tmp_path / "settings.json").load().profiles == ()
    assert run(keeper.read(managed)) == Secrets("its password")
