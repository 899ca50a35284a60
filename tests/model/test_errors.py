"""Every error of the tree has its sentences, and none of them gets into a log by accident."""

import inspect

import pytest

from vibes_desktop.model import errors
from vibes_desktop.model.errors import (
    InvalidInput,
    KeyringDismissed,
    KeyringLocked,
    NoKeyring,
    NotFound,
    PlatformComplaint,
    Refused,
    SecretError,
    VibesDesktopError,
    VibesError,
)

TREE = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, VibesDesktopError) and kind is not InvalidInput and not issubclass(kind, Refused)
]
REFUSALS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Refused)]


@pytest.mark.parametrize("kind", TREE)
def test_an_error_has_three_sentences_and_tells_none_of_them_to_a_log(
    kind: type[VibesDesktopError],
) -> None:
    error = kind("canary title", "canary done", "canary advice")
    assert (error.title, error.done, error.advice) == ("canary title", "canary done", "canary advice")
    assert str(error) == kind.__name__
    assert "canary" not in repr(error)


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_has_its_status_and_complaints(kind: type[Refused]) -> None:
    complaint = PlatformComplaint("canary", code="2", field="zip")
    error = kind("t", "d", "a", status=418, complaints=[complaint], body_text="canary")
    assert (error.status, error.complaints, error.body_text) == (418, (complaint,), "canary")
    assert str(error) == kind.__name__
    assert "canary" not in repr(error)
    assert isinstance(error, VibesError)


def test_bad_input_names_its_field() -> None:
    error = InvalidInput("t", "a", field="base_url")
    assert (error.field, error.done) == ("base_url", errors.NOTHING_SENT)
    assert InvalidInput("t", "a", done="d").field is None


def test_the_tree_is_the_documented_one() -> None:
    documented = errors.__doc__ or ""
    for kind in (*TREE, *REFUSALS):
        assert kind.__name__ in documented
    assert all(issubclass(kind, SecretError) for kind in (NoKeyring, KeyringLocked, KeyringDismissed))
    assert issubclass(NotFound, Refused)
