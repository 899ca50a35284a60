"""Stops messages or opts in, and kills itself after so many steps; run by test_calls_killed."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.model.subscription import Campaign, SubscriptionList
from vibes_desktop.people.opt_in import opt_in
from vibes_desktop.people.opting_in import prepare_opt_in
from vibes_desktop.people.outcome import Author
from vibes_desktop.people.stop import Stop
from vibes_desktop.people.stop_messages import stop_messages
from vibes_desktop.people.stopping import prepare_stop
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.transport import Transport

AUTHOR = Author(ProfileId("profile"), "tester")


async def main(
    url: str, company: str, username: str, password: str, store: str, call: str, steps: str
) -> None:
    """Make the call, and die on the way."""
    client = VibesClient(Account(company, url, username, ApiVersion.V2, password), Transport(base_url=url))
    person = await client.person(Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342"))
    journal, left = Desk(Path(store)).journal, int(steps)

    def on_step(_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if call == "stop":
        plan = await prepare_stop(client, person)
        await stop_messages(client, journal, plan.on_list("SL1001"), AUTHOR, stop=Stop(), on_words=on_step)
    else:
        onto = SubscriptionList(obj(id="SL1001", name="Weekly deals"))
        campaign = Campaign(obj(acquisition_id="ACQ1001", status="active"))
        wish = await prepare_opt_in(client, person, onto, campaign)
        await opt_in(client, journal, wish, "asked on the phone", AUTHOR, on_step=on_step)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
