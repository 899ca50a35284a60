"""What the sandbox received lately, for tests."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

REQUESTS_KEPT = 500
BYTES_KEPT = 32 * 1024 * 1024
SECRET_HEADERS = frozenset(("authorization", "proxy-authorization", "cookie"))


@dataclass(frozen=True)
class ReceivedRequest:
    """One request as it arrived; header names are lower-case, and none is secret."""

    method: str
    target: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """Give the first value of a header."""
        return next((value for key, value in self.headers if key == name.lower()), None)


class RequestLog(Sequence[ReceivedRequest]):
    """The latest requests, oldest first, bounded in number and size."""

    def __init__(self) -> None:
        self._kept: deque[ReceivedRequest] = deque()
        self._bytes = 0

    def append(self, request: ReceivedRequest) -> None:
        """Keep a request, and forget the oldest where there are too many."""
        self._kept.append(request)
        self._bytes += len(request.body)
        while len(self._kept) > REQUESTS_KEPT or (self._bytes > BYTES_KEPT and len(self._kept) > 1):
            self._bytes -= len(self._kept.popleft().body)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, index: int) -> ReceivedRequest: ...
    @overload
    def __getitem__(self, index: slice) -> list[ReceivedRequest]: ...
    def __getitem__(self, index: int | slice) -> ReceivedRequest | list[ReceivedRequest]:
        return list(self._kept)[index]


def without_secrets(headers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Lower the names, and leave out what signs a request in."""
    return tuple((name.lower(), value) for name, value in headers if name.lower() not in SECRET_HEADERS)
