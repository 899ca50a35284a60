"""Braces are counted outside of quotes alone."""

from vibes_desktop.callbacks.braces import depth_of, objects_in


def test_braces_in_quotes_do_not_count() -> None:
    assert depth_of(b'{"a": "{{", "b": {') == 2
    assert list(objects_in(b'x {"a":"}"} {"b":1} {')) == [(2, 11), (12, 19), (20, 21)]
