"""The main job from the first start to the last key, chapter by chapter.

Keys alone act. What came of them is read from the screen, from the keyring daemon and, by plain HTTP,
from the platform.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.journey import eyes
from tests.journey.analysis import AnalystHour
from tests.journey.calls import SupportCalls
from tests.journey.driver import Driver, JourneyError
from tests.journey.kept_secret import kept_secrets
from tests.journey.live import LiveHour
from tests.journey.platform import Platform

PROFILE = "Training account"
EXTERNAL_ID = "EXT542342"
PERSON_KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
NUMBER = "+12065550143"
NUMBER_AS_TYPED = "(206) 555-0143"
SHARED_NUMBER = "+12065550150"
NEW_FIRST_NAME = "Stefan"
OTHERS_ZIP = "98101"
TICKET = "TICKET-4711"
NEW_ID = "CRM-2024-0001"
NEW_NUMBER = "+12085550187"
NEW_PERSONS_NAME = "Aurelia"
MERGED_ID = "CRM-2024-0002"
MERGED_NAME = "Aurelia Maria"
THEME = "another theme"

Chapter = Callable[[], None]


@dataclass
class Story:
    """One person's first hour with the program."""

    driver: Driver
    platform: Platform

    def chapters(self) -> Iterator[tuple[str, Chapter]]:
        """Every chapter in its order, with what it is called."""
        yield "the first start", self.first_start
        yield "adding a profile", self.add_profile
        yield "testing the connection", self.test_connection
        yield "signing in", self.sign_in
        yield "finding by external ID", self.find_by_external_id
        yield "finding by person key", self.find_by_person_key
        yield "finding by number", self.find_by_number
        yield "choosing one of several", self.choose_of_several
        yield "editing", self.edit
        yield "reviewing", self.review
        yield "saving", self.save
        yield "undoing", self.undo
        yield "finding nobody", self.find_nobody
        yield "adding", self.add
        yield "merging", self.merge
        yield from SupportCalls(self.driver, self.platform).chapters()
        yield "the history", self.look_at_history
        yield "the callbacks page", self.look_at_callbacks
        yield from AnalystHour(self.driver).chapters()
        yield from LiveHour(self.driver, self.platform).chapters()
        yield "the command palette", self.open_palette
        yield THEME, self.go_dark

    # Before anybody is signed in

    def first_start(self) -> None:
        """Start without a profile."""
        self.driver.wait_for_text("Connect to Vibes…")
        self.driver.shot("first-start", "The first start: no profile yet, and the two ways to begin.")

    def add_profile(self) -> None:
        """Fill the form of a profile in."""
        drive = self.driver
        drive.tab_to("Connect to Vibes…")
        drive.press("Return")
        drive.wait_for_focus("Company key")
        drive.shot("connect", "Connect to Vibes asks for four things, and tests them before it keeps them.")
        drive.tab_to("More settings")
        drive.press("Return")
        drive.wait_for_focus("Name of the profile")
        drive.type(PROFILE)
        drive.tab_to("Region")
        drive.choose("Another address")
        for name, text in (
            ("Address", self.platform.url),
            ("Company key", self.platform.company_key),
            ("User name", self.platform.username),
            ("Password", self.platform.password),
        ):
            drive.tab_to(name)
            drive.type(text)
        drive.tab_to("Real people")
        drive.go_through("Down", lambda: eyes.focus_name() == "A test account", "the safety level")
        drive.go_through("Space", eyes.is_checked, "the tick")
        drive.shot("profile", "Settings: a profile is filled in. The password is on its way to the keyring.")

    def test_connection(self) -> None:
        """Climb the ladder."""
        drive = self.driver
        drive.tab_to("Test connection")
        drive.press("Return")
        drive.wait_for_text("Everything works.")
        drive.wait_for_focus("Test connection")
        drive.shot("connection", "Test connection: one line for each rung, every one of them passed.")

    def sign_in(self) -> None:
        """Save the profile, which is used at once; see that the keyring has the password, and only it."""
        drive = self.driver
        drive.tab_to("Save profile")
        drive.press("Return")
        drive.wait_for_text(f"Profile: {PROFILE}")
        self._check_keyring()
        drive.press("Ctrl+1")
        drive.wait_for_focus("Find a person")
        drive.shot("signed-in", "Signed in. The colour and the word TEST say what kind of account this is.")

    # Finding people

    def find_by_external_id(self) -> None:
        """Look somebody up by external ID, which the box recognises while it is typed."""
        drive = self.driver
        drive.type(EXTERNAL_ID)
        drive.wait_for_text("Kind of identifier: External ID")
        drive.press("Return")
        drive.wait_for_text("Steve Millar")
        drive.wait_for_text("Weekly deals")
        drive.shot("record", "One box takes anything, here an external ID. Beside the record: the lists.")

    def find_by_person_key(self) -> None:
        """Look somebody else up by person key."""
        drive = self.driver
        other = self._read(lambda: self.platform.people_by_number(SHARED_NUMBER))[0]
        self._ask_for(other["person_key"])
        drive.wait_for_text("Kind of identifier: Person key")
        drive.shot("person-key", "A person key is recognised by its form.")
        drive.press("Return")
        drive.wait_for_text(other["external_person_id"])
        drive.wait_for_no_text("Steve Millar")

    def find_by_number(self) -> None:
        """Look the first person up by a number, typed as people write it."""
        drive = self.driver
        self._ask_for(NUMBER_AS_TYPED)
        drive.wait_for_text("Kind of identifier: Mobile number")
        drive.shot("number", "A mobile number in any notation.")
        drive.press("Return")
        drive.wait_for_text("Steve Millar")

    def choose_of_several(self) -> None:
        """Choose one of the people who share a number."""
        drive = self.driver
        people = self._read(lambda: self.platform.people_by_number(SHARED_NUMBER))
        self._ask_for(SHARED_NUMBER)
        drive.press("Return")
        drive.wait_for_focus("People found")
        drive.wait_for_text(f"{len(people)} people found")
        drive.shot("several", "Several people share this number: the program asks, and takes nobody unasked.")
        drive.press("Down", "Return")
        drive.wait_for_text(str(people[1]["person_key"]))
        drive.wait_for_text("active list")
        drive.shot("chosen", "The second one was chosen.")

    # Changing a record

    def edit(self) -> None:
        """Edit a text, a choice, and clear a third field."""
        drive = self.driver
        self._ask_for(EXTERNAL_ID)
        drive.press("Return")
        drive.wait_for_text("Steve Millar")
        drive.tab_to("first_name")
        drive.replace(NEW_FIRST_NAME)
        drive.tab_to("gender")
        drive.choose("Non-binary")
        drive.tab_to("email")
        drive.press("Alt+Delete")
        drive.wait_for_text("3 changes")
        drive.shot("edited", "What is edited looks edited: a text, a choice, and a field to be cleared.")
        self._expect_person(first_name="Steve", email="steve.millar@example.com")

    def review(self) -> None:
        """Review the edits on top of what somebody else has changed meanwhile."""
        drive = self.driver
        self._read(lambda: self.platform.change(PERSON_KEY, {"custom_fields": {"Home_Zip": OTHERS_ZIP}}))
        drive.press("Ctrl+Return")
        drive.wait_for_text("Exactly this will be sent")
        drive.wait_for_text("Home_Zip")
        drive.wait_for_focus("Save")
        drive.tab_to("Reason or ticket number")
        drive.type(TICKET)
        drive.shot("review", "The review: before, after, what somebody else changed, and the exact request.")
        self._expect_person(first_name="Steve")

    def save(self) -> None:
        """Send it, and see that it is what the platform holds."""
        drive = self.driver
        drive.press("Ctrl+Return")
        drive.wait_for_text("Saved and verified")
        self._expect_person(first_name=NEW_FIRST_NAME, gender="non_binary", email=None, Home_Zip=OTHERS_ZIP)
        drive.wait_for_text("Weekly deals")
        drive.wait_for_text("· verified")
        drive.shot("saved", "Saved, read back and compared. Only the three edited fields were sent.")

    def undo(self) -> None:
        """Undo the change through the same review."""
        drive = self.driver
        self._command("Undo the last change", "Undo the last change of this person")
        drive.wait_for_text("Exactly this will be sent")
        drive.wait_for_focus("Save")
        drive.shot("undo", "Undo is a new change, made of the values from before, through the same review.")
        drive.press("Ctrl+Return")
        drive.wait_for_no_text("Exactly this will be sent")
        drive.wait_for_text("Saved and verified")
        self._expect_person(
            first_name="Steve", gender="male", email="steve.millar@example.com", Home_Zip=OTHERS_ZIP
        )
        drive.wait_for_text("Weekly deals")
        drive.shot("undone", "Undone. What somebody else had changed is still theirs.")

    # Adding people

    def find_nobody(self) -> None:
        """Look for somebody who is not there."""
        drive = self.driver
        self._ask_for(NEW_ID)
        drive.press("Return")
        drive.wait_for_text("Nobody found")
        drive.wait_for_focus("Add this person")
        drive.shot("nobody", "Nobody found: what was tried, and the way to add the person.")

    def add(self) -> None:
        """Add that person, after a look at who exists."""
        drive = self.driver
        drive.press("Return")
        drive.wait_for_text("New person")
        drive.wait_for_no_text("active list")
        self._fill({"Mobile number": NEW_NUMBER, "first_name": NEW_PERSONS_NAME})
        drive.shot("new-person", "A new person, with the identifier that was looked for in vain.")
        drive.press("Ctrl+Return")
        drive.wait_for_text("Exactly this will be sent")
        drive.wait_for_focus("Add")
        drive.shot("add", "Before it is sent, the program has looked who exists: nobody would be met.")
        drive.press("Ctrl+Return")
        drive.wait_for_text("Added and verified")
        person = self._person_by_id(NEW_ID)
        _expect("the number", person["mobile_phone"]["mdn"], NEW_NUMBER)
        _expect("first_name", person["custom_fields"]["first_name"], NEW_PERSONS_NAME)
        drive.wait_for_text("no active list")
        drive.shot("added", "Added, read back and compared.")

    def merge(self) -> None:
        """Add a person with a number that exists already: the two become one."""
        drive = self.driver
        before = self._person_by_id(NEW_ID)
        drive.press("Ctrl+N")
        drive.wait_for_text("New person")
        self._fill({"External person ID": MERGED_ID, "Mobile number": NEW_NUMBER, "first_name": MERGED_NAME})
        drive.press("Ctrl+Return")
        drive.wait_for_text("Exactly this will be sent")
        drive.wait_for_text("Found by mobile number")
        drive.wait_for_focus("Merge")
        drive.shot("merge", "This number is somebody's: who would be merged, and what would change for them.")
        drive.press("Ctrl+Return")
        drive.wait_for_text("verified")
        after = self._person_by_id(MERGED_ID)
        _expect("the person key", after["person_key"], before["person_key"])
        _expect("first_name", after["custom_fields"]["first_name"], MERGED_NAME)
        people = self._read(lambda: self.platform.people_by_number(NEW_NUMBER))
        _expect("the number of people with the number", len(people), 1)
        drive.wait_for_text("no active list")
        drive.shot("merged", "Merged: one person, with the new external ID.")

    # Around it

    def look_at_history(self) -> None:
        """See every change in the history."""
        drive = self.driver
        drive.press("Ctrl+3")
        drive.wait_for_text(TICKET)
        drive.shot("history", "History: every change made here, with what was before, and Undo.")

    def look_at_callbacks(self) -> None:
        """Look at the page while nothing is open."""
        drive = self.driver
        drive.press("Ctrl+2")
        drive.wait_for_text("callback")
        drive.shot("callbacks", "Callbacks: what can be opened, and how.")

    def open_palette(self) -> None:
        """Look for a command by a few letters."""
        drive = self.driver
        drive.press("Ctrl+K")
        drive.wait_for_focus("Search people and commands")
        drive.type("app")
        drive.wait_for_text("Settings: Appearance")
        drive.shot("palette", "Ctrl+K finds every command by a few letters.")
        drive.press("Escape")

    def go_dark(self) -> None:
        """Choose the dark appearance, and look at a record in it."""
        drive = self.driver
        self._command("Settings: Appearance", "Settings: Appearance")
        drive.wait_for_focus("As the system has it")
        drive.go_through("Down", lambda: eyes.focus_name() == "Dark", "the dark appearance")
        drive.go_through("Space", eyes.is_checked, "the tick")
        drive.press("Ctrl+1")
        self._ask_for(EXTERNAL_ID)
        drive.press("Return")
        drive.wait_for_text("Steve Millar")
        drive.wait_for_text("Weekly deals")
        drive.shot("dark", "The same record in the dark.")

    # What the chapters share

    def _ask_for(self, text: str) -> None:
        """Type into the box, over whatever stands there."""
        self.driver.press("Ctrl+L")
        self.driver.wait_for_focus("Find a person")
        self.driver.replace(text)

    def _fill(self, texts: Mapping[str, str]) -> None:
        """Type texts into the fields of these names."""
        for name, text in texts.items():
            self.driver.tab_to(name)
            self.driver.replace(text)

    def _command(self, letters: str, title: str) -> None:
        """Run a command by the palette."""
        drive = self.driver
        drive.press("Ctrl+K")
        drive.wait_for_focus("Search people and commands")
        drive.type(letters)
        drive.wait_for_text(title)
        drive.press("Return")

    def _read(self, ask: Callable[[], Any]) -> Any:
        """Ask the platform or the keyring, without counting it as a pause of the window."""
        with self.driver.pulse.aside():
            return ask()

    def _person_by_id(self, external_id: str) -> Mapping[str, Any]:
        person = self._read(lambda: self.platform.person_by_external_id(external_id))
        if person is None:
            raise JourneyError(f"the platform has nobody with the external ID {external_id}")
        return dict(person)

    def _expect_person(self, **custom_fields: str | None) -> None:
        """Compare the platform's record of the well-known person with what it should be."""
        person = self._read(lambda: self.platform.person(PERSON_KEY))
        for name, wanted in custom_fields.items():
            value = person["custom_fields"].get(name)
            _expect(name, value.get("option_key") if isinstance(value, dict) else value, wanted)

    def _check_keyring(self) -> None:
        """See that the daemon has this one entry, with the password and the origin it belongs to."""
        entries = self._read(kept_secrets)
        _expect("the number of entries in the keyring", len(entries), 1)
        content = entries[0].content
        if content["password"] != self.platform.password:
            raise JourneyError("the keyring holds another password than the one that was typed")
        _expect("the origin in the keyring", content["origin"], self.platform.url)


def _expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise JourneyError(f"{what} is {found!r}, not {wanted!r}")
