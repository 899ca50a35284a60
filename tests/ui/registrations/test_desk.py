"""What the screens are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.ui.registrations.conftest import Stage


def test_it_names_the_account(stage: Stage) -> None:
    assert stage.desk.profile.name in stage.desk.subtitle
