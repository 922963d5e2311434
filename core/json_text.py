"""JSON as everybody reads it: Python would write ``NaN`` and ``Infinity``, which other readers refuse."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.files import replacing


def to_json(content: object, *, indent: int | None = 1) -> str:
    """Return ``content`` as JSON that any reader takes; a number that JSON has no word for becomes null.

    Args:
        content: plain values: mappings, sequences, texts, numbers, True, False and None.
        indent: blanks before what lies deeper; None for one line.

    Raises:
        TypeError: something in it is no plain value.
    """
    return json.dumps(_finite(content), ensure_ascii=False, indent=indent, allow_nan=False)


def write_json(path: Path, content: object) -> None:
    """Write ``content`` as an indented JSON file, at once or not at all.

    Raises:
        OSError: it can't be written.
        TypeError: see ``to_json``.
    """
    with replacing(path) as beside:
        beside.write_text(to_json(content) + "\n", encoding="utf-8")


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(held) for held in value]
    return value
