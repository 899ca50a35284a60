"""Checking, testing, saving and removing profiles, against the real sandbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from vibes_desktop.accounts.enrolment import TypedSecrets
from vibes_desktop.accounts.ladder import Rung, RungName
from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import Keeping, SecretKeeper
from vibes_desktop.model.profile import (
    ClientCertificate,
    Profile,
    ProfileId,
    ProxyMode,
    Secrets,
)
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.desk import Desk
from vibes_desktop.ui.settings.profile_work import Examined, ProfileWork

WAIT_SECONDS = 30
Run = Callable[..., Any]


@pytest.fixture
def run(runtime: Runtime) -> Run:
    return lambda work: runtime.submit(work).result(WAIT_SECONDS)


def _fields(examined: Examined) -> list[str | None]:
    return [problem.field for problem in examined.problems]


def test_every_problem_is_found_at_once(work: ProfileWork, run: Run, demo: Profile) -> None:
    empty = replace(
        demo,
        name="",
        company_key="",
        username="",
        base_url="http://example.com",
        proxy_mode=ProxyMode.MANUAL,
        proxy_url="",
        client_certificate=ClientCertificate("/no/such.pem", ""),
    )
    examined = run(work.examine(empty, TypedSecrets()))
    assert examined.enrolment is None
    assert set(_fields(examined)) >= {
        "name",
        "base_url",
        "company_key",
        "username",
        "password",
        "proxy_url",
    }


def test_a_name_that_is_taken_is_a_problem_of_the_name(
    work: ProfileWork, run: Run, book: ProfileBook, demo: Profile
) -> None:
    book.put(demo)
    other = replace(demo, id=ProfileId("other"), name="DEMO RETAIL")
    assert _fields(run(work.examine(other, TypedSecrets("x")))) == ["name"]


def test_a_missing_password_is_found_at_last(work: ProfileWork, run: Run, demo: Profile) -> None:
    assert _fields(run(work.examine(demo, TypedSecrets()))) == ["password"]


def test_an_empty_password_means_the_stored_one(
    work: ProfileWork, run: Run, book: ProfileBook, secrets: SecretKeeper, demo: Profile
) -> None:
    book.put(demo)
    run(secrets.keep(demo, Secrets("swordfish")))
    examined = run(work.examine(demo, TypedSecrets()))
    assert examined.enrolment is not None
    assert examined.enrolment.secrets.password == "swordfish"


def test_a_new_address_asks_for_the_password_again(
    work: ProfileWork, run: Run, book: ProfileBook, secrets: SecretKeeper, demo: Profile
) -> None:
    book.put(demo)
    run(secrets.keep(demo, Secrets("swordfish")))
    moved = replace(demo, base_url="https://elsewhere.example")
    assert _fields(run(work.examine(moved, TypedSecrets()))) == ["password"]


def test_the_ladder_tells_each_rung_and_ends_well(
    work: ProfileWork, run: Run, real: Profile, sandbox: Sandbox
) -> None:
    enrolment = run(work.examine(real, TypedSecrets(sandbox.password))).enrolment
    rungs: list[Rung] = []
    assert run(work.test(enrolment, rungs.append)) is True
    assert [rung.name for rung in rungs] == list(RungName)


def test_the_ladder_ends_at_the_first_failure(work: ProfileWork, run: Run, real: Profile) -> None:
    enrolment = run(work.examine(real, TypedSecrets("wrong"))).enrolment
    rungs: list[Rung] = []
    assert run(work.test(enrolment, rungs.append)) is False
    assert (rungs[-1].name, rungs[-1].ok) == (RungName.SIGN_IN, False)


def test_the_systems_proxy_is_asked_for_only_where_it_is_wanted(
    run: Run, book: ProfileBook, secrets: SecretKeeper, desk: Desk, real: Profile, sandbox: Sandbox
) -> None:
    asked: list[str] = []
    work = ProfileWork(book, secrets, desk, lambda url: asked.append(url))
    for mode in (ProxyMode.NONE, ProxyMode.SYSTEM):
        enrolment = run(
            work.examine(replace(real, proxy_mode=mode), TypedSecrets(sandbox.password))
        ).enrolment
        run(work.test(enrolment, lambda _: None))
    assert asked == [real.base_url]


def test_saving_keeps_profile_and_secret_and_removing_drops_both(
    work: ProfileWork, run: Run, book: ProfileBook, secrets: SecretKeeper, demo: Profile
) -> None:
    enrolment = run(work.examine(demo, TypedSecrets("swordfish"))).enrolment
    assert run(work.save(enrolment, Keeping.KEYRING)) == demo.id
    assert [profile.id for profile in book.profiles] == [demo.id]
    assert run(work.whereabouts(demo)).keeping is Keeping.KEYRING
    run(work.remove(demo.id))
    assert not book.profiles
    assert run(secrets.read(demo)) is None
