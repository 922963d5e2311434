"""The program in a process of its own, as the drill sees it from outside: start, wait, kill, look at what is left."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.drill.ledger import read_ledger

ROOT = Path(__file__).resolve().parents[2]
LOADING = 600
"""Seconds a start may take on a machine that others keep so busy that the window's loop stands for half a minute."""
_GONE = 60
"""Seconds the workers of a killed window may live on: on a busy machine one may still be loading torch."""
_USUAL = "This plugin does not support propagateSizeHints()\n"
"""What the offscreen platform says of every window."""
_TROUBLE = ("Traceback (most recent call last)", "Nobody caught", "Fatal Python error", "Segmentation fault")


_UNBORN = re.compile(
    r'Traceback \(most recent call last\):\n  File "<string>", line 1, in <module>\n[^\n]*in spawn_main\n.*?'
    r"EOFError: Ran out of input\n",
    re.DOTALL,
)
"""What Python says of a process that was being started when the one that starts it was killed."""


class Window:
    """One start of the program with somebody at its keys.

    Args:
        home: its settings, data, log, ledger and what it says.
        hands: who sits there, ``module:function`` below ``tests.drill.hands``.
        seed: chooses what they do.
        seconds: how long they work; then they close the window.
        given: what else they are told.
    """

    def __init__(self, home, hands, seed, seconds, **given):
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.ledger = home / "ledger"
        self._begun = len(read_ledger(self.ledger))
        told = {"hands": hands, "seed": seed, "seconds": seconds, "ledger": str(self.ledger), **given}
        environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        environment |= {"QT_QPA_PLATFORM": "offscreen", "YAYA_LAB_HOME": str(home), "YAYA_LANG": "en"}
        with (home / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.drill.hands.program", json.dumps(told)],
                cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.kill()

    def lines(self, kind=None):
        """Return what this start has written down, of one kind or all of it."""
        return [line for line in read_ledger(self.ledger)[self._begun :] if kind in (None, line["kind"])]

    def wait_for(self, kind, patience=LOADING):
        """Wait until a line of this kind was written."""
        end = time.monotonic() + patience
        while not self.lines(kind):
            assert self.process.poll() is None, f"ended with {self.process.returncode} before {kind!r}: {self.told()}"
            assert time.monotonic() < end, f"no {kind!r} after {patience} s: {self.told()}"
            time.sleep(0.05)

    def kill(self):
        """Kill the window as nothing can be killed harder, and see that its workers end, too."""
        workers = self._family()[1:]
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        end = time.monotonic() + _GONE
        while (alive := [worker for worker in workers if _lives(worker)]) and time.monotonic() < end:
            time.sleep(0.05)
        for worker in alive:
            worker.kill()
        assert not alive, f"workers lived on after their window: {alive}"

    def wait(self, patience):
        """Wait for the hands to close the window, and return how they left it."""
        self.process.wait(patience)
        assert self.process.returncode == 0, f"ended with {self.process.returncode}: {self.told()}"
        (left,) = self.lines("left")
        assert not left["problem"], f"{left['problem']}: {self.told()}"
        return left["figures"]

    def memory(self):
        """Return MiB of the window, and of all its workers together."""
        sizes = []
        for process in self._family():
            try:
                sizes.append(process.memory_info().rss / 2**20)
            except psutil.NoSuchProcess:
                sizes.append(0.0)
        return (sizes[0], sum(sizes[1:])) if sizes else (0.0, 0.0)

    def _family(self):
        try:
            me = psutil.Process(self.process.pid)
            return [me, *me.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def log(self):
        """Return what the program has logged in this home."""
        log = self.home / "log" / "yaya-lab.log"
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def told(self):
        """Return the end of what the program said and logged, for a report."""
        said = self._said().replace(_USUAL, "")
        return f"{said[-3000:]}\n{self.log()[-3000:]}\n{self._crash()[:6000]}"

    def _said(self):
        return (self.home / "said").read_text(errors="replace")

    def _crash(self):
        """Return what the interpreter wrote down in the moment of a crash."""
        marker = self.home / "log" / f"running-{self.process.pid}.txt"
        return marker.read_text(errors="replace") if marker.exists() else ""

    def troubles(self):
        """Return the places where the program, in this home, said or logged what nobody expected."""
        told = _UNBORN.sub("", self._said()) + self.log() + self._crash()
        return [told[max(0, told.find(sign) - 300) : told.find(sign) + 2500] for sign in _TROUBLE if sign in told]


def _lives(process):
    """Return whether a process is more than an entry in the system's list."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def longest_gaps(home):
    """Return the longest gap between two beats of the window (s), and the most its own thread worked in one."""
    gaps = [line for line in read_ledger(home / "ledger") if line["kind"] == "gap"]
    return max((gap["seconds"] for gap in gaps), default=0.0), max((gap["worked"] for gap in gaps), default=0.0)


def remember(home, **values):
    """Leave settings behind as an earlier start of the synonyms tab would have."""
    folder = home / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    remembered = {"version": 1, "language": "en", "tabs": {"synonyms": {"mined": "finished"} | values}}
    (folder / "settings.json").write_text(json.dumps(remembered), encoding="utf-8")
