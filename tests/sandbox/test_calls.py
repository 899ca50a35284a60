"""Reading a request: its target, its version and its body."""

import json
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.answers import JsonObject, Refusal
from vibes_desktop.sandbox.calls import Call, Target, read_json, read_target, read_version
from vibes_desktop.sandbox.numbers import ApiVersion

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk


@pytest.mark.parametrize(
    ("raw", "segments", "query"),
    [
        ("/", ("",), {}),
        ("/a/b/", ("a", "b", ""), {}),
        ("//a", ("", "a"), {}),
        ("/a%2Fb/..", ("a/b", ".."), {}),
        ("/a+b%2B", ("a+b+",), {}),
        ("/a%3Fb?c=%3F", ("a?b",), {"c": "?"}),
        ("/?mdn=+1%2B2&empty=", ("",), {"mdn": " 1+2", "empty": ""}),
        ("/?a=first&a=second", ("",), {"a": "first"}),
        ("/%F0%9F%98%80%00", ("😀\0",), {}),
    ],
)
def test_a_target_is_split_before_it_is_decoded(
    raw: str, segments: tuple[str, ...], query: dict[str, str]
) -> None:
    assert read_target(raw) == Target(segments, query)


@pytest.mark.parametrize(
    ("value", "version"), [(None, ApiVersion.ONE), ("1", ApiVersion.ONE), ("2", ApiVersion.TWO)]
)
def test_without_a_version_it_is_1(value: str | None, version: ApiVersion) -> None:
    assert read_version(value) is version


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[" * 401 + b"]" * 401, 422)])
def test_an_unreadable_body_is_not_quoted(body: bytes, status: int) -> None:
    assert read_json("application/json", b"[" * 400 + b"]" * 400)
    with pytest.raises(Refusal) as caught:
        read_json("application/json", body)
    assert caught.value.status == status
    assert caught.value.__cause__ is None


def test_a_call_does_not_show_what_it_is_about() -> None:
    body: JsonObject = {"external_person_id": "canary"}
    target = read_target("/canary?mdn=canary")
    assert "canary" not in repr([target, Call({"person_key": "canary"}, target.query, sent=body, body=body)])


# Over HTTP


@pytest.mark.parametrize("version", ["0", "3", "two", "", "2.0"])
def test_an_unknown_version_is_refused(talk: "Talk", version: str) -> None:
    assert talk("GET", talk.steve, headers={"X-API-Version": version}).status == 400


@pytest.mark.parametrize(
    "last", ["/external/%", "/external/%zz", "/external/%FF", "?mdn=%FF", "/external/a#b"]
)
def test_a_target_that_cannot_be_decoded_is_400(talk: "Talk", last: str) -> None:
    assert talk.raw(talk.request_bytes("GET", talk.persons + last)).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("target", ["http://elsewhere.example/", "*", "companies"])
def test_a_target_that_is_no_path_is_400(talk: "Talk", target: str) -> None:
    assert talk.raw(talk.request_bytes("GET", target)).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "value", [None, "text/plain", "application/x-www-form-urlencoded", "application/json5"]
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_body_must_say_that_it_is_json(talk: "Talk", method: str, value: str | None) -> None:
    target = talk.steve if method == "PUT" else f"{talk.persons}/"
    assert talk(method, target, {}, headers={"Content-Type": value}).status == 415


@pytest.mark.parametrize(
    "value", ["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"', "application/json"]
)
def test_a_charset_of_utf_8_is_fine(talk: "Talk", value: str) -> None:
    assert talk("PUT", talk.steve, {}, headers={"Content-Type": value}).status == 200
    assert (
        talk("PUT", talk.steve, {}, headers={"Content-Type": "application/json; charset=latin-1"}).status
        == 415
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'{"custom_fields": {"visits": NaN}}',
        b'{"custom_fields": {"visits": -Infinity}}',
        b'{"custom_fields": {"visits": 1e999}}',
        b'{"custom_fields": {"first_name": "\xff"}}',
        '{"custom_fields": {"first_name": "utf-16"}}'.encode("utf-16"),
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": ' + b"1" * 5000 + b"}",
        b"[" * 100_000,
    ],
)
def test_what_is_not_json_is_400(talk: "Talk", body: bytes) -> None:
    before = talk.read()
    assert talk("PUT", talk.steve, body).status == 400
    assert talk.read() == before


def test_nesting_is_bounded(talk: "Talk") -> None:
    deep = b'{"custom_fields": {"preferences": ' + b"[" * 200 + b"]" * 200 + b"}}"
    assert talk("PUT", talk.steve, deep).status == 200
    assert json.dumps(talk.custom_fields()["preferences"]) == "[" * 200 + "]" * 200
    too_deep = b'{"custom_fields": {"preferences": ' + b"[" * 600 + b"]" * 600 + b"}}"
    assert talk("PUT", talk.steve, too_deep).status == 422


def test_a_lone_surrogate_comes_back_as_it_was_sent(talk: "Talk") -> None:
    assert talk("PUT", talk.steve, b'{"custom_fields": {"notes": "\\ud83d!"}}').status == 200
    assert b'"\\ud83d!"' in talk("GET", talk.steve).body


def test_of_a_duplicate_key_the_last_wins(talk: "Talk") -> None:
    assert talk("PUT", talk.steve, b'{"custom_fields": {"notes": "a", "notes": "b"}}').status == 200
    assert talk.custom_fields()["notes"] == "b"
