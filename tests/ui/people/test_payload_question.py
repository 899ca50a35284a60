"""From a record to its payloads."""

from __future__ import annotations

import pytest

from vibes_desktop.callbacks.query import Or, Term, parse
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.ui.people.payload_question import question_about


def test_every_identifier_is_asked_for() -> None:
    person = Person(obj(person_key="k-1", external_person_id="EXT 1", mobile_phone=obj(mdn="+12065550143")))
    assert parse(question_about(person)) == Or(
        (Term("person", "k-1", True), Term("person", "EXT 1", True), Term("mdn", "+12065550143", True))
    )


@pytest.mark.parametrize("value", ['a"b', "back\\slash", "wild*", "x OR y"])
def test_a_value_means_itself(value: str) -> None:
    assert parse(question_about(Person(obj(external_person_id=value)))) == Term("person", value, True)


def test_nobody_has_no_question() -> None:
    assert question_about(Person(obj())) == ""
