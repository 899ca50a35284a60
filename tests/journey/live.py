"""The listener's hour: the platform's callbacks arrive, are asked about, compared and delivered again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.journey import eyes
from tests.journey.driver import Driver, JourneyError
from tests.journey.platform import Platform

EXTERNAL_ID = "EXT542342"
PERSON_KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
NEW_LAST_NAME = "Millard"
OTHERS_ZIP = "98109"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[\w.~-]{20,}")

Chapter = Callable[[], None]


@dataclass
class LiveHour:
    """Somebody is signed in; nothing has been received yet."""

    driver: Driver
    platform: Platform
    address: str = ""

    def chapters(self) -> Iterator[tuple[str, Chapter]]:
        """Every chapter in its order."""
        yield "listening", self.listen
        yield "registering", self.register
        yield "a callback arrives", self.change_a_person
        yield "asking about what arrived", self.ask
        yield "delivering again", self.deliver_again
        yield "stopping and starting", self.stop_and_start

    def listen(self) -> None:
        """Begin to receive, from the page while nothing is open."""
        drive = self.driver
        drive.press("Ctrl+2", "Ctrl+W")
        drive.wait_for_text("Listen for callbacks")
        drive.tab_to("Listen for callbacks")
        drive.press("Return")
        drive.wait_for_text("Nothing was received yet.")
        drive.wait_for_text("● Listening")
        drive.shot("listening", "Listen: from now on, what is answered 200 is on this computer's disk.")

    def register(self) -> None:
        """Let the platform send there what happens to people."""
        drive = self.driver
        drive.press("F9")
        drive.wait_for_text("Register with Vibes…")
        self.address = self._shown_address()
        drive.shot(
            "listening-in-full", "The endpoint, what of it is kept, who reaches it, rehearsed answers."
        )
        drive.tab_to("Register with Vibes…")
        drive.press("Return")
        drive.wait_for_text("Callback registrations")
        drive.wait_for_text("The platform sends no callbacks for this account yet.")
        drive.tab_to("Register…")
        drive.press("Return")
        drive.wait_for_focus("Callback type")
        drive.press("Ctrl+Return")
        drive.wait_for_text("Exactly this will be sent")
        drive.tab_to("Register")
        drive.shot("registering", "Registering a callback shows the exact request, as every change does.")
        drive.press("Ctrl+Return")
        drive.wait_for_text("Registered and verified")
        drive.press("Escape")
        drive.wait_for_no_text("Callback registrations")

    def change_a_person(self) -> None:
        """Change a person on the People page, and see the callback of it."""
        drive = self.driver
        drive.press("Ctrl+1", "Ctrl+L")
        drive.wait_for_focus("Find a person")
        drive.replace(EXTERNAL_ID)
        drive.press("Return")
        drive.wait_for_text("Steve Millar")
        drive.tab_to("last_name")
        drive.replace(NEW_LAST_NAME)
        drive.press("Ctrl+Return")
        drive.wait_for_text("Exactly this will be sent")
        drive.wait_for_focus("Save")
        drive.press("Ctrl+Return")
        drive.wait_for_text("Saved and verified")
        drive.press("Ctrl+2")
        drive.wait_for_text("Callbacks · 1 callback")
        self._to_table()
        drive.wait_for_text("was updated")
        drive.press("Alt+5")
        drive.wait_for_text("Sender not proven")
        drive.wait_for_text("by second")
        drive.shot("arrived", "The change made on the People page arrives as a callback, with how it came.")

    def ask(self) -> None:
        """Ask about the person, and compare what arrived with what arrived before."""
        drive = self.driver
        with drive.pulse.aside():
            self.platform.change(PERSON_KEY, {"custom_fields": {"Home_Zip": OTHERS_ZIP}})
        drive.wait_for_text("Callbacks · 2 callbacks")
        drive.press("Ctrl+L")
        drive.wait_for_focus("Question about the callbacks")
        drive.replace(f"person:{EXTERNAL_ID}")
        drive.press("Return")
        drive.wait_for_text("2 of 2")
        self._to_table()
        drive.press("Shift+Down", "Ctrl+Shift+D")
        drive.wait_for_text("differ")
        drive.wait_for_text(OTHERS_ZIP)
        drive.shot("compared-live", "What somebody else changed meanwhile, compared with what came before.")
        drive.press("Escape", "Ctrl+L")
        drive.wait_for_focus("Question about the callbacks")
        drive.press("Ctrl+A", "Delete", "Return")
        drive.wait_for_no_text("2 of 2")

    def deliver_again(self) -> None:
        """Deliver all of them again, here to the same endpoint."""
        drive = self.driver
        self._command("Deliver again", "Deliver again…")
        drive.wait_for_focus("Address to deliver to")
        drive.type(self.address)
        drive.press("Shift+Tab")
        drive.go_through("Down", lambda: eyes.focus_name().startswith("All 2 callbacks"), "all of them")
        drive.go_through("Space", eyes.is_checked, "the choice")
        drive.press("Ctrl+Return")
        drive.wait_for_text("2 callbacks delivered: 2 answered 2xx.")
        drive.shot("delivered-again", "Delivered again, byte for byte, at a chosen rate, with every answer.")
        drive.press("Escape")
        drive.wait_for_text("Callbacks · 4 callbacks")

    def stop_and_start(self) -> None:
        """Stop and start: everything that was received is still there."""
        drive = self.driver
        self._command("Stop listening", "Stop listening")
        drive.wait_for_text("Listener off")
        drive.press("Ctrl+W")
        drive.wait_for_text("Listen for callbacks")
        self._command("Listen for callbacks", "Listen for callbacks")
        drive.wait_for_text("● Listening")
        drive.wait_for_text("Callbacks · 4 callbacks")
        self._to_table()
        drive.press("End")
        drive.wait_for_text("by second")
        drive.shot("started-again", "Stopped, closed, started: everything that was received is still there.")
        self._command("Stop listening", "Stop listening")
        drive.wait_for_text("Listener off")
        drive.press("Ctrl+W")
        drive.wait_for_text("Listen for callbacks")

    def _to_table(self) -> None:
        self.driver.press("Ctrl+J")
        self.driver.wait_for_focus("Payloads")
        self.driver.press("Home")

    def _command(self, letters: str, name: str) -> None:
        drive = self.driver
        drive.press("Ctrl+K")
        drive.wait_for_focus("Search people and commands")
        drive.type(letters)
        drive.wait_for_text(name)
        drive.press("Return")

    def _shown_address(self) -> str:
        """Read the endpoint's address from the sheet."""
        drive = self.driver
        drive.wait(lambda: any(map(ADDRESS.search, eyes.texts_in_sight())), "the address of the endpoint")
        with drive.pulse.aside():
            found = next((match[0] for text in eyes.texts_in_sight() if (match := ADDRESS.search(text))), "")
        if not found:
            raise JourneyError("the address of the endpoint is not in sight")
        return found
