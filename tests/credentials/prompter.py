"""A stand-in for the window in which GNOME Keyring asks for its password.

Argument: `dismiss` closes every question as a person would with Escape, `ignore` leaves it open for ever.
Prints `ready`, and `asked` for each question.
"""

import sys

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection  # type: ignore[import-untyped]

NAME = "org.gnome.keyring.SystemPrompter"
CALLBACK = "org.gnome.keyring.internal.Prompter.Callback"


def say(line: str) -> None:
    """Tell the parent."""
    print(line, flush=True)  # noqa: T201 - the parent reads it


def tell_client(connection: DBusConnection, call: Message, method: str, *arguments: object) -> None:
    """Call the client back, at the object it named."""
    client = DBusAddress(call.body[0], call.header.fields[HeaderFields.sender], CALLBACK)
    signature = "sa{sv}s" if arguments else None
    connection.send(new_method_call(client, method, signature, arguments))


def answer(connection: DBusConnection, call: Message, mode: str) -> None:
    """Do what was called."""
    connection.send(new_method_return(call))
    match call.header.fields[HeaderFields.member]:
        case "BeginPrompting":
            tell_client(connection, call, "PromptReady", "", {}, "")
        case "PerformPrompt":
            say("asked")
            if mode == "dismiss":
                tell_client(connection, call, "PromptReady", "no", {}, "")
        case "StopPrompting":
            tell_client(connection, call, "PromptDone")


def main() -> None:
    """Own the prompter's name and answer until killed."""
    with open_dbus_connection() as connection:
        Proxy(message_bus, connection).RequestName(NAME)
        say("ready")
        while True:
            message = connection.receive()
            if message.header.message_type is MessageType.method_call:
                answer(connection, message, sys.argv[1])


main()
