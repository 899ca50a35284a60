"""Reading one payload for the pane: all that may take time, in the background; knows no Qt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from vibes_desktop.callbacks.assembling import assemble, unreadable
from vibes_desktop.callbacks.collection import GONE, Collection
from vibes_desktop.callbacks.columns import ABSENT_MS, Mark
from vibes_desktop.callbacks.live import CaptureSource
from vibes_desktop.callbacks.outline import LARGE_BYTES
from vibes_desktop.callbacks.payload import Body, Finding, Kind, Payload, Wrapping
from vibes_desktop.callbacks.reading import decoded
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.callbacks.payload.delivery import Delivery, delivery_of, received
from vibes_desktop.ui.callbacks.payload.earlier import repeat_of
from vibes_desktop.ui.callbacks.payload.identity import identifiers_of
from vibes_desktop.ui.callbacks.payload.json_tree import BLANKS, Document, NotJson
from vibes_desktop.ui.callbacks.payload.places import repaired_paths


@dataclass(frozen=True, slots=True)
class Loaded:
    """A payload with all that the pane shows of it."""

    row: int
    payload: Payload
    document: Document | None = field(repr=False)  # None where there is nothing to make a tree of
    findings: tuple[Finding, ...]  # of the payload and of its place among the others
    repaired: tuple[str | None, ...] = field(repr=False)  # a path for each repair, where it has one
    delivery: Delivery
    identifiers: tuple[Identifier, ...] = ()  # of the person, the surest first


def load(collection: Collection, row: int) -> Loaded:
    """Read a row. Raises StorageError."""
    with told_in_words():
        payload, document = _large(collection, row) or _usual(collection, row)
        repeat = repeat_of(collection, row, payload)
        came = _delivery(collection, row, payload)
    text, _ = decoded(payload.text) if payload.repairs else ("", [])
    return Loaded(
        row,
        payload,
        document,
        (*((repeat,) if repeat else ()), *payload.findings),
        repaired_paths(text, payload.value, payload.repairs),
        came,
        identifiers_of(payload),
    )


def read_payload(collection: Collection, row: int) -> Payload:
    """Read a row's payload; of a large one what is small in it. Raises OSError."""
    payload, _ = _large(collection, row) or _usual(collection, row)
    return payload


def _delivery(collection: Collection, row: int, payload: Payload) -> Delivery:
    source = collection.sources[collection.columns.at("file", row)]
    if not isinstance(source, CaptureSource):
        return delivery_of(payload)
    capture = source.delivery(payload.position)
    return delivery_of(payload) if capture is None else received(payload, capture)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn what reading a file raises into words for a person. Raises StorageError."""
    try:
        yield
    except (OSError, EOFError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it was changed meanwhile"
        raise StorageError(
            "The payloads can't be read any more.",
            f"The file could not be read: {reason}. Nothing was changed.",
            "See whether the file is still there, and open it again.",
        ) from error


def tree_of(payload: Payload) -> Document | None:
    """Make the tree: of the exact text where it is JSON, else of what was read from it."""
    if payload.kind in (Kind.UNREADABLE, Kind.VIBES_CONNECT):
        return None
    if not payload.repairs and payload.cut_off_at is None:
        try:
            return Document(payload.text)
        except NotJson:
            pass
    return Document(json.dumps(payload.value, ensure_ascii=False).encode("utf-8", "replace"))


def _usual(collection: Collection, row: int) -> tuple[Payload, Document | None]:
    payload = collection.payload(row)
    if collection.is_plain(row) and len(payload.text) < collection.columns.at("length", row):
        payload = unreadable(Body(payload.text), payload.source, payload.position, GONE)
    return payload, tree_of(payload)


def _large(collection: Collection, row: int) -> tuple[Payload, Document] | None:
    """Read a large payload by its small members alone: all of it would stop the window for seconds."""
    columns = collection.columns
    if columns.at("length", row) < LARGE_BYTES:
        return None
    text = _exact_text(collection, row)
    if len(text) < LARGE_BYTES:
        return None
    try:
        document = Document(text)
    except NotJson:
        return None
    source, body = collection.sources[columns.at("file", row)].name, Body(text, _wrapping(collection, row))
    return assemble(body, source, columns.at("position", row), whole=False), document


def _exact_text(collection: Collection, row: int) -> bytes:
    """Read a row's text; where it is the whole record, without a look into it."""
    columns = collection.columns
    if not columns.at("mark", row) & Mark.UNWRAPPED and columns.at("part", row) == 0:
        source = collection.sources[columns.at("file", row)]
        text = source.read_all(columns.at("offset", row), columns.at("length", row)).strip(BLANKS)
        if text[:1] == b"{":
            return text
    return collection.text(row)


def _wrapping(collection: Collection, row: int) -> Wrapping:
    received, answered = (collection.columns.at(name, row) for name in ("received", "answered"))
    return Wrapping((), None if received == ABSENT_MS else received, answered or None)
