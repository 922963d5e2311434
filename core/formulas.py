"""Formulas, typeset: LaTeX in, SVG out. A task for a worker, since the typesetter takes a third of a second to load."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from core.runtime.events import Payload

INK: Final = "#010203"
"""The colour formulas are drawn in; whoever shows them puts their own in its place."""
SIZE: Final = 24.0
"""Height of type in the SVG's own units."""


@dataclass(frozen=True, slots=True)
class Typeset(Payload):
    """Formulas as pictures.

    Attributes:
        pictures: SVG of version 1.1 by name, in ``INK``, its type ``SIZE`` units high.
    """

    newest_only: ClassVar[bool] = True

    pictures: Mapping[str, str]


def typeset(request: Mapping[str, str]) -> Iterator[Typeset]:
    """Typeset ``request``, LaTeX by name."""
    with warnings.catch_warnings():
        # Its fonts are found by a function that Python 3.11 calls old and 3.13 does not.
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.config import config
        from ziamath.zmath import Latex

        # QtSvg draws SVG 1.1; what SVG 2 reuses by reference comes out blank there.
        config.svg2 = False
        pictures = {name: str(Latex(latex, size=SIZE, color=INK).svg()) for name, latex in request.items()}
    yield Typeset(pictures)
