"""From a text to a row."""

from vibes_desktop.callbacks.assembling import assemble, unreadable
from vibes_desktop.callbacks.payload import Body, Kind, Wrapping


def test_what_cannot_be_read_stays_a_row_with_its_text() -> None:
    payload = assemble(Body(b"{:}"), "a.log", 7)
    assert (payload.kind, payload.text, payload.source, payload.position) == (
        Kind.UNREADABLE,
        b"{:}",
        "a.log",
        7,
    )
    assert [each.code for each in payload.findings] == ["unreadable"]


def test_xml_is_named() -> None:
    assert assemble(Body(b"<mtMessageResponse/>"), "a", 1).kind is Kind.VIBES_CONNECT
    assert assemble(Body(b"<html>"), "a", 1).kind is Kind.UNREADABLE


def test_unwrapping_is_said() -> None:
    payload = assemble(Body(b'{"a":1}', Wrapping(("log", "body"))), "a", 1)
    assert payload.findings[0].message == "Unwrapped from: log, in it body"
    assert unreadable(Body(b"", Wrapping(("log",))), "a", 1, "no").findings[0].code == "unwrapped"
