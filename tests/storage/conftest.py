"""A desk on the disk, changes to write into it, and a user without rights."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vibes_desktop.model.capture import Delivery
from vibes_desktop.model.change import ChangeKind, Intention, SentRequest
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.desk import Desk

# Root stays the owner of its files, and may no more than an owner may: the checkout can lie anywhere.
WITHOUT_ROOTS_POWERS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
CHILD_SECONDS = 60
RECORD = """{"person_key": "key-1", "external_person_id": "CRM-1", "mobile_phone": {"mdn": "+13125550143"},
 "custom_fields": {"first_name": "Ana", "score": 1.10, "twice": 1, "twice": 2, "odd": "\\ud800"}}"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder whose rights a test may take away."""
    path = tmp_path / "folder"
    path.mkdir()
    yield path
    path.chmod(0o700)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An open desk."""
    opened = Desk(tmp_path / "data" / "desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def now() -> datetime:
    """A moment."""
    return datetime(2025, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def intend() -> Callable[..., Intention]:
    """Make an intention about Ana, with anything in it replaced."""

    def make(record: str = RECORD, **other: object) -> Intention:
        raw = parse(record)
        assert isinstance(raw, JsonObject)
        values: dict[str, object] = {
            "profile_id": ProfileId("main"),
            "kind": ChangeKind.UPDATE,
            "target": Identifier(IdentifierKind.PERSON_KEY, "key-1"),
            "before": Person(raw),
            "changes": (FieldChange(FieldRef("first_name"), "Ana", "Anna"),),
            "request": SentRequest("PUT", "/companies/c/mobiledb/persons/key-1", '{"first_name": "Anna"}'),
            "os_user": "agnes",
            "reason": "Ticket 4711",
        }
        return Intention(**{**values, **other})  # type: ignore[arg-type]

    return make


@pytest.fixture
def unprivileged() -> Callable[..., str]:
    """Run a Python text as a user whom file permissions hold, and return what it prints."""

    def run(code: str, *arguments: object) -> str:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        if os.geteuid() == 0:
            command = [*WITHOUT_ROOTS_POWERS, *command]
        done = subprocess.run(command, capture_output=True, text=True, timeout=CHILD_SECONDS, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def holds() -> Callable[[Path, str], list[str]]:
    """Name the files below a folder that hold a text, in UTF-8 or UTF-16."""

    def search(place: Path, text: str) -> list[str]:
        needles = (text.encode(), text.encode("utf-16-le"))
        files = [file for file in place.rglob("*") if file.is_file()]
        return [file.name for file in files if any(needle in file.read_bytes() for needle in needles)]

    return search


@pytest.fixture
def captures(tmp_path: Path) -> Iterator[CaptureStore]:
    """An open store of captures that this process writes."""
    opened = CaptureStore.open(tmp_path / "captures" / "c.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def delivery() -> Callable[..., Delivery]:
    """Make a delivery that nobody sent."""

    def make(
        body: bytes = b"{}", *, received_us: int = 1_700_000_000_000_000, answered: int = 200
    ) -> Delivery:
        head = b"Host: a\r\nX-Odd:  \xff two \r\n"
        return Delivery(received_us, "127.0.0.1", 4711, "POST", "/t?x=1", head, body, b"", answered)

    return make
