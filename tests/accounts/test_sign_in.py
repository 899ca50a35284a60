"""A profile and its secrets become a client that speaks to its own address alone."""

from collections.abc import Callable
from typing import Any

import pytest

from vibes_desktop.accounts.profiles import sandbox_profile
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.accounts.sign_in import SignIn
from vibes_desktop.credentials.trouble import SecretElsewhere
from vibes_desktop.model.errors import InvalidInput, Unauthorized
from vibes_desktop.model.profile import ClientCertificate, Profile, ProxyMode, Secrets
from vibes_desktop.sandbox.server import Sandbox

Run = Callable[[Any], Any]


async def look_up_a_number(sign_in: SignIn, profile: Profile) -> int:
    """Enter, ask once, leave."""
    entered = await sign_in.enter(profile)
    try:
        return len(await entered.client.persons_by_mdn("+13125550100"))
    finally:
        await entered.aclose()


def test_the_client_signs_in_with_what_is_kept(
    run: Run, keeper: SecretKeeper, sandbox: Sandbox, of_sandbox: Profile
) -> None:
    run(keeper.keep(of_sandbox, Secrets(sandbox.password)))
    assert run(look_up_a_number(SignIn(keeper), of_sandbox)) == 0


def test_the_built_in_sandbox_signs_in_without_a_keyring(
    run: Run, keeper: SecretKeeper, vault: Any, sandbox: Sandbox
) -> None:
    profile = sandbox_profile(sandbox.url, sandbox.company_key, sandbox.username)
    run(keeper.keep(profile, Secrets(sandbox.password)))
    assert run(look_up_a_number(SignIn(keeper), profile)) == 0
    assert vault.opened == 0


def test_a_wrong_password_is_told_by_the_platform(
    run: Run, keeper: SecretKeeper, of_sandbox: Profile
) -> None:
    run(keeper.keep(of_sandbox, Secrets("wrong")))
    with pytest.raises(Unauthorized):
        run(look_up_a_number(SignIn(keeper), of_sandbox))


def test_without_a_password_it_is_asked_for(
    run: Run, keeper: SecretKeeper, make_profile: Callable[..., Profile]
) -> None:
    with pytest.raises(InvalidInput) as caught:
        run(SignIn(keeper).enter(make_profile()))
    assert caught.value.field == "password"


def test_a_secret_is_never_sent_to_another_address(
    run: Run,
    keeper: SecretKeeper,
    sandbox: Sandbox,
    of_sandbox: Profile,
    make_profile: Callable[..., Profile],
) -> None:
    run(keeper.keep(make_profile(), Secrets("for somewhere else")))
    with pytest.raises(SecretElsewhere):
        run(SignIn(keeper).enter(of_sandbox))
    assert len(sandbox.requests) == 0


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"proxy_mode": ProxyMode.MANUAL, "proxy_url": "socks5://proxy:1"}, "proxy_url"),
        ({"client_certificate": ClientCertificate("/nowhere/a.pem", "/nowhere/a.key")}, "certificate_file"),
    ],
)
def test_what_cannot_be_used_is_named(
    run: Run, keeper: SecretKeeper, make_profile: Callable[..., Profile], other: dict[str, Any], field: str
) -> None:
    profile = make_profile(**other)
    run(keeper.keep(profile, Secrets("p")))
    with pytest.raises(InvalidInput) as caught:
        run(SignIn(keeper).enter(profile))
    assert caught.value.field == field


def test_a_proxy_of_the_system_is_used(
    run: Run, keeper: SecretKeeper, make_profile: Callable[..., Profile]
) -> None:
    run(keeper.keep(make_profile(), Secrets("p")))
    with pytest.raises(InvalidInput) as caught:
        run(SignIn(keeper).enter(make_profile(), system_proxy="socks5://proxy:1"))
    assert caught.value.field == "proxy_url"


def test_all_clients_share_one_pace(
    run: Run, keeper: SecretKeeper, sandbox: Sandbox, of_sandbox: Profile
) -> None:
    sign_in = SignIn(keeper)
    run(keeper.keep(of_sandbox, Secrets(sandbox.password)))
    first, second = run(sign_in.enter(of_sandbox)), run(sign_in.enter(of_sandbox))
    assert first.transport.pace is second.transport.pace is sign_in.pace
    run(first.aclose())
    run(second.aclose())
