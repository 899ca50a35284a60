"""Reads another process's windows as a screen reader does: through AT-SPI on the accessibility bus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from jeepney import DBusAddress, MatchRule, Properties, new_method_call  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]
from jeepney.wrappers import DBusErrorResponse, unwrap_msg  # type: ignore[import-untyped]

REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
ANSWER_SECONDS = 20.0
MOST_CHILDREN = 3000
# Numbers of AtspiStateType.
CHECKED, FOCUSED, SHOWING = 4, 12, 25
CHOICE = "combo box"


class Place(NamedTuple):
    """An object of the accessibility tree: whose it is, and where."""

    bus: str
    path: str


class ScreenReader:
    """Looks into the one program that offers itself to assistive technology. Use as `eyes` of a story."""

    def __init__(self) -> None:
        self._bus = open_dbus_connection(bus=_accessibility_bus())
        focus = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="StateChanged")
        self._ask(DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus"), message_bus.AddMatch(focus))
        self._signals = self._bus.filter(focus, bufsize=10_000).__enter__()
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        self._ask(
            registry, new_method_call(registry, "RegisterEvent", "sass", ("object:state-changed", [], ""))
        )
        self._focus: Place | None = None

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def has_program(self) -> bool:
        """Tell whether a program offers itself."""
        return bool(self._children(Place(REGISTRY, ROOT)))

    def is_said(self, text: str) -> bool:
        """Tell whether a text is in sight, possibly as a part of a longer one."""
        return any(text in said for said in self.texts_in_sight())

    def texts_in_sight(self) -> list[str]:
        """Every name, text and value that is in sight."""
        return [text for place in self._in_sight() for text in self._texts(place)]

    def focus_name(self) -> str:
        """The accessible name of what has the focus."""
        place = self._focused()
        return "" if place is None else self._name(place)

    def focus_value(self) -> str:
        """What stands in the field that has the focus, or what the choice is set to."""
        place = self._focused()
        return "" if place is None else self._value(place)

    def is_checked(self) -> bool:
        """Tell whether the tick or radio button that has the focus is on."""
        place = self._focused()
        return place is not None and self._is(place, CHECKED)

    def _focused(self) -> Place | None:
        """Find the focus: by what the program last told of it, else by looking at everything."""
        while self._signals:
            message = self._signals.popleft()
            if message.body[0] == "focused" and message.body[1]:
                fields = {int(field): value for field, value in message.header.fields.items()}
                self._focus = Place(fields[7], fields[1])
        if self._focus is None or not self._still(self._focus):
            self._focus = next((place for place in self._in_sight() if self._is(place, FOCUSED)), None)
        return self._focus

    def _still(self, place: Place) -> bool:
        try:
            return self._is(place, FOCUSED)
        except DBusErrorResponse:  # it is gone
            return False

    def _in_sight(self) -> Iterator[Place]:
        waiting = list(self._children(Place(REGISTRY, ROOT)))
        while waiting:
            place = waiting.pop(0)
            try:
                if place.path != ROOT and not self._is(place, SHOWING):
                    continue
                waiting[:0] = self._children(place)
            except DBusErrorResponse:  # it went away meanwhile
                continue
            yield place

    def _children(self, place: Place) -> list[Place]:
        """Give what is inside; nothing of a table with more cells than anybody can look through."""
        count = int(self._property(place, ACCESSIBLE, "ChildCount"))
        if not 0 < count <= MOST_CHILDREN:
            return []
        return [Place(*child) for child in self._call(place, ACCESSIBLE, "GetChildren")[0]]

    def _is(self, place: Place, state: int) -> bool:
        low, _high = self._call(place, ACCESSIBLE, "GetState")[0]
        return bool(low >> state & 1)

    def _texts(self, place: Place) -> list[str]:
        try:
            found = [self._name(place), self._value(place)]
        except DBusErrorResponse:
            return []
        return [text for text in found if text]

    def _name(self, place: Place) -> str:
        """Qt gives what a choice is set to for its name on Linux; its name is its description."""
        return str(self._property(place, ACCESSIBLE, "Description" if self._is_choice(place) else "Name"))

    def _value(self, place: Place) -> str:
        if self._is_choice(place):
            return str(self._property(place, ACCESSIBLE, "Name"))
        interfaces = self._call(place, ACCESSIBLE, "GetInterfaces")[0]
        if "org.a11y.atspi.Text" in interfaces:
            return str(self._call(place, "org.a11y.atspi.Text", "GetText", "ii", (0, -1))[0])
        return ""

    def _is_choice(self, place: Place) -> bool:
        return bool(self._call(place, ACCESSIBLE, "GetRoleName")[0] == CHOICE)

    def _property(self, place: Place, interface: str, name: str) -> Any:
        address = DBusAddress(place.path, place.bus, interface)
        return self._ask(address, Properties(address).get(name))[0][1]

    def _call(
        self,
        place: Place,
        interface: str,
        method: str,
        signature: str | None = None,
        body: tuple[Any, ...] = (),
    ) -> Any:
        address = DBusAddress(place.path, place.bus, interface)
        return self._ask(address, new_method_call(address, method, signature, body))

    def _ask(self, _address: DBusAddress, message: Any) -> Any:
        return unwrap_msg(self._bus.send_and_get_reply(message, timeout=ANSWER_SECONDS))


def _accessibility_bus() -> str:
    """Ask the session for the bus of assistive technology."""
    address = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    with open_dbus_connection() as session:
        found = unwrap_msg(
            session.send_and_get_reply(new_method_call(address, "GetAddress"), timeout=ANSWER_SECONDS)
        )
    return str(found[0])
