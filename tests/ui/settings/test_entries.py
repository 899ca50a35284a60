"""A profile as the form holds it."""

from __future__ import annotations

from dataclasses import replace

from vibes_desktop.model.profile import ClientCertificate, Profile, ProxyMode, Region
from vibes_desktop.ui.settings.entries import FormEntries


def test_a_published_host_is_a_region_and_any_other_an_address(demo: Profile, acme: Profile) -> None:
    assert (FormEntries.of(demo).region, FormEntries.of(demo).base_url) == (Region.US, "")
    other = FormEntries.of(acme)
    assert (other.region, other.base_url) == (None, acme.base_url)
    assert FormEntries.of(demo).address == demo.base_url
    assert other.address == acme.base_url


def test_everything_but_secrets_is_filled_in(demo: Profile) -> None:
    full = replace(
        demo,
        proxy_mode=ProxyMode.MANUAL,
        proxy_url="http://proxy:8080",
        client_certificate=ClientCertificate("cert.pem", "key.pem"),
    )
    entries = FormEntries.of(full)
    assert (entries.proxy_url, entries.certificate_file, entries.key_file) == (
        "http://proxy:8080",
        "cert.pem",
        "key.pem",
    )
    assert entries.password == entries.key_passphrase == ""


def test_secrets_stay_out_of_the_words_for_it() -> None:
    assert "swordfish" not in repr(FormEntries(password="swordfish", key_passphrase="swordfish"))
