"""Changes a number, and kills itself at the given step; run by test_renumber_killed."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.outcome import Author
from vibes_desktop.people.renumber import change_number
from vibes_desktop.people.renumbering import prepare_number_change
from vibes_desktop.people.stop import Stop
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.pace import Pace
from vibes_desktop.vibes.transport import Transport

CALLS_A_SECOND = 100_000


async def main(url: str, company: str, username: str, password: str, store: str, number: str) -> None:
    """Tell each step; die where there is nobody to let it go on."""
    account = Account(company, url, username, ApiVersion.V2, password)
    client = VibesClient(account, Transport(base_url=url, pace=Pace(CALLS_A_SECOND)))
    person = await client.person(Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342"))
    plan = await prepare_number_change(client, person, number)
    steps_left = int(sys.stdin.readline())

    def on_act(_: str) -> None:
        nonlocal steps_left
        steps_left -= 1
        if steps_left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    author = Author(ProfileId("profile"), "tester")
    await change_number(client, Desk(Path(store)), plan, author, stop=Stop(), on_act=on_act)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
