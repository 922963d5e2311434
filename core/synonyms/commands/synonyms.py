"""The ``synonyms`` command: what is computed about methods, each under its own word."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Final

from core.language import _

_VERBS: Final[tuple[tuple[str, str, Callable[[], str]], ...]] = (
    ("evaluate", "core.synonyms.commands.evaluate", lambda: _("measure methods that find synonyms, side by side")),
    ("retrain", "core.synonyms.commands.retrain", lambda: _("let a method learn from what was judged in a store")),
    ("simlex", "core.synonyms.commands.simlex", lambda: _("measure English vectors against people's ratings")),
    ("why", "core.synonyms.commands.why", lambda: _("say why methods score a pair of words as they do")),
)
"""The word, the module that knows it, and what it does."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words and their options."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, module, describe in _VERBS:
        verb = verbs.add_parser(name, help=describe(), description=describe())
        import_module(module).add_arguments(verb)


def run(args: argparse.Namespace) -> int:
    """Do what the word says; return its exit code."""
    module = {name: module for name, module, _describe in _VERBS}[args.verb]
    code: int = import_module(module).run(args)
    return code
