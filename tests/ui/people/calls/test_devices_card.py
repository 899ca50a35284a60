"""Push devices, their tokens masked."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.subscription import PushDevice
from vibes_desktop.ui.people.calls.devices_card import NONE, DevicesCard, device_words, token_words

TOKEN = "0123456789abcdef"


def texts(card: DevicesCard) -> list[str]:
    return [label.accessibleName() or label.text() for label in card.findChildren(QLabel)]


def test_a_device_is_named_and_its_token_hidden(qtbot: QtBot) -> None:
    card = DevicesCard()
    qtbot.addWidget(card)
    device = PushDevice(
        obj(
            vibes_device_id="d-1",
            OS="iOS",
            os_version="17.4",
            hardware_make="Example",
            hardware_model="One",
            app_version="7",
            push_token=TOKEN,
        )
    )
    card.show_devices([device])
    assert "Example One · iOS 17.4" in texts(card)
    assert "•••cdef" in texts(card)
    tips = "".join(label.toolTip() for label in card.findChildren(QLabel))
    assert TOKEN not in tips + "".join(texts(card))


def test_whatever_is_missing_has_words() -> None:
    assert device_words(PushDevice(obj())) == "Device without an ID"
    assert device_words(PushDevice(obj(vibes_device_id="d-1"))) == "Device d-1"
    assert token_words(None) == "no token"
    assert token_words("12345678") == "•••"  # half of a short one would be half of the secret


def test_none_and_not_known_are_different(qtbot: QtBot) -> None:
    card = DevicesCard()
    qtbot.addWidget(card)
    card.show_devices([])
    assert NONE in texts(card)
    card.show_problem(StorageError("No connection", "", ""))
    qtbot.waitUntil(lambda: "Not known: No connection." in texts(card))
