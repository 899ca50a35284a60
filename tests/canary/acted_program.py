"""The real program, and a person at it: started as a process of its own, told what to do on standard input.

The first line names the platform; nothing of it is in the arguments or the environment. At each stop a word
goes to standard output, and the program waits for a line.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget

from tests.canary import birds
from tests.canary.scan import Canary
from vibes_desktop.app import program
from vibes_desktop.app.program import Program
from vibes_desktop.app.workplace import Workplace
from vibes_desktop.cli.app_command import run_app
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.profile import ProxyMode, Safety
from vibes_desktop.ui.people.calls.number_sheet import NumberSheet
from vibes_desktop.ui.people.calls.opt_in_sheet import OptInSheet
from vibes_desktop.ui.people.calls.texted_sheet import TextedSheet
from vibes_desktop.ui.people.forget_sheet import ForgetSheet
from vibes_desktop.ui.settings.confirm_sheet import ConfirmSheet
from vibes_desktop.ui.settings.entries import FormEntries
from vibes_desktop.ui.shell.exception_hook import ExceptionSheet
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.widgets.send_sheet import SendSheet

PATIENCE_SECONDS = 60.0
POLL_MS = 5
FAILED = 70  # exit status
FIRST_NAME = FieldRef("first_name")
UNKNOWN_FIELD = FieldRef("no_such_field")
NOTES = FieldRef("notes")

ADDED = {EXTERNAL_ID: birds.ADDED_ID, MOBILE: birds.ADDED_PHONE, FIRST_NAME: birds.ADDED_NAME}

Scene = Callable[["Actor"], Iterator[str]]


@dataclass(frozen=True)
class Stage:
    """Where the platform is."""

    url: str
    company_key: str
    username: str


class Actor:
    """Does what a person does, through the window's own objects, and waits for what comes of it."""

    def __init__(self, acted: Program, stage: Stage) -> None:
        self.program = acted
        self.stage = stage

    @property
    def place(self) -> Workplace:
        """What the window was filled with."""
        assert self.program.workplace is not None
        return self.program.workplace

    def play(self, scene: Scene) -> None:
        """Act until the end, with a stop at each word of the scene; a failure ends the process."""
        try:
            for word in scene(self):
                _say(word)
                sys.stdin.readline()
        except BaseException:  # noqa: BLE001 - a failure in a slot would else become a report
            traceback.print_exc()
            os._exit(FAILED)
        self.program.window.window().close()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition, with the window alive."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            loop = QEventLoop()
            QTimer.singleShot(POLL_MS, loop.quit)
            loop.exec()

    def wait_for_quiet(self) -> None:
        """Wait until nothing runs in the background."""
        self.wait(lambda: not self.place.bridge.running, "quiet")

    def sheet(self, kind: type[QWidget]) -> QWidget:
        """Wait for a sheet."""

        def open_ones() -> list[QWidget]:
            return [each for each in QApplication.allWidgets() if isinstance(each, kind) and each.isVisible()]

        self.wait(lambda: bool(open_ones()), f"a {kind.__name__}")
        return open_ones()[0]

    # Signing in

    def type_profile(self, entries: FormEntries) -> None:
        """Fill the form of a new profile in."""
        self.program.window.show_page(PageId.SETTINGS)
        self.place.preferences.add_profile()
        self.place.preferences.profiles.editor.form.set_entries(entries)

    def test_connection(self) -> str:
        """Climb the ladder, and return what it says."""
        editor = self.place.preferences.profiles.editor
        editor.test_button.click()
        self.wait(lambda: not editor.is_busy and bool(editor.ladder.text), "the ladder's end")
        return editor.ladder.text

    def save_profile(self) -> None:
        """Keep the profile and its secrets."""
        editor, before = self.place.preferences.profiles.editor, len(self.place.book.profiles)
        editor.save_button.click()
        self.wait(lambda: len(self.place.book.profiles) > before and not editor.is_busy, "a saved profile")
        self.wait_for_quiet()

    def sign_in_again(self) -> None:
        """Choose the profile in use once more: after a 401 nothing else is sent."""
        signed_in = QSignalSpy(self.place.signed_in)
        profile = self.place.book.current
        assert profile is not None
        self.place.use_profile(profile.id)
        self.wait(lambda: signed_in.count() > 0, "the sign-in")

    # Looking up and changing

    def look_up(self, text: str) -> None:
        """Look for somebody, whatever comes of it."""
        self.program.window.show_page(PageId.PEOPLE)
        self.place.people.look_up(text)
        self.wait_for_quiet()

    def open(self, text: str) -> None:
        """Look somebody up who is there."""
        self.look_up(text)
        self.wait(self.place.people.record.isVisible, "the record")
        self.wait_for_quiet()

    def send(self, reason: str = "") -> None:
        """Send what is under review, and tell what is said about it."""
        people = self.place.people
        sheet = self.sheet(SendSheet)
        assert isinstance(sheet, SendSheet)
        self.wait(sheet.send.isEnabled, "the review")
        people.record.notice.hide()
        sheet.reason.setText(reason)
        sheet.send.click()
        self.wait(people.record.notice.isVisible, "the outcome")
        self.wait_for_quiet()
        _say(f"outcome: {people.record.notice.text.splitlines()[0]}")

    def save(self, field: FieldRef, bird: Canary, reason: str = "") -> None:
        """Change a field of the open record."""
        self.place.people.desk.set(field, bird.value)
        self.place.people.changes.review()
        self.send(reason)

    def add(self, bird_of: Mapping[FieldRef, Canary]) -> None:
        """Add a person."""
        people = self.place.people
        people.add_person()
        for name, bird in bird_of.items():
            people.desk.set(name, bird.value)
        people.changes.review()
        self.send()

    def report(self) -> str:
        """Copy the report of an unexpected exception, and return it."""
        sheet = self.sheet(ExceptionSheet)
        assert isinstance(sheet, ExceptionSheet)
        sheet.copy_button.click()
        sheet.accept()
        self.wait(lambda: not sheet.isVisible(), "the report's end")
        return QGuiApplication.clipboard().text()


