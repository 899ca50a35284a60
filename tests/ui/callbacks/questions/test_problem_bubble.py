"""The sentence that lies under the box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QWidget

from vibes_desktop.ui.callbacks.questions.problem_bubble import ProblemBubble

Place = Callable[[QWidget], QWidget]


def test_it_lies_under_its_box_inside_the_window(place: Place) -> None:
    box = QLabel("box")
    window = place(box)
    bubble = ProblemBubble(box)
    assert bubble.text == ""
    bubble.complain("<b>This</b> makes no sense.", 880)
    assert bubble.text == "<b>This</b> makes no sense."
    assert bubble.isVisible()
    assert bubble.parentWidget() is window
    assert bubble.geometry().top() > box.geometry().bottom()
    assert window.rect().contains(bubble.geometry())
