"""What the sheets share: several requests in sight, and hidden people."""

from pytestqt.qtbot import QtBot

from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.ui.people.calls.call_sheet import CallSheet, identifiers_line, name_of
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.vibes.request import Request

PERSON = Person(
    obj(
        person_key="key-1",
        external_person_id="CRM-77",
        mobile_phone=obj(mdn="+12065550143"),
        custom_fields=obj(first_name="Ana"),
    )
)
REQUESTS = (
    Request("DELETE", "https://v/one/CRM-77", "/one", (("X-API-Version", "2"),), None),
    Request("DELETE", "https://v/two", "/two", (("X-API-Version", "2"),), None),
)


def test_every_request_is_shown(profile: Profile, qtbot: QtBot) -> None:
    sheet = CallSheet("Stop", profile, Privacy())
    qtbot.addWidget(sheet)
    sheet.show_requests([plain_label("x")], "Stop", REQUESTS)
    assert "https://v/one/CRM-77" in sheet.code.toPlainText()
    assert "https://v/two" in sheet.code.toPlainText()
    sheet.show_requests([], "Stop", ())
    assert sheet.code.toPlainText() == ""


def test_hidden_people_are_hidden_in_the_requests_too(profile: Profile, qtbot: QtBot) -> None:
    privacy = Privacy(is_masking=True)
    assert name_of(PERSON, profile, privacy) == "A•••"
    assert "CRM-77" not in identifiers_line(PERSON, privacy)
    assert "0143" not in identifiers_line(PERSON, privacy)
    sheet = CallSheet("Stop", profile, privacy)
    qtbot.addWidget(sheet)
    assert sheet.name(PERSON) == "A•••"
    sheet.show_requests([plain_label("x")], "Stop", REQUESTS)
    assert "CRM-77" not in sheet.code.toPlainText()
