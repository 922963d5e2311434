r"""Formulas, typeset: LaTeX in, SVG out. A task for a worker, since the typesetter takes a third of a second to load.

A formula may name symbols, as in ``\sym{alpha}_{ij}``. Each occurrence is a group of its own in the picture, with an
id, so that who shows it can colour it, find it under the mouse and light it.
"""

from __future__ import annotations

import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from core.runtime.events import Payload

INK: Final = "#010203"
"""The colour formulas are drawn in; whoever shows them puts their own in its place."""
SIZE: Final = 24.0
"""Height of type in the SVG's own units."""

_NAMED: Final = re.compile(r"\\sym\{(\w+)\}")
_GROUP: Final = re.compile(r'<g id="(\w+)-(\d+)" fill="' + INK + '"')
_SVG: Final = "http://www.w3.org/2000/svg"
_MATHML: Final = "http://www.w3.org/1998/Math/MathML"


@dataclass(frozen=True, slots=True)
class Typeset(Payload):
    """Formulas as pictures.

    Attributes:
        pictures: SVG of version 1.1 by name, in ``INK``, its type ``SIZE`` units high; the n-th occurrence of a
            symbol is the group with the id that :func:`occurrences` gives it.
    """

    newest_only: ClassVar[bool] = True

    pictures: Mapping[str, str]


def symbols_of(latex: str) -> list[str]:
    r"""Return the symbol that each ``\sym{…}`` of ``latex`` names, from left to right."""
    return _NAMED.findall(latex)


def occurrences(svg: str) -> list[tuple[str, str]]:
    """Return the id of each group of a picture that draws a symbol, with the symbol, in the order of the drawing."""
    return [(f"{symbol}-{number}", symbol) for symbol, number in _GROUP.findall(svg)]


def coloured(svg: str, ink: str, hues: Mapping[str, str]) -> str:
    """Return the picture in ``ink``, each group of :func:`occurrences` in the colour that ``hues`` has for its id.

    Args:
        svg: as :func:`typeset` makes it.
        ink: ``#rrggbb`` of all that is no symbol.
        hues: ``#rrggbb`` by group; one that is left out is drawn in ``ink``.
    """

    def group(found: re.Match[str]) -> str:
        return found[0].replace(INK, hues.get(f"{found[1]}-{found[2]}", ink))

    return _GROUP.sub(group, svg).replace(INK, ink)


def typeset(request: Mapping[str, str], symbols: Mapping[str, str] | None = None) -> Iterator[Typeset]:
    r"""Typeset ``request``, LaTeX by name.

    Args:
        request: the formulas.
        symbols: LaTeX of what ``\sym{…}`` names.

    Raises:
        KeyError: a formula names a symbol that ``symbols`` has not.
    """
    with warnings.catch_warnings():
        # Its fonts are found by a function that Python 3.11 calls old and 3.13 does not.
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.config import config

        # QtSvg draws SVG 1.1; what SVG 2 reuses by reference comes out blank there.
        config.svg2 = False
        pictures = {name: _picture(latex, symbols or {}) for name, latex in request.items()}
    yield Typeset(pictures)


def _picture(latex: str, symbols: Mapping[str, str]) -> str:
    from ziamath.tex import tex2mml
    from ziamath.zmath import Math

    named: list[str] = []

    def in_own_colour(found: re.Match[str]) -> str:
        named.append(found[1])
        return rf"\textcolor{{{_marker(len(named) - 1)}}}{{{symbols[found[1]]}}}"

    marked = _NAMED.sub(in_own_colour, latex)
    mathml = ET.fromstring(tex2mml(marked))  # noqa: S314  made here, from our own formulas
    mathml.set("mathcolor", INK)
    _unwrap(mathml)
    svg = str(Math(mathml, size=SIZE).svg())
    return _grouped(svg, named) if named else svg


def _marker(occurrence: int) -> str:
    """Return the colour by which an occurrence is known from MathML to SVG."""
    return f"#f0{occurrence:04x}"


def _unwrap(element: ET.Element) -> None:
    """Put colours on single letters themselves: as a row of one, a letter's index would hang lower."""
    for at, child in enumerate(element):
        _unwrap(child)
        if child.tag == f"{{{_MATHML}}}mstyle":
            inner = child
            while len(inner) == 1 and inner[0].tag.endswith(("}mrow", "}mi")):
                inner = inner[0]
            if inner.tag.endswith("}mi"):
                inner.set("mathcolor", child.attrib["mathcolor"])
                element[at] = inner


def _grouped(svg: str, named: list[str]) -> str:
    """Return ``svg`` in one ink, with what belongs to one occurrence of a symbol in one group with an id."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)  # noqa: S314  made here, by the typesetter
    numbers = {_marker(number): number for number in range(len(named))}
    groups: dict[int, ET.Element] = {}
    for parent in list(root.iter()):
        for child in list(parent):
            number = numbers.get(child.get("fill", ""))
            if number is None:
                continue
            if number not in groups:
                group = ET.Element(f"{{{_SVG}}}g", {"id": f"{named[number]}-{number}", "fill": INK})
                parent.insert(list(parent).index(child), group)
                groups[number] = group
            parent.remove(child)
            del child.attrib["fill"]
            groups[number].append(child)
    return ET.tostring(root, encoding="unicode")
