"""What else there is to see while personal data are hidden: menus, tabs, and sheets that only show."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.accessibility.payload_scenes import payloads, payloads_alone
from tests.accessibility.stage import NASTY_ID, Stage
from vibes_desktop.ui.callbacks.listening.deliver_sheet import open_deliver_sheet
from vibes_desktop.ui.callbacks.payload.tabs import Tab
from vibes_desktop.ui.registrations.registrations_sheet import RegistrationsSheet


def recents(stage: Stage) -> None:
    _open(stage)
    stage.place.people.search.open_recents()
    stage.driver.wait(lambda: QApplication.activePopupWidget() is not None, "the menu")


def looking_up(stage: Stage) -> None:
    """Stand in the palette with somebody's ID in it."""
    _open(stage)
    stage.driver.press("Ctrl+K")
    stage.driver.wait_for_focus("Search people and commands")
    stage.driver.type(NASTY_ID)
    stage.driver.wait_for_text("Find person:")


def forgetting(stage: Stage) -> None:
    _open(stage)
    stage.place.people.changes.forget()
    stage.driver.wait_for_text("on this computer?")


def why_texted(stage: Stage) -> None:
    _open(stage)
    stage.driver.press("Ctrl+Shift+Y")
    stage.driver.wait_for_text("What is not known")


def person_of_callbacks(stage: Stage) -> None:
    """Ask for somebody by each of their names; the questions stay in the history."""
    payloads(stage)
    page = stage.place.callbacks
    box = page.query_box
    for question in (f'person:"{NASTY_ID}"', "person:+12065550143", "person:CUST-0042"):
        box.edit.put(question)
        box.ask_now()
        stage.driver.wait(lambda: not stage.place.bridge.running, "the answer")
    page.table.setFocus()  # whoever writes has the question read out as it is


def wrong_number(stage: Stage) -> None:
    payloads(stage)
    box = stage.place.callbacks.query_box
    box.edit.put("attempt:+12065550143")
    box.ask_now()
    stage.driver.wait(lambda: bool(box.bubble.text), "what is wrong with it")
    stage.place.callbacks.table.setFocus()


def suggested(stage: Stage) -> None:
    payloads(stage)
    stage.driver.press("Ctrl+F")
    stage.driver.type("person:EXT5")


def cell_menu(stage: Stage) -> None:
    payloads(stage)
    page = stage.place.callbacks
    page.table.go_to(0)
    page.table_desk.menu(page.table).popup(page.table.mapToGlobal(page.table.rect().center()))


def timeline(stage: Stage) -> None:
    payloads(stage)
    page = stage.place.callbacks
    page.query_box.edit.put("person:CUST-0042")
    page.query_box.ask_now()
    stage.driver.wait(lambda: not stage.place.bridge.running, "the answer")
    page.table.setFocus()
    page.table.go_to(3)
    stage.driver.wait(lambda: page.payload.loaded is not None, "the payload")
    stage.driver.press("Ctrl+T")
    _wait_for_sheet(stage)


def compared(stage: Stage) -> None:
    payloads(stage)
    stage.place.callbacks.payload.deeds.compare(0, 5)
    _wait_for_sheet(stage)


def redeliveries(stage: Stage) -> None:
    payloads(stage)
    stage.place.callbacks.payload.deeds.open_redeliveries()
    _wait_for_sheet(stage)


def tree(stage: Stage) -> None:
    _tab(stage, Tab.TREE)


def text(stage: Stage) -> None:
    _tab(stage, Tab.TEXT)


def delivering(stage: Stage) -> None:
    payloads(stage)
    open_deliver_sheet(stage.place.viewer, stage.program.frame)
    _wait_for_sheet(stage)


def listening(stage: Stage) -> None:
    stage.driver.press("Ctrl+2")
    next(each for each in stage.place.callbacks.commands() if each.id == "listen.sheet").run()
    stage.driver.wait(lambda: stage.window_in_front is not stage.program.frame, "the sheet")


def registrations(stage: Stage) -> None:
    stage.sign_in()
    register = stage.place._registrations()
    assert register is not None
    register("https://hooks.example.com/x", stage.program.frame)
    stage.driver.wait(lambda: isinstance(stage.window_in_front, RegistrationsSheet), "the sheet")
    stage.driver.wait(lambda: not stage.place.bridge.running, "the registrations")


def _open(stage: Stage) -> None:
    stage.sign_in()
    stage.open_nasty()


def _tab(stage: Stage, tab: Tab) -> None:
    payloads_alone(stage)
    stage.place.callbacks.payload.tabs.show_tab(tab)
    stage.driver.wait(lambda: not stage.place.bridge.running, "the payload")


def _wait_for_sheet(stage: Stage) -> None:
    stage.driver.wait(lambda: stage.window_in_front is not stage.program.frame, "the sheet")
    stage.driver.wait(lambda: not stage.place.bridge.running, "what is in it")
