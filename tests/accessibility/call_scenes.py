"""The sheets of the calls that support gets, as they are reached."""

from __future__ import annotations

from tests.accessibility.stage import NASTY_KEY, Stage

FREE_NUMBER = "(206) 555-0187"


def stop_messages(stage: Stage) -> None:
    stage.sign_in()
    stage.look_up("+12065550150", "people found")
    stage.driver.press("Return")
    stage.driver.wait_for_text("active list")
    stage.driver.press("Ctrl+Shift+S")
    stage.driver.wait_for_text("Has the same number")


def opt_in(stage: Stage) -> None:
    _open(stage)
    stage.platform.call("DELETE", f"persons/{NASTY_KEY}/subscriptions/SL1001")
    stage.driver.press("Ctrl+Shift+O")
    stage.driver.wait_for_text("A real text message")


def change_number(stage: Stage) -> None:
    _open(stage)
    stage.driver.press("Ctrl+Shift+N")
    stage.driver.wait_for_focus("New mobile number")
    stage.driver.type(FREE_NUMBER)
    stage.driver.press("Return")
    stage.driver.wait_for_text("Exactly this will be sent")


def number_is_taken(stage: Stage) -> None:
    _open(stage)
    stage.driver.press("Ctrl+Shift+N")
    stage.driver.wait_for_focus("New mobile number")
    stage.driver.type("206 555 0150")
    stage.driver.press("Return")
    stage.driver.wait_for_text("Has the new number")


def why_texted(stage: Stage) -> None:
    _open(stage)
    stage.driver.press("Ctrl+Shift+Y")
    stage.driver.wait_for_text("What is not known")


def _open(stage: Stage) -> None:
    stage.sign_in()
    stage.open_nasty()


CALL_SCENES = (stop_messages, opt_in, change_number, number_is_taken, why_texted)
