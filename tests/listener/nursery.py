"""A program that forks listeners to be killed: importing everything once makes thousands of them cheap.

For each line of input, the path of a store, it starts one and prints its process and port.
"""

import asyncio
import os
import sys
from pathlib import Path

from vibes_desktop.listener.server import Listener
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.storage.captures import CaptureStore


async def listen(path: str) -> None:
    """Listen until killed."""
    store = CaptureStore.open(Path(path))
    listener = Listener(store, Endpoint(token="the-path").on_port(0))
    await listener.start()
    print(os.getpid(), listener.port, flush=True)  # noqa: T201 - the parent reads it
    await asyncio.Event().wait()


for line in sys.stdin:
    child = os.fork()
    if child == 0:
        asyncio.run(listen(line.strip()))
    os.waitpid(child, 0)
