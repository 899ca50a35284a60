"""Tests of vibes_desktop.vibes.answer: charsets and compression."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.vibes.answer import Answer, BodyBuffer, BodyTooLarge, BodyUnreadable

TEXT = '{"name": "Zoë €"}'


def answer(body: bytes, content_type: str | None) -> Answer:
    return Answer(200, {} if content_type is None else {"content-type": content_type}, body)


@pytest.mark.parametrize(
    ("charset", "content_type"),
    [
        ("utf-8", None),
        ("utf-8", "application/json"),
        ("utf-8", "application/json; charset=iso-8859-1"),
        ("utf-8", "application/json; charset=no-such"),
        ("utf-8-sig", "application/json; charset=utf-8"),
        ("cp1252", "application/json; charset=windows-1252"),
        ("iso8859-15", 'application/json; charset="ISO-8859-15"'),
        ("utf-16", "application/json;charset=UTF-16"),
    ],
)
def test_reads_utf_8_first_and_else_what_is_declared(charset: str, content_type: str | None) -> None:
    assert answer(TEXT.encode(charset), content_type).text() == TEXT


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "application/json",
        "application/json; charset=utf-8",
        "application/json; charset=rot13",
        "application/json; charset=unicode_escape",
        "application/json; charset=us-ascii",
        "application/json; charset=",
        "application/json; charset=\x00",
    ],
)
def test_never_guesses_a_charset(content_type: str | None) -> None:
    assert answer(TEXT.encode("cp1252"), content_type).text() is None


@pytest.mark.parametrize(
    ("given_type", "media_type"),
    [("text/HTML; charset=utf-8", "text/html"), ("", "text/plain"), ("nonsense", "text/plain")],
)
def test_knows_the_media_type(given_type: str, media_type: str) -> None:
    assert answer(b"", given_type).media_type == media_type


def test_tells_nothing_in_a_log() -> None:
    assert "Zoë" not in repr(answer(TEXT.encode(), None))


@given(st.binary(max_size=3000), st.lists(st.integers(1, 50), max_size=20))
def test_pieces_of_any_size_give_the_same_body(data: bytes, sizes: list[int]) -> None:
    raw_deflate = zlib.compressobj(wbits=-15)
    for encoding, packed in (
        ("gzip", gzip.compress(data)),
        ("deflate", zlib.compress(data)),
        ("deflate", raw_deflate.compress(data) + raw_deflate.flush()),
        ("", data),
    ):
        buffer = BodyBuffer(encoding, limit=3000)
        rest = packed
        for size in sizes:
            buffer.feed(rest[:size])
            rest = rest[size:]
        buffer.feed(rest)
        assert buffer.finish() == data


def test_a_limit_is_met_exactly() -> None:
    for encoding, packed in (("", bytes(1000)), ("gzip", gzip.compress(bytes(1000)))):
        fitting = BodyBuffer(encoding, limit=1000)
        fitting.feed(packed)
        assert len(fitting.finish()) == 1000
        with pytest.raises(BodyTooLarge):
            BodyBuffer(encoding, limit=999).feed(packed)


def test_an_empty_body_needs_no_compression() -> None:
    assert BodyBuffer("gzip", limit=10).finish() == b""


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_refuses_a_compression_it_did_not_ask_for(encoding: str) -> None:
    with pytest.raises(BodyUnreadable):
        BodyBuffer(encoding, limit=10)
