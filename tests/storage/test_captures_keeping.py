"""Clearing, taking it back, retention and compaction: nothing goes that should not, and what goes is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.model.capture import CaptureId, Delivery
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_keeping import DELETED_AT_ONCE
from vibes_desktop.storage.captures_reading import CaptureReader
from vibes_desktop.storage.trouble import FileBusy

Make = Callable[..., Delivery]
SECRET = b"somebody's number"


def test_clearing_can_be_taken_back(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"one"), delivery(b"two")]).result()
    before = captures.totals()
    captures.clear().result()
    assert (captures.ids_after(), captures.body(CaptureId(1)), captures.capture(CaptureId(2))) == (
        [],
        None,
        None,
    )
    assert (captures.totals().captures, captures.totals().wire_bytes, captures.totals().cleared) == (0, 0, 2)
    captures.take_back_clearing().result()
    assert captures.totals() == before
    assert captures.body(CaptureId(1)) == b"one"


def test_what_comes_after_a_clearing_stays(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"old")]).result()
    captures.clear().result()
    assert captures.append([delivery(b"new")]).result() == (2,)
    assert captures.ids_after() == [2]
    captures.forget_cleared().result()
    captures.take_back_clearing().result()  # too late
    assert captures.ids_after() == [2]
    assert (captures.totals().captures, captures.totals().cleared) == (1, 0)


def test_only_the_last_clearing_can_be_taken_back(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"one")]).result()
    captures.clear().result()
    captures.append([delivery(b"two")]).result()
    captures.clear().result()
    captures.take_back_clearing().result()
    assert captures.ids_after() == [2]


def test_a_clearing_is_final_once_the_store_was_closed(
    captures: CaptureStore, delivery: Make, holds: Callable[[Path, str], list[str]]
) -> None:
    captures.append([delivery(SECRET) for _ in range(2 * DELETED_AT_ONCE + 1)]).result()
    captures.clear().result()
    captures.close()
    again = CaptureStore.open(captures.path)
    while again.totals().cleared:
        again.tell({}).result()
    again.close()
    assert holds(captures.path.parent, SECRET.decode()) == []


def test_forgotten_captures_are_overwritten_and_compaction_gives_their_space_back(
    captures: CaptureStore, delivery: Make, holds: Callable[[Path, str], list[str]]
) -> None:
    captures.append([delivery(SECRET * 1000) for _ in range(50)]).result()
    captures.clear().result()
    captures.forget_cleared().result()
    captures.append([delivery(b"kept")]).result()
    before = captures.space().used
    captures.compact().result()
    assert captures.space().used < before / 4
    assert captures.ids_after() == [51]
    assert captures.append([delivery()]).result() == (52,)
    assert holds(captures.path.parent, SECRET.decode()) == []


def test_compaction_leaves_a_file_alone_that_another_reads(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"x")]).result()
    other = CaptureReader(captures.path)
    with pytest.raises(FileBusy):
        captures.compact().result()
    other.close()
    assert captures.append([delivery()]).result() == (2,)
    captures.compact().result()
    assert captures.ids_after() == [1, 2]
    assert not list(captures.path.parent.glob("*compacting*"))


def test_what_is_too_old_goes(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(received_us=moment) for moment in (10, 20, 30)]).result()
    captures.drop_oldest(before_us=25).result()
    assert captures.ids_after() == [3]
    assert captures.totals().captures == 1


def test_what_is_too_much_goes_the_oldest_first(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"x" * 1000) for _ in range(10)]).result()
    each = captures.totals().wire_bytes // 10
    captures.drop_oldest(above_bytes=3 * each + 1).result()
    assert captures.ids_after() == [8, 9, 10]
    assert captures.totals().wire_bytes == 3 * each


def test_many_go_in_steps(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery() for _ in range(3 * DELETED_AT_ONCE)]).result()
    dropping = captures.drop_oldest(above_bytes=0)
    between = captures.append([delivery()])
    dropping.result()
    between.result()
    assert captures.totals().captures == 0
    assert captures.totals().wire_bytes == 0


def test_without_a_rule_nothing_goes(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery()]).result()
    captures.drop_oldest().result()
    assert captures.ids_after() == [1]
