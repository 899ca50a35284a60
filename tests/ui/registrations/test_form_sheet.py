"""The form asks for what the type needs, and for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.accounts.registering import SUBJECT_KEYS, Draft
from vibes_desktop.ui.registrations.form_sheet import NOT_NEEDED, FormSheet

if TYPE_CHECKING:
    from tests.ui.registrations.conftest import Stage


@pytest.mark.parametrize("callback_type", list(SUBJECT_KEYS))
def test_the_subject_is_asked_for_where_the_type_has_one(stage: Stage, callback_type: str) -> None:
    wanted: list[Draft] = []
    sheet = FormSheet(stage.desk, Draft(callback_type, "https://example.com/c", "X1"), wanted.append)
    stage.qtbot.addWidget(sheet)
    needs = SUBJECT_KEYS[callback_type] is not None
    assert sheet.subject.isEnabled() is needs
    assert (sheet.subject.placeholderText() == NOT_NEEDED) is not needs
    sheet.review.click()
    assert wanted == [Draft(callback_type, "https://example.com/c", "X1" if needs else "")]
