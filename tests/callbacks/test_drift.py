"""How far payloads drifted from what is documented."""

import json
from typing import Any

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.drift import DriftCounts, drift
from vibes_desktop.callbacks.payload import Body


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
    assert report["event_id"].holds == (("number", 1), ("text", 1))
    assert report["event_id"].example == "SMPL0002"
    assert report["event_id"].first_row == 0
    assert report["subscription.colour"].first_row == 1


def test_parts_put_together_are_the_whole(removed: dict[str, Any]) -> None:
    values = [
        ("subscription_removed", removed),
        ("subscription_removed", {**removed, "x": [1, {"y": None}, "z"], "event_id": 5}),
        (None, {"x": 1}),
        ("person_added", {"person": {"custom_fields": {"a": True}}}),
        ("subscription_removed", {**removed, "x": {}, "event_date": None}),
    ]
    whole, early, late = DriftCounts(), DriftCounts(), DriftCounts()
    for row, (name, value) in enumerate(values):
        whole.add(name, value, row)
        (late if row > 1 else early).add(name, value, row)
    late.merge(early)
    assert late.report() == whole.report()
    many = DriftCounts()
    many.add("a", {"x": [1, 2]}, 7, times=3)
    assert [(each.present, each.of, each.holds) for each in many.report()] == [
        (3, 3, (("list", 3),)),
        (3, 3, (("number", 6),)),
    ]
