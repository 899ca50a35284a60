"""The analyst's hour: samples, a million callbacks, questions, and the way to the live record and back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journey import eyes
from tests.journey.driver import Driver, JourneyError

ROOT = Path(__file__).parents[2]
EVENTS = 1_000_000
EXTERNAL_ID = "EXT542342"
PERSON_KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
FIRST, LAST = "2026-08-03", "2026-08-09"
QUESTION = f"type:subscription_removed reason:user_opt_out date:{FIRST}..{LAST}"
ABOUT_STEVE = {
    "event_id": "JOURNEY-1",
    "callback_type": "person_updated",
    "event_date": "2026-11-01T09:30:00Z",
    "person": {"person_id": "987654", "external_person_id": EXTERNAL_ID, "custom_fields": {"tier": "gold"}},
}

Chapter = Callable[[], None]


@dataclass
class AnalystHour:
    """Somebody is signed in; no callbacks are open. The files it makes are gone at its end."""

    driver: Driver
    folder: Path = Path()

    def chapters(self) -> Iterator[tuple[str, Chapter]]:
        """Every chapter in its order."""
        with tempfile.TemporaryDirectory(prefix="journey-") as folder:
            self.folder = Path(folder)
            yield "opening the samples", self.open_samples
            yield "opening a million", self.open_million
            yield "asking", self.ask
            yield "grouping", self.group
            yield "comparing", self.compare
            yield "exporting", self.export
            yield "the live record and back", self.go_to_the_record_and_back

    @property
    def _events(self) -> Path:
        return self.folder / "events.ndjson"

    @property
    def _exported(self) -> Path:
        return self.folder / "left.ndjson"

    def open_samples(self) -> None:
        """Open what comes with the program: every type, every documented defect."""
        drive = self.driver
        drive.press("Ctrl+2")
        drive.wait_for_focus("Open…")
        drive.tab_to("Open the samples")
        drive.press("Return")
        drive.wait_for_text("subscription_removed")
        drive.press("Ctrl+J")
        drive.wait_for_focus("Payloads")
        drive.press("Home")
        drive.wait_for_text(", by ")
        drive.wait_for_no_text("by second")
        drive.shot("samples", "The samples that come with the program: every type, every documented defect.")

    def open_million(self) -> None:
        """Open a million callbacks by their path, and one about a person of the platform beside them."""
        drive = self.driver
        with drive.pulse.aside():
            self._make_events()
        drive.press("Ctrl+O")
        drive.wait_for_focus("File name")
        drive.replace(str(self._events))
        drive.press("Return")
        drive.wait_for_text("1,000,001")
        drive.press("Ctrl+J")
        drive.wait_for_focus("Payloads")
        drive.press("Home")
        drive.wait_for_text("event_id")
        drive.shot("million", "A million callbacks: what they are about, when they came, and one of them.")

    def ask(self) -> None:
        """Narrow them down by a question."""
        drive = self.driver
        self._ask(QUESTION)
        least, most = self._count()
        drive.wait(lambda: least <= self._answered() <= most, f"from {least:,} to {most:,} answers")
        drive.press("Ctrl+J")
        drive.press("Home")
        drive.shot("asked", "Who left by their own wish in one week: the facets and the histogram follow.")

    def group(self) -> None:
        """Count people by day and list."""
        drive = self.driver
        drive.press("Ctrl+G")
        drive.wait_for_focus("Group by")
        drive.choose("Day")
        drive.tab_to("and by")
        drive.choose("List")
        drive.tab_to("Counting")
        drive.choose("Distinct people")
        drive.wait_for_text("distinct people.")
        drive.shot("groups", "Grouped by day, counting deliveries, distinct events or distinct people.")
        drive.press("Escape")
        drive.wait_for_no_text("distinct people.")

    def compare(self) -> None:
        """Lay two payloads side by side."""
        drive = self.driver
        drive.press("Ctrl+J")
        drive.wait_for_focus("Payloads")
        drive.press("Home", "Shift+Down")
        drive.press("Ctrl+Shift+D")
        drive.wait_for_text("event_id")
        drive.wait_for_text("differ")
        drive.shot("compared", "Two payloads compared, member by member.")
        drive.press("Escape")

    def export(self) -> None:
        """Write what answers the question to a file, byte for byte."""
        drive = self.driver
        drive.press("Ctrl+J", "Ctrl+E")
        drive.wait_for_text("Newline-delimited JSON")
        drive.press("Ctrl+Return")
        drive.wait_for_focus("File name")
        drive.replace(str(self._exported))
        drive.press("Return")
        drive.wait(self._exported.exists, "the exported file")
        with drive.pulse.aside():
            lines = self._exported.read_bytes().splitlines()
            if not lines or set(lines).difference(self._lines()):
                raise JourneyError("what was exported is not byte for byte what was opened")

    def go_to_the_record_and_back(self) -> None:
        """From a payload to the person on the platform, and from the person to the payloads."""
        drive = self.driver
        self._ask(f"person:{EXTERNAL_ID}")
        drive.wait_for_text("1 of 1,000,001")
        drive.press("Ctrl+J", "Home")
        drive.wait_for_text(f"event {ABOUT_STEVE['event_id']}")
        drive.press("Ctrl+P")
        drive.wait_for_text(PERSON_KEY)
        drive.shot("from-payload", "From a payload straight to the live record.")
        drive.tab_to("Open Callbacks")
        drive.press("Return")
        drive.wait_for_text("1 of 1,000,001")
        drive.shot("from-record", "And from the record back to what was delivered about it.")

    def _ask(self, question: str) -> None:
        drive = self.driver
        drive.press("Ctrl+L")
        drive.wait_for_focus("Question about the callbacks")
        drive.replace(question)
        drive.press("Return")

    def _answered(self) -> int:
        """Read how many callbacks answer the question."""
        found = (re.search(r"([\d,]+) of 1,000,001", text) for text in eyes.texts_in_sight())
        return next((int(each[1].replace(",", "")) for each in found if each), -1)

    def _count(self) -> tuple[int, int]:
        """Count by other means what the question means; a damaged line may be one of them, or not."""
        with self.driver.pulse.aside():
            count = damaged = 0
            for line in self._lines():
                if b'"subscription_removed"' not in line:
                    continue
                try:
                    event = json.loads(line)
                    reason = event["subscription"]["opt_out_reason"]
                    is_wanted = reason == "user_opt_out" and FIRST <= event["event_date"][:10] <= LAST
                    count += is_wanted
                except (ValueError, KeyError):
                    damaged += 1
            return count, count + damaged

    def _lines(self) -> Iterator[bytes]:
        with self._events.open("rb") as file:
            for line in file:
                yield line.rstrip(b"\r\n")

    def _make_events(self) -> None:
        command = [sys.executable, str(ROOT / "scripts" / "bench-events"), str(self._events), str(EVENTS)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        with self._events.open("a", encoding="utf-8") as file:
            file.write(json.dumps(ABOUT_STEVE) + "\n")
