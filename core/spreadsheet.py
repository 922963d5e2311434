"""Cells of tables that a spreadsheet opens without running them."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = re.compile(r"[\s']*[=+\-@＝＋－＠|]|'*[\t\r\n]")
"""Cells that a spreadsheet may run as a formula (OWASP, "CSV injection"), full-width signs included.

Apostrophes in front are part of it: otherwise a cell that has one of its own would come back without it.
"""


def guarded(cell: str) -> str:
    """Return ``cell`` with an apostrophe in front where a spreadsheet could take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take the apostrophe of :func:`guarded` away; every other cell is left as it is."""
    rest = cell.removeprefix("'")
    return rest if rest != cell and _FORMULA.match(rest) else cell
