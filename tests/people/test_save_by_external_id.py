"""Saving a record that shows neither key nor old ID: by external ID, and never creating anybody (C-8)."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import EXTERNAL_ID
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.outcome import SaveStep
from vibes_desktop.sandbox.faults import Fault, FaultKind

if TYPE_CHECKING:
    from tests.people.conftest import Line, World

EXTERNAL = Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")


@pytest.fixture
def keyless(far_world: "World", line: "Line") -> "World":
    line.hidden = ("person_key", "person_id")
    return far_world


def test_without_a_key_the_update_goes_by_external_id_after_a_fresh_read(
    keyless: "World", line: "Line"
) -> None:
    review = keyless.review(keyless.edit({"last_name": "Miller"}, EXTERNAL))
    assert review.target == EXTERNAL
    line.seen.clear()
    result = keyless.save(review)
    assert result.outcome is Outcome.VERIFIED
    assert line.seen == ["GET", "PUT", "GET"]
    assert keyless.custom_raw("last_name", EXTERNAL) == "Miller"


def test_without_a_key_a_changed_external_id_is_verified_by_the_new_one(keyless: "World") -> None:
    result = keyless.save(keyless.edit({}, EXTERNAL).set(EXTERNAL_ID, "NEW-1"))
    assert result.outcome is Outcome.VERIFIED
    assert result.record.person == Identifier(IdentifierKind.EXTERNAL_ID, "NEW-1")


def test_without_a_key_nothing_is_created_for_an_id_that_is_gone(keyless: "World") -> None:
    edit = keyless.edit({"last_name": "Miller"}, EXTERNAL)
    review = keyless.review(edit)
    keyless.raw("PUT", "/external/EXT542342", {"external_person_id": "ELSEWHERE"})
    people = len(keyless.sandbox.platform.people)
    for attempt in (lambda: keyless.save(review), lambda: keyless.review(edit)):
        with pytest.raises(InvalidInput) as gone:
            attempt()
        assert "no longer there" in gone.value.title
    assert len(keyless.sandbox.platform.people) == people


def test_without_a_key_another_record_under_the_id_is_not_written(keyless: "World") -> None:
    edit = keyless.edit({"last_name": "Miller"}, EXTERNAL)
    keyless.raw("PUT", "/external/EXT542342", {"external_person_id": "ELSEWHERE"})
    keyless.raw("POST", "/", {"external_person_id": "EXT542342"})
    with pytest.raises(InvalidInput) as another:
        keyless.review(edit)
    assert "another record" in another.value.title


def test_without_a_key_a_record_created_by_the_update_is_told(keyless: "World", line: "Line") -> None:
    """C-8: re-keyed by somebody else between our reading and our sending."""
    review = keyless.review(keyless.edit({"last_name": "Miller"}, EXTERNAL))
    moved = {"external_person_id": "ELSEWHERE"}

    def move(step: SaveStep) -> None:
        if step is SaveStep.WRITING_DOWN:
            steve = keyless.sandbox.platform.people.by_external_id("EXT542342")
            assert steve is not None
            keyless.sandbox.platform.people.set_external_id(steve, moved["external_person_id"])

    result = keyless.save(review, move)
    assert result.outcome is Outcome.UNKNOWN
    assert "another record" in result.record.detail
    assert line.seen.count("PUT") == 1


def test_without_a_key_an_unanswered_update_is_not_sent_again(keyless: "World", line: "Line") -> None:
    review = keyless.review(keyless.edit({"last_name": "Miller"}, EXTERNAL))
    line.cut_request, line.times = 50, 9
    result = keyless.save(review)
    assert result.outcome is Outcome.UNKNOWN
    assert line.seen.count("PUT") == 1


@pytest.mark.parametrize("kind", [FaultKind.EXTERNAL_CREATES, FaultKind.EXTERNAL_NOT_FOUND])
def test_with_a_key_the_faults_of_the_external_path_do_not_matter(world: "World", kind: FaultKind) -> None:
    world.sandbox.faults.add(Fault(kind))
    assert world.save(world.edit({"last_name": "Miller"})).outcome is Outcome.VERIFIED
