"""`vibes-desktop sandbox`: the simulated platform, alone."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from vibes_desktop.sandbox.server import Sandbox


class PortUnusable(Exception):
    """The port is taken or forbidden; the text is the reason."""


def run_sandbox(port: int) -> int:
    """Serve until SIGINT or SIGTERM; every line is flushed. Returns the exit status."""
    try:
        asyncio.run(_serve(port))
    except PortUnusable as error:
        print(f"The sandbox can't use port {port}: {error}.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # nobody reads where it is
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python's last flush would complain
        return 1
    except KeyboardInterrupt:  # where the loop can't take signals over, as on Windows
        return 0
    return 0


async def _serve(port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl+C arrives as KeyboardInterrupt
            break
    sandbox = Sandbox()
    try:
        await sandbox.start(port)
    except OSError as error:
        raise PortUnusable(os.strerror(error.errno or 0).lower()) from error
    try:
        print(sandbox.announcement, flush=True)
        await stop.wait()
    finally:
        await sandbox.stop()
