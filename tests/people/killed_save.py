"""Saves, and kills itself when the given step begins; run by test_killed."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import Author, SaveStep
from vibes_desktop.people.review import prepare_review
from vibes_desktop.people.save import save
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.transport import Transport


async def main(url: str, company: str, username: str, password: str, store: str, last_step: str) -> None:
    """Save, and die on the way."""
    client = VibesClient(Account(company, url, username, ApiVersion.V2, password), Transport(base_url=url))
    person = await client.person(Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342"))
    review = await prepare_review(
        client, PersonEdit(person, ApiVersion.V2).set(FieldRef("last_name"), "Miller")
    )

    def on_step(step: SaveStep) -> None:
        if step.name == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    author = Author(ProfileId("profile"), "tester")
    await save(client, Desk(Path(store)).journal, review, author, on_step=on_step)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
