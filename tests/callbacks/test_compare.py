"""Two payloads beside each other."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.compare import Change, Difference, differences, leaves

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=10,
)


def test_differences() -> None:
    found = differences({"a": 1, "b": {"c": [1, 2]}, "d": True}, {"a": 1.0, "b": {"c": [1, 3, 4]}, "d": 1})
    assert found == (
        Difference("b.c.1", Change.CHANGED, 2, 3),
        Difference("d", Change.CHANGED, True, 1),
        Difference("b.c.2", Change.ADDED, None, 4),
    )
    assert differences({"a": {}}, {}) == (
        Difference("a", Change.REMOVED, {}),
        Difference("", Change.ADDED, None, {}),
    )


@given(values)
def test_nothing_differs_from_itself(value: Any) -> None:
    assert differences(value, value) == ()


@given(values, values)
def test_what_differs_one_way_differs_the_other(one: Any, other: Any) -> None:
    there, back = differences(one, other), differences(other, one)
    assert {each.path for each in there} == {each.path for each in back}


def test_every_leaf_has_its_path() -> None:
    assert dict(leaves({"a": [{"b": 1}], "c": []})) == {"a.0.b": 1, "c": []}
