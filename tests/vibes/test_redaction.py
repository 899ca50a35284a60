"""Tests of vibes_desktop.vibes.redaction: canaries of every kind, over every logger, at every level."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import InvalidInput, VibesError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.redaction import (
    CHATTY_LIBRARIES,
    HIDDEN,
    KnownSecrets,
    RedactingFormatter,
    configure_logging,
    describe,
)

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

TakeLog = Callable[[str], logging.LogRecord]
CANARY_NAME = "Canaria Q. Finch"
CANARY_ID = "CANARY-EXT-77"
CANARY_MDN = "+13125550199"
CANARIES = (
    CANARY_NAME,
    "Finch",
    CANARY_ID,
    CANARY_MDN,
    "3125550199",
    "s3cret",
    "ana@example.com",
    "YW5hQGV4",
)


@pytest.fixture
def secrets() -> KnownSecrets:
    known = KnownSecrets()
    known.add("s3cret", "ana@example.com", "AcMe1", None, "")
    return known


@pytest.fixture
def log(secrets: KnownSecrets) -> Iterator[io.StringIO]:
    """Configure all logging as the program does, into memory, and take it back."""
    root = logging.getLogger()
    before = {name: logging.getLogger(name).level for name in ("", *CHATTY_LIBRARIES)}
    raises = logging.raiseExceptions
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    configure_logging(handler, secrets, level=logging.DEBUG)
    yield written
    root.removeHandler(handler)
    logging.raiseExceptions = raises
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def leaks(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


async def test_real_calls_leak_nothing_at_debug_in_any_logger(lab: Lab, log: io.StringIO) -> None:
    """Even with the libraries' own loggers turned up."""
    for name in CHATTY_LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)
    refusal = lab.reply(422, f'{{"errors":[{{"message":"{CANARY_NAME} {CANARY_MDN} is refused"}}]}}')
    person = lab.reply(200, f'{{"person_key":"k","custom_fields":{{"name":"{CANARY_NAME}"}}}}')
    script = (person, refusal, lab.raw(b"garbage " + CANARY_ID.encode() + b"\r\n\r\n"))
    async with (
        lab.server(*script) as server,
        lab.client(server.url, limits=Limits(attempts=1)) as client,
    ):
        external = Identifier(IdentifierKind.EXTERNAL_ID, CANARY_ID)
        body = obj(mobile_phone=obj(mdn=CANARY_MDN), custom_fields=obj(name=CANARY_NAME))
        await client.person(external)
        for call in (
            client.write(client.update_request(external, body)),
            client.persons_by_mdn(CANARY_MDN),
        ):
            with pytest.raises(VibesError) as caught:
                await call
            logging.getLogger("vibes_desktop.people").info("failed", exc_info=caught.value)
        with pytest.raises(InvalidInput) as refused:
            client.add_request(obj(external_person_id=CANARY_ID * 20))
        logging.getLogger("vibes_desktop.ui").info("%r", refused.value, exc_info=refused.value)
    text = log.getvalue()
    assert leaks(text) == []
    assert "httpcore" in text
    assert "GET /companies/{company_key}/mobiledb/persons?" not in text
    assert "GET /companies/{company_key}/mobiledb/persons: no answer (sent)" in text
    assert "vibes_desktop.model.errors.Unprocessable" in text
    assert "vibes_desktop/vibes/caller.py:" in text


def test_the_same_scan_finds_a_planted_leak(log: io.StringIO) -> None:
    logging.getLogger("vibes_desktop.vibes").info("saved %s", CANARY_NAME)
    assert leaks(log.getvalue()) == [CANARY_NAME, "Finch"]


