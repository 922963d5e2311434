"""What the program does, and what it leaves for later, between its start and the first paint of its window."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_START = """
import gc, json, sys
import main
main.load_before_qt()
from app import application, theme_controller
application.has_display = lambda: True
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

seen = {"dressed": []}
dress, show = theme_controller.apply_sheet, application.Laboratory.show

def note_dressing(*given):
    seen["dressed"].append(len(QApplication.allWidgets()))
    dress(*given)

def look(laboratory):
    seen["loaded"] = sorted(name for name in sys.modules if "." not in name)
    seen["widgets"] = len(QApplication.allWidgets())
    QTimer.singleShot(0, lambda: look_again(laboratory))

def look_again(laboratory):
    curves = laboratory.window.open_tab.page.curves
    if not curves.is_built:
        QTimer.singleShot(10, lambda: look_again(laboratory))
        return
    seen["frozen"], seen["collects_anywhere"] = gc.get_freeze_count(), gc.isenabled()
    seen["curves"] = curves.durations.isVisible()
    laboratory.window.close()

def show_and_look(self):
    seen["collected_before"] = gc.isenabled()
    self.window.painted.connect(lambda: look(self))
    show(self)

theme_controller.apply_sheet = note_dressing
application.Laboratory.show = show_and_look
code = main.main([])
print(json.dumps(seen))
sys.exit(code)
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """What was seen of one start of the window, in a process of its own."""
    home = str(tmp_path_factory.mktemp("home"))
    done = subprocess.run(
        [sys.executable, "-c", _START],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "YAYA_LAB_HOME": home},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_window_is_painted_before_anything_heavy_is_loaded(start):
    heavy = {"torch", "gymnasium", "pygame", "transformers", "sklearn", "scipy", "pyqtgraph", "sqlalchemy"}
    assert heavy & set(start["loaded"]) == set()


def test_the_curves_come_right_after_the_first_paint(start):
    assert start["curves"]


def test_the_window_is_dressed_once_when_it_is_whole(start):
    (widgets,) = start["dressed"]
    assert widgets >= 0.9 * start["widgets"]


def test_garbage_is_not_looked_for_in_what_was_made_before_the_first_paint_nor_by_whoever_makes_something(start):
    assert not start["collected_before"]
    assert not start["collects_anywhere"]
    assert start["frozen"] > 10_000
