"""Episodes, updates and steps with their number, in words."""

from __future__ import annotations

from core.language import ngettext


def episodes(n: int) -> str:
    """Return ``n`` episodes."""
    return ngettext("{n} episode", "{n} episodes", n).format(n=n)


def updates(n: int) -> str:
    """Return ``n`` updates."""
    return ngettext("{n} update", "{n} updates", n).format(n=n)


def steps(n: int) -> str:
    """Return ``n`` steps."""
    return ngettext("{n} step", "{n} steps", n).format(n=n)
