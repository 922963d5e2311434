"""A set of layers and heads, as a person writes it: ``L3-5, H1,4``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
import regex

from core.attention.errors import NotAvailableError
from core.language import _

MOST: Final = 999
"""The largest number of a layer or head that is understood: no model has so many."""
_WORD: Final = regex.compile(r"(?P<kind>[LHlh]?)(?P<first>\d{1,9})(?:[-–](?P<last>\d{1,9}))?")
_BETWEEN: Final = regex.compile(r"[\s,;，、；]+")

Number = Annotated[int, msgspec.Meta(ge=0, le=MOST)]


@dataclass(frozen=True, slots=True)
class HeadSet:
    """Some layers, and in each of them some heads.

    Attributes:
        layers: from 0, in ascending order; none stands for all.
        heads: likewise.
    """

    layers: tuple[Number, ...] = ()
    heads: tuple[Number, ...] = ()

    def __str__(self) -> str:
        parts = (("L", self.layers), ("H", self.heads))
        return " ".join(letter + _brief(numbers) for letter, numbers in parts if numbers)

    def has(self, layer: int, head: int) -> bool:
        """Return whether a head is in it."""
        return (not self.layers or layer in self.layers) and (not self.heads or head in self.heads)

    def within(self, layers: int, heads: int) -> HeadSet | None:
        """Return what of it a model of so many layers and heads has; None where that is nothing."""
        kept = HeadSet(tuple(i for i in self.layers if i < layers), tuple(i for i in self.heads if i < heads))
        lost = (self.layers and not kept.layers) or (self.heads and not kept.heads)
        return None if lost else kept


def read_head_set(text: str) -> HeadSet | None:
    """Return what ``text`` names; None where it names nothing, which stands for all.

    Raises:
        NotAvailableError: it can't be understood, and how to write it.
    """
    found: dict[str, set[int]] = {"L": set(), "H": set()}
    kind = ""
    for word in filter(None, _BETWEEN.split(text.strip())):
        match = _WORD.fullmatch(word)
        kind = (match["kind"] if match else "").upper() or kind
        first = int(match["first"]) if match else 0
        last = int(match["last"] or first) if match else 0
        if match is None or not kind or not first <= last <= MOST:
            raise NotAvailableError(
                _('"{word}" names no layers or heads. Write L for layers and H for heads: L3-5, H1,4.').format(
                    word=word
                )
            )
        found[kind].update(range(first, last + 1))
    chosen = HeadSet(tuple(sorted(found["L"])), tuple(sorted(found["H"])))
    return None if chosen == HeadSet() else chosen


def _brief(numbers: tuple[int, ...]) -> str:
    """Return numbers in ascending order, neighbours drawn together: 1,3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
