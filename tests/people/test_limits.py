"""What the platform can take."""

import pytest

from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.jsonvalue import Json, JsonNumber, obj, parse
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.limits import problem_of_value, warning_of_value

CUSTOM = FieldRef("custom")


@pytest.mark.parametrize(
    ("field", "value", "version", "reason"),
    [
        (EXTERNAL_ID, "", 2, "Blank"),
        (EXTERNAL_ID, "x" * 129, 2, "129"),
        (EXTERNAL_ID, "..", 2, "folder"),
        (EXTERNAL_ID, "\udc00", 2, "half"),
        (EXTERNAL_ID, True, 2, "text"),
        (MOBILE, "+1312555", 2, "complete"),
        (MOBILE, "3125550143", 2, "complete"),
        (MOBILE, "+442079460018", 1, "version 1"),
        (MOBILE, obj(), 2, "text"),
        (CUSTOM, "\ud83d", 2, "half"),
        (CUSTOM, JsonNumber("NaN"), 2, "At /:"),
        (CUSTOM, parse('{"a":[1,{"b":-Infinity}]}'), 2, "At /a/1/b:"),
        (CUSTOM, parse('{"a":1,"a":2}'), 2, "At /a:"),
        (FieldRef(" "), "x", 2, "name"),
        (FieldRef("\ud83d"), None, 2, "half"),
        (FieldRef("timezone", is_custom=False), "x", 2, "can't be written"),
    ],
)
def test_what_can_not_be_sent_says_why(field: FieldRef, value: Json, version: int, reason: str) -> None:
    problem = problem_of_value(field, value, ApiVersion(version))
    assert problem is not None
    assert reason in problem


@pytest.mark.parametrize(
    ("field", "value", "version"),
    [
        (EXTERNAL_ID, "é" * 128, 2),
        (EXTERNAL_ID, None, 2),
        (EXTERNAL_ID, "/%?# 👩‍👩‍👧 عميل\n", 2),
        (MOBILE, "+442079460018", 2),
        (MOBILE, "+13125550143", 1),
        (MOBILE, None, 1),
        (CUSTOM, "", 2),
        (CUSTOM, "\x00=cmd()\u2028\ufeff", 2),
        (CUSTOM, None, 2),
        (CUSTOM, parse("[" * 200 + "1e400" + "]" * 200), 2),
    ],
)
def test_what_can_be_sent(field: FieldRef, value: Json, version: int) -> None:
    assert problem_of_value(field, value, ApiVersion(version)) is None


def test_unusual_values_are_pointed_out() -> None:
    assert "space" in str(warning_of_value(EXTERNAL_ID, " E"))
    assert "proxies" in str(warning_of_value(EXTERNAL_ID, "a/b"))
    assert "numbering plan" in str(warning_of_value(MOBILE, "+12995551234"))
    assert warning_of_value(EXTERNAL_ID, "E1") is None
    assert warning_of_value(MOBILE, "+13125550143") is None
    assert warning_of_value(CUSTOM, " x ") is None
    assert warning_of_value(EXTERNAL_ID, None) is None
