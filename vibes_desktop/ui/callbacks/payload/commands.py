"""What the program can be told to do with the payload that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from vibes_desktop.ui.callbacks.payload.copying import CopyAs
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.payload.tabs import TITLES, Tab
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import PageId

IN_MENU = (
    "aside",
    "compare_aside",
    "compare_two",
    "redeliveries",
    "copy_json",
    "copy_exact",
    "copy_curl",
    "copy_link",
)


def payload_commands(pane: PayloadPane) -> Sequence[Command]:
    """List the commands of the pane, and offer some of them in its menu."""
    commands = (*_ways_on(pane), *_copies(pane), *_reading(pane))
    wanted = {f"payload.{name}" for name in IN_MENU}
    pane.head.set_more(tuple(each for each in commands if each.id in wanted))
    return commands


def _command(
    name: str,
    title: str,
    run: Callable[[], object],
    shortcut: str,
    enabled: Callable[[], bool],
    *,
    repeats: bool = False,
) -> Command:
    return Command(
        f"payload.{name}", title, run, shortcut, enabled=enabled, page=PageId.CALLBACKS, repeats=repeats
    )


def _ways_on(pane: PayloadPane) -> Sequence[Command]:
    deeds = pane.deeds

    def has_payload() -> bool:
        return pane.loaded is not None

    def has_person() -> bool:
        return pane.loaded is not None and pane.head.has_person

    return (
        _command("person", "Open the payload's person", pane.head.open_person, "Ctrl+P", has_person),
        _command("timeline", "Show everything about this person", deeds.open_timeline, "Ctrl+T", has_person),
        _command(
            "compare_previous",
            "Compare with the previous one",
            deeds.compare_with_previous,
            "Ctrl+D",
            has_person,
        ),
        _command(
            "compare_two",
            "Compare the two selected payloads",
            deeds.compare_selected,
            "Ctrl+Shift+D",
            lambda: deeds.has_two,
        ),
        _command("aside", "Put this payload aside, to compare", deeds.put_aside, "", has_payload),
        _command(
            "compare_aside",
            "Compare with the payload put aside",
            deeds.compare_with_aside,
            "",
            lambda: deeds.has_aside,
        ),
        _command(
            "follow_link",
            "Go to the row of the copied link",
            deeds.follow_link,
            "Ctrl+Shift+J",
            lambda: len(pane.viewer.collection) > 0,
        ),
        _command(
            "redeliveries",
            "Show events delivered more than once",
            deeds.open_redeliveries,
            "",
            lambda: len(pane.viewer.collection) > 0,
        ),
    )


def _copies(pane: PayloadPane) -> Sequence[Command]:
    forms = (
        ("copy_json", "Copy as JSON", CopyAs.JSON, "Ctrl+Shift+C"),
        ("copy_exact", "Copy the exact text", CopyAs.EXACT, ""),
        ("copy_curl", "Copy as cURL", CopyAs.CURL, ""),
        ("copy_link", "Copy a link to the row", CopyAs.LINK, "Ctrl+Shift+L"),
    )
    return tuple(
        _command(name, title, partial(pane.deeds.copy_as, form), keys, lambda: pane.loaded is not None)
        for name, title, form, keys in forms
    )


def _reading(pane: PayloadPane) -> Sequence[Command]:
    def has_payload() -> bool:
        return pane.loaded is not None

    def is_hidden() -> bool:
        return has_payload() and pane.viewer.privacy.is_masking and pane.tabs.tab is Tab.TREE

    tree = pane.tabs.tree
    views = tuple(
        _command(
            f"tab_{tab.name.lower()}",
            f"Payload: {TITLES[tab].lower()}",
            partial(pane.tabs.show_tab, tab),
            f"Alt+{tab + 1}",
            has_payload,
        )
        for tab in Tab
    )
    return (
        *views,
        _command("find", "Find in this payload", pane.tabs.open_find, "Ctrl+F", has_payload),
        _command(
            "find_next", "Find next in this payload", partial(tree.step, 1), "F3", has_payload, repeats=True
        ),
        _command(
            "find_previous",
            "Find previous in this payload",
            partial(tree.step, -1),
            "Shift+F3",
            has_payload,
            repeats=True,
        ),
        _command("open_all", "Open the whole tree", tree.open_all, "", has_payload),
        _command("close_all", "Close the whole tree", tree.close_all, "", has_payload),
        _command("value", "Show all of this value in the payload", tree.show_value, "", has_payload),
        _command("reveal", "Show this hidden value for 10 seconds", tree.reveal, "Alt+V", is_hidden),
        _command("ask_same", "Ask for payloads that have the same here", tree.ask_for_same, "", has_payload),
        _command("copy_path", "Copy the path of this place in the payload", tree.copy_path, "", has_payload),
    )
