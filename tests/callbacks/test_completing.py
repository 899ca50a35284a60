"""What is offered fits the place of the cursor, and is a query."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.completing import completions
from vibes_desktop.callbacks.query import parse
from vibes_desktop.callbacks.selecting import select

TYPED = [
    ("", ["type:", "reason:", "list:"]),
    ("ty", ["type:"]),
    ("TYPE:subs", ["type:subscription_list_added", "type:subscription_removed"]),
    ("type:", ["type:subscription_list_added"]),
    ("reason:", ["reason:user_opt_out"]),
    ("user", ["reason:user_opt_out"]),
    ("-user", ["reason:user_opt_out"]),
    ("list:1", ["list:1234"]),
    ("campaign:", ["campaign:C55001"]),
    ("kind:per", ["kind:person"]),
    ("is:re", ["is:redelivered", "is:repaired"]),
    ("has:", ["has:attempt", "has:findings", "has:mdn"]),
    ("finding:dup", ["finding:duplicate_key"]),
    ("attempt:", []),
    ("date:2026-03-0", ["date:2026-03-09", "date:2026-03-08"]),
    ("date:2026-03-01..2026-03-1", ["date:2026-03-01..2026-03-18"]),
    ("path:person.custom_fields.t", ["path:person.custom_fields.tier.id"]),
    ("path:person.timezone=", ["path:person.timezone=America/Chicago"]),
    ("path:nowhere=", []),
    ("nothing:", []),
    ("mdn:", []),
    ("zzzz", []),
]


@pytest.fixture(scope="module")
def collection() -> Iterator[Collection]:
    """Open our samples."""
    with Collection.open([str(Path(__file__).parent.parent.parent / "resources" / "samples")]) as opened:
        yield opened


@pytest.mark.parametrize(("typed", "first"), TYPED)
def test_what_comes_first(typed: str, first: list[str], collection: Collection) -> None:
    found = completions(typed, len(typed), collection)
    assert [each.text for each in found][: len(first)] == first
    for each in found:
        if not each.text.endswith(":"):
            parse(typed[: each.begin] + each.text + typed[each.end :])


def test_the_place_in_the_middle(collection: Collection) -> None:
    text = "(is:repaired OR -type:person_up list:1234)"
    cursor = text.index(" list")
    (found,) = completions(text, cursor, collection)
    assert text[: found.begin] + found.text + text[found.end :] == text.replace("person_up", "person_updated")
    assert (found.shown, found.count) == ("person_updated", 1)


def test_counts_are_those_of_the_query(collection: Collection) -> None:
    for typed in ("type:", "reason:", "list:", "campaign:", "attempt:", "date:", "optout:", "source:"):
        for each in completions(typed, len(typed), collection):
            assert len(select(parse(each.text), collection)) == each.count


def test_values_that_need_quotes(tmp_path: Path) -> None:
    (tmp_path / "a b.ndjson").write_text('{"callback_type": "x y*\\"z", "event_id": "1"}\n')
    with Collection.open([str(tmp_path)]) as collection:
        for typed in ("type:", 'type:"x y', "source:"):
            (found,) = completions(typed, len(typed), collection)
            assert select(parse(found.text), collection).tolist() == [0]
