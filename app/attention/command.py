"""The ``attend`` command with the system's fonts: what it reads and writes is told by ``core.attention.cli``."""

from __future__ import annotations

import argparse

from core.attention import cli
from core.attention.cli import add_arguments
from core.attention.export.typesetter import SHIPPED_FONT, Typesetter

__all__ = ["add_arguments", "run"]


def run(args: argparse.Namespace) -> int:
    """Read the text as ``args`` say, and write or print its map; return the exit code."""
    return cli.run(args, letters=_letters)


def _letters() -> Typesetter:
    """Return every font of the system; where Qt lacks a library of the system's, the shipped one."""
    try:
        from app.attention.export.typesetter import without_a_window
    except ImportError:
        return SHIPPED_FONT
    return without_a_window()
