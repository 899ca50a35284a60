"""Secrets and personal data stay in the places named for them: the keyring and the record store."""

from __future__ import annotations

import signal
import stat
from urllib.parse import unquote

import pytest

from tests.canary import birds
from tests.canary.scan import Canary, everything_in
from tests.canary.watch import FIRST_DAY, RECORD_STORE, SECOND_DAY, SPOKEN, STORE, Watch

OUTCOMES = [
    "Saved and verified",
    "Not saved",
    "Saved and verified",  # the first undone
    "Saved and verified",
    "Added and verified",
    "Subscribed",
    "Messages stopped",
    "The number was changed",
]
KEPT = {canary.name for canary in birds.PERSONAL} - {birds.STRANGER.name}


def test_both_days_were_lived_through(watch: Watch) -> None:
    assert tuple(watch.moments) == (*FIRST_DAY, "killed", *SECOND_DAY, "closed"), _errors(watch)
    assert watch.statuses == {"first": -signal.SIGKILL, "second": 0}, _errors(watch)
    said = [line for line in watch.spoken.splitlines() if line.startswith("outcome: ")]
    assert [line.removeprefix("outcome: ") for line in said] == OUTCOMES


def test_nothing_is_outside_the_keyring_and_the_record_store(watch: Watch) -> None:
    leaks = {name: moment.leaks for name, moment in watch.moments.items()}
    assert {name: found for name, found in leaks.items() if found} == {}


def test_the_secrets_are_in_the_keyring(watch: Watch) -> None:
    kept = {unquote(text) for text in watch.kept}  # a proxy's password is kept as it stands in an address
    assert {birds.PASSWORD.value, birds.PROXY_PASSWORD.value} <= kept
    assert birds.WRONG_PASSWORD.value not in kept


def test_the_record_store_is_where_personal_data_is(watch: Watch) -> None:
    """Without this, a scan that is blind would pass."""
    assert watch.moments["killed"].stored == KEPT


def test_after_forgetting_nothing_is_left_anywhere(watch: Watch) -> None:
    assert watch.moments["draft offered"].stored == KEPT
    assert watch.moments["forgotten"].found == frozenset()
    assert watch.moments["closed"].found == frozenset()


@pytest.mark.parametrize(
    ("canary", "where"),
    [
        (birds.PHONE, "state/vibes-desktop/vibes-desktop.log"),
        (birds.FIRST_NAME, "config/vibes-desktop/settings.json"),
        (birds.PASSWORD, "data/keyrings/login.keyring"),
        (birds.PASSWORD, STORE),
    ],
)
def test_a_leak_planted_among_the_real_files_is_found(watch: Watch, canary: Canary, where: str) -> None:
    path = watch.root / where
    honest = path.read_bytes()
    path.write_bytes(honest + canary.value.encode())
    try:
        leaks = watch.scan().leaks
    finally:
        path.write_bytes(honest)
    assert {(leak.where, leak.canary) for leak in leaks} == {(where, canary.name)}
    assert watch.scan().leaks == []


def test_a_leak_among_the_programs_words_is_found(watch: Watch) -> None:
    talkative = Watch(watch.root, spoken=f"{watch.spoken}found {birds.PHONE.value}\n")
    assert {leak.where for leak in talkative.scan().leaks} == {SPOKEN}


def test_nothing_is_written_outside_the_folders_that_were_scanned(watch: Watch) -> None:
    assert set().union(*(moment.elsewhere for moment in watch.moments.values())) == set()


def test_the_log_has_something_to_hide(watch: Watch) -> None:
    log = (watch.root / "state/vibes-desktop/vibes-desktop.log").read_text(encoding="utf-8")
    for trace in ("GET ", "PUT ", "POST ", ": 401", "no answer", "unexpected exception", " DEBUG "):
        assert trace in log
    assert log.count("•••") >= 2
    assert "message withheld" in log


def test_no_core_dump_is_left_and_the_record_store_is_for_this_user_alone(watch: Watch) -> None:
    assert [path.name for path in everything_in(watch.root) if path.name.startswith("core")] == []
    for name in RECORD_STORE:
        path = watch.root / name
        if path.exists():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def _errors(watch: Watch) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(watch.root.glob("stderr of *")))
