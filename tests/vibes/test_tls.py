"""Tests of vibes_desktop.vibes.tls: each file and the passphrase, good and bad."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import ClientCertificate
from vibes_desktop.vibes.tls import tls_context

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab


def problem(certificate: ClientCertificate, passphrase: str | None = None) -> tuple[str | None, str]:
    with pytest.raises(InvalidInput) as caught:
        tls_context(certificate, passphrase)
    return caught.value.field, caught.value.title


def test_trusts_as_the_system_does_and_no_old_protocol() -> None:
    context = tls_context()
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


def test_knows_the_systems_authorities() -> None:
    context = tls_context()
    folder = Path(ssl.get_default_verify_paths().openssl_capath)
    assert context.cert_store_stats()["x509_ca"] > 50 or any(folder.glob("*.0"))


def test_the_environment_decides_neither_whom_to_trust_nor_who_listens(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    known = tls_context().cert_store_stats()
    monkeypatch.setenv("SSL_CERT_FILE", lab.authority.file("ca.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    context = tls_context()
    assert not context.keylog_filename
    connection = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
    assert connection.context.cert_store_stats() == known
    assert not keys.exists()


def test_opens_a_key_with_and_without_passphrase(lab: Lab) -> None:
    tls_context(lab.authority.client_certificate(), lab.authority.passphrase)
    tls_context(lab.authority.client_certificate("client.key"), None)
    tls_context(lab.authority.client_certificate("client.key"), "not needed")


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        (None, "needs its passphrase"),
        ("", "needs its passphrase"),
        ("x", "not open"),
        ("ä" * 3000, "not open"),
    ],
)
def test_names_the_passphrase(lab: Lab, passphrase: str | None, words: str) -> None:
    field, title = problem(lab.authority.client_certificate(), passphrase)
    assert field == "key_passphrase"
    assert words in title


def test_names_the_file_that_can_not_be_read(lab: Lab, tmp_path: Path) -> None:
    good = lab.authority.client_certificate("client.key")
    gone = str(tmp_path / "gone.pem")
    for bad in (gone, str(tmp_path), "", "a\0b"):
        assert problem(ClientCertificate(bad, good.key_file))[0] == "certificate_file"
        assert problem(ClientCertificate(good.certificate_file, bad))[0] == "key_file"


@pytest.mark.parametrize("content", [b"", b"\xff\x00garbage", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_names_the_file_that_holds_something_else(lab: Lab, tmp_path: Path, content: bytes) -> None:
    good = lab.authority.client_certificate("client.key")
    (tmp_path / "bad.pem").write_bytes(content)
    bad = str(tmp_path / "bad.pem")
    assert problem(ClientCertificate(bad, good.key_file))[0] == "certificate_file"
    assert problem(ClientCertificate(good.certificate_file, bad))[0] == "key_file"
    assert problem(ClientCertificate(good.key_file, good.certificate_file))[0] == "certificate_file"


def test_names_a_key_of_another_certificate(lab: Lab) -> None:
    field, title = problem(lab.authority.client_certificate("server.key"))
    assert field == "key_file"
    assert "belong together" in title


def test_trusts_the_organisation_s_authorities_beside_the_system_s(lab: Lab) -> None:
    before = tls_context().cert_store_stats()["x509_ca"]
    after = tls_context(ca_file=lab.authority.file("ca.pem")).cert_store_stats()["x509_ca"]
    assert after == before + 1


@pytest.mark.parametrize("text", [None, "", "no certificate"])
def test_says_when_the_organisation_s_file_is_of_no_use(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "company.pem"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InvalidInput) as caught:
        tls_context(ca_file=str(file))
    assert caught.value.field == "ca_file"
    assert str(file) in caught.value.advice
