"""Options that several commands have."""

from __future__ import annotations

import argparse

from core.language import _
from core.synonyms.spreading import ALL_CORES


def add_spreading(parser: argparse.ArgumentParser) -> None:
    """Add the options that say over what large work is spread."""
    parser.add_argument(
        "--processes",
        type=int,
        default=ALL_CORES,
        metavar="N",
        help=_("processes for large work, -1 for one a core (%(default)s)"),
    )
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help=_("spread large work over a Dask cluster, such as tcp://10.0.0.1:8786, instead"),
    )
