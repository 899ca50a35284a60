"""Secrets are in the keyring, or in memory for the session, and the keeper says where."""

from collections.abc import Callable
from typing import Any

import pytest

from vibes_desktop.accounts.profiles import sandbox_profile
from vibes_desktop.accounts.secret_keeper import Keeping, SecretKeeper
from vibes_desktop.credentials.keyring import open_os_keyring
from vibes_desktop.credentials.trouble import SecretElsewhere, keyring_dismissed, keyring_locked
from vibes_desktop.model.errors import KeyringDismissed, KeyringLocked, NoKeyring
from vibes_desktop.model.profile import Profile, ProfileId, Secrets
from vibes_desktop.vibes.redaction import KnownSecrets

Run = Callable[[Any], Any]
MakeProfile = Callable[..., Profile]
CANARY = Secrets("canary-password", "canary-phrase", "canary-proxy")


@pytest.fixture
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the message bus away, and with it every keyring."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


def test_nothing_is_opened_before_it_is_needed(keeper: SecretKeeper, vault: Any) -> None:
    assert vault.opened == 0


def test_secrets_are_kept_in_the_keyring(
    run: Run, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile
) -> None:
    profile = make_profile()
    assert run(keeper.read(profile)) is None
    run(keeper.keep(profile, CANARY))
    assert vault.read(profile.id, profile.origin) == CANARY
    assert run(keeper.read(profile)) == CANARY
    assert vault.opened == 1
    run(keeper.delete(profile.id))
    assert vault.read(profile.id, profile.origin) is None


def test_secrets_of_the_session_go_before_and_stay_out_of_the_keyring(
    run: Run, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile
) -> None:
    profile = make_profile()
    run(keeper.keep(profile, Secrets("stored")))
    run(keeper.keep(profile, CANARY, Keeping.SESSION))
    assert run(keeper.read(profile)) == CANARY
    assert vault.read(profile.id, profile.origin) == Secrets("stored")
    run(keeper.keep(profile, Secrets("new")))
    assert run(keeper.read(profile)) == Secrets("new")


def test_a_secret_never_goes_to_another_address(
    run: Run, keeper: SecretKeeper, make_profile: MakeProfile
) -> None:
    for keeping in Keeping:
        run(keeper.keep(make_profile(), CANARY, keeping))
        with pytest.raises(SecretElsewhere):
            run(keeper.read(make_profile(base_url="https://evil.example.com")))


def test_the_sandbox_never_meets_a_keyring(run: Run, keeper: SecretKeeper, vault: Any) -> None:
    profile = sandbox_profile("http://127.0.0.1:8000", "k", "u")
    assert run(keeper.read(profile)) is None
    run(keeper.keep(profile, CANARY))
    assert run(keeper.read(profile)) == CANARY
    run(keeper.delete(profile.id))
    assert run(keeper.read(profile)) is None
    assert vault.opened == 0


def test_without_a_keyring_the_session_is_left(run: Run, no_bus: None, make_profile: MakeProfile) -> None:
    keeper, profile = SecretKeeper(open_os_keyring), make_profile()
    with pytest.raises(NoKeyring):
        run(keeper.read(profile))
    with pytest.raises(NoKeyring):
        run(keeper.keep(profile, CANARY))
    run(keeper.keep(profile, CANARY, Keeping.SESSION))
    assert run(keeper.read(profile)) == CANARY
    run(keeper.delete(profile.id))


def test_a_keyring_that_comes_later_is_found(run: Run, vault: Any, make_profile: MakeProfile) -> None:
    is_there = False

    def open_keyring() -> Any:
        return vault.open() if is_there else open_os_keyring()

    keeper = SecretKeeper(open_keyring)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        with pytest.raises(NoKeyring):
            run(keeper.read(make_profile()))
    is_there = True
    assert run(keeper.read(make_profile())) is None


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [(keyring_locked("K"), KeyringLocked), (keyring_dismissed("K"), KeyringDismissed)],
)
def test_what_the_keyring_says_is_passed_on(
    run: Run, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile, trouble: Any, kind: type[Exception]
) -> None:
    vault.trouble = trouble
    with pytest.raises(kind):
        run(keeper.read(make_profile()))
    with pytest.raises(kind):
        run(keeper.keep(make_profile(), CANARY))
    with pytest.raises(kind):
        run(keeper.delete(ProfileId("main")))


def test_it_says_where_the_secret_is(
    run: Run, keeper: SecretKeeper, vault: Any, make_profile: MakeProfile
) -> None:
    profile = make_profile()
    nowhere = run(keeper.whereabouts(profile))
    assert (nowhere.keeping, nowhere.trouble) == (None, None)
    assert nowhere.words == "Not stored yet. It will be kept in The test's vault."
    run(keeper.keep(profile, CANARY))
    assert run(keeper.whereabouts(profile)).words == "In The test's vault."
    elsewhere = run(keeper.whereabouts(make_profile(base_url="https://other.example.com")))
    assert isinstance(elsewhere.trouble, SecretElsewhere)
    assert "another address" in elsewhere.words
    run(keeper.keep(profile, CANARY, Keeping.SESSION))
    here = run(keeper.whereabouts(profile))
    assert (here.keeping, here.words) == (Keeping.SESSION, "In memory, until the program ends.")


def test_it_says_why_it_cannot_tell(run: Run, no_bus: None, make_profile: MakeProfile) -> None:
    told = run(SecretKeeper().whereabouts(make_profile()))
    assert isinstance(told.trouble, NoKeyring)
    assert told.words.startswith("No keyring is available.")


def test_no_log_shows_what_was_kept_or_read(run: Run, vault: Any, make_profile: MakeProfile) -> None:
    known, profile = KnownSecrets(), make_profile()
    run(SecretKeeper(vault.open, known).keep(profile, CANARY))
    fresh = KnownSecrets()
    run(SecretKeeper(vault.open, fresh).read(profile))
    for secrets in (known, fresh):
        shown = secrets.hide("a canary-password, a canary-phrase, a canary-proxy")
        assert "canary" not in shown
