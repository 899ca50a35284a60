"""Subscriptions with names, and the changes of one person."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from vibes_desktop.model.change import ChangeKind, Intention, Outcome, SentRequest
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, Profile, ProfileId
from vibes_desktop.people.beside import changes_of, subscriptions_of
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.transport import Transport

T = TypeVar("T")
STEVE = "c5235a10-e243-42d7-979c-7f6234a21b60"
SECONDS = 30.0


@pytest.fixture
def at_work(sandbox: Sandbox, runtime: Runtime, tmp_path: Path) -> Iterator[PeopleSession]:
    async def connect() -> tuple[VibesClient, Transport]:
        transport = Transport(base_url=sandbox.url)
        account = Account(sandbox.company_key, sandbox.url, sandbox.username, ApiVersion.V2, sandbox.password)
        return VibesClient(account, transport), transport

    client, transport = runtime.submit(connect()).result(SECONDS)
    desk = Desk(tmp_path / "desk.sqlite3")
    profile = Profile(ProfileId("p"), "Demo", sandbox.company_key, sandbox.url, sandbox.username)
    yield PeopleSession(client, profile, desk, "tester")
    runtime.submit(transport.aclose()).result(SECONDS)
    desk.close()


@pytest.fixture
def do(runtime: Runtime) -> Callable[[Coroutine[Any, Any, T]], T]:
    return lambda work: runtime.submit(work).result(SECONDS)


def person(key: str) -> Person:
    return Person(obj(person_key=key))


def test_lists_are_named_and_the_names_are_read_once(
    at_work: PeopleSession, sandbox: Sandbox, do: Callable[[Any], Any]
) -> None:
    first = do(subscriptions_of(at_work, person(STEVE), {}))
    assert [each.is_active for each in first.entries] == [True, True, False]
    named = {first.names[each.list_id] for each in first.entries}
    assert named == {"Weekly deals", "Order updates", "Spring sale"}
    sandbox.requests.clear()
    do(subscriptions_of(at_work, person(STEVE), first.names))
    assert [request.target.rpartition("/")[2].partition("?")[0] for request in sandbox.requests] == [
        "subscriptions"
    ]


def test_without_names_the_ids_have_to_do(
    at_work: PeopleSession, sandbox: Sandbox, do: Callable[[Any], Any]
) -> None:
    sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="subscription_lists"))
    found = do(subscriptions_of(at_work, person(STEVE), {}))
    assert len(found.entries) == 3
    assert found.names == {}


def test_what_can_not_be_read_is_raised(
    at_work: PeopleSession, sandbox: Sandbox, do: Callable[[Any], Any]
) -> None:
    sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    with pytest.raises(VibesDesktopError):
        do(subscriptions_of(at_work, person(STEVE), {}))


def test_only_the_persons_own_changes_are_shown(at_work: PeopleSession, do: Callable[[Any], Any]) -> None:
    journal = at_work.desk.journal
    for key in ("one", "two", "one"):
        target = Identifier(IdentifierKind.PERSON_KEY, key)
        request = SentRequest("PUT", f"/persons/{key}", "{}")
        intention = Intention(ProfileId("p"), ChangeKind.UPDATE, target, person(key), (), request, "me")
        change = journal.begin(intention, now=datetime.now(UTC))
        journal.sending(change)
        journal.close(change, Outcome.VERIFIED, person=target)
    assert len(do(changes_of(at_work, person("one")))) == 2
    assert len(do(changes_of(at_work, person("three")))) == 0
    assert do(asyncio.wait_for(changes_of(at_work, Person(obj())), SECONDS)) == ()
