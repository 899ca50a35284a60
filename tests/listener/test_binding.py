"""Ports: the first free one, on both loopback addresses, for this program alone."""

import socket
from collections.abc import Iterator

import pytest

from vibes_desktop.listener.binding import CannotListen, take_port, url_of
from vibes_desktop.model.endpoint import Endpoint


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program uses."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def close(sockets: list[socket.socket]) -> set[tuple[str, int]]:
    """Close sockets; returns where they listened."""
    names = {one.getsockname()[:2] for one in sockets}
    for one in sockets:
        one.close()
    return names


def test_any_free_port_is_taken_on_both_loopback_addresses() -> None:
    (first, port), (second, again) = sorted(close(take_port(Endpoint().on_port(0))))
    assert (first, second) == ("127.0.0.1", "::1")
    assert port == again > 0


def test_one_address_can_be_chosen() -> None:
    assert {host for host, _ in close(take_port(Endpoint(host="::1").on_port(0)))} == {"::1"}
    assert {host for host, _ in close(take_port(Endpoint(host="127.0.0.2").on_port(0)))} == {"127.0.0.2"}


def test_a_taken_port_is_told(taken: int) -> None:
    with pytest.raises(CannotListen) as told:
        take_port(Endpoint().on_port(taken))
    assert told.value.reason == "address already in use"
    assert str(taken) in told.value.title


def test_the_next_of_a_range_is_taken(taken: int) -> None:
    endpoint = Endpoint(first_port=taken, last_port=min(taken + 20, 65_535))
    ports = {port for _, port in close(take_port(endpoint))}
    assert len(ports) == 1
    assert ports.pop() > taken


def test_a_port_taken_on_the_other_loopback_address_is_taken() -> None:
    with socket.socket(socket.AF_INET6) as other:
        other.bind(("::1", 0))
        other.listen()
        with pytest.raises(CannotListen):
            take_port(Endpoint().on_port(other.getsockname()[1]))


def test_an_address_of_no_network_here_is_told() -> None:
    with pytest.raises(CannotListen) as told:
        take_port(Endpoint(host="203.0.113.7"))
    assert "203.0.113.7" in told.value.title
    assert "any port from" in told.value.title


def test_nobody_shares_the_port_while_it_is_listened_on() -> None:
    sockets = take_port(Endpoint().on_port(0))
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(sockets[0].getsockname())
    close(sockets)


def test_addresses_are_spelled_with_brackets_where_needed() -> None:
    assert url_of("127.0.0.1", 80, "t") == "http://127.0.0.1:80/t"
    assert url_of("::1", 80, "t") == "http://[::1]:80/t"
