"""Tests of vibes_desktop.vibes.failures: words for causes that are hard to make with a socket."""

from __future__ import annotations

import socket
import ssl

import pytest

from vibes_desktop.model.errors import NOTHING_CHANGED, NOTHING_SENT, ConnectionFailed, OutcomeUnknown
from vibes_desktop.vibes.failures import LOOK_FIRST, MAYBE_CHANGED, Broken, Place, Stage, explain

PLACE = Place("platform.test", "proxy.test:3128")
DIRECT = Place("platform.test")


def caused(outer: BaseException, cause: BaseException) -> BaseException:
    outer.__cause__ = cause
    return outer


@pytest.mark.parametrize(
    ("stage", "write", "kind", "done"),
    [
        (Stage.CONNECT, True, ConnectionFailed, NOTHING_SENT),
        (Stage.PROXY, True, ConnectionFailed, NOTHING_SENT),
        (Stage.TLS, False, ConnectionFailed, NOTHING_SENT),
        (Stage.SENT, True, OutcomeUnknown, MAYBE_CHANGED),
        (Stage.SENT, False, ConnectionFailed, NOTHING_CHANGED),
    ],
)
def test_says_what_was_done(stage: Stage, write: bool, kind: type[Exception], done: str) -> None:
    error = Broken(stage, "title", "advice").as_error(is_write=write)
    assert type(error) is kind
    assert error.done == done
    assert error.advice == (LOOK_FIRST if kind is OutcomeUnknown else "advice")


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        OSError(101, "Network is unreachable"),
        ConnectionResetError(),
        BrokenPipeError(),
        ssl.SSLError(1, "something new"),
        ssl.SSLEOFError(8, "EOF"),
        socket.gaierror(socket.EAI_AGAIN, "later"),
        caused(OSError(), ConnectionRefusedError()),
        caused(OSError(), BaseExceptionGroup("all", [OSError(), ConnectionRefusedError()])),
    ],
)
def test_has_words_for_everything_at_every_stage(stage: Stage, error: BaseException) -> None:
    broken = explain(error, stage, PLACE)
    assert broken.title
    assert broken.advice
    assert str(broken) == broken.stage.value
    assert not broken.is_permanent
    if stage is Stage.PROXY:
        assert "proxy.test:3128" in broken.title
    if stage is Stage.SENT:
        assert broken.stage is Stage.SENT or not isinstance(error, ConnectionResetError | TimeoutError)


def test_a_certificate_refused_by_the_system_needs_no_openssl_words() -> None:
    broken = explain(caused(OSError(), ssl.SSLCertVerificationError("said by Windows")), Stage.TLS, DIRECT)
    assert "is not trusted" in broken.title
    assert broken.is_permanent


def test_a_name_that_does_not_exist_is_not_asked_for_again() -> None:
    gone = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert explain(caused(OSError(), gone), Stage.CONNECT, DIRECT).is_permanent
    assert "proxy.test" in explain(gone, Stage.PROXY, PLACE).title
    assert not explain(socket.gaierror(socket.EAI_AGAIN, ""), Stage.CONNECT, DIRECT).is_permanent


def test_a_cause_that_comes_around_is_seen_once() -> None:
    one, two = OSError("one"), OSError("two")
    one.__cause__, two.__cause__ = two, one
    assert "can't be reached" in explain(one, Stage.CONNECT, DIRECT).title


def test_words_hold_no_address_of_an_exception() -> None:
    error = OSError("https://platform.test/persons?mdn=%2B13125550143")
    broken = explain(error, Stage.CONNECT, DIRECT)
    assert "13125550143" not in broken.title + broken.advice + repr(broken)
