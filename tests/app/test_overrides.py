"""An error in a method that Qt calls is told as every other; it ends no process."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import app
from app.overrides import called_by_qt, caught_once, overrides_of

ROOT = Path(__file__).resolve().parents[2]

_CRASH = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from app.overrides import called_by_qt
from app.panel import Themed

ERRORS = (lambda: {}["duck"], lambda: QWidget().resize("wide"), lambda: [][1], lambda: int("duck"), lambda: 1 / 0)

class Pond(Themed, QWidget):
    def resizeEvent(self, event):
        wrong()

class Themeless(QWidget):
    def resizeEvent(self, event):
        wrong()

class Watcher(QObject):
    def eventFilter(self, watched, event):
        return wrong() if event.type() == QEvent.Type.User else False

called_by_qt(Themeless)
called_by_qt(Watcher)
application = QApplication([])
told = []
watcher, watched = Watcher(), QObject()
watched.installEventFilter(watcher)

for wrong in ERRORS:
    for kind in (Pond, Themeless):
        part = kind()
        try:
            part.show()  # calls the method there and then
        except Exception as error:
            told.append(type(error).__name__)
    try:
        QApplication.sendEvent(watched, QEvent(QEvent.Type.User))
    except Exception as error:
        told.append(type(error).__name__)
print(*told)
"""


def test_an_error_in_a_method_that_qt_calls_is_an_exception_and_no_crash(own_home):
    done = subprocess.run(
        [sys.executable, "-c", _CRASH], cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    kinds = ("KeyError", "TypeError", "IndexError", "ValueError", "ZeroDivisionError")
    assert done.stdout.split() == [kind for kind in kinds for _way in range(3)]


def classes():
    """Yield every class of the window that takes the place of something of Qt's."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        for kind in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(kind) and kind.__module__ == module.name and overrides_of(kind):
                yield kind


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there an error is an object from the start")
def test_every_class_whose_methods_qt_calls_is_prepared():
    found = list(classes())
    assert len(found) > 60
    bare = [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in found
        for name in overrides_of(kind)
        if not hasattr(vars(kind)[name], "__wrapped__")
    ]
    assert bare == []


def test_answers_and_words_stay_what_they_are():
    @caught_once
    def double(number: int) -> int:
        """Return twice as much."""
        return 2 * number

    assert double(number=3) == 6
    assert (double.__name__, double.__doc__) == ("double", "Return twice as much.")
    assert called_by_qt(dict) is dict
