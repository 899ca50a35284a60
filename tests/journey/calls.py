"""The calls that support gets, answered from the record by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.journey.driver import Driver, JourneyError
from tests.journey.platform import Platform

EXTERNAL_ID = "EXT542342"
PERSON_KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
NEW_NUMBER = "+12065550187"
NEW_NUMBER_AS_TYPED = "(206) 555-0187"
CONSENT = "asked for it on the phone, 3 May"
TICKET = "TICKET-4712"

Chapter = Callable[[], None]


@dataclass
class SupportCalls:
    """Four calls about one person; “my name is wrong” is the editing of the chapters before."""

    driver: Driver
    platform: Platform

    def chapters(self) -> Iterator[tuple[str, Chapter]]:
        """Every call in its order, in the caller's words."""
        yield "“stop texting me”", self.stop
        yield "“you stopped writing”", self.opt_in
        yield "“I changed my number”", self.change_number
        yield "“I never signed up”", self.ask_why

    def stop(self) -> None:
        """End every subscription, and see that the platform has none left."""
        drive = self.driver
        self._open()
        drive.press("Ctrl+Shift+S")
        drive.wait_for_text("Stop messages to Steve Millar")
        drive.wait_for_text("Exactly this will be sent")
        drive.wait_for_focus("Cancel")
        drive.tab_to("Reason or ticket number")
        drive.type(TICKET)
        drive.shot("stop", "“Stop texting me”: the lists, why it is for good, and the exact requests.")
        drive.tab_to("Stop 2 lists")
        drive.press("Return")
        drive.wait_for_text("Messages stopped")
        drive.wait_for_text("no active list")
        self._expect("the active subscriptions", self._lists(), [])
        drive.shot("stopped", "Stopped, read back, with the dates and the reasons beside the record.")

    def opt_in(self) -> None:
        """Opt the person in again, which sends a text and waits for the answer."""
        drive = self.driver
        drive.press("Ctrl+Shift+O")
        drive.wait_for_focus("List")
        drive.wait_for_text("A real text message")
        drive.tab_to("Consent")
        drive.type(CONSENT)
        drive.tab_to("Send the opt-in")
        drive.shot("opt-in", "“You stopped writing”: through a campaign, with the consent in writing.")
        drive.press("Return")
        drive.wait_for_text("The opt-in text was sent")
        self._expect("the active subscriptions", self._lists(), [])
        drive.wait_for_text("opt-in: Weekly deals")
        drive.shot("asked", "The text was sent. They are on the list once they answer it.")

    def change_number(self) -> None:
        """Give the person another number: the same record, under the same external ID."""
        drive = self.driver
        drive.press("Ctrl+Shift+N")
        drive.wait_for_focus("New mobile number")
        drive.type(NEW_NUMBER_AS_TYPED)
        drive.press("Return")
        drive.wait_for_text("Nobody has this number yet.")
        drive.tab_to("Change the number")
        drive.shot("number-change", "“I changed my number”: who has the new one, the steps, the requests.")
        drive.press("Return")
        drive.wait_for_text("The number was changed")
        person = self._read(lambda: self.platform.person_by_external_id(EXTERNAL_ID))
        self._expect("the person key", person["person_key"], PERSON_KEY)
        self._expect("the number", person["mobile_phone"]["mdn"], NEW_NUMBER)
        drive.wait_for_text("+1 206-555-0187")
        drive.shot("number-changed", "Removed, read back, added, read back: the same person key.")

    def ask_why(self) -> None:
        """Collect what is known about why the person was texted."""
        drive = self.driver
        drive.press("Ctrl+Shift+Y")
        drive.wait_for_text("waits for their answer")
        drive.wait_for_focus("Print")
        drive.shot("why", "“I never signed up”: all that is known in order of time, every gap labelled.")
        drive.press("Escape")
        drive.wait_for_no_text("waits for their answer")

    def _open(self) -> None:
        drive = self.driver
        drive.press("Ctrl+1", "Ctrl+L")
        drive.wait_for_focus("Find a person")
        drive.replace(EXTERNAL_ID)
        drive.press("Return")
        drive.wait_for_text("Steve Millar")
        drive.wait_for_text("2 active lists")

    def _lists(self) -> list[str]:
        status, found = self._read(lambda: self.platform.call("GET", f"persons/{PERSON_KEY}/subscriptions"))
        self._expect("the status of the subscriptions", status, 200)
        return [each["subscription_list"]["id"] for each in found]

    def _read(self, ask: Callable[[], Any]) -> Any:
        """Ask the platform, without counting it as a pause of the window."""
        with self.driver.pulse.aside():
            return ask()

    @staticmethod
    def _expect(what: str, found: object, wanted: object) -> None:
        if found != wanted:
            raise JourneyError(f"{what} is {found!r}, not {wanted!r}")
