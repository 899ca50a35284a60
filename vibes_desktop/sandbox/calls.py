"""A request as the endpoints see it: parsed, signed in and addressed to this account."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from vibes_desktop.sandbox.answers import Json, refuse
from vibes_desktop.sandbox.fields import DEEPEST_NESTING, nesting
from vibes_desktop.sandbox.numbers import ApiVersion
from vibes_desktop.sandbox.platform import ExternalUpdate

BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Target:
    """A request target: the decoded segments of its path and its query."""

    segments: tuple[str, ...] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Call:
    """One request; `sent` is the body as it came, `body` as the platform is to take it."""

    params: Mapping[str, str] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    version: ApiVersion = ApiVersion.TWO
    sent: Json = field(default=None, repr=False)
    body: Json = field(default=None, repr=False)
    external_update: ExternalUpdate = ExternalUpdate.CREATES


def read_target(raw: str) -> Target:
    """Split, then decode a request target; nothing is normalised. Raises a 400."""
    path, _, query = raw.partition("?")
    if not path.startswith("/") or "#" in raw or BROKEN_ESCAPE.search(raw):
        raise refuse(400, "The request target is malformed.")
    try:
        segments = tuple(unquote(each, errors="strict") for each in path.split("/")[1:])
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise refuse(400, "The request target is not percent-encoded UTF-8.") from None
    return Target(segments, dict(reversed(pairs)))


def read_version(value: str | None) -> ApiVersion:
    """Read X-API-Version; without it, it is 1. Raises a 400."""
    if value is None:
        return ApiVersion.ONE
    try:
        return ApiVersion(int(value))
    except ValueError:
        raise refuse(400, "X-API-Version must be 1 or 2.") from None


def read_json(content_type: str, body: bytes) -> Json:
    """Read a body strictly. Raises a 400, 415 or 422."""
    media_type, _, parameters = content_type.partition(";")
    charset = parameters.replace(" ", "").replace('"', "").lower()
    if media_type.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise refuse(415, "Content-Type must be application/json.")
    try:
        value: Json = json.loads(body.decode(), parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise refuse(400, "The body is not JSON.") from None
    if nesting(value) > DEEPEST_NESTING:
        raise refuse(422, "The body is nested too deeply.")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("the number is too large")
    return number
