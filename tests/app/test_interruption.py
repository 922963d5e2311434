import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from tests import program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends a process no signals")

# The offscreen platform counts as a display here, so that the window itself runs and not the tour.
WINDOW = """
import sys
sys.path.insert(0, {root!r})
from app import start
start.has_display = lambda: True
sys.exit(start.run_window())
"""


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 0), ("SIGHUP", 0)])
def test_the_window_ends_in_order_when_it_is_asked_to(own_home, tmp_path, name, code):
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW.format(root=str(program.MAIN.parent))],
        cwd=tmp_path, env=program.environment(own_home, QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        until = time.monotonic() + program.PATIENCE
        while not list(own_home.glob("settings/settings.json")):  # saved for the first time after the first paint
            assert window.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        assert list(own_home.glob("log/running-*.txt"))
        window.send_signal(getattr(signal, name))
        said, _nothing = window.communicate(timeout=program.PATIENCE)
    finally:
        window.kill()
        window.wait()
    assert window.returncode == code, said.decode()
    assert b"Traceback" not in said
    assert list(own_home.glob("log/running-*.txt")) == []


def test_an_open_dialog_does_not_keep_the_program(laboratory, qapp):
    answers = []
    dialog = QEventLoop()
    timers = [QTimer(singleShot=True) for _number in range(3)]
    timers[0].timeout.connect(lambda: answers.append(dialog.exec()))
    timers[1].timeout.connect(lambda: laboratory.leave(signal.SIGINT))
    timers[2].timeout.connect(lambda: qapp.exit(7))
    for timer, milliseconds in zip(timers, (0, 100, 10_000), strict=True):
        timer.start(milliseconds)
    assert qapp.exec() == 130
    assert answers == [130]
    timers[2].stop()
