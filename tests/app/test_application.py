"""Files that the system hands over, in a process that has no application yet."""

import subprocess
import sys

HAND_OVER = """
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from vibes_desktop.app.application import Application
app = Application(["vibes-desktop"])
def send(name):
    return Application.sendEvent(app, QFileOpenEvent(name))
send("/early.json")
opened = []
app.open_files_with(opened.append)
print(send("/late.json"), opened)
Application.sendEvent(app, QEvent(QEvent.Type.User))
"""


def test_files_come_to_whoever_opens_them_however_early() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HAND_OVER],
        capture_output=True,
        text=True,
        check=False,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout == "True ['/early.json', '/late.json']\n", done.stderr
