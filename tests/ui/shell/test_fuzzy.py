from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.ui.shell.fuzzy import LONGEST, score


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("his", "History", "Show this"),
        ("gh", "Go to History", "Right here"),
        ("rs", "Review and save", "Refresh"),
        ("REV", "Review and save", "Go to previous"),
    ],
)
def test_starts_and_words_count_more(typed: str, better: str, worse: str) -> None:
    good, bad = score(typed, better), score(typed, worse)
    assert good is not None
    assert bad is None or good > bad


def test_letters_must_occur_in_order() -> None:
    assert score("vas", "Review and save") is not None
    assert score("sav ", "Review and save") is not None
    assert score("svr", "Review and save") is None
    assert score("", "anything") == 0
    assert score("x", "") is None


def test_a_pasted_text_fits_nothing() -> None:
    assert score("a" * (LONGEST + 1), "a" * 200) is None
    assert score("a" * LONGEST, "a" * 200) is not None


@given(title=st.text(max_size=80), data=st.data())
def test_any_letters_of_a_title_in_order_fit_it(title: str, data: st.DataObject) -> None:
    folded = title.casefold()
    places = data.draw(st.sets(st.integers(0, max(len(folded) - 1, 0)), max_size=12)) if folded else set()
    typed = "".join(folded[place] for place in sorted(places))
    assert score(typed, title) is not None or typed.casefold() != typed
