"""The table of types: all 17, and each of our samples keeps to it."""

import json
from pathlib import Path

import pytest

from vibes_desktop.callbacks.callback_types import BY_NAME, FAMILIES, OPT_OUT_REASONS, TYPES


def test_there_are_17_with_ten_reasons() -> None:
    assert len(BY_NAME) == len(TYPES) == 17
    assert len(OPT_OUT_REASONS) == 10


@pytest.mark.parametrize("name", BY_NAME)
def test_every_type_has_its_sample_with_its_key(name: str, samples: Path) -> None:
    value = json.loads((samples / "types" / f"{name}.json").read_text())
    assert value["callback_type"] == name
    assert BY_NAME[name].payload_key in value


@pytest.mark.parametrize("each", [*TYPES, *FAMILIES.values()])
def test_no_field_comes_twice_and_none_without_its_parent(each: object) -> None:
    fields = BY_NAME[each.name].fields  # type: ignore[attr-defined]
    paths = [field.path for field in fields]
    assert len(set(paths)) == len(paths)
    parents = {path.rpartition(".")[0] for path in paths} - {""}
    assert parents <= set(paths)
