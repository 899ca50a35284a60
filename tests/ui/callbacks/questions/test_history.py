"""Walking through earlier questions."""

from __future__ import annotations

from vibes_desktop.ui.callbacks.questions.history import KEPT_QUESTIONS, QuestionHistory


def asked(*questions: str) -> QuestionHistory:
    history = QuestionHistory()
    for question in questions:
        history.add(question)
    return history


def test_one_walks_back_and_forth_to_what_was_being_written() -> None:
    history = asked("a", "b")
    assert history.earlier("c") == "b"
    assert history.earlier("b") == "a"
    assert history.earlier("a") is None
    assert history.later() == "b"
    assert history.later() == "c"
    assert history.later() is None


def test_what_stands_in_the_box_is_not_offered_again() -> None:
    assert asked("a", "b").earlier("b") == "a"


def test_a_question_asked_again_becomes_the_newest() -> None:
    assert asked("a", "b", "a", "  ").questions == ("a", "b")


def test_editing_goes_back_to_the_end() -> None:
    history = asked("a", "b")
    history.earlier("")
    history.earlier("b")
    history.leave()
    assert history.earlier("x") == "b"


def test_it_is_bounded() -> None:
    history = asked(*map(str, range(KEPT_QUESTIONS + 5)))
    assert len(history.questions) == KEPT_QUESTIONS
    assert history.questions[-1] == "5"
