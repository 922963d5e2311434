"""What the doctor says about one thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["ok", "warning", "problem"]
"""Fine; works, but less than it could; does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        id: names what was looked at; stable from version to version.
        level: how it stands.
        text: what was found, in the language in use.
        advice: what to do; empty where all is well.
        values: the same in plain values, for other programs.
    """

    id: str
    level: Level
    text: str
    advice: str = ""
    values: dict[str, Any] = field(default_factory=dict)
