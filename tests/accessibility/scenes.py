"""Every page and sheet there is, as it is reached."""

from __future__ import annotations

from collections.abc import Callable

from tests.accessibility.call_scenes import CALL_SCENES
from tests.accessibility.listening_scenes import LISTENING_SCENES
from tests.accessibility.payload_scenes import PAYLOAD_SCENES
from tests.accessibility.question_scenes import QUESTION_SCENES
from tests.accessibility.stage import NASTY_KEY, Stage

Scene = Callable[[Stage], None]
NEW_ID = "CRM-2024-0001"


def signed_out(stage: Stage) -> None:
    stage.driver.wait_for_text("Connect to Vibes…")


def start(stage: Stage) -> None:
    stage.sign_in()
    stage.driver.wait_for_text("Recent people")


def record(stage: Stage) -> None:
    stage.sign_in()
    stage.open_nasty()


def drawer(stage: Stage) -> None:
    record(stage)
    stage.driver.press("F6")
    stage.driver.wait_for_text("Changes made here")


def edited(stage: Stage) -> None:
    record(stage)
    drive = stage.driver
    drive.tab_to("last_name")
    drive.replace("<i>x</i>")
    drive.tab_to("email")
    drive.press("Alt+Delete")
    drive.wait_for_text("2 changes")


def review(stage: Stage) -> None:
    edited(stage)
    stage.platform.change(NASTY_KEY, {"custom_fields": {"last_name": "<u>theirs</u>"}})
    stage.driver.press("Ctrl+Return")
    stage.driver.wait_for_text("Keep theirs")


def saved(stage: Stage) -> None:
    edited(stage)
    stage.driver.press("Ctrl+Return")
    stage.driver.wait_for_focus("Save 2 changes")
    stage.driver.press("Ctrl+Return")
    stage.driver.wait_for_text("Saved and verified")


def several(stage: Stage) -> None:
    stage.sign_in()
    stage.look_up("+12065550150", "people found")


def nobody(stage: Stage) -> None:
    stage.sign_in()
    stage.look_up("<b>CRM</b>-404", "Nobody found")


def refused(stage: Stage) -> None:
    stage.sign_in()
    stage.driver.press("Ctrl+L")
    stage.driver.replace("<b>nobody & nothing</b>" * 20)
    stage.driver.press("Return")
    stage.driver.wait_for_text("Close this notice")


def new_person(stage: Stage) -> None:
    record(stage)
    stage.driver.press("Ctrl+N")
    stage.driver.wait_for_text("New person")


def adding(stage: Stage) -> None:
    new_person(stage)
    drive = stage.driver
    drive.tab_to("External person ID")
    drive.type(NEW_ID)
    drive.tab_to("Mobile number")
    drive.type("+12065550143")
    drive.press("Ctrl+Return")
    drive.wait_for_text("Found by")


def adding_a_field(stage: Stage) -> None:
    record(stage)
    stage.driver.press("Ctrl+Shift+F")
    stage.driver.wait_for_focus("Name of the field")


def json_sheet(stage: Stage) -> None:
    record(stage)
    stage.driver.tab_to("preferences")
    stage.driver.press("Alt+J")
    stage.driver.wait_for_focus("preferences as JSON")


def number_help(stage: Stage) -> None:
    record(stage)
    stage.driver.tab_to("Mobile number")
    stage.driver.press("Return")
    stage.driver.wait_for_text("Why can't the number be changed?")


def history(stage: Stage) -> None:
    saved(stage)
    stage.driver.press("Ctrl+3")
    stage.driver.wait_for_text("1 change")


def empty_history(stage: Stage) -> None:
    stage.sign_in()
    stage.driver.press("Ctrl+3")
    stage.driver.wait_for_text("No change was made here yet.")


def callbacks(stage: Stage) -> None:
    stage.driver.press("Ctrl+2")
    stage.driver.wait_for_text("Open callback payloads to read them, ask questions and compare.")


def profiles(stage: Stage) -> None:
    stage.sign_in()
    stage.driver.press("Ctrl+4")
    stage.driver.wait_for_text("Add a profile")


def first_profile(stage: Stage) -> None:
    stage.driver.tab_to("Connect to Vibes…")
    stage.driver.press("Return")
    stage.driver.wait_for_focus("Company key")


def profile_form(stage: Stage) -> None:
    first_profile(stage)
    stage.driver.tab_to("More settings")
    stage.driver.press("Return")
    stage.driver.wait_for_focus("Name of the profile")


def whole_profile_form(stage: Stage) -> None:
    """The form with every row that a choice calls for, and with problems."""
    profile_form(stage)
    drive = stage.driver
    drive.tab_to("Region")
    drive.choose("Another address")
    drive.tab_to("Proxy")
    drive.choose("This one:")
    drive.tab_to("Save profile")
    drive.press("Return")
    drive.wait_for_text("missing")


def appearance(stage: Stage) -> None:
    _section(stage, "Appearance", "As the system has it")


def privacy(stage: Stage) -> None:
    stage.sign_in()
    _section(stage, "Privacy on this computer", "Forget")


def catalogue(stage: Stage) -> None:
    record(stage)
    _section(stage, "Field catalogue", "favorite_stores")


def about(stage: Stage) -> None:
    _section(stage, "About", "Vibes Desktop")


def palette(stage: Stage) -> None:
    stage.sign_in()
    stage.driver.press("Ctrl+K")
    stage.driver.wait_for_focus("Search people and commands")


def _section(stage: Stage, title: str, shown: str) -> None:
    drive = stage.driver
    drive.press("Ctrl+K")
    drive.wait_for_focus("Search people and commands")
    drive.type(f"Settings: {title}")
    drive.press("Return")
    drive.wait_for_no_text("Search people and commands")
    drive.wait_for_text(shown)


SCENES: tuple[Scene, ...] = (
    signed_out,
    start,
    record,
    drawer,
    edited,
    review,
    saved,
    several,
    nobody,
    refused,
    new_person,
    adding,
    adding_a_field,
    json_sheet,
    number_help,
    history,
    empty_history,
    callbacks,
    profiles,
    first_profile,
    profile_form,
    whole_profile_form,
    appearance,
    privacy,
    catalogue,
    about,
    palette,
    *CALL_SCENES,
    *PAYLOAD_SCENES,
    *QUESTION_SCENES,
    *LISTENING_SCENES,
)
