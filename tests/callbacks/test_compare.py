"""Two payloads beside each other, and the drift report."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.compare import Change, Difference, differences, drift, leaves
from vibes_desktop.callbacks.payload import Body

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


def test_drift(removed: dict[str, Any]) -> None:
    second = json.loads(json.dumps(removed))
    second["subscription"]["colour"] = "green"
    second["event_id"] = 7
    del second["subscription"]["opt_out_reason"]
    payloads = [assemble(Body(json.dumps(each).encode()), "a", 1) for each in (removed, second)]
    report = {each.path: each for each in drift(payloads)}
    assert (report["subscription.colour"].present, report["subscription.colour"].of) == (1, 2)
    assert not report["subscription.colour"].is_documented
    assert report["subscription.opt_out_reason"].present == 1
    assert report["subscription.opt_out_reason"].is_documented
    assert report["event_id"].holds == (("text", 1), ("number", 1))
    assert report["event_id"].example == "SMPL0002"
