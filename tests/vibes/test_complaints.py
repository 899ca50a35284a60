"""Tests of vibes_desktop.vibes.complaints: any body a refusal may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.errors import PlatformComplaint
from vibes_desktop.vibes.answer import Answer
from vibes_desktop.vibes.complaints import MAX_SHOWN_CHARACTERS, read_complaints, shown_text

SENT = (
    '{"external_person_id":"CRM-77","mobile_phone":{"mdn":"+13125550143"},'
    '"custom_fields":{"Home_Zip":"x","zip_code":"y","first_name":"Ana","a.b":"z","name":"n"}}'
)


def answer(body: str | bytes, content_type: str = "application/json") -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return Answer(422, {"content-type": content_type}, data)


def complaints(body: str, sent: str | None = None) -> list[tuple[str, str | None]]:
    return [(complaint.message, complaint.code) for complaint in read_complaints(answer(body), sent)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '{"errors":[{"message":"The zip code must be numeric","code":2}]}',
            [("The zip code must be numeric", "2")],
        ),
        ('{"errors":[{"message":"a","code":"x"},{"message":"b"}]}', [("a", "x"), ("b", None)]),
        ('{"errors":[{"message":"a","code":null}]}', [("a", None)]),
        ('{"errors":[{"code":"countrynotsupported"}]}', [("countrynotsupported", "countrynotsupported")]),
        (
            '{"errors":[{"message":"Refused: MDNHasConfirmationBlock."}]}',
            [("Refused: MDNHasConfirmationBlock.", "MDNHASCONFIRMATIONBLOCK")],
        ),
        ('{"errors":["first",null,{"what":1},7]}', [("first", None), ('{"what":1}', None), ("7", None)]),
        ('{"errors":{"message":"one","code":9}}', [("one", "9")]),
        (
            '{"errors":{"name":["is bad","is long"],"age":"no"}}',
            [("is bad", None), ("is long", None), ("no", None)],
        ),
        ('{"errors":"all wrong"}', [("all wrong", None)]),
        ('{"error":{"message":"one"}}', [("one", None)]),
        ('{"error":"Not Found","message":"the words","status":404}', [("the words", None)]),
        ('{"message":"alone"}', [("alone", None)]),
        ('{"errors":[]}', []),
        ('{"errors":3}', []),
        ("{}", []),
        ("[]", []),
        ('"text"', []),
        ('{"errors":[{"mess', []),
        ("", []),
        ("  \n", []),
        ("<html></html>", []),
    ],
)
def test_reads_every_shape(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert complaints(body) == expected


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("The zip code must be numeric", "zip_code"),
        ("Home_Zip must be numeric", "Home_Zip"),
        ("home zip is wrong", "Home_Zip"),
        ("'first_name' is unknown", "first_name"),
        ("First Name is too long", "first_name"),
        ("a.b is odd", "a.b"),
        ("name is odd", "name"),
        ("external_person_id has 129 characters", "external_person_id"),
        ("External person ID is taken", "external_person_id"),
        ("The MDN is not valid", "mobile_phone"),
        ("mobile_phone.mdn is not valid", "mobile_phone"),
        ("Phone number belongs to a landline", "mobile_phone"),
        ("rename it", None),
        ("Something is wrong", None),
    ],
)
def test_finds_the_field_a_message_names(message: str, field: str | None) -> None:
    body = f'{{"errors":[{{"message":"{message}"}}]}}'
    assert [complaint.field for complaint in read_complaints(answer(body), SENT)] == [field]


def test_keeps_a_field_the_platform_names_itself() -> None:
    found = read_complaints(answer('{"errors":[{"message":"no","field":"zip"}]}'), SENT)
    assert found == (PlatformComplaint("no", None, "zip"),)
    found = read_complaints(answer('{"errors":{"zip":["no"]}}'), SENT)
    assert found == (PlatformComplaint("no", None, "zip"),)


def test_names_no_field_that_was_not_sent() -> None:
    body = '{"errors":[{"message":"The MDN is wrong"}]}'
    for sent in (None, '{"custom_fields":{"a":"1"}}', "[]"):
        assert read_complaints(answer(body), sent)[0].field is None


@pytest.mark.parametrize(
    ("body", "content_type", "shown"),
    [
        ("<html><head><title>502 Bad\n Gateway</title><body><p>x", "text/html", "502 Bad Gateway"),
        ("<!doctype html><h1>It&apos;s <b>down</b></h1>", "", "It's down"),
        ("<html><body>no title</body></html>", "text/html; charset=utf-8", ""),
        ("<TITLE>&lt;img src=x&gt;</TITLE>", "text/html", "<img src=x>"),
        ("plain   words\r\n\x07 here", "text/plain", "plain words here"),
        ('{"odd": 1}', "application/json", '{"odd": 1}'),
        ("", "application/json", ""),
        ("Zoë".encode("cp1252"), "text/plain; charset=windows-1252", "Zoë"),
        ("Zoë".encode("cp1252"), "text/plain", ""),
    ],
)
def test_shows_a_body_as_plain_text(body: str | bytes, content_type: str, shown: str) -> None:
    assert shown_text(answer(body, content_type)) == shown


def test_shows_no_more_than_a_screen_can_hold() -> None:
    assert len(shown_text(answer("x" * 100_000, "text/plain"))) == MAX_SHOWN_CHARACTERS
    message = read_complaints(answer('{"errors":["' + "y" * 100_000 + '"]}'), None)[0].message
    assert len(message) == MAX_SHOWN_CHARACTERS


@given(
    st.binary(max_size=300), st.sampled_from(["text/html", "application/json", "text/plain; charset=utf-16"])
)
def test_no_body_breaks_it(body: bytes, content_type: str) -> None:
    read_complaints(answer(body, content_type), SENT)
    assert shown_text(answer(body, content_type)).isprintable()
