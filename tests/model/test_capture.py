"""A capture keeps what came, to the byte, and shows its headers."""

from vibes_desktop.model.capture import Capture, CaptureId, Delivery

HEAD = b"Host: a\r\nX-Twice: 1\r\nx-twice:\t2 \r\nX-Odd: \xff:\r\n"
DELIVERY = Delivery(1_700_000_000_123_456, "127.0.0.1", 9, "POST", "/secret", HEAD, b"body", b"Sum: 3\r\n")


def test_headers_are_read_in_order_with_their_spelling() -> None:
    assert DELIVERY.headers == (
        ("Host", "a"),
        ("X-Twice", "1"),
        ("x-twice", "2"),
        ("X-Odd", "\xff:"),
        ("Sum", "3"),
    )


def test_a_header_is_found_whatever_its_case() -> None:
    assert DELIVERY.header("x-TWICE") == "1"
    assert DELIVERY.header("none") is None


def test_times_are_also_told_in_milliseconds() -> None:
    assert DELIVERY.received_ms == 1_700_000_000_123


def test_its_repr_tells_nothing_of_its_content() -> None:
    shown = repr(Capture(CaptureId(1), DELIVERY))
    assert "secret" not in shown
    assert "body=" not in shown
    assert "X-Twice" not in shown


def test_a_capture_gives_its_body() -> None:
    assert Capture(CaptureId(1), DELIVERY).body == b"body"
