"""Recognising what was pasted: kinds, order, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.recognise import Source, recognise

KEY, OLD, EXTERNAL, MDN = (
    IdentifierKind.PERSON_KEY,
    IdentifierKind.PERSON_ID,
    IdentifierKind.EXTERNAL_ID,
    IdentifierKind.MDN,
)
A_KEY = "c5235a1-e243-42d7-979c-7f6234a21b60"
A_UUID = "1f0e2d3c-4b5a-4968-8776-655443322110"


def pairs(text: str, region: str = "US", forced: IdentifierKind | None = None) -> list[tuple[str, str]]:
    return [(c.kind.value, c.value) for c in recognise(text, region, forced).candidates]


@pytest.mark.parametrize(
    "text",
    [
        "+13125550143",
        "+1 312 555 0143",
        " +1 (312) 555-0143 ",
        "(312) 555-0143",
        "tel:+1-312-555-0143",
        "+1\u00a0312\u2011555\u20110143",
        "mdn: +1 312 555 0143",
        '"mdn" : "+13125550143",',
        "Mobile number = 312.555.0143",
        "001 312 555 0143",
    ],
)
def test_a_number_in_any_notation_is_read_as_e164(text: str) -> None:
    assert pairs(text)[0] == ("mdn", "+13125550143")


def test_a_number_without_country_code_belongs_to_the_region_of_the_profile() -> None:
    assert pairs("020 7946 0018", "GB")[0] == ("mdn", "+442079460018")


def test_ten_digits_are_asked_as_number_and_as_both_ids() -> None:
    assert pairs("3125550143") == [
        ("mdn", "+13125550143"),
        ("external_person_id", "3125550143"),
        ("person_id", "3125550143"),
    ]


def test_a_number_written_as_such_is_asked_as_nothing_else() -> None:
    assert pairs("+1 312 555 0143") == [("mdn", "+13125550143")]


def test_an_impossible_number_with_country_code_is_asked_all_the_same() -> None:
    # the platform's own examples hold +1999999999, nine digits
    assert pairs("+1999999999") == [("mdn", "+1999999999")]


@pytest.mark.parametrize("text", [A_KEY, A_UUID])
def test_a_person_key_is_asked_as_key_first_and_as_external_id_beside(text: str) -> None:
    assert pairs(text) == [("person_key", text), ("external_person_id", text)]


def test_a_person_key_in_capitals_is_asked_in_lower_case_and_as_typed() -> None:
    assert pairs(A_UUID.upper())[:2] == [("person_key", A_UUID), ("person_key", A_UUID.upper())]


def test_a_label_without_a_kind_leaves_all_kinds_open() -> None:
    assert pairs("Customer ID: 987654") == [("external_person_id", "987654")]
    assert pairs("ID: 987654") == [
        ("external_person_id", "987654"),
        ("person_id", "987654"),
        ("external_person_id", "ID: 987654"),
    ]


def test_marks_of_direction_around_a_number_are_taken_off() -> None:
    assert pairs("\u202a+1 312 555 0143\u202c") == [("mdn", "+13125550143")]


def test_an_old_person_id_is_asked_beside_the_external_id() -> None:
    assert pairs("wd1377r4") == [("external_person_id", "wd1377r4"), ("person_id", "wd1377r4")]


@pytest.mark.parametrize(
    "text",
    [
        "EXT542342",
        "  EXT542342\t\n",
        '"EXT542342"',
        "“EXT542342”",
        "'EXT542342',",
        "\u00a0EXT542342\u200b",
        "External ID: EXT542342",
        "external_person_id=EXT542342",
        '"external_person_id":"EXT542342"',
        '  "external_id": "EXT542342",',
        "External ID EXT542342",
        "external_person_id\tEXT542342",
        "ID: EXT542342",
        "\u202aEXT542342\u202c",
    ],
)
def test_spaces_quotes_and_labels_around_an_external_id_are_taken_off(text: str) -> None:
    assert pairs(text)[0] == ("external_person_id", "EXT542342")


@pytest.mark.parametrize(
    "text",
    ["CRM/77", "50%", "a?b#c", "two words", "👩‍👩‍👧 9", "عميل-١", "CRM:77", "=cmd()", "<img src=x>y", "a\tb"],
)
def test_unusual_external_ids_are_taken_as_they_are(text: str) -> None:
    assert pairs(text) == [("external_person_id", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"https://public-api.vibescm.com/companies/A/mobiledb/persons/{A_KEY}", ("person_key", A_KEY)),
        (f"/companies/A/mobiledb/persons/{A_KEY}/subscriptions/12", ("person_key", A_KEY)),
        ("companies/A/mobiledb/persons/987654", ("person_id", "987654")),
        ("/companies/A/mobiledb/persons/external/A%2FB%20%25c", ("external_person_id", "A/B %c")),
        ("/companies/A/mobiledb/persons/external/A/push_devices", ("external_person_id", "A")),
        ("/companies/A/mobiledb/persons?mdn=%2B13125550143", ("mdn", "+13125550143")),
        ("/companies/A/mobiledb/persons/?mdn=+13125550143", ("mdn", "+13125550143")),
        ("/companies/A/mobiledb/persons?mdn=3125550143", ("mdn", "+13125550143")),
        ("/companies/A/mobiledb/subscription_lists/7/subscribers?person_key=" + A_KEY, ("person_key", A_KEY)),
        ("<https://x.example/companies/A/mobiledb/persons/external/E1>", ("external_person_id", "E1")),
    ],
)
def test_a_person_url_gives_the_identifier_in_it(text: str, expected: tuple[str, str]) -> None:
    found = recognise(text, "US")
    assert found.source is Source.URL
    assert found.is_one_person
    assert pairs(text)[0] == expected


@pytest.mark.parametrize(
    "text", ["/companies/A/mobiledb/persons/", "/companies/:company_key/mobiledb/persons/:person_key"]
)
def test_a_url_without_a_person_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        recognise(text, "US")


def test_an_address_that_is_no_person_url_is_an_external_id() -> None:
    assert pairs("https://crm.example/customers/77") == [
        ("external_person_id", "https://crm.example/customers/77")
    ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"subscription": {"person": {"id": "98", "external_id": "E", "person_key": A_KEY}}},
            [("person_key", A_KEY), ("external_person_id", "E"), ("person_id", "98")],
        ),
        (
            {
                "subscription": {
                    "person": {"external_person_id": "E", "mobile_phone": {"mdn": "+13125550143"}}
                }
            },
            [("external_person_id", "E"), ("mdn", "+13125550143")],
        ),
        (
            {
                "person": {"person_id": 12344566, "external_person_id": "E"},
                "event_type": "person_added",
            },
            [("external_person_id", "E"), ("person_id", "12344566")],
        ),
        (
            {"participant": {"person": {"id": "AB3423", "mobile_phone": {"mdn": "3125550143"}}}},
            [("person_id", "AB3423"), ("mdn", "+13125550143")],
        ),
        ({"person": {"mobile": {"mdn": "+13125550143"}}}, [("mdn", "+13125550143")]),
        (
            {"participant": {"mdn": "+13125550143"}, "message": "hi {"},
            [("mdn", "+13125550143")],
        ),
        (
            {"event_processed": {"event_data": {"external_person_id": "E", "order": 7}}},
            [("external_person_id", "E")],
        ),
        ([{"person": {"person_id": "5"}}, {"person": {"person_id": "5"}}], [("person_id", "5")]),
    ],
)
def test_a_callback_gives_the_person_it_speaks_of(document: object, expected: list[tuple[str, str]]) -> None:
    found = recognise(json.dumps(document, indent=1), "US")
    assert found.source is Source.CALLBACK_JSON
    assert found.is_one_person
    assert [(c.kind.value, c.value) for c in found.candidates] == expected


def test_a_person_as_json_is_told_from_a_callback() -> None:
    found = recognise('{"person_key":"k1","external_person_id":null,"custom_fields":{"mdn":"x"}}', "US")
    assert found.source is Source.PERSON_JSON
    assert found.candidates == (Identifier(KEY, "k1"),)


def test_an_external_id_in_json_keeps_its_spaces() -> None:
    assert pairs('{"external_person_id":" E "}') == [("external_person_id", " E ")]


def test_a_damaged_callback_still_names_its_person() -> None:
    text = '{ { "person": { "person_id": "AB", //deprecated\n "external_id":"E",\n "mdn:"+13125550143", }'
    assert pairs(text) == [("external_person_id", "E"), ("person_id", "AB"), ("mdn", "+13125550143")]


def test_json_that_can_not_be_read_is_refused_at_its_place() -> None:
    with pytest.raises(InvalidInput) as refused:
        recognise('{\n  "a": ,\n}', "US")
    assert "Line 2, column 8" in refused.value.advice


@pytest.mark.parametrize(
    "text", ['{"order": 7}', "[]", '[{"person_key":"a"},{"person_key":"b"}]', '{"external_person_id": ".."}']
)
def test_json_without_one_person_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        recognise(text, "US")


def test_labelled_lines_speak_of_one_person_best_identifier_first() -> None:
    found = recognise("Mobile: +1 312 555 0143\nExternal ID: E 1\nNote: nice", "US")
    assert found.source is Source.LABELLED_TEXT
    assert found.candidates == (Identifier(EXTERNAL, "E 1"), Identifier(MDN, "+13125550143"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Type or paste"),
        (" \u00a0\n", "Type or paste"),
        ('""', "nothing"),
        ("x" * 129, "129"),
        (".", "folder"),
        (" .. ", "folder"),
        ("one\ntwo", "Paste one person"),
        ("\ud83d", "half"),
        ("mdn: 12", "country code"),
    ],
)
def test_what_can_not_be_asked_for_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        recognise(text, "US")
    assert reason in refused.value.advice
    assert refused.value.done == "Nothing was sent."


def test_128_characters_are_asked_for() -> None:
    assert pairs("é" * 128) == [("external_person_id", "é" * 128)]


def test_a_forced_kind_overrides_what_the_text_looks_like() -> None:
    assert pairs("3125550143", forced=EXTERNAL) == [("external_person_id", "3125550143")]
    assert pairs("3125550143", forced=OLD) == [("person_id", "3125550143")]
    assert pairs("3125550143", forced=KEY) == [("person_key", "3125550143")]
    assert pairs("3125550143", forced=MDN) == [("mdn", "+13125550143")]


def test_a_forced_kind_picks_its_identifier_out_of_a_json() -> None:
    text = '{"person_key":"k1","mobile_phone":{"mdn":"+13125550143"}}'
    assert pairs(text, forced=MDN) == [("mdn", "+13125550143")]


def test_a_forced_external_id_is_asked_as_typed_and_without_its_spaces() -> None:
    assert pairs(" E1 \n", forced=EXTERNAL) == [
        ("external_person_id", " E1 "),
        ("external_person_id", "E1"),
    ]
    assert pairs("mobile:5", forced=EXTERNAL) == [("external_person_id", "mobile:5")]


def test_a_forced_number_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput, match="InvalidInput"):
        recognise("EXT1", "US", MDN)


@given(st.text(max_size=200), st.sampled_from([None, *IdentifierKind]))
def test_any_text_gives_candidates_that_can_be_sent_or_a_reason(
    text: str, forced: IdentifierKind | None
) -> None:
    try:
        found = recognise(text, "US", forced)
    except InvalidInput:
        return
    for candidate in found.candidates:
        assert 0 < len(candidate.value) <= 128
        assert candidate.value not in {".", ".."}
        candidate.value.encode()
    assert len(set(found.candidates)) == len(found.candidates)


@given(st.text(min_size=1, max_size=128))
def test_an_external_id_in_a_url_arrives_as_it_is(external_id: str) -> None:
    from urllib.parse import quote

    try:
        path = "/companies/A/mobiledb/persons/external/" + quote(external_id, safe="")
    except UnicodeEncodeError:
        return
    if external_id in {".", ".."} or external_id.startswith(":"):
        with pytest.raises(InvalidInput):
            recognise(path, "US")
    else:
        assert pairs(path) == [("external_person_id", external_id)]
