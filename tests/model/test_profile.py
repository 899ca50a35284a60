"""Addresses are checked, and what a secret belongs to is told apart."""

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import (
    Profile,
    ProfileId,
    Region,
    Secrets,
    checked_base_url,
    is_loopback,
    origin_of,
)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://public-api.eu.vibes.com/", "https://public-api.eu.vibes.com"),
        (" https://API.Example.com:8443/below// ", "https://api.example.com:8443/below"),
        ("HTTPS://example.com", "https://example.com"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_address_gets_its_usual_form(text: str, url: str) -> None:
    assert checked_base_url(text) == url
    assert checked_base_url(url) == url


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "example.com", "https://", "https:///path", "ftp://example.com", "file:///etc/passwd"),
        *("http://example.com", "http://127.0.0.1.example.com", "http://0.0.0.0", "http://192.168.0.1"),
        *("https://user@example.com", "https://user:pw@example.com", "https://@example.com"),
        *(
            "https://example.com/?a=1",
            "https://example.com?",
            "https://example.com/#a",
            "https://example.com#",
        ),
        *("https://[::1", "https://example.com:99999", "https://example.com:x"),
        *("https://ex ample.com", "https://example.com\\.elsewhere.com"),
    ],
)
def test_what_is_no_safe_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_base_url(text)
    assert caught.value.field == "base_url"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://example.com/below", "https://example.com"),
        ("https://EXAMPLE.com:443", "https://example.com"),
        ("https://example.com:8443", "https://example.com:8443"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8000/x", "http://[::1]:8000"),
    ],
)
def test_the_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"])
def test_this_computer_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example.com", "10.0.0.1", "0.0.0.0", "::", "example.com", ""])  # noqa: S104
def test_others_are_not_this_computer(host: str) -> None:
    assert not is_loopback(host)


def test_a_profile_knows_its_region_and_origin() -> None:
    def at(url: str) -> Profile:
        return Profile(ProfileId("p"), "P", "k", url, "u")

    assert at(Region.US.base_url).region_label == "US"
    assert at(Region.EU.base_url).region_label == "EU"
    assert at("https://api.example.com:8443/x").region_label == "api.example.com:8443"
    assert at("https://api.example.com:8443/x").origin == "https://api.example.com:8443"


def test_a_platform_may_be_on_this_computer() -> None:
    assert Profile(ProfileId("p"), "P", "k", "http://127.0.0.1:8080", "u").is_here
    assert not Profile(ProfileId("p"), "P", "k", Region.US.base_url, "u").is_here


def test_each_region_has_its_country() -> None:
    assert (Region.US.phone_region, Region.EU.phone_region) == ("US", "GB")
    assert all(checked_base_url(region.base_url) == region.base_url for region in Region)


def test_secrets_are_not_in_their_repr() -> None:
    assert "canary" not in repr(Secrets("canary", "canary", "canary"))


def test_the_account_is_not_in_the_repr_of_its_profile() -> None:
    profile = Profile(
        ProfileId("p"), "P", "k", "https://example.com", "canary", proxy_url="http://canary@proxy:1"
    )
    assert "canary" not in repr(profile)
