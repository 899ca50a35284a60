"""Every page, walked through Qt's accessibility interface in a small window."""

from __future__ import annotations

import contextlib

import pytest

from tests.accessibility.controls import controls_in, nameless, rows_without_words, tab_complaints
from tests.accessibility.plain import rich_texts
from tests.accessibility.room import cut_off
from tests.accessibility.scenes import SCENES, Scene
from tests.accessibility.stage import SMALL, Stage
from tests.journey.driver import JourneyError


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: str(scene.__name__))
def test_a_page_is_for_everybody(stage: Stage, scene: Scene) -> None:
    """Names, Tab, plain texts, and room for them in a window that stays small."""
    scene(stage)
    window = stage.window_in_front
    with contextlib.suppress(JourneyError):  # those that stay are told below
        stage.driver.wait(lambda: not cut_off(window), "room for every text")
    controls = controls_in(window)
    assert controls
    complaints = [
        *(f"no name: {each}" for each in nameless(controls)),
        *rows_without_words(window),
        *rich_texts(stage.program.frame),
        *cut_off(window),
        *tab_complaints(stage.driver, window),
    ]
    assert not complaints, "\n".join(complaints)
    assert (stage.program.frame.width(), stage.program.frame.height()) == SMALL
