"""The proxy in use, and its password apart from its address."""

from collections.abc import Callable

import pytest

from vibes_desktop.accounts.proxies import check_manual_proxy, proxy_of, with_password, without_password
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Profile, ProxyMode, Secrets

SECRETS = Secrets("p", proxy_password="w%40rd")


@pytest.mark.parametrize(
    ("whole", "bare", "password"),
    [
        ("http://u:w%40rd@proxy:3128", "http://u@proxy:3128", "w%40rd"),
        ("http://u:w@rd@[::1]:3128", "http://u@[::1]:3128", "w@rd"),
        ("https://u:@proxy", "https://u@proxy", ""),
        ("http://:secret@proxy", "http://@proxy", "secret"),
    ],
)
def test_the_password_is_split_off_and_put_back(whole: str, bare: str, password: str) -> None:
    assert without_password(whole) == (bare, password)
    assert with_password(bare, password) == whole


@pytest.mark.parametrize("url", ["http://proxy:3128", "http://u@proxy:3128"])
def test_an_address_without_one_stays_as_it_is(url: str) -> None:
    assert without_password(url) == (url, None)
    assert with_password(url, None) == url


def test_an_address_without_a_user_takes_no_password() -> None:
    assert with_password("http://proxy:3128", "secret") == "http://proxy:3128"


@pytest.mark.parametrize(
    ("mode", "url", "proxy"),
    [
        (ProxyMode.SYSTEM, "http://u@manual:1", "http://system:2"),
        (ProxyMode.NONE, "http://u@manual:1", None),
        (ProxyMode.MANUAL, "http://u@manual:1", "http://u:w%40rd@manual:1"),
        (ProxyMode.MANUAL, None, None),
    ],
)
def test_the_profile_says_which_one_is_used(
    make_profile: Callable[..., Profile], mode: ProxyMode, url: str | None, proxy: str | None
) -> None:
    profile = make_profile(proxy_mode=mode, proxy_url=url)
    assert proxy_of(profile, SECRETS, "http://system:2") == proxy


def test_a_path_behind_the_port_is_refused() -> None:
    check_manual_proxy("http://proxy:3128/")
    with pytest.raises(InvalidInput) as caught:
        check_manual_proxy("http://proxy:3128/path")
    assert caught.value.field == "proxy_url"
