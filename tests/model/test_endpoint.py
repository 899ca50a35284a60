"""An endpoint: what may be listened on, and whose host names are allowed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vibes_desktop.model.endpoint import TOKEN_BYTES, Endpoint, checked_host, new_token
from vibes_desktop.model.errors import InvalidInput

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def test_the_path_is_random_and_long_enough() -> None:
    assert TOKEN_BYTES * 8 >= 128
    assert len({new_token() for _ in range(100)}) == 100
    assert len(Endpoint().token) * 6 >= 128


def test_it_listens_on_this_computer_unless_told_otherwise() -> None:
    assert Endpoint().host == "127.0.0.1"
    assert Endpoint().is_for_this_computer
    assert not Endpoint(host="0.0.0.0").is_for_this_computer  # noqa: S104 - the point of it
    assert Endpoint(host="::1").is_for_this_computer


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", "localhost"),
        ("host", ""),
        ("host", "fe80::1%eth0"),
        ("token", ""),
        ("token", "a/b"),
        ("token", "ä"),
        ("token", ".."),
        ("token", "x" * 201),
        ("allowed_hosts", frozenset({"Example.com"})),
    ],
)
def test_what_cannot_be_listened_on_is_refused(field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(Endpoint(), **{field: value})  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(("first", "last"), [(-1, 5), (1, 65_536), (9, 8)])
def test_ports_have_their_range(first: int, last: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        Endpoint(first_port=first, last_port=last)
    assert refused.value.field == "port"


def test_one_port_alone_can_be_chosen() -> None:
    assert (Endpoint().on_port(0).first_port, Endpoint().on_port(0).last_port) == (0, 0)


def test_a_renewed_path_is_remembered_for_thirty_days() -> None:
    first = Endpoint()
    second = first.renewed(NOW)
    assert second.token != first.token
    (old,) = second.old_tokens
    assert old.token == first.token
    assert old.is_remembered(NOW + timedelta(days=29))
    assert not old.is_remembered(NOW + timedelta(days=30))
    assert [kept.token for kept in second.renewed(NOW + timedelta(days=31)).old_tokens] == [second.token]


def test_hosts_are_allowed_and_taken_off_again() -> None:
    endpoint = Endpoint().allowing("A.Example.com.")
    assert endpoint.allowed_hosts == {"a.example.com"}
    assert endpoint.without("a.example.com").allowed_hosts == frozenset()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x.ngrok.app", "x.ngrok.app"),
        (" X.Ngrok.APP. ", "x.ngrok.app"),
        ("büro.example", "xn--bro-hoa.example"),
        ("[::1]", "::1"),
        ("10.0.0.1", "10.0.0.1"),
        ("my_host", "my_host"),
    ],
)
def test_host_names_are_written_in_one_way(text: str, name: str) -> None:
    assert checked_host(text) == name


@pytest.mark.parametrize(
    "text", ["", "http://a.b", "a.b:80", "a b", "a..b", "-a.b", "x" * 300, "ä" * 300, "a@b", "a/b"]
)
def test_what_is_no_host_name_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_host(text)
    assert refused.value.field == "allowed_hosts"


def test_its_repr_keeps_the_path_to_itself() -> None:
    endpoint = Endpoint(token="hush").renewed(NOW)
    assert "hush" not in repr(endpoint)
    assert endpoint.token not in repr(endpoint)
