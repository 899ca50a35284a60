"""The question: written in one line, asked as one types, with its answer's size beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vibes_desktop.callbacks.query import QueryError
from vibes_desktop.ui.callbacks.questions.answer_count import AnswerCount
from vibes_desktop.ui.callbacks.questions.coloring import covered
from vibes_desktop.ui.callbacks.questions.history import QuestionHistory
from vibes_desktop.ui.callbacks.questions.problem_bubble import ProblemBubble
from vibes_desktop.ui.callbacks.questions.query_edit import QueryEdit
from vibes_desktop.ui.callbacks.questions.query_help import open_query_help
from vibes_desktop.ui.callbacks.questions.query_menus import pop_up_commands, pop_up_questions
from vibes_desktop.ui.callbacks.questions.suggestions import Suggestions
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.widgets.buttons import icon_button
from vibes_desktop.ui.widgets.focus_frame import FocusFrame
from vibes_desktop.ui.widgets.icon_label import IconLabel

ASK_AFTER_MS = 150
COMPLAIN_AFTER_MS = 600  # whoever is still typing has not made a mistake yet
REMEMBER_AFTER_MS = 2_000
PLACE_CHANGES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide)
NAME = "Question about the callbacks"
PLACEHOLDER = "type:subscription_removed reason:user_opt_out date:2026-11-01..2026-11-07, or any words"


class QueryBox(FocusFrame):
    """Asks the viewer as one types, and at once on Enter. Escape empties it, arrows walk its history."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self._viewer = viewer
        self.history = QuestionHistory()
        self.edit = QueryEdit(viewer.privacy)
        self.edit.setAccessibleName(NAME)
        self.edit.setPlaceholderText(PLACEHOLDER)
        self.count = AnswerCount(viewer)
        self.clear_button = icon_button(Icon.CLOSE, "Ask for everything (Escape)", on_click=self.clear)
        self.earlier_button = icon_button(Icon.HISTORY, "Earlier questions", on_click=self._show_history)
        self.more_button = icon_button(
            Icon.MORE, "What else to ask", on_click=lambda: pop_up_commands(self.more_button, self._commands)
        )
        self.help_button = icon_button(Icon.HELP, "How to ask", on_click=self.show_help)
        self.bubble = ProblemBubble(self)
        self.suggestions = Suggestions(viewer, self.edit, self)
        self._commands: Sequence[Command] = ()
        self._error: QueryError | None = None
        self._ask_soon = self._timer(ASK_AFTER_MS, self._ask)
        self._complain_soon = self._timer(COMPLAIN_AFTER_MS, self._complain)
        self._remember_soon = self._timer(REMEMBER_AFTER_MS, self._remember)
        self._build()
        self._connect()

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.edit.text

    @property
    def error(self) -> QueryError | None:
        """What is wrong with it."""
        return self._error

    def ask_now(self) -> None:
        """Ask what stands there, say what is wrong with it, or keep it in the history."""
        self.suggestions.close_list()
        self._ask_soon.stop()
        self._ask()
        self._complain()
        self._remember()

    def clear(self) -> None:
        """Ask for everything."""
        self._write("")

    @property
    def commands(self) -> Sequence[Command]:
        """What the menu at the end offers."""
        return self._commands

    def offer(self, commands: Sequence[Command]) -> None:
        """Offer commands in the menu at the end."""
        self._commands = commands
        self.more_button.setVisible(bool(commands))

    def show_help(self) -> None:
        """Show the grammar."""
        open_query_help(self)

    def event(self, event: QEvent) -> bool:
        if event.type() in PLACE_CHANGES and hasattr(self, "suggestions"):
            self.bubble.hide()
            self.suggestions.close_list()
        return super().event(event)

    def _timer(self, after_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=after_ms, singleShot=True)
        timer.timeout.connect(act)
        return timer

    def _build(self) -> None:
        self.setFocusProxy(self.edit)
        self.setFixedHeight(load_measures().search_height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 8, 0)
        line.setSpacing(10)
        line.addWidget(IconLabel(Icon.SEARCH))
        line.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.clear_button)
        self.clear_button.hide()
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does it
        line.addWidget(self.count)
        self.more_button.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.earlier_button)
        buttons.addWidget(self.help_button)
        buttons.addWidget(self.more_button)
        line.addLayout(buttons)

    def _connect(self) -> None:
        viewer = self._viewer
        self.edit.key_filter = self._handle
        self.edit.typed.connect(self._typed)
        self.edit.textChanged.connect(lambda: self.clear_button.setVisible(bool(self.text)))
        self.edit.submitted.connect(self.ask_now)
        self.edit.left.connect(self._left)
        self.suggestions.shown_changed.connect(self._complain_soon.start)
        viewer.asked.connect(self._show_question)
        self.count.changed.connect(self._describe)
        viewer.privacy.changed.connect(self.edit.recolor)

    def _typed(self) -> None:
        self.history.leave()
        self.bubble.hide()
        self.edit.mark_error(None)
        self._ask_soon.start()
        self.suggestions.look()

    def _left(self) -> None:
        self.suggestions.close_list()
        if self.text.strip() == self._viewer.question:
            self._remember()

    def _handle(self, event: QKeyEvent) -> bool:
        """Take keys for the suggestions, then for the history and for clearing."""
        if self.suggestions.handle(event):
            return True
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Up if not modifiers:
                return self._go(self.history.earlier(self.text))
            case Qt.Key.Key_Down if not modifiers:
                return self._go(self.history.later())
            case Qt.Key.Key_Escape if self.text:
                self.clear()
            case Qt.Key.Key_Space if modifiers == Qt.KeyboardModifier.ControlModifier:
                self.suggestions.look()
            case Qt.Key.Key_Question if not self.text:
                self.show_help()
            case _:
                return False
        return True

    def _go(self, question: str | None) -> bool:
        if question is not None:
            self._write(question)
        return True

    def _write(self, question: str) -> None:
        """Put a question in and ask it."""
        self.edit.put(question)
        self._ask_soon.stop()
        self._ask()
        self._complain()

    def _ask(self) -> None:
        try:
            if self.text.strip() != self._viewer.question:
                self._viewer.ask(self.text)
        except QueryError as error:
            self._error = error
            self._complain_soon.start()
        else:
            self._is_right()
            self._remember_soon.start()

    def _is_right(self) -> None:
        self._error = None
        self.edit.mark_error(None)
        self._describe()
        self.bubble.hide()

    def _complain(self) -> None:
        """Say what is wrong, unless suggestions lie there."""
        self._complain_soon.stop()
        if self._error is None or self.suggestions.isVisible():
            self.bubble.hide()
            return
        self.edit.mark_error(self._error.position)
        sentence = self._viewer.privacy.text(str(self._error))
        self.edit.setAccessibleDescription(sentence)
        x = self.edit.viewport().mapTo(self, QPoint(self.edit.x_of(self._error.position), 0)).x()
        self.bubble.complain(sentence, x)

    def _remember(self) -> None:
        if self._error is None:
            self.history.add(self._viewer.question)

    def _show_history(self) -> None:
        is_masking = self._viewer.privacy.is_masking
        pop_up_questions(
            self.earlier_button, self.history.questions, covered if is_masking else str, self._write
        )

    def _show_question(self) -> None:
        """Show what was asked elsewhere; what was typed here stays as it was typed."""
        if self.text.strip() != self._viewer.question:
            self.edit.put(self._viewer.question)
            self._ask_soon.stop()
            self._is_right()

    def _describe(self) -> None:
        """Let the answer's size be read out with the box."""
        if self._error is None:
            self.edit.setAccessibleDescription(self.count.text)
