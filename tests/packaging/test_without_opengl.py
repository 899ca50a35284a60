"""pyqtgraph does without Qt's OpenGL, of which the packaged program has only a stand-in."""

from __future__ import annotations

import subprocess
import sys

from scripts.packing.components import ROOT

DRAW = """
import runpy, sys
runpy.run_path(sys.argv[1])
sys.meta_path.insert(0, sys.meta_path.pop())  # before the modules that are installed here
from PySide6.QtWidgets import QApplication
app = QApplication([])
import pyqtgraph
plot = pyqtgraph.PlotWidget()
plot.plot([1, 2, 3])
assert not plot.grab().isNull()
from PySide6 import QtOpenGL, QtOpenGLWidgets
print([name for name in vars(QtOpenGL) if name.startswith("Q")])
print(QtOpenGLWidgets.QOpenGLWidget.__mro__[1].__name__)
"""


def test_a_plot_is_drawn() -> None:
    hook = ROOT / "packaging" / "without_opengl.py"
    environment = {"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"}
    command = (sys.executable, "-c", DRAW, hook)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (0, "[]\nQWidget\n"), done.stderr
