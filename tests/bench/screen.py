"""Reads an X screen from outside the programs that paint on it."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

Z_PIXMAP = 2
ALL_PLANES = 0xFFFFFFFF
BYTES_PER_PIXEL = 4


class ScreenError(Exception):
    """The display can't be read."""


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _ScreenIterator(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


@dataclass(frozen=True)
class Area:
    """A part of the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


class Screen:
    """The display named by DISPLAY, with 32 bits per pixel."""

    def __init__(self) -> None:
        """Connect; raises ScreenError."""
        self._xcb = _library()
        self._libc = ctypes.CDLL(None)
        self._libc.free.argtypes = [ctypes.c_void_p]
        self._connection = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            raise ScreenError("there is no X display")
        setup = self._xcb.xcb_get_setup(self._connection)
        self._root = self._xcb.xcb_setup_roots_iterator(setup).data[0]

    def close(self) -> None:
        """Disconnect."""
        self._xcb.xcb_disconnect(self._connection)

    def pixels(self, area: Area) -> bytes:
        """Read what is shown there; raises ScreenError."""
        cookie = self._xcb.xcb_get_image(
            self._connection, Z_PIXMAP, self._root, area.x, area.y, area.width, area.height, ALL_PLANES
        )
        reply = self._xcb.xcb_get_image_reply(self._connection, cookie, None)
        if not reply:
            raise ScreenError("the display gave no picture")
        try:
            length = self._xcb.xcb_get_image_data_length(reply)
            return ctypes.string_at(self._xcb.xcb_get_image_data(reply), length)
        finally:
            self._libc.free(reply)


def _library() -> ctypes.CDLL:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        raise ScreenError("libxcb.so.1 is missing") from None
    pointer, number = ctypes.c_void_p, ctypes.c_int
    for name, result, arguments in (
        ("xcb_connect", pointer, [ctypes.c_char_p, pointer]),
        ("xcb_connection_has_error", number, [pointer]),
        ("xcb_disconnect", None, [pointer]),
        ("xcb_get_setup", pointer, [pointer]),
        ("xcb_setup_roots_iterator", _ScreenIterator, [pointer]),
        (
            "xcb_get_image",
            _Cookie,
            [
                pointer,
                ctypes.c_uint8,
                ctypes.c_uint32,
                ctypes.c_int16,
                ctypes.c_int16,
                ctypes.c_uint16,
                ctypes.c_uint16,
                ctypes.c_uint32,
            ],
        ),
        ("xcb_get_image_reply", pointer, [pointer, _Cookie, pointer]),
        ("xcb_get_image_data", pointer, [pointer]),
        ("xcb_get_image_data_length", number, [pointer]),
    ):
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb
