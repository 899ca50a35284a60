"""An edit as a text, and back, whatever the record holds."""

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.jsonvalue import JsonNumber, JsonObject, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.drafts import from_document, to_document
from vibes_desktop.people.edit import PersonEdit, PhoneRemoval

ODD = (
    '{"person_key":"k","twice":1,"twice":2,"custom_fields":{"n":1.10,"nan":NaN,"half":"\\ud83d",'
    '"bom":"\\ufeff\\u2028\\u00a0","deep":' + "[" * 290 + "]" * 290 + "}}"
)


def test_everything_comes_back() -> None:
    raw = parse(ODD)
    assert isinstance(raw, JsonObject)
    edit = (
        PersonEdit(Person(raw), ApiVersion.V1)
        .set(EXTERNAL_ID, "\u2028/%")
        .clear(FieldRef("n"))
        .set(FieldRef("new"), JsonNumber("1.0"))
        .set(FieldRef("half"), "still \ud83d")
        .set_unfinished(MOBILE, "+1 312", "not complete")
        .with_phone_removal(PhoneRemoval.MDN_NULL)
    )
    document = to_document(edit)
    assert document.isascii()
    back = from_document(document)
    assert back == edit
    assert list(back.entries) == list(edit.entries)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"draft":2}',
        '{"draft":1,"api_version":3,"phone_removal":"phone_null","opened":"{}","entries":[]}',
        '{"draft":1,"api_version":2,"phone_removal":"no","opened":"{}","entries":[]}',
        '{"draft":1,"api_version":2,"phone_removal":"phone_null","opened":"[]","entries":[]}',
        '{"draft":1,"api_version":2,"phone_removal":"phone_null","opened":"{","entries":[]}',
        '{"draft":1,"api_version":2,"phone_removal":"phone_null","opened":"{}","entries":{}}',
        '{"draft":1,"api_version":2,"phone_removal":"phone_null","opened":"{}","entries":[{"value":"1"}]}',
        '{"draft":1,"api_version":2,"phone_removal":"phone_null","opened":"{}","entries":[{"field":"a"}]}',
        "\x00" * 100,
    ],
)
def test_a_damaged_draft_is_refused_with_words(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        from_document(text)
    assert "Discard" in refused.value.advice
