"""The question: written in one line, asked as one types, with its answer's size beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from vibes_desktop.callbacks.query import QueryError
from vibes_desktop.callbacks.selecting import unjudged
from vibes_desktop.ui.callbacks.questions.coloring import covered
from vibes_desktop.ui.callbacks.questions.history import QuestionHistory
from vibes_desktop.ui.callbacks.questions.problem_bubble import ProblemBubble
from vibes_desktop.ui.callbacks.questions.query_edit import QueryEdit
from vibes_desktop.ui.callbacks.questions.query_help import open_query_help
from vibes_desktop.ui.callbacks.questions.suggestions import Suggestions
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.widgets.buttons import icon_button, link_button
from vibes_desktop.ui.widgets.focus_frame import FocusFrame
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.key_hint import hint_text
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.plain import literal

ASK_AFTER_MS = 150
COMPLAIN_AFTER_MS = 600  # whoever is still typing has not made a mistake yet
REMEMBER_AFTER_MS = 2_000
SLOW_MS = 300
STOP_AFTER_MS = 2_000
MENU_LENGTH = 15
MENU_TEXT = 90
NAME = "Question about the callbacks"
PLACEHOLDER = "type:subscription_removed reason:user_opt_out date:2026-11-01..2026-11-07, or any words"
OVER_A_SECOND_MS = 1_000


class QueryBox(FocusFrame):
    """Asks the viewer as one types, and at once on Enter. Escape empties it, arrows walk its history."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self._viewer = viewer
        self.history = QuestionHistory()
        self.edit = QueryEdit(viewer.privacy)
        self.edit.setAccessibleName(NAME)
        self.edit.setPlaceholderText(PLACEHOLDER)
        self.count = plain_label("", TextRole.MONO_MUTED)
        self.earlier_button = icon_button(Icon.HISTORY, "Earlier questions", on_click=self._show_history)
        self.stop_link = link_button("Stop", on_click=viewer.cancel, small=True)
        self.more_button = icon_button(Icon.MORE, "What else to ask", on_click=self._show_more)
        self.help_button = icon_button(Icon.HELP, "How to ask", on_click=self.show_help)
        self.bubble = ProblemBubble(self)
        self.suggestions = Suggestions(viewer, self.edit, self)
        self._commands: Sequence[Command] = ()
        self._error: QueryError | None = None
        self._ask_soon = self._timer(ASK_AFTER_MS, self._ask)
        self._complain_soon = self._timer(COMPLAIN_AFTER_MS, self._complain)
        self._remember_soon = self._timer(REMEMBER_AFTER_MS, self._remember)
        self._since = QElapsedTimer()  # an answer is being worked out
        self._offer_stop = self._timer(STOP_AFTER_MS, self.stop_link.show)
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

    def offer(self, commands: Sequence[Command]) -> None:
        """Offer commands in the menu at the end."""
        self._commands = commands
        self.more_button.setVisible(bool(commands))

    def show_help(self) -> None:
        """Show the grammar."""
        open_query_help(self)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._hide_over()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_over()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hide_over()

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
        line.addWidget(self.count)
        line.addWidget(self.stop_link)
        self.stop_link.hide()
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
        self.edit.submitted.connect(self.ask_now)
        self.edit.left.connect(self._left)
        self.suggestions.shown_changed.connect(self._complain_soon.start)
        viewer.asked.connect(self._show_question)
        viewer.progressed.connect(self._show_stop)
        for signal in (viewer.answered, viewer.grew, viewer.replaced, viewer.progressed, viewer.judged):
            signal.connect(self._show_count)
        viewer.privacy.changed.connect(self.edit.recolor)

    def _typed(self) -> None:
        self.history.leave()
        self.bubble.hide()
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
            self.edit.mark_error(error.position)
            self._complain_soon.start()
        else:
            self._is_right()
            self._remember_soon.start()

    def _is_right(self) -> None:
        self._error = None
        self.edit.mark_error(None)
        self.edit.setAccessibleDescription(self.count.text())
        self.bubble.hide()

    def _complain(self) -> None:
        """Say what is wrong, unless suggestions lie there."""
        self._complain_soon.stop()
        if self._error is None or self.suggestions.isVisible():
            self.bubble.hide()
            return
        sentence = str(self._error)
        self.edit.setAccessibleDescription(sentence)
        x = self.edit.viewport().mapTo(self, QPoint(self.edit.x_of(self._error.position), 0)).x()
        self.bubble.complain(sentence, x)

    def _remember(self) -> None:
        if self._error is None:
            self.history.add(self._viewer.question)

    def _show_history(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Earlier questions")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for question in self.history.questions[:MENU_LENGTH]:
            shown = covered(question) if self._viewer.privacy.is_masking else question
            action = menu.addAction(literal(shown if len(shown) <= MENU_TEXT else f"{shown[:MENU_TEXT]}…"))
            action.triggered.connect(lambda _checked=False, question=question: self._write(question))
        if menu.isEmpty():
            menu.addAction("Nothing was asked yet").setEnabled(False)
        _pop_up(menu, self.earlier_button)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("What else to ask")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self._commands:
            keys = f"\t{hint_text(command.keys)}" if command.shortcut else ""
            action = menu.addAction(f"{literal(command.title)}{keys}")
            action.setEnabled(command.enabled())
            action.triggered.connect(lambda _checked=False, command=command: command.run())
        _pop_up(menu, self.more_button)

    def _show_stop(self) -> None:
        """Offer a way out of an answer that takes its time."""
        if not self._viewer.is_answering:
            self._since.invalidate()
            self._offer_stop.stop()
            self.stop_link.hide()
        elif not self._since.isValid():
            self._since.start()
            self._offer_stop.start()

    def _show_question(self) -> None:
        """Show what was asked elsewhere; what was typed here stays as it was typed."""
        if self.text.strip() != self._viewer.question:
            self.edit.put(self._viewer.question)
            self._ask_soon.stop()
            self._is_right()

    def _show_count(self) -> None:
        is_slow = self._since.isValid() and self._since.elapsed() > SLOW_MS
        self.count.setText(count_words(self._viewer, is_slow=is_slow))
        if self._error is None:
            self.edit.setAccessibleDescription(self.count.text())

    def _hide_over(self) -> None:
        self.bubble.hide()
        self.suggestions.close_list()


def _pop_up(menu: QMenu, below: QWidget) -> None:
    menu.popup(below.mapToGlobal(QPoint(0, below.height())))


def count_words(viewer: Viewer, *, is_slow: bool = False) -> str:
    """Say how many rows answer, of how many, and how long it took; or how far a slow answer is."""
    total = len(viewer.collection)
    if not total:
        return ""
    if viewer.is_answering and is_slow and viewer.answer_fraction < 1:
        return f"Searching · {viewer.answer_fraction:.0%}"
    if viewer.query is None:
        return f"{total:,}"
    words = f"{len(viewer.rows):,} of {total:,}"
    to_come = unjudged(viewer.query, viewer.collection)
    if to_come:
        return f"{words} so far · {to_come:,} not judged yet"
    return f"{words} · {_duration(viewer.took_ms)}"


def _duration(milliseconds: float) -> str:
    if milliseconds < OVER_A_SECOND_MS:
        return f"{max(round(milliseconds), 1)} ms"
    return f"{milliseconds / 1000:.1f} s"
