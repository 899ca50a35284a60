"""Which part of a question is what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.ui.callbacks.questions.coloring import Part, covered, hidden_stretches, spans


def parts(text: str) -> list[tuple[Part, str]]:
    return [(span.part, text[span.begin : span.end]) for span in spans(text)]


def hidden(text: str) -> list[str]:
    return [text[begin:end] for begin, end in hidden_stretches(text)]


def test_fields_values_operators_and_words() -> None:
    assert parts('(type:a OR -list:"b c") stop') == [
        (Part.OPERATOR, "("),
        (Part.FIELD, "type:"),
        (Part.VALUE, "a"),
        (Part.OPERATOR, "OR"),
        (Part.OPERATOR, "-"),
        (Part.FIELD, "list:"),
        (Part.VALUE, '"b c"'),
        (Part.OPERATOR, ")"),
        (Part.WORD, "stop"),
    ]


@pytest.mark.parametrize("text", ["nofield:x", "ORDER", "user_opt-out", "10:30"])
def test_what_only_looks_like_syntax_is_a_word(text: str) -> None:
    assert parts(text) == [(Part.WORD, text)]


def test_an_unfinished_quote_is_coloured_too() -> None:
    assert parts('list:"b c') == [(Part.FIELD, "list:"), (Part.VALUE, '"b c')]


@given(st.text(alphabet='ab:"()- \\OR+19.é😀', max_size=30))
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    place = 0
    for span in spans(text):
        assert place <= span.begin < span.end <= len(text)
        place = span.end


def test_numbers_and_people_are_hidden_but_for_the_end() -> None:
    assert hidden("mdn:+13125550143 person:ABC123 +13125550143") == ["+131255501", "ABC1", "+131255501"]
    assert hidden("person:AB") == ["AB"]
    assert hidden("path:person.x=3125550143") == ["31255501"]


def test_a_number_with_its_plus_is_hidden_wherever_it_stands() -> None:
    assert covered("attempt:+13125550143 list:1234567") == "attempt:••••••••••43 list:1234567"


def test_what_is_covered_keeps_its_length() -> None:
    assert covered("mdn:+13125550143 a") == "mdn:••••••••••43 a"


def test_dates_and_lists_stay_in_sight() -> None:
    assert hidden("date:2026-11-01..2026-11-07 list:123456789 event:12345678") == []
