"""The command that would deliver a payload once more."""

from __future__ import annotations

import base64
import shlex
from enum import StrEnum

MAX_ARGUMENT_BYTES = 100_000  # Linux takes no argument from 131,072 bytes on
LINE = 76
SOMEWHERE = "https://your-endpoint.example/callbacks"


class Method(StrEnum):
    """How a callback may be registered to be sent."""

    POST = "POST"
    PUT = "PUT"


def curl(body: bytes, url: str = SOMEWHERE, method: Method = Method.POST) -> str:
    """Write a cURL command for a POSIX shell that sends exactly these bytes as a callback is sent."""
    head = f"curl -X {method} -H 'Content-Type: application/json'"
    text = _plain(body)
    if text is not None:
        return f"{head} --data-raw {shlex.quote(text)} {shlex.quote(url)}"
    packed = base64.b64encode(body).decode()
    lines = "\n".join(packed[place : place + LINE] for place in range(0, len(packed), LINE))
    return f"base64 -d <<'END' | {head} --data-binary @- {shlex.quote(url)}\n{lines}\nEND"


def _plain(body: bytes) -> str | None:
    """Give the text that can stand on a command line as it is; None for any other."""
    if len(body) > MAX_ARGUMENT_BYTES or b"\0" in body:
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