@pytest.mark.parametrize(
    "level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL]
)
@pytest.mark.parametrize(
    "name", ["vibes_desktop.vibes", "vibes_desktop", "httpx", "asyncio", "somebody", "root"]
)
def test_no_level_and_no_logger_shows_a_number_or_a_secret(
    log: io.StringIO, take_log: TakeLog, name: str, level: int
) -> None:
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)
    logger.log(level, "call %s with %s", f"https://h/p?mdn=%2B{CANARY_MDN[1:]}", {"password": "s3cret"})
    logger.log(level, f"ana@example.com dialled (312) 555-0199 or {CANARY_MDN}")
    logger.log(level, "Authorization: Basic YW5hQGV4YW1wbGUuY29tOnMzY3JldA==")
    if level >= logging.WARNING:
        for _ in range(3):
            take_log("")
    text = log.getvalue()
    assert leaks(text) == []
    messages = [line.partition(f" {name}: ")[2] for line in text.splitlines()]
    assert len(messages) == 3
    assert not any("555" in message for message in messages)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+1 (312) 555-0199", HIDDEN),
        ("tel 312.555.0199 now", f"tel {HIDDEN} now"),
        ("tel:+44 20 7946 0958", f"tel:{HIDDEN}"),
        ("%2B13125550199", HIDDEN),
        ("x=13125550199y", f"x={HIDDEN}y"),
        ("call took 123456 ms", "call took 123456 ms"),
        ("GET /persons/{person_key}: 404, 12 ms", "GET /persons/{person_key}: 404, 12 ms"),
        ("see http://h/a?b#c.", f"see {HIDDEN}"),
        ("mail me@example.com!", f"mail {HIDDEN}!"),
        ("Bearer abc.def-ghi", HIDDEN),
        ("the password s3cret", f"the password {HIDDEN}"),
    ],
)
def test_hides_what_looks_like_it(secrets: KnownSecrets, text: str, shown: str) -> None:
    assert secrets.hide(text) == shown


def test_secrets_are_not_in_its_own_repr(secrets: KnownSecrets) -> None:
    assert "s3cret" not in repr(secrets)


def fail(value: str) -> None:
    raise ValueError(f"{value} is wrong")


def test_an_exception_is_written_without_its_text(log: io.StringIO, take_log: TakeLog) -> None:
    try:
        try:
            fail(CANARY_NAME)
        except ValueError as error:
            raise KeyError(CANARY_MDN) from error
    except KeyError:
        logging.getLogger("vibes_desktop.ui").exception("could not show the record")
    take_log("could not")
    text = log.getvalue()
    assert leaks(text) == []
    assert "could not show the record" in text
    assert text.index("builtins.ValueError") < text.index("which led to") < text.index("builtins.KeyError")
    assert "test_redaction.py" in text
    assert "in fail" in text
    assert "/work" not in text
    assert "/home" not in text


def test_a_report_walks_groups_and_circles() -> None:
    one, two = ValueError(CANARY_NAME), TypeError(CANARY_NAME)
    one.__cause__, two.__cause__ = two, one
    group = ExceptionGroup(CANARY_NAME, [one, OSError(CANARY_ID)])
    report = describe(group)
    assert leaks(report) == []
    for name in ("ExceptionGroup", "ValueError", "TypeError", "OSError"):
        assert f"builtins.{name}" in report


def raise_anew() -> None:
    try:
        fail("x")
    except ValueError:
        raise KeyError("y") from None


def test_a_suppressed_context_is_left_out() -> None:
    with pytest.raises(KeyError) as caught:
        raise_anew()
    assert "ValueError" not in describe(caught.value)


def test_a_broken_message_prints_its_arguments_nowhere(
    log: io.StringIO, take_log: TakeLog, capsys: pytest.CaptureFixture[str], secrets: KnownSecrets
) -> None:
    record = logging.LogRecord("vibes_desktop.x", logging.INFO, "x.py", 1, "%d numbers", (CANARY_NAME,), None)
    text = RedactingFormatter(secrets).format(record)
    assert "unreadable message" in text
    assert leaks(text) == []
    assert not logging.raiseExceptions
    assert capsys.readouterr().err == ""


def test_a_message_stays_on_one_line(secrets: KnownSecrets) -> None:
    record = logging.LogRecord(
        "vibes_desktop.x", logging.INFO, "x.py", 1, "one\r\n2026 ERROR forged", None, None
    )
    assert "\n" not in RedactingFormatter(secrets).format(record)


def test_chatty_libraries_speak_up_from_warning_only(log: io.StringIO) -> None:
    for name in CHATTY_LIBRARIES:
        assert logging.getLogger(name).getEffectiveLevel() == logging.WARNING
        logging.getLogger(f"{name}.inner").info("hidden")
    assert log.getvalue() == ""
