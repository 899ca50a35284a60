"""Files that grow, shrink, vanish or become another one while they are open."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.callbacks import following
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.following import Change, Follower, Look, change_of
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.source import FileSource

LINE = b'{"callback_type":"person_added","event_id":"E%d"}\n'


class Opened:
    """A collection of one file, and somebody who looks after it."""

    def __init__(self, file: Path, content: bytes) -> None:
        self.file = file
        file.write_bytes(content)
        self.collection = Collection.open([str(file)])
        (self.follower,) = self.collection.followers()

    def append(self, content: bytes) -> Look:
        """Append to the file, look, and grow."""
        with self.file.open("ab") as file:
            file.write(content)
        return self.look()

    def look(self) -> Look:
        """Look, and grow."""
        look = self.follower.look()
        if look.part is not None:
            self.collection.grow(look.part)
        return look

    def events(self) -> list[str | None]:
        """Read the event IDs."""
        return [self.collection.payload(row).facts.event_id for row in range(len(self.collection))]

    def positions(self) -> list[int]:
        """Read the lines."""
        found: list[int] = self.collection.columns["position"].tolist()
        return found


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[bytes], Opened]:
    """Open a file with this content."""
    return lambda content: Opened(tmp_path / "a.ndjson", content)


Open = Callable[[bytes], Opened]


@pytest.mark.parametrize(
    "before",
    [LINE % 0 + LINE % 1, LINE % 0 + (LINE % 1).rstrip(b"\n") + b"\n", b"2026 " + LINE % 0 + LINE % 1],
)
def test_what_is_appended_becomes_rows(before: bytes, opened: Open) -> None:
    it = opened(before)
    assert it.look() == Look()
    look = it.append(LINE % 2 + LINE % 3)
    assert look.part is not None
    assert look.notice is None
    assert it.events() == ["E0", "E1", "E2", "E3"]
    it.append(b'{\n "callback_type": "person_added",\n "event_id": "E4"\n}\n' + LINE % 5)
    assert it.events()[4:] == ["E4", "E5"]
    assert it.positions() == [1, 2, 3, 4, 5, 9]
    assert it.look() == Look()
    it.collection.close()


def test_half_a_line_waits_for_the_other_half(opened: Open) -> None:
    it = opened(LINE % 0 + LINE % 1)
    text = LINE % 2
    assert it.append(text[:20]).part is None
    it.append(text[20:] + LINE % 3)
    assert it.events() == ["E0", "E1", "E2", "E3"]
    assert it.positions() == [1, 2, 3, 4]
    it.collection.close()


def test_half_a_line_that_was_a_row_comes_again_when_it_is_whole(opened: Open) -> None:
    text = LINE % 2
    it = opened(LINE % 0 + LINE % 1 + text[:20])
    assert len(it.collection) == 3
    it.append(text[20:])
    assert it.events()[3] == "E2"
    assert it.positions() == [1, 2, 3, 3]
    it.collection.close()


@pytest.mark.parametrize("before", [(LINE % 0).rstrip(), LINE % 9 + (LINE % 0).rstrip()])
def test_a_whole_last_line_without_its_end_comes_once(before: bytes, opened: Open) -> None:
    it = opened(before)
    count = len(it.collection)
    it.append(b"\n" + LINE % 1)
    assert it.events()[count:] == ["E1"]
    assert it.positions() == list(range(1, count + 2))
    it.collection.close()


def test_an_empty_file_may_grow_too(opened: Open) -> None:
    it = opened(b"")
    it.append(LINE % 0)
    assert it.events() == ["E0"]
    it.collection.close()


def test_much_is_read_in_several_looks(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOK_BYTES", 1000)
    it = opened(LINE % 0 + LINE % 1)
    long = b'{"callback_type":"person_added","event_id":"L","x":"' + b"x" * 5000 + b'"}\n'
    look = it.append(b"".join(LINE % number for number in range(2, 50)) + long + LINE % 50)
    looks = 1
    while look.has_more:
        look = it.look()
        looks += 1
    assert looks > 2
    assert it.events() == [f"E{number}" for number in range(50)] + ["L", "E50"]
    it.collection.close()


def shrink(file: Path) -> None:
    """Cut a file."""
    os.truncate(file, 20)


def replace(file: Path) -> None:
    """Put another file in its place."""
    file.with_name("new").write_bytes(LINE % 7 * 5)
    file.with_name("new").replace(file)


def overwrite(file: Path) -> None:
    """Write something else into the same file."""
    with file.open("r+b") as opened:
        opened.write(LINE % 7 * 5)


@pytest.mark.parametrize(
    ("act", "change"),
    [
        (shrink, Change.SHRANK),
        (replace, Change.REPLACED),
        (Path.unlink, Change.GONE),
        (overwrite, Change.OVERWRITTEN),
    ],
)
def test_any_other_change_is_one_sentence_and_told_once(
    act: Callable[[Path], None], change: Change, opened: Open
) -> None:
    it = opened(LINE % 0 + LINE % 1)
    act(it.file)
    look = it.look()
    assert look.notice is not None
    assert look.notice.change is change
    assert look.notice.sentence.endswith(".")
    assert it.follower.has_ended
    assert it.look() == Look()
    assert it.collection.payload(1).kind in set(Kind)
    it.collection.close()


@pytest.mark.parametrize("before", [b"[" + (LINE % 0).rstrip() + b"]", b"time,body\n1,{}\n", b"<a/>"])
def test_other_shapes_cannot_be_followed(before: bytes, opened: Open) -> None:
    it = opened(before)
    look = it.append(b"more\n")
    assert look.notice is not None
    assert look.notice.change is Change.NOT_FOLLOWED
    it.collection.close()


def test_what_is_no_file_is_not_looked_after(tmp_path: Path) -> None:
    source = FileSource("a", None)
    assert change_of(source) is None
    assert Follower(source, 0).has_ended
    assert Follower(source, 0).look() == Look()
