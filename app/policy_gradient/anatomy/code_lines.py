"""The article's loop of code as lines that know which row of the strips they compute. Qt-free.

``resources/anatomy/loop.py.txt`` is the article's code, shortened. A line may end with ``#: row``; with ``#:
row.zeroed`` or ``row.last`` it runs only at a last step (whose reward counts as 0); a ``?`` says that it belongs to one
of the two corrections, and does not run without that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from app.policy_gradient.anatomy.rows import RowId
from core.paths import RESOURCES
from core.policy_gradient.anatomy.findings import Anatomy, Corrections

PATH: Final = RESOURCES / "anatomy" / "loop.py.txt"

_MARK: Final = re.compile(r"\s*#: (?P<row>\w+)(?:\.(?P<when>\w+))?(?P<optional>\?)?$")


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line.

    Attributes:
        text: the code.
        row: which row it computes; empty where none.
        when: ``"zeroed"`` or ``"last"`` where it runs at a last step only.
        is_correction: whether it belongs to one of the two corrections.
    """

    text: str
    row: str = ""
    when: str = ""
    is_correction: bool = False

    def is_in_use(self, corrections: Corrections) -> bool:
        """Return whether it runs at all with these corrections."""
        on = {"returns": corrections.credit == "to_go", "advantage": corrections.normalise}
        return not self.is_correction or on[self.row]


@cache
def code_lines(path: Path = PATH) -> tuple[CodeLine, ...]:
    """Return the lines of the article's code.

    Raises:
        OSError: the file is missing: the installation is broken.
    """
    return tuple(_line(text) for text in path.read_text(encoding="utf-8").splitlines())


def running(row: RowId, t: int, anatomy: Anatomy, corrections: Corrections) -> frozenset[int]:
    """Return the numbers of the lines that run, from 0, where ``row`` is computed for step ``t``."""
    is_last = t == anatomy.duration - 1
    found = set()
    for number, line in enumerate(code_lines()):
        if line.row != row or not line.is_in_use(corrections):
            continue
        here = {"": True, "zeroed": is_last and anatomy.is_last_zeroed, "last": is_last}[line.when]
        if row == "returns" and not line.when:
            here = not is_last
        if here:
            found.add(number)
    return frozenset(found)


def _line(text: str) -> CodeLine:
    mark = _MARK.search(text)
    if mark is None:
        return CodeLine(text.rstrip())
    return CodeLine(text[: mark.start()].rstrip(), mark["row"], mark["when"] or "", mark["optional"] is not None)
