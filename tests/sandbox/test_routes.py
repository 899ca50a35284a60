"""Which path leads where."""

import pytest

from vibes_desktop.sandbox.answers import Refusal
from vibes_desktop.sandbox.endpoints import persons, subscriptions
from vibes_desktop.sandbox.routes import TABLE, Endpoint, find_route


def path_of(template: str) -> str:
    """Fill a template in: every name stands for itself."""
    return template.replace("{", "").replace("}", "")


@pytest.mark.parametrize(("method", "template", "endpoint"), TABLE)
def test_every_route_is_reached(method: str, template: str, endpoint: Endpoint) -> None:
    path = path_of(template)
    for each in {path, path.rstrip("/")}:
        match = find_route(method, each.split("/")[1:])
        assert match.endpoint is endpoint
        assert all(name == value for name, value in match.params.items())


@pytest.mark.parametrize(
    ("segments", "endpoint"),
    [
        (("persons", "external", "a/b"), persons.get_person),
        (("persons", "external"), persons.get_person),
        (("persons", "external", "subscriptions"), persons.get_person),
        (("persons", "x", "subscriptions"), subscriptions.get_subscriptions),
        (("persons", "external", "external", "subscriptions"), subscriptions.get_subscriptions),
    ],
)
def test_an_external_id_may_be_any_word(segments: tuple[str, ...], endpoint: Endpoint) -> None:
    assert find_route("GET", ("companies", "c", "mobiledb", *segments)).endpoint is endpoint


@pytest.mark.parametrize(
    "segments", [("persons", "external", ""), ("persons", "", "subscriptions"), ("persons", "x", "")]
)
def test_an_empty_segment_names_nobody(segments: tuple[str, ...]) -> None:
    with pytest.raises(Refusal) as caught:
        find_route("GET", ("companies", "c", "mobiledb", *segments))
    assert caught.value.status == 404
