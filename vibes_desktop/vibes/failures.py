"""Connections that failed, in words: why, how far the request got, and whether trying again can help."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from vibes_desktop.model.errors import (
    NOTHING_CHANGED,
    NOTHING_SENT,
    ConnectionFailed,
    OutcomeUnknown,
    VibesError,
)

MAYBE_CHANGED: Final = "The change may or may not have been made."
LOOK_FIRST: Final = "Look at the record on the platform before you try again."
ASK_FOR_CERTIFICATE: Final = frozenset(
    {"CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "HANDSHAKE_FAILURE", "UNKNOWN_CA", "ACCESS_DENIED"}
    | {"CERTIFICATE_EXPIRED", "CERTIFICATE_REVOKED", "CERTIFICATE_UNKNOWN", "UNSUPPORTED_CERTIFICATE"}
)
NOT_TLS: Final = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "UNKNOWN_PROTOCOL"}
)
SUPPORTED_SCHEME: Final = "Basic"
PERMANENT_NAME_ERRORS: Final = frozenset(
    {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
)


class Stage(Enum):
    """How far a connection had come."""

    CONNECT = "connect"
    PROXY = "proxy"
    TLS = "tls"
    SENT = "sent"  # the first byte of the request may have left


@dataclass(frozen=True, slots=True)
class Place:
    """Where a connection goes, in words without credentials. `proxy` is None for a direct one."""

    host: str
    proxy: str | None = None


@dataclass(slots=True, eq=False)
class Broken(Exception):
    """An exchange without a usable answer: an event on the wire, told as an error of the tree further up.

    `is_permanent`: trying again can't help. `is_untrusted`: the certificate shown to us is not one we trust.
    """

    stage: Stage
    title: str
    advice: str = field(default="Try again in a moment.")
    is_permanent: bool = False
    is_untrusted: bool = False

    def __str__(self) -> str:
        """Name the stage alone: the sentences may hold what a person typed."""
        return self.stage.value

    @property
    def is_certainly_unprocessed(self) -> bool:
        """Tell whether no byte of the request can have arrived, or none counted."""
        return self.stage is not Stage.SENT

    def as_error(self, *, is_write: bool) -> VibesError:
        """Tell a person: by whether something may have been changed."""
        if self.is_certainly_unprocessed:
            return ConnectionFailed(self.title, NOTHING_SENT, self.advice)
        if is_write:
            return OutcomeUnknown(self.title, MAYBE_CHANGED, LOOK_FIRST)
        return ConnectionFailed(self.title, NOTHING_CHANGED, self.advice)

    def issued_by(self, issuer: str) -> Broken:
        """Say who issued the certificate that is not trusted."""
        advice = f"It was issued by “{issuer}”. {self.advice}"
        return Broken(self.stage, self.title, advice, self.is_permanent, self.is_untrusted)


def explain(error: BaseException, stage: Stage, place: Place, schemes: tuple[str, ...] = ()) -> Broken:
    """Find the words for what a connection raised; `schemes` are the sign-ins that a proxy offered."""
    name = type(error).__name__
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return _timeout(stage, place)
    for cause in _chain(error):
        match cause:
            case ssl.SSLWantReadError() | ssl.SSLWantWriteError():
                continue  # how a handshake waits
            case ssl.SSLError() if stage is Stage.PROXY:
                return _unreachable(stage, place, "could not be reached over TLS")
            case ssl.SSLCertVerificationError():
                return _untrusted(cause, place)
            case ssl.SSLError():
                return _tls(cause, stage, place)
            case socket.gaierror():
                return _unknown_name(cause, stage, place)
            case ConnectionRefusedError():
                return _unreachable(stage, place, "refuses the connection")
    if name == "ProxyError":
        return _proxy_refusal(str(error), place, schemes)
    if stage is Stage.SENT:
        return Broken(
            stage,
            f"The connection to {place.host} broke off before the answer was complete",
            "Try again in a moment. If it is so every time, the account may require a client certificate, "
            "or a firewall is in the way.",
        )
    if stage is Stage.TLS:
        return _no_handshake(place)
    return _unreachable(stage, place, "can't be reached")


def _untrusted(error: ssl.SSLCertVerificationError, place: Place) -> Broken:
    reason = getattr(error, "verify_message", None) or "none"
    return Broken(
        Stage.TLS,
        f"The certificate of {place.host} is not trusted",
        f"The reason given is: {reason}. If your company inspects its traffic, its certificate "
        "authority must be in this computer's trust store; otherwise somebody may be listening: don't go on.",
        is_permanent=True,
        is_untrusted=True,
    )


def _tls(error: ssl.SSLError, stage: Stage, place: Place) -> Broken:
    reason = str(getattr(error, "reason", None) or "")  # absent where it was not OpenSSL that raised it
    if reason in NOT_TLS:
        return Broken(
            Stage.TLS,
            f"{place.host} does not speak TLS",
            "Check host and port of the address in the profile.",
            is_permanent=True,
        )
    if reason.partition("_ALERT_")[2] in ASK_FOR_CERTIFICATE:
        # With TLS 1.3 this comes when the request is on its way; the handshake was refused all the same.
        return Broken(
            Stage.TLS,
            f"{place.host} refused our side of the TLS handshake",
            "A client certificate is probably required, or the one in the profile was not accepted "
            f"({_words(reason)}). Choose certificate and key in the profile.",
            is_permanent=True,
        )
    if stage is Stage.SENT:
        return Broken(stage, f"The connection to {place.host} broke off ({_words(reason)})")
    return _no_handshake(place, _words(reason))


def _no_handshake(place: Place, reason: str = "the connection was closed") -> Broken:
    return Broken(
        Stage.TLS,
        f"No TLS connection to {place.host}",
        f"The handshake failed: {reason}. If your account has a client certificate, choose it in the "
        "profile; a firewall or proxy may also be in the way.",
    )


def _words(reason: str) -> str:
    return reason.rpartition("_ALERT_")[2].replace("_", " ").lower() or "no reason given"


def _unknown_name(error: socket.gaierror, stage: Stage, place: Place) -> Broken:
    is_proxy = stage is Stage.PROXY
    where = f"The proxy's address {place.proxy}" if is_proxy else f"The address {place.host}"
    return Broken(
        stage,
        f"{where} was not found",
        "Check its spelling in the profile, and whether this computer is online.",
        is_permanent=error.errno in PERMANENT_NAME_ERRORS,
    )


def _unreachable(stage: Stage, place: Place, what: str) -> Broken:
    if stage is Stage.PROXY:
        return Broken(
            stage,
            f"The proxy {place.proxy} {what}",
            "Check the proxy in the profile, or ask your IT department.",
        )
    return Broken(
        stage, f"{place.host} {what}", "Check the address, your network, and whether a proxy is needed."
    )


def _proxy_refusal(message: str, place: Place, schemes: tuple[str, ...]) -> Broken:
    """Read httpx's `407 Proxy Authentication Required`; only the number is used."""
    status = message[:3]
    if status == "407":
        title, advice = f"The proxy {place.proxy} wants a sign-in", _sign_in_to_proxy(schemes)
    else:
        title = f"The proxy {place.proxy} did not connect to {place.host} (status {status})"
        advice = "The proxy may not allow this address, or can't reach it. Ask your IT department."
    return Broken(Stage.PROXY, title, advice, is_permanent=status in {"403", "407"})


def _sign_in_to_proxy(schemes: tuple[str, ...]) -> str:
    """Name what the proxy offers, and what we can do."""
    how = "put the proxy's user name and password into its address: http://user:password@host:port."
    if not schemes:
        return how[0].upper() + how[1:]
    offered = f"It offers {' and '.join(schemes)}; this program supports {SUPPORTED_SCHEME}."
    if SUPPORTED_SCHEME.lower() in {scheme.lower() for scheme in schemes}:
        return f"{offered} If there is one already, check it; otherwise {how}"
    return (
        f"{offered} Ask your IT department for a proxy that takes {SUPPORTED_SCHEME}, or for one on this "
        "computer that signs in for you."
    )


def _timeout(stage: Stage, place: Place) -> Broken:
    match stage:
        case Stage.SENT:
            return Broken(stage, f"{place.host} did not answer in time")
        case Stage.TLS:
            return _no_handshake(place, "no reply in time")
        case _:
            return _unreachable(stage, place, "did not reply in time")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Walk an error's causes, the outermost first."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
