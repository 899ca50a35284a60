"""The collections of captures: one file each, in one folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.storage.atomic import free_name_beside
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_lock import SUFFIX as LOCK_SUFFIX
from vibes_desktop.storage.captures_reading import CaptureReader, Totals
from vibes_desktop.storage.database import COMPANIONS
from vibes_desktop.storage.folders import Folders, make_private_folder
from vibes_desktop.storage.trouble import file_trouble

STORE_SUFFIX = ".sqlite3"
MAX_NAME_CHARACTERS = 80
NAME, KEPT_DAYS, KEPT_BYTES = "name", "kept_days", "kept_bytes"
NOT_FOR_FILE_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Retention:
    """How long captures are kept, and how many bytes of them; None is without end."""

    days: int | None = None
    wire_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class CollectionInfo:
    """One collection in the folder. `trouble`: why it can't be read, and nothing more is known of it then."""

    path: Path
    name: str
    totals: Totals | None
    trouble: StorageError | None = None


class CaptureFolder:
    """The folder with this user's collections. Blocking; raises StorageError."""

    def __init__(self, folder: Path) -> None:
        self.path = folder

    @classmethod
    def of(cls, folders: Folders) -> CaptureFolder:
        """Name the program's own."""
        return cls(folders.data / "captures")

    @property
    def default(self) -> Path:
        """The collection that is received into where nobody chose another."""
        return self.path / f"callbacks{STORE_SUFFIX}"

    def collections(self) -> tuple[CollectionInfo, ...]:
        """List what is there, by name."""
        found = [describe(path) for path in self.path.glob(f"*{STORE_SUFFIX}")]
        return tuple(sorted(found, key=lambda info: (info.name.casefold(), info.path)))

    def create(self, name: str) -> CaptureStore:
        """Begin a collection; raises InvalidInput with field name."""
        checked = checked_name(name)
        make_private_folder(self.path)
        slug = NOT_FOR_FILE_NAMES.sub("-", checked.lower()).strip("-") or "collection"
        path = self.path / f"{slug}{STORE_SUFFIX}"
        if path.exists():
            path = free_name_beside(path, f"{datetime.now(UTC):%Y-%m-%d}")
        store = CaptureStore.open(path)
        rename(store, checked)
        return store

    def delete(self, path: Path) -> None:
        """Delete a collection with all its captures; raises StorageError while it is in use."""
        store = CaptureStore.open(path)
        try:
            if store.read_only_reason is not None:
                raise store.read_only_reason
            for suffix in ("", *COMPANIONS, LOCK_SUFFIX):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            raise file_trouble(error, path) from error
        finally:
            store.close()


def describe(path: Path) -> CollectionInfo:
    """Tell what a collection's file holds, without keeping it open."""
    try:
        reader = CaptureReader(path)
    except StorageError as error:
        return CollectionInfo(path, path.stem, None, error)
    try:
        return CollectionInfo(path, reader.about().get(NAME, _spelled(path)), reader.totals())
    except StorageError as error:
        return CollectionInfo(path, path.stem, None, error)
    finally:
        reader.close()


def rename(store: CaptureStore, name: str) -> None:
    """Call a collection something else; the file keeps its name. Raises InvalidInput with field name."""
    store.tell({NAME: checked_name(name)}).result()


def name_of(store: CaptureStore) -> str:
    """Tell what a collection is called."""
    return store.about().get(NAME, _spelled(store.path))


def checked_name(text: str) -> str:
    """Return a name without blanks around it; raises InvalidInput with field name."""
    name = " ".join(text.split())
    if not name or len(name) > MAX_NAME_CHARACTERS or not name.isprintable():
        raise InvalidInput(
            "This name can't be used",
            f"A name has up to {MAX_NAME_CHARACTERS} letters.",
            done="Nothing was changed.",
            field="name",
        )
    return name


def retention_of(store: CaptureStore) -> Retention:
    """Read how long a collection's captures are kept."""
    about = store.about()
    return Retention(_number(about.get(KEPT_DAYS)), _number(about.get(KEPT_BYTES)))


def keep(store: CaptureStore, retention: Retention) -> None:
    """Decide how long a collection's captures are kept; nothing is deleted before `enforce`."""
    days = None if retention.days is None else str(retention.days)
    size = None if retention.wire_bytes is None else str(retention.wire_bytes)
    store.tell({KEPT_DAYS: days, KEPT_BYTES: size}).result()


def enforce(store: CaptureStore, now: datetime) -> None:
    """Delete what is older, or more, than is kept; without a rule nothing is."""
    retention = retention_of(store)
    if retention == Retention():
        return
    before = None if retention.days is None else now - timedelta(days=retention.days)
    store.drop_oldest(
        before_us=None if before is None else int(before.timestamp() * 1_000_000),
        above_bytes=retention.wire_bytes,
    ).result()


def _spelled(path: Path) -> str:
    return path.stem.replace("-", " ").capitalize()


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
