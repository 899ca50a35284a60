"""What the settings do with a real record store."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from vibes_desktop.model.change import ChangeId, ChangeKind, Intention, SentRequest
from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.model.fields import FieldChange, FieldKind, FieldRef, FieldSpec
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.desk import Desk, Erased
from vibes_desktop.ui.settings.operations import (
    MAX_CATALOGUE_BYTES,
    CatalogueDesk,
    clear_recents,
    expire,
    forget,
)

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, T]], T]
WAIT_SECONDS = 30
NOW = datetime.now(UTC)


@pytest.fixture
def run(runtime: Runtime) -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Return a function that runs a coroutine on the loop and waits for its result."""
    return lambda work: runtime.submit(work).result(WAIT_SECONDS)


def _change(desk: Desk, key: str, external: str, number: str, *, days: int = 0) -> ChangeId:
    before = Person(
        obj(person_key=key, external_person_id=external, mobile_phone=obj(mdn=number), custom_fields=obj())
    )
    changes = (FieldChange(FieldRef("email"), "old", "new"),)
    request = SentRequest("PUT", f"/persons/{key}", "{}")
    target = before.best_identifier
    intention = Intention(
        ProfileId("demo"), ChangeKind.UPDATE, target, before, changes, request, "mia", "why"
    )
    return desk.journal.begin(intention, now=NOW - timedelta(days=days))


def _key(value: str) -> Identifier:
    return Identifier(IdentifierKind.PERSON_KEY, value)


def test_forgetting_by_one_id_finds_the_others(desk: Desk, run: Run[Erased]) -> None:
    mine = _change(desk, "key-1", "ext 1", "+12065550143")
    other = _change(desk, "key-2", "ext 2", "+12065550143")
    desk.recents.touch(ProfileId("demo"), _key("key-1"))
    desk.recents.touch(ProfileId("demo"), _key("key-2"))
    erased = run(forget(desk, [Identifier(IdentifierKind.EXTERNAL_ID, "ext 1")]))
    assert erased == Erased(changes=1, drafts=0, recents=1)
    assert desk.journal.record(mine).is_erased
    assert not desk.journal.record(other).is_erased
    assert desk.recents.list(ProfileId("demo")) == (_key("key-2"),)


def test_forgetting_a_number_erases_all_who_had_it(desk: Desk, run: Run[Erased]) -> None:
    for name in ("1", "2"):
        _change(desk, f"key-{name}", f"ext-{name}", "+12065550143")
    erased = run(forget(desk, [Identifier(IdentifierKind.MDN, "+12065550143")]))
    assert erased.changes == 2


def test_what_is_older_is_deleted(desk: Desk, run: Run[Erased]) -> None:
    old, new = _change(desk, "a", "a", "+1", days=10), _change(desk, "b", "b", "+2", days=8)
    assert run(expire(desk, 9)).changes == 1
    assert desk.journal.record(old).is_erased
    assert not desk.journal.record(new).is_erased


def test_recents_are_cleared_of_one_profile(desk: Desk, run: Run[None]) -> None:
    for name in ("demo", "acme"):
        desk.recents.touch(ProfileId(name), _key(name))
    run(clear_recents(desk, ProfileId("demo")))
    assert desk.recents.list(ProfileId("demo")) == ()
    assert desk.recents.list(ProfileId("acme")) == (_key("acme"),)


@pytest.fixture
def catalogue(desk: Desk, demo: Profile) -> CatalogueDesk:
    desk.catalogues.save(demo.id, (FieldSpec("email", FieldKind.TEXT), FieldSpec("points", FieldKind.TEXT)))
    return CatalogueDesk(desk, demo.id)


def test_a_kind_that_is_set_is_kept(
    desk: Desk, demo: Profile, catalogue: CatalogueDesk, run: Run[Any]
) -> None:
    specs = run(catalogue.set_kind("points", FieldKind.NUMBER))
    assert specs == desk.catalogues.load(demo.id)
    assert specs[1] == FieldSpec("points", FieldKind.NUMBER, is_fixed=True)


def test_a_catalogue_goes_to_a_colleague_and_comes_back(
    desk: Desk, catalogue: CatalogueDesk, run: Run[Any], tmp_path: Path
) -> None:
    target = tmp_path / "catalogue.json"
    assert run(catalogue.write_to(target)) == 2
    assert len(json.loads(target.read_bytes())["fields"]) == 2
    colleague = CatalogueDesk(desk, ProfileId("colleague"))
    assert run(colleague.read_from(target)) == run(catalogue.load())


@pytest.mark.parametrize("content", [b"no JSON", b"\xff\xfe", b"{}", b" " * (MAX_CATALOGUE_BYTES + 1)])
def test_another_file_is_refused_and_changes_nothing(
    catalogue: CatalogueDesk, run: Run[Any], tmp_path: Path, content: bytes
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(content)
    before = run(catalogue.load())
    with pytest.raises(InvalidInput) as raised:
        run(catalogue.read_from(wrong))
    assert raised.value.title == "This is not a catalogue"
    assert run(catalogue.load()) == before


def test_a_file_that_is_not_there_is_named(catalogue: CatalogueDesk, run: Run[Any], tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        run(catalogue.read_from(tmp_path / "missing.json"))
