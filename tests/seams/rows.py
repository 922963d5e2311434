"""Adds rows to tables of the program for one test, as a new line in their file would."""

from __future__ import annotations

import sys


def replace_everywhere(monkeypatch, old, new):
    """Let every module that holds the table ``old`` hold ``new``."""
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] in {"app", "core"}]:
        for name, value in list(vars(module).items()):
            if value is old:
                monkeypatch.setattr(module, name, new)
