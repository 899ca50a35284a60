"""`vibes-desktop inspect`: the viewer's core without a window."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vibes_desktop.callbacks.dates import iso_seconds
from vibes_desktop.callbacks.matching import matcher
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.query import EVERYTHING, Query, QueryError, parse
from vibes_desktop.callbacks.repeats import marked, with_repeat

if TYPE_CHECKING:
    from vibes_desktop.callbacks.collection import Collection

BAD_INPUT = 2
Row = dict[str, object]


def run_inspect(
    paths: Sequence[str], *, query: str, count: bool, as_json: bool, column: str | None = None
) -> int:
    """Print what was asked for; returns 2 when a file or the query can't be read."""
    try:
        question = parse(query)
        matcher(question)
    except QueryError as error:
        print(f"The query can't be read at character {error.position + 1}: {error}", file=sys.stderr)
        return BAD_INPUT
    pile = Pile(paths, column)
    try:
        _print(pile, question, count=count, as_json=as_json)
    except BrokenPipeError:  # whoever reads has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python's last flush would complain
    except KeyboardInterrupt:
        return 130
    return _tell(pile)


def _print(pile: Pile, question: Query, *, count: bool, as_json: bool) -> None:
    show = as_json_line if as_json else as_line
    if count:
        print(_count(pile, question), flush=True)
        return
    for payload in _found(pile, question):
        print(show(payload))
    sys.stdout.flush()


def _found(pile: Pile, question: Query) -> Iterator[Payload]:
    """Yield what matches, judged; only those are read, where it isn't everything."""
    from vibes_desktop.callbacks.selecting import select

    if question == EVERYTHING:
        yield from marked(pile.payloads())
        return
    with _collection(pile, question) as collection:
        repeats = collection.repeats().findings
        for row in select(question, collection).tolist():
            yield with_repeat(collection.payload(row), repeats.get(row))


def _count(pile: Pile, question: Query) -> int:
    """Count, without reading what columns tell."""
    from vibes_desktop.callbacks.selecting import select

    with _collection(pile, question) as collection:
        return len(select(question, collection))


def _collection(pile: Pile, question: Query) -> Collection:
    """Index what the paths lead to, and judge it where that is asked for; on all cores where it is much."""
    from vibes_desktop.callbacks.collection import Collection  # numpy is loaded where it pays
    from vibes_desktop.callbacks.judging import judge_all
    from vibes_desktop.callbacks.selecting import needs_rules

    collection = Collection.open(pile.paths, column=pile.column)
    pile.skipped += collection.skipped
    pile.troubles += collection.troubles
    pile.notes += collection.notes
    if needs_rules(question):
        judge_all(collection)
    return collection


def _tell(pile: Pile) -> int:
    """Say on standard error what was skipped and what failed."""
    for note in pile.notes:
        print(note, file=sys.stderr)
    for reason, times in sorted(pile.skipped.items()):
        print(f"Skipped without a payload: {times:,} ({reason}).", file=sys.stderr)
    for trouble in pile.troubles:
        print(trouble, file=sys.stderr)
    return BAD_INPUT if pile.troubles else 0


def as_json_line(payload: Payload) -> str:
    """Write a payload as one JSON object; what is absent is null."""
    person, facts = payload.facts.person, payload.facts
    row: Row = {
        "source": payload.source,
        "position": payload.position,
        "callback_type": payload.callback_type,
        "event_id": facts.event_id,
        "event_date": iso_seconds(facts.event_ms) if facts.event_ms is not None else None,
        "person": {
            "person_key": person.person_key,
            "person_id": person.person_id,
            "external_person_id": person.external_person_id,
            "mdn": person.mdn,
        },
        "list_id": facts.list_id,
        "opt_out_reason": facts.opt_out_reason,
        "delivery_attempt": facts.delivery_attempt,
        "kind": payload.kind.value,
        "repairs": [repair.text for repair in payload.repairs],
        "findings": [
            {
                "severity": finding.severity.value,
                "code": finding.code,
                "path": finding.path,
                "message": finding.message,
            }
            for finding in payload.findings
        ],
    }
    return json.dumps(row)


def as_line(payload: Payload) -> str:
    """Write a payload as one line for a person: where, when, what, about whom, what is odd."""
    person, facts = payload.facts.person, payload.facts
    who = person.external_person_id or person.person_key or person.person_id or person.mdn
    marks = [finding.code for finding in payload.findings] + (["repaired"] if payload.repairs else [])
    parts = (
        f"{payload.source}:{payload.position}",
        iso_seconds(facts.event_ms) if facts.event_ms is not None else "-",
        payload.callback_type or payload.kind.value,
        who or "-",
        f"list {facts.list_id}" if facts.list_id else "-",
        facts.opt_out_reason or "-",
        ", ".join(dict.fromkeys(marks)) or "-",
    )
    return "  ".join(_one_line(part) for part in parts)


def _one_line(text: str) -> str:
    """Keep control characters away from the terminal."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
