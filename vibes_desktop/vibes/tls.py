"""Who is trusted, and the certificate we show: TLS from the operating system's store."""

from __future__ import annotations

import ssl
import sys
from pathlib import Path
from typing import Final

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import ClientCertificate

# Where distributions keep their store in one file; a packaged OpenSSL knows only where it was built.
CA_FILES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine, BSD
)
CHOOSE_AGAIN: Final = (
    "Choose the file again in the profile; it is a PEM file from your IT department or from Vibes."
)


def tls_context(
    certificate: ClientCertificate | None = None,
    key_passphrase: str | None = None,
    ca_file: str | None = None,
) -> ssl.SSLContext:
    """Make the context of all connections; reads the files when there are any.

    `ca_file` holds authorities trusted beside the system's. Raises InvalidInput with field ca_file,
    certificate_file, key_file or key_passphrase.
    """
    context = _trusting_context()
    if ca_file is not None:
        _trust(context, ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate is not None:
        _load(context, certificate, key_passphrase)
    return context


def _trusting_context() -> ssl.SSLContext:
    if sys.platform in {"win32", "darwin"}:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Elsewhere truststore asks OpenSSL, which lets SSL_CERT_FILE and SSL_CERT_DIR replace the store unseen.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    built_in = ssl.get_default_verify_paths()
    file = next((name for name in (built_in.openssl_cafile, *CA_FILES) if Path(name).is_file()), None)
    folder = built_in.openssl_capath if Path(built_in.openssl_capath).is_dir() else None
    if file or folder:
        context.load_verify_locations(file, folder)
    return context


def _trust(context: ssl.SSLContext, ca_file: str) -> None:
    try:
        context.load_verify_locations(ca_file)
    except (OSError, ValueError):
        raise InvalidInput(
            "The certificate authorities of your organisation can't be read",
            f"Ask your IT department to look at the file {ca_file}.",
            field="ca_file",
        ) from None


def _load(context: ssl.SSLContext, certificate: ClientCertificate, passphrase: str | None) -> None:
    _check_certificate(_text_of(certificate.certificate_file, "certificate_file"))
    key = _text_of(certificate.key_file, "key_file")
    try:
        # The callback keeps OpenSSL from asking for the passphrase on a terminal.
        context.load_cert_chain(
            certificate.certificate_file, certificate.key_file, password=lambda: passphrase or ""
        )
    except (ssl.SSLError, ValueError) as error:
        raise _key_problem(key, passphrase, getattr(error, "reason", None)) from None


def _text_of(file: str, field: str) -> str:
    name = Path(file).name
    try:
        return Path(file).read_text(encoding="ascii", errors="ignore")
    except OSError as error:
        raise InvalidInput(
            f"The file {name} can't be read", f"{error.strerror}. {CHOOSE_AGAIN}", field=field
        ) from None
    except ValueError:
        raise InvalidInput("This is no file name", CHOOSE_AGAIN, field=field) from None


def _check_certificate(pem: str) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError):
        raise InvalidInput(
            "The certificate file holds no certificate", CHOOSE_AGAIN, field="certificate_file"
        ) from None


def _key_problem(key: str, passphrase: str | None, reason: str | None) -> InvalidInput:
    if reason == "KEY_VALUES_MISMATCH":
        return InvalidInput("Certificate and key don't belong together", CHOOSE_AGAIN, field="key_file")
    if "ENCRYPTED" not in key:
        return InvalidInput("The key file holds no key", CHOOSE_AGAIN, field="key_file")
    if not passphrase:
        return InvalidInput(
            "The key needs its passphrase", "Type the passphrase of the key file.", field="key_passphrase"
        )
    return InvalidInput(
        "The passphrase does not open the key", "Type the passphrase again.", field="key_passphrase"
    )
