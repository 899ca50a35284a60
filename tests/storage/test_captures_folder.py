"""Collections in their folder: made, named, kept, deleted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vibes_desktop.model.capture import Delivery
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_folder import (
    CaptureFolder,
    Retention,
    describe,
    enforce,
    keep,
    name_of,
    rename,
    retention_of,
)
from vibes_desktop.storage.captures_lock import StoreInUse
from vibes_desktop.storage.folders import Folders

Make = Callable[..., Delivery]
NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def captures_folder(tmp_path: Path) -> CaptureFolder:
    """The folder of a user who has none yet."""
    return CaptureFolder.of(Folders.under(tmp_path))


def test_there_is_nothing_at_first(captures_folder: CaptureFolder) -> None:
    assert captures_folder.collections() == ()
    assert captures_folder.default.parent == captures_folder.path


def test_collections_are_listed_by_name(captures_folder: CaptureFolder, delivery: Make) -> None:
    for name in ("Tuesday’s test", "autumn", "Autumn"):
        store = captures_folder.create(name)
        store.append([delivery()]).result()
        store.close()
    found = captures_folder.collections()
    assert [info.name for info in found] == ["autumn", "Autumn", "Tuesday’s test"] or [
        info.name for info in found
    ] == ["Autumn", "autumn", "Tuesday’s test"]
    assert all(info.totals is not None and info.totals.captures == 1 for info in found)
    assert len({info.path for info in found}) == 3


def test_what_cannot_be_read_is_listed_with_its_reason(captures_folder: CaptureFolder) -> None:
    captures_folder.create("good").close()
    (captures_folder.path / "bad.sqlite3").write_bytes(b"rubbish" * 1000)
    bad, good = captures_folder.collections()
    assert (bad.name, bad.totals, bad.trouble is not None) == ("bad", None, True)
    assert good.trouble is None


def test_a_collection_has_a_name_before_it_was_given_one(tmp_path: Path) -> None:
    store = CaptureStore.open(tmp_path / "my-callbacks.sqlite3")
    assert name_of(store) == "My callbacks"
    rename(store, "  Other   name ")
    assert name_of(store) == "Other name"
    store.close()
    assert describe(store.path).name == "Other name"


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_unusable_names_are_refused(captures_folder: CaptureFolder, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        captures_folder.create(name)
    assert refused.value.field == "name"
    assert captures_folder.collections() == ()


def test_a_name_never_becomes_a_path(captures_folder: CaptureFolder) -> None:
    store = captures_folder.create("../../etc/passwd")
    store.close()
    assert store.path.parent == captures_folder.path
    assert store.path.name == "etc-passwd.sqlite3"
    store = captures_folder.create("日本")
    store.close()
    assert store.path.name == "collection.sqlite3"


def test_nothing_is_thrown_away_by_default(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(received_us=1)]).result()
    assert retention_of(captures) == Retention()
    enforce(captures, NOW)
    assert captures.totals().captures == 1


def test_a_rule_is_remembered_and_kept(captures: CaptureStore, delivery: Make) -> None:
    days_old = [int((NOW - timedelta(days=days)).timestamp() * 1_000_000) for days in (31, 29)]
    captures.append([delivery(received_us=moment) for moment in days_old]).result()
    keep(captures, Retention(days=30))
    assert retention_of(captures) == Retention(days=30)
    assert captures.totals().captures == 2
    enforce(captures, NOW)
    assert captures.ids_after() == [2]
    keep(captures, Retention(wire_bytes=0))
    enforce(captures, NOW)
    assert captures.ids_after() == []


def test_a_collection_is_deleted_with_all_its_files(captures_folder: CaptureFolder, delivery: Make) -> None:
    store = captures_folder.create("x")
    store.append([delivery()]).result()
    with pytest.raises(StoreInUse):
        captures_folder.delete(store.path)
    store.close()
    captures_folder.delete(store.path)
    assert list(captures_folder.path.iterdir()) == []
