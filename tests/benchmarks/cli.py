"""The ``bench`` command: measure the budgets, show them in a table, keep them as JSON.

A budget that is missed is shown as missed; it does not change the exit code. The figures are for whoever looks
at them, on the machine they were taken on.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, end, said_on
from core.language import _
from core.outputs import OutputRefusedError, check_outputs
from tests.benchmarks import (
    measure_attention,
    measure_experiments,
    measure_laboratory,
    measure_learning,
    measure_mechanisms,
    measure_store,
    measure_synonyms,
    measure_window,
    report,
)
from tests.benchmarks.display import NoDisplayError
from tests.benchmarks.plan import Measurement, Options, UnknownRowError, choose
from tests.benchmarks.process import ProbeError
from tests.benchmarks.row import Row

MEASUREMENTS: Final[tuple[Measurement, ...]] = (
    measure_window.START_UP,
    measure_window.LIVE,
    measure_window.SLOWDOWN,
    measure_learning.ARTICLE,
    measure_learning.ARTICLE_LEARNS,
    measure_learning.FAST,
    measure_experiments.STUDY,
    measure_experiments.CLICK,
    measure_laboratory.PAGES_DRAWN,
    measure_laboratory.PICTURE,
    measure_laboratory.RECORDING,
    measure_attention.FIRST_MAP,
    measure_attention.TYPING,
    measure_mechanisms.TYPING,
    measure_mechanisms.TRAINING,
    measure_synonyms.MINE,
    measure_synonyms.LABELLING,
    measure_synonyms.TABLE,
    measure_synonyms.NEIGHBOURS,
    measure_synonyms.HUGE_VECTORS,
    measure_synonyms.METHODS_LEARN,
    measure_store.TABLE,
    measure_store.ANNOTATOR,
    measure_store.RERANKED,
    measure_store.KILLS,
    measure_window.SOAK,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--json", type=Path, metavar="FILE", help=_("write all figures, as JSON"))
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="ROW",
        help=_("measure only these rows or groups of rows: {names}").format(
            names=", ".join(one.name for one in MEASUREMENTS)
        ),
    )
    parser.add_argument("--quick", action="store_true", help=_("measure shortly; the figures are rough"))
    parser.add_argument("--seconds", type=float, default=600.0, metavar="N", help=_("how long the soak lasts (600)"))
    parser.add_argument(
        "--peer-seeds", type=int, default=3, metavar="N", help=_("how many seeds each peer trains (3; 0 for none)")
    )
    parser.add_argument(
        "--peer-limit", type=float, default=120.0, metavar="N", help=_("seconds a peer may train for one seed (120)")
    )


def run(args: argparse.Namespace) -> int:
    """Measure as ``args`` say.

    Ctrl-C ends it; what was measured until then is written.

    Returns:
        0 done, whether budgets were kept or not; 1 the file could not be written; 2 wrong use; 130 interrupted.
    """
    try:
        chosen = choose(MEASUREMENTS, args.only)
        _check(args)
    except (UnknownRowError, ValueError) as error:
        return end(sys.stderr, str(error), WRONG_USE)
    rows: list[Row] = []
    about: dict[str, Any] = {
        "begun": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": args.quick,
        "machine": report.machine(),
    }
    code = DONE
    with tempfile.TemporaryDirectory(prefix="yaya-bench-home-") as home:
        options = Options(
            home=Path(home),
            quick=args.quick,
            seconds=args.seconds,
            peer_seeds=args.peer_seeds,
            peer_limit=args.peer_limit,
        )
        try:
            for number, (measurement, wanted) in enumerate(chosen, start=1):
                print(
                    _("Measuring {name} ({number} of {count}) …").format(
                        name=measurement.name, number=number, count=len(chosen)
                    ),
                    file=sys.stderr,
                )
                about.setdefault("load_before", {})[measurement.name] = report.load()
                # One at a time: what was measured before Ctrl-C stays.
                rows.extend(row for row in _take(measurement, options) if row.name in wanted)
        except KeyboardInterrupt:
            code = INTERRUPTED
    about["interrupted"] = code == INTERRUPTED
    said = said_on(sys.stdout, sys.stderr, [args.json])
    print(report.table(rows), file=said)
    print(report.machine_line(about["machine"]), file=said)
    if args.json is not None:
        try:
            report.write(args.json, rows, about)
        except OSError as error:
            print(_("The figures can't be written: {reason}").format(reason=error), file=sys.stderr)
            return FAILED
    return code


def _take(measurement: Measurement, options: Options) -> Iterator[Row]:
    """Give a measurement's rows; those it cannot give say why."""
    given: set[str] = set()
    reason = _("This row was not measured.")
    try:
        for row in measurement.take(options):
            given.add(row.name)
            yield row
    except (ProbeError, NoDisplayError) as error:
        reason = str(error)
    for name in measurement.rows:
        if name not in given:
            yield Row(name=name, unit="", error=reason)


def _check(args: argparse.Namespace) -> None:
    """Refuse, before a long measurement, what cannot work.

    Raises:
        ValueError: one sentence for the person at the terminal.
    """
    try:
        check_outputs({"--json": args.json})
    except OutputRefusedError as error:
        raise ValueError(str(error)) from error
    if not (0 < args.seconds < math.inf and 0 < args.peer_limit < math.inf and args.peer_seeds >= 0):
        raise ValueError(_("--seconds and --peer-limit must be greater than 0, --peer-seeds at least 0."))
