"""Tests of vibes_desktop.vibes.certificate."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import certifi
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.vibes.certificate import UNNAMED, read_certificate

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab


def test_reads_who_issued_it_for_whom_and_until_when(lab: Lab) -> None:
    from cryptography.x509 import load_pem_x509_certificate

    for name in ("server", "expired", "ca"):
        pem = Path(lab.authority.file(f"{name}.pem")).read_text()
        facts = read_certificate(ssl.PEM_cert_to_DER_cert(pem))
        assert facts.issuer == "Würfel & Söhne – Test Authority"
        assert facts.subject == "Würfel & Söhne – " + ("Test Authority" if name == "ca" else f"The {name}")
        assert facts.valid_until == load_pem_x509_certificate(pem.encode()).not_valid_after_utc


def test_reads_every_public_authority_as_openssl_does() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    assert len(context.get_ca_certs()) > 50
    for der, known in zip(context.get_ca_certs(True), context.get_ca_certs(), strict=True):
        facts = read_certificate(der)
        issuer = known["issuer"]
        assert isinstance(issuer, tuple)
        names = {key: value for group in reversed(issuer) for key, value in group}
        expected = [names[key] for key in ("organizationName", "commonName") if key in names]
        assert facts.issuer == (" – ".join(expected) or UNNAMED)
        until = known["notAfter"]
        assert isinstance(until, str)
        assert facts.valid_until is not None
        assert facts.valid_until.timestamp() == ssl.cert_time_to_seconds(until)


@given(st.binary(max_size=400))
def test_never_raises(data: bytes) -> None:
    assert read_certificate(data).issuer


def test_a_cut_certificate_is_unnamed(lab: Lab) -> None:
    der = ssl.PEM_cert_to_DER_cert(Path(lab.authority.file("server.pem")).read_text())
    for length in range(len(der)):
        assert read_certificate(der[:length]).valid_until is None
