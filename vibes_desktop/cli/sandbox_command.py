"""`vibes-desktop sandbox`: the simulated platform, alone."""

from __future__ import annotations

import asyncio
import signal
import sys

from vibes_desktop.sandbox.server import Sandbox


def run_sandbox(port: int) -> int:
    """Serve until SIGINT or SIGTERM; every line is flushed. Returns the exit status."""
    try:
        asyncio.run(_serve(port))
    except OSError as error:
        print(f"The sandbox can't use port {port}: {error.strerror or error}.", file=sys.stderr)
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
    await sandbox.start(port)
    print(
        f"sandbox on {sandbox.url} company_key={sandbox.company_key} "
        f"username={sandbox.username} password={sandbox.password}",
        flush=True,
    )
    await stop.wait()
    await sandbox.stop()
    print("sandbox stopped", flush=True)
