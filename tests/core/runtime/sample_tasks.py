"""Small tasks the runtime's tests run, in workers and inline."""

from __future__ import annotations

import faulthandler
import os
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from core.language import _
from core.runtime.events import Payload
from core.spoken_error import SpokenError


@dataclass(frozen=True, slots=True)
class Count(Payload):
    beat: ClassVar[bool] = True
    number: int


@dataclass(frozen=True, slots=True)
class Ten(Payload):
    number: int


@dataclass(frozen=True, slots=True)
class Latest(Payload):
    newest_only: ClassVar[bool] = True
    number: int


@dataclass(frozen=True, slots=True)
class Picture(Payload):
    newest_only: ClassVar[bool] = True
    image: np.ndarray


def count(to: int, every: float = 0.0):
    """Count, say every tenth apart, and return the sum."""
    for number in range(1, to + 1):
        if every:
            time.sleep(every)
        yield Count(number)
        yield Latest(number)
        if number % 10 == 0:
            yield Ten(number)
    return to * (to + 1) // 2


def fail(after: int):
    for number in range(after):
        yield Count(number)
    raise ValueError("the pond is frozen")


class FrozenError(SpokenError):
    """A pond is frozen."""


def refuse(because: str = ""):
    """Fail as it was foreseen, with another error as the cause or by itself."""
    yield Count(1)
    raise FrozenError("The pond is frozen; wait until it thaws.") from (KeyError(because) if because else None)


def array(shape, fill):
    yield Picture(np.full(shape, fill, dtype=np.uint8))
    return np.full(shape, fill + 1, dtype=np.uint8)


def write_pid_and_hang(path: str):
    Path(path).write_text(str(os.getpid()))
    yield Count(0)
    time.sleep(600)


def give_a_function():
    yield Count(1)
    return lambda: None


def fail_in_words():
    yield Count(1)
    raise ValueError(_("Interrupted."))


class Steered:
    """Yields its own number, which can be changed, and shows it as a picture."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.shown = 0

    def __iter__(self):
        while self.number >= 0:
            yield Count(self.number)

    def control(self, name: str, value: object) -> None:
        assert name == "number"
        assert isinstance(value, int)
        self.number = value

    def snapshot(self):
        self.shown += 1
        return Picture(np.full((300, 400), self.shown % 256, dtype=np.uint8))


def crash_natively():
    """Complain as libraries do, then die as native code does."""
    yield Count(1)
    warnings.warn("the ice is thin", stacklevel=1)
    os.write(2, "冰裂了".encode())
    faulthandler._sigsegv()


def grumble(lines: int):
    """Write much to standard error, faster than anybody reads."""
    yield Count(1)
    for number in range(lines):
        sys.stderr.write(f"{number:08d} the same complaint as ever\n")
    yield Count(2)


class Dear:
    """Counts as fast as it can, and is dear to show: 20 ms of computing a picture, of the number it has come to."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.number = 0
        self.spent = 0.0

    def __iter__(self):
        began = time.thread_time()
        while time.thread_time() - began < self.seconds:
            self.number += 1
            yield Latest(self.number)
        return self.spent / (time.thread_time() - began)

    def snapshot(self):
        began = time.thread_time()
        while time.thread_time() - began < 0.02:
            pass
        self.spent += 0.02
        return Picture(np.array([self.number], dtype=np.int64))
