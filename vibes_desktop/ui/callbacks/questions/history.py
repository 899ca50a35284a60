"""The questions that were asked, in memory only, since they may hold somebody's number."""

from __future__ import annotations

KEPT_QUESTIONS = 50


class QuestionHistory:
    """Questions, oldest first; one walks back and forth in it, from what is being written now."""

    def __init__(self) -> None:
        self._asked: list[str] = []
        self._at: int | None = None  # None: at what is being written
        self._unfinished = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """What was asked, newest first."""
        return tuple(reversed(self._asked))

    def add(self, question: str) -> None:
        """Keep a question; one asked again becomes the newest."""
        self._at = None
        if not question.strip():
            return
        if question in self._asked:
            self._asked.remove(question)
        self._asked.append(question)
        del self._asked[:-KEPT_QUESTIONS]

    def earlier(self, written: str) -> str | None:
        """Go one back; `written` is what stands in the box. None where there is none."""
        place = len(self._asked) if self._at is None else self._at
        while place > 0:
            place -= 1
            if self._asked[place] != written:
                if self._at is None:
                    self._unfinished = written
                self._at = place
                return self._asked[place]
        return None

    def later(self) -> str | None:
        """Go one forth; at the end stands what was being written. None when that is where one is."""
        if self._at is None:
            return None
        if self._at + 1 < len(self._asked):
            self._at += 1
            return self._asked[self._at]
        self._at = None
        return self._unfinished

    def leave(self) -> None:
        """Stay at what is being written: it was edited."""
        self._at = None
