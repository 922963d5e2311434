"""Whether a page shows what its scene asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Difference = tuple[str, object, object]
"""What a value of a state is called, such as ``options.layer``; what the scene asks for, and what the page shows."""


def differences(wanted: Mapping[str, Any], shown: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return where a page's state is another than that of its scene.

    What only one of them names is no difference: scenes may say less than a page does, or have been saved by another
    version.

    Args:
        wanted: the scene's state, plain JSON values.
        shown: the page's.
    """
    return tuple(_differences(wanted, json.loads(json.dumps(shown)), ""))


def _differences(wanted: Mapping[str, Any], shown: Mapping[str, Any], above: str) -> Iterator[Difference]:
    for name in (each for each in wanted if each in shown):
        one, other = wanted[name], shown[name]
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _differences(one, other, f"{above}{name}.")
        elif one != other:
            yield f"{above}{name}", one, other
