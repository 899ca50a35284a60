"""Stands in for Qt's OpenGL, which pyqtgraph imports and does not use here: the package is 10 MB smaller.

PyInstaller's start-up code runs this before the program, so it imports nothing that the first paint can wait
for.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

WIDGETS = "PySide6.QtOpenGLWidgets"
LEFT_OUT = ("PySide6.QtOpenGL", WIDGETS)


class StandIn(MetaPathFinder, Loader):
    """Makes modules that are empty but for the one class that others derive from."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - as the import system calls it
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Take over the modules that were left out."""
        return ModuleSpec(fullname, self) if fullname in LEFT_OUT else None

    def exec_module(self, module: ModuleType) -> None:
        """Fill one of them."""
        if module.__name__ == WIDGETS:
            from PySide6.QtWidgets import QWidget

            vars(module)["QOpenGLWidget"] = type("QOpenGLWidget", (QWidget,), {})


sys.meta_path.append(StandIn())
