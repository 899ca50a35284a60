"""Registrations are planned, sent and read again, on a real sandbox."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from vibes_desktop.accounts.registering import (
    SUBJECT_KEYS,
    Act,
    Draft,
    Registered,
    Registering,
    checked,
    draft_of,
    has_ended,
    same,
    sample_event,
)
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.accounts.sign_in import SignedIn, SignIn
from vibes_desktop.model.errors import InvalidInput, NotFound, Refused
from vibes_desktop.model.jsonvalue import JsonObject
from vibes_desktop.model.profile import Profile, Secrets
from vibes_desktop.model.registration import CallbackRegistration
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.registrations import REQUIRED_KEY
from vibes_desktop.sandbox.server import Sandbox

Run = Callable[[Any], Any]
URL = "https://example.com/callbacks"
LOCAL = "http://127.0.0.1:8787/c/token"
PERSONS = Draft("person_updated", URL)
REMOVALS = Draft("subscription_removed", URL, "SL1001", "PUT", "text/json")


@pytest.fixture
def entered(run: Run, keeper: SecretKeeper, sandbox: Sandbox, of_sandbox: Profile) -> Iterator[SignedIn]:
    """Sign in."""
    run(keeper.keep(of_sandbox, Secrets(sandbox.password)))
    signed_in: SignedIn = run(SignIn(keeper).enter(of_sandbox))
    yield signed_in
    run(signed_in.aclose())


@pytest.fixture
def registering(entered: SignedIn) -> Registering:
    """Give the desk for registrations."""
    return Registering(entered.client, is_here=True)


def test_the_types_and_what_each_needs_are_the_platform_s() -> None:
    assert SUBJECT_KEYS == REQUIRED_KEY


def test_registering_is_read_again(run: Run, registering: Registering) -> None:
    for draft in (PERSONS, REMOVALS):
        result = run(registering.send(registering.plan_register(draft)))
        assert result.outcome is Registered.DONE
        assert draft_of(result.registration) == draft
    assert [each.callback_type for each in run(registering.all())] == [
        "person_updated",
        "subscription_removed",
    ]


def test_another_destination(run: Run, registering: Registering) -> None:
    registered = run(registering.send(registering.plan_register(REMOVALS))).registration
    wanted = replace(REMOVALS, url=URL + "/2", method="POST")
    plan = registering.plan_change(registered, wanted)
    assert plan.act is Act.CHANGE
    result = run(registering.send(plan))
    assert (result.outcome, draft_of(result.registration)) == (Registered.DONE, wanted)


def test_the_end_is_read_again(run: Run, registering: Registering) -> None:
    registered = run(registering.send(registering.plan_register(PERSONS))).registration
    assert run(registering.send(registering.plan_end(registered))).outcome is Registered.DONE
    assert run(registering.all()) == ()


def test_a_test_event_is_queued_for_an_active_registration(
    run: Run, registering: Registering, sandbox: Sandbox
) -> None:
    registered = run(registering.send(registering.plan_register(replace(REMOVALS)))).registration
    queued = run(registering.test(registering.plan_test(registered)))
    assert [event.event_id for event in sandbox.platform.events] == [queued.event_id]
    run(registering.send(registering.plan_end(registered)))
    with pytest.raises(NotFound):
        run(registering.test(registering.plan_test(registered)))


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(FaultKind.DROP_AFTER, Registered.DONE), (FaultKind.DROP_BEFORE, Registered.NOT_DONE)],
)
def test_without_an_answer_the_platform_is_asked_what_became_of_it(
    run: Run, registering: Registering, sandbox: Sandbox, kind: FaultKind, outcome: Registered
) -> None:
    plan = registering.plan_register(PERSONS)
    sandbox.faults.add(Fault(kind, method="POST"))
    assert run(registering.send(plan)).outcome is outcome
    assert len(run(registering.all())) == (outcome is Registered.DONE)


def test_a_refusal_is_raised(run: Run, registering: Registering) -> None:
    run(registering.send(registering.plan_register(PERSONS)))
    with pytest.raises(Refused):
        run(registering.send(registering.plan_register(PERSONS)))


@pytest.mark.parametrize(
    ("draft", "is_here", "field"),
    [
        (Draft("nonsense", URL), False, "callback_type"),
        (Draft("subscription_added", URL), False, "subject"),
        (Draft("person_added", "http://example.com"), True, "url"),
        (Draft("person_added", LOCAL), False, "url"),
        (Draft("person_added", "https://localhost/x"), False, "url"),
        (Draft("person_added", "https://[oops"), False, "url"),
        (Draft("person_added", "https://"), False, "url"),
        (Draft("person_added", URL + "x" * 1024), False, "url"),
    ],
)
def test_what_the_platform_would_refuse_is_refused_here(draft: Draft, is_here: bool, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked(draft, is_here=is_here)
    assert caught.value.field == field


def test_the_sandbox_reaches_this_computer() -> None:
    draft = Draft("person_added", LOCAL)
    assert checked(draft, is_here=True) is draft


@pytest.mark.parametrize("callback_type", list(SUBJECT_KEYS))
def test_a_sample_event_names_the_subject(callback_type: str) -> None:
    body = sample_event(Draft(callback_type, URL, "S1"))
    assert body.get("callback_type") == callback_type
    assert len(body) == 1 or any(isinstance(value, JsonObject) for _, value in body.members)


def test_ends_in_every_spelling() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)

    def ends(text: str | None) -> bool:
        return has_ended(CallbackRegistration(JsonObject((("end_date", text),))), now)

    assert ends("2026-02-28T00:00:00Z")
    assert ends("2026-02-28")
    assert not ends("2026-03-02T00:00:00Z")
    assert not ends("soon")
    assert not ends(None)


def test_drafts_compare_by_what_is_registered() -> None:
    assert same(REMOVALS, replace(REMOVALS))
    assert not same(REMOVALS, replace(REMOVALS, subject="SL1002"))
