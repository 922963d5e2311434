"""Methods that Qt calls: what goes wrong in them reaches Qt as an exception object.

Before Python 3.12 an error that C code raises, such as a missing key or a wrong argument, becomes an object only when
somebody catches it. Where Qt calls a method of ours while we are calling Qt (``resize`` calls ``resizeEvent``), PySide
6.11 takes the text of such an error for the object, and the process crashes instead of telling it. So what goes
through such a method is caught once and let go on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, ParamSpec, TypeVar

Kind = TypeVar("Kind", bound=type[Any])
Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_LIBRARIES = ("PySide6", "pyqtgraph")


def called_by_qt(kind: Kind) -> Kind:
    """Prepare a class whose methods take the place of Qt's; the decorator of each that is no ``Themed``."""
    if sys.version_info < (3, 12):
        for name in overrides_of(kind):
            setattr(kind, name, caught_once(vars(kind)[name]))
    return kind


def overrides_of(kind: type[Any]) -> list[str]:
    """Return the names of the methods that ``kind`` itself puts in the place of Qt's."""
    theirs = [base for base in kind.__mro__ if base.__module__.partition(".")[0] in _LIBRARIES]
    return [
        name
        for name, method in vars(kind).items()
        if isinstance(method, FunctionType) and not name.startswith("_") and any(hasattr(base, name) for base in theirs)
    ]


def caught_once(method: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Return ``method`` with what goes wrong in it caught, and let go on."""

    @wraps(method)
    def call(*args: Given.args, **given: Given.kwargs) -> Answer:
        try:
            return method(*args, **given)
        except BaseException:
            raise

    return call