def first_day(actor: Actor) -> Iterator[str]:
    """Sign in, find, change, undo, add; meet every kind of trouble; leave a draft."""
    place, people = actor.place, actor.place.people
    yield from _sign_in(actor)
    for text in (
        birds.PHONE.value,
        birds.EXTERNAL_ID.value,
        json.dumps({"person_key": birds.PERSON_KEY.value}),
    ):
        actor.open(text)
    actor.look_up(birds.STRANGER.value)
    actor.wait(people.finding.nobody.isVisible, "nobody")
    yield "spoil the answers"
    actor.look_up(birds.EXTERNAL_ID.value)
    actor.wait(people.problem.isVisible, "a problem")
    yield "drop the connections"
    actor.look_up(birds.PHONE.value)
    actor.wait(people.problem.isVisible, "a problem")
    yield "refuse the sign-in"
    actor.look_up(birds.PHONE.value)
    actor.wait(people.problem.isVisible, "a problem")
    yield "drop the answer to a change"
    actor.sign_in_again()
    actor.open(birds.PHONE.value)
    actor.save(FIRST_NAME, birds.NEW_NAME, birds.REASON.value)
    yield "saved"
    actor.save(UNKNOWN_FIELD, birds.REFUSED)
    people.changes.discard()
    people.changes.undo_last()
    actor.send()
    actor.save(FIRST_NAME, birds.NEW_NAME)
    actor.add(ADDED)
    _answer_calls(actor)
    actor.program.window.show_page(PageId.HISTORY)
    actor.wait_for_quiet()
    _fail_everywhere(actor)
    yield "failed"
    actor.open(birds.EXTERNAL_ID.value)
    people.desk.set(NOTES, birds.DRAFT.value)
    actor.wait(lambda: bool(_drafts(place)), "the draft")
    _say_surroundings()
    yield "draft"


def second_day(actor: Actor) -> Iterator[str]:
    """Find the draft again; forget everybody."""
    place, people = actor.place, actor.place.people
    actor.wait(lambda: place.session is not None, "the sign-in with the kept password")
    assert _drafts(place)
    actor.open(birds.PHONE.value)
    actor.wait(lambda: people.desk.edit.is_changed, "the draft")
    yield "draft offered"
    people.changes.forget()
    forget = actor.sheet(ForgetSheet)
    assert isinstance(forget, ForgetSheet)
    forget.forget.click()
    actor.wait(people.note.isVisible, "the note that the person is forgotten")
    privacy = place.preferences.privacy
    actor.program.window.show_page(PageId.SETTINGS)
    privacy.who.setText(birds.ADDED_ID.value)
    privacy.forget_button.click()
    confirm = actor.sheet(ConfirmSheet)
    assert isinstance(confirm, ConfirmSheet)
    confirm.confirm_button.click()
    actor.wait(lambda: not privacy.who.text(), "the second person to be forgotten")
    actor.wait_for_quiet()
    _say_surroundings()
    yield "forgotten"


