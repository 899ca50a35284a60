from __future__ import annotations

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.ui.shell.exception_report import report_of
from vibes_desktop.ui.widgets.plain import one_line

CANARY = "canary-Steve-+12065550143"
VERSIONS = {"Vibes Desktop": "1.0", "Qt": "6.11"}


def failing(value: str) -> None:
    """Fail with a value in the message, in a local variable and in a cause."""
    local = value + " local"
    try:
        VERSIONS[local]
    except KeyError as error:
        raise ValueError(f"cannot use {value}") from error


def caught(value: str) -> BaseException:
    """Return what `failing` raises."""
    with pytest.raises(ValueError, match="cannot use") as caught_one:
        failing(value)
    return caught_one.value


def test_it_tells_types_places_and_versions() -> None:
    report = report_of(caught("x"), VERSIONS)
    assert "builtins.ValueError" in report
    assert "builtins.KeyError" in report
    assert "test_exception_report.py:" in report
    assert " failing" in report
    assert "Vibes Desktop 1.0\nQt 6.11" in report


def test_it_holds_no_data_and_no_path_of_this_computer() -> None:
    report = report_of(caught(CANARY), VERSIONS)
    assert CANARY not in report
    assert "12065550143" not in report
    assert "/tests/" not in report


def test_our_own_errors_are_named_without_their_sentences() -> None:
    error = InvalidInput(f"{CANARY} is too long", CANARY, done=CANARY)
    error.add_note(CANARY)
    report = report_of(error, {})
    assert report.strip() == "vibes_desktop.model.errors.InvalidInput"


def test_places_in_the_program_and_in_libraries_are_recognisable() -> None:
    with pytest.raises(AttributeError) as caught_one:
        one_line(None)  # type: ignore[arg-type]
    assert "  vibes_desktop/ui/widgets/plain.py:" in report_of(caught_one.value, {})


def test_groups_and_endless_chains_end() -> None:
    first, second = ValueError(CANARY), TypeError(CANARY)
    first.__cause__, second.__cause__ = second, first
    group = BaseExceptionGroup(CANARY, [first, KeyboardInterrupt()])
    report = report_of(group, {})
    assert "ExceptionGroup of builtins.ValueError, builtins.KeyboardInterrupt" in report
    assert report_of(first, {}).split() == ["builtins.ValueError", "builtins.TypeError"]


def test_deep_recursion_is_told_in_short() -> None:
    def sink() -> None:
        sink()

    with pytest.raises(RecursionError) as caught_one:
        sink()
    lines = report_of(caught_one.value, {}).splitlines()
    assert len(lines) < 60
    assert any("more …" in line for line in lines)
