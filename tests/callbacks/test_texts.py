"""Texts read in blocks are those read one by one."""

from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.texts import texts_of


def test_the_same_texts(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "b.ndjson").write_text('{"callback_type":"person_added"}\n' * 3 + "\n{:}\n" + '{"a":1}\n' * 9)
    with Collection.open([str(samples), str(tmp_path)]) as collection:
        rows = np.random.default_rng(1).permutation(len(collection))
        for chosen in (rows, np.sort(rows), rows[:0]):
            assert list(texts_of(collection, chosen)) == [collection.text(row) for row in chosen.tolist()]


def test_a_text_that_is_cut_is_not_passed_off_as_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text('{"callback_type":"person_added"}\n' * 3)
    with Collection.open([str(file)]) as collection:
        file.write_text('{"callback_type":"person_added"}\n{"ca')
        with pytest.raises(OSError, match="cut"):
            list(texts_of(collection, np.arange(3), whole=True))
        assert [len(text) for text in texts_of(collection, np.arange(3))] == [32, 0, 0]


@pytest.mark.parametrize("left", [0, 20, 60])
def test_neither_is_a_wrapped_one(left: int, tmp_path: Path) -> None:
    file = tmp_path / "a.log"
    file.write_text('INFO {"callback_type":"person_added"}\n' + 'INFO {"event_id":"2","event_date":"x"}\n')
    with Collection.open([str(file)]) as collection:
        assert len(list(texts_of(collection, np.arange(2), whole=True))) == 2
        file.write_bytes(file.read_bytes()[:left])
        with pytest.raises(OSError, match="cut"):
            list(texts_of(collection, np.array([1]), whole=True))


def test_what_never_could_be_read_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 20)
    with Collection.open([str(tmp_path)]) as collection:
        assert len(list(texts_of(collection, np.arange(len(collection)), whole=True))) == 1