def _sign_in(actor: Actor) -> Iterator[str]:
    """Be refused with a wrong password and a dead proxy, then sign in."""
    stage = actor.stage
    entries = FormEntries(
        "Aviary",
        None,
        stage.url,
        stage.company_key,
        stage.username,
        safety=Safety.TEST,
        password=birds.WRONG_PASSWORD.value,
    )
    actor.type_profile(entries)
    assert "It stopped there" in actor.test_connection()
    yield "refused"
    actor.place.preferences.profiles.editor.form.set_entries(replace(entries, password=birds.PASSWORD.value))
    assert "Everything works" in actor.test_connection()
    actor.save_profile()
    actor.wait(lambda: actor.place.session is not None, "the sign-in")
    proxied = replace(
        entries,
        name="Behind a proxy",
        base_url="https://vibes.invalid",
        password=birds.PASSWORD.value,
        proxy_mode=ProxyMode.MANUAL,
        proxy_url=f"http://fee:{quote(birds.PROXY_PASSWORD.value, safe='')}@127.0.0.1:1",
    )
    actor.type_profile(proxied)
    assert "It stopped there" in actor.test_connection()
    actor.save_profile()
    actor.wait_for_quiet()
    yield "signed in"


def _answer_calls(actor: Actor) -> None:
    """Opt the person in who was added, stop it again, change the number, and ask why they were texted."""
    calls = actor.place.people.calls
    calls.opt_in()
    opt_in = actor.sheet(OptInSheet)
    assert isinstance(opt_in, OptInSheet)
    actor.wait(lambda: opt_in.plan is not None, "the lists")
    place = opt_in.list.findText("Order updates")
    opt_in.list.setCurrentIndex(place)
    opt_in.list.activated.emit(place)
    actor.wait(lambda: opt_in.plan is not None and opt_in.plan.list_name == "Order updates", "the list")
    opt_in.consent.setText(birds.CONSENT.value)
    actor.send()
    calls.stop()
    actor.send(birds.REASON.value)
    calls.change_number()
    number = actor.sheet(NumberSheet)
    assert isinstance(number, NumberSheet)
    number.number.setText(birds.CHANGED_PHONE.value)
    number.look_up.click()
    actor.send()
    calls.why()
    why = actor.sheet(TextedSheet)
    assert isinstance(why, TextedSheet)
    actor.wait(lambda: why.page is not None, "the page")
    assert birds.CHANGED_PHONE.value[-4:] in why.text
    why.reject()


def _fail_everywhere(actor: Actor) -> None:
    """Meet faults of the program's own, each with personal data and a secret in its message."""
    QTimer.singleShot(0, _fail)
    _say(actor.report())
    threading.Thread(target=_fail).start()
    _say(actor.report())
    actor.place.bridge.start(_fail_later(), lambda _: None, lambda _: None)
    _say(actor.report())
    actor.place.runtime.submit(_fail_unseen()).result(PATIENCE_SECONDS)
    gc.collect()
    _fail_at_the_end()
    _say(actor.report())
    try:
        _fail()
    except LookupError:
        logging.getLogger("some.library").exception("%s %s", birds.FIRST_NAME.value, birds.PASSWORD.value)
        logging.getLogger("vibes_desktop.careless").exception("%s", birds.PASSWORD.value)
    logging.getLogger("vibes_desktop.careless").debug("%s and %s", birds.PHONE.value, birds.EMAIL.value)


def _fail() -> None:
    """Fail as code does that puts values into its messages."""
    cause = ValueError(birds.FIRST_NAME.value, birds.PASSWORD.value)
    raise LookupError(f"{birds.PHONE.value} {birds.EXTERNAL_ID.value} {birds.PASSWORD.value}") from cause


async def _fail_later() -> None:
    _fail()


async def _fail_unseen() -> None:
    """Leave a task behind whose exception nobody asks for."""
    task = asyncio.ensure_future(_fail_later())
    await asyncio.wait([task])


class _Failing:
    def __del__(self) -> None:
        _fail()


def _fail_at_the_end() -> None:
    """Fail where no caller can be told: in what Python calls at an object's end."""
    _Failing()


def _drafts(place: Workplace) -> bool:
    assert place.session is not None
    return bool(place.runtime.submit(place.session.drafts()).result(PATIENCE_SECONDS))


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - its way to speak


def _say_surroundings() -> None:
    """Say what the environment and the arguments have become since the start."""
    _say(json.dumps({**os.environ, "arguments": " ".join(sys.argv)}))


SCENES: dict[str, Scene] = {"first": first_day, "second": second_day}


class ActedProgram(Program):
    """The program, with somebody at it once its pages are there."""

    def __init__(self, *objects: object) -> None:
        super().__init__(*objects)  # type: ignore[arg-type]
        scene = SCENES[sys.argv[1]]
        stage = Stage(**json.loads(sys.stdin.readline()))
        self.actor = Actor(self, stage)
        self.ready.connect(lambda: QTimer.singleShot(0, lambda: self.actor.play(scene)))


if __name__ == "__main__":
    vars(program)["Program"] = ActedProgram  # from where the start takes it
    sys.exit(run_app(in_sandbox=False, person=None))
