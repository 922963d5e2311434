"""The ``attention-report`` command: every figure of the trained models, recomputed from their weights."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final, TextIO

from core.attention.errors import AttentionError, ModelError
from core.attention.learned.folders import SHIPPED
from core.command_line import DONE, FAILED, WRONG_USE, Progress, end, follow, said_on, say, show_traceback
from core.json_text import write_json
from core.language import _
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing

_SHOWN: Final = (
    "bleu",
    "bleu_longest_quarter",
    "exact",
    "aer",
    "aer_shifted",
    "accuracy",
    "overlap",
    "median",
    "chosen_by_validation",
)
"""Figures that stand in the terminal's table; the file has all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--json", type=Path, metavar="FILE", help=_("write every figure, as JSON"))
    parser.add_argument(
        "--models", type=Path, metavar="DIR", help=_("folder of trained models; by default those that come along")
    )


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Examine the trained models and print or write their figures.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where the table goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        check_outputs({"--json": args.json}, [args.models])
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    try:
        tables = _tables(args.models, err)
        if args.json is not None:
            with writing(args.json):
                write_json(args.json, tables)
    except (AttentionError, UnwritableError) as error:
        show_traceback(args, err)
        return end(err, str(error), FAILED)
    _say_tables(tables, said_on(out, err, [args.json]))
    return DONE


def _tables(folder: Path | None, err: TextIO) -> dict[str, Any]:
    # Only now: torch takes a second, and a typing error should not wait for it.
    from core.attention.learned.report import report
    from core.attention.learned.store import find_models

    models = find_models(folder or SHIPPED)
    if not models:
        message = _("There are no trained models in {folder}. Train one with attention-train, or name another folder.")
        raise ModelError(message.format(folder=folder or SHIPPED))
    with Progress(err, _("models"), elsewhere="names") as progress:
        return follow(report(models), lambda step: progress.show(step.name, step.done, step.total))


def _say_tables(tables: dict[str, Any], out: TextIO, indent: int = 0) -> None:
    """Say a table's figures in a line, and what lies in it below."""
    for name, table in tables.items():
        figures = {key: value for key, value in table.items() if key in _SHOWN and isinstance(value, float)}
        deeper = {key: value for key, value in table.items() if isinstance(value, dict)}
        shown = "   ".join(f"{key} {value:.3f}" for key, value in figures.items())
        say(out, f"{' ' * indent}{name:{20 - indent}} {shown}".rstrip())
        _say_tables(deeper, out, indent + 2)
