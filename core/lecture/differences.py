"""Whether a page shows what its scene asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

Difference = tuple[str, object, object]
"""What a value of a state is called, such as ``options.layer``; what the scene asks for, and what the page shows."""


_MOVING: Final = frozenset({"run.place", "play.round"})


def differences(wanted: Mapping[str, Any], shown: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return where a page's state is another than that of its scene.

    What only one of them names is no difference: scenes may say less than a page does, or have been saved by another
    version. Nor is what moves on by itself: a run that has come further than its scene needs goes on from there.

    Args:
        wanted: the scene's state, plain JSON values.
        shown: the page's.
    """
    return tuple(_differences(wanted, json.loads(json.dumps(shown)), ""))


def _differences(wanted: Mapping[str, Any], shown: Mapping[str, Any], above: str) -> Iterator[Difference]:
    for name in (each for each in wanted if each in shown):
        one, other, called = wanted[name], shown[name], f"{above}{name}"
        if called in _MOVING:
            continue
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _differences(one, other, f"{called}.")
        elif one != other:
            yield called, one, other
