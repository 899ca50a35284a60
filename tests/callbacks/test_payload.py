"""The values of the callbacks room."""

from vibes_desktop.callbacks.payload import Body, PersonRef, Repair, Wrapping


def test_nothing_of_a_person_is_in_a_repr() -> None:
    assert "CUST" not in repr(PersonRef(external_person_id="CUST-1"))
    assert "CUST" not in repr(Body(b"CUST-1"))


def test_a_repair_tells_its_place_from_one() -> None:
    assert Repair(4, "comma dropped").text == "comma dropped (character 5)"


def test_the_outermost_time_and_status_count() -> None:
    inner = Wrapping().around("a", 5, 200).around("b", 7, 404)
    assert inner == Wrapping(("a", "b"), 5, 200)
    assert Wrapping().around("a").around("b", 7, 404) == Wrapping(("a", "b"), 7, 404)
