"""How many threads numerical libraries take: one, where nobody has asked for more."""

from __future__ import annotations

import os
from typing import Final

_VARIABLES: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def default_to_one_thread() -> None:
    """Say so to libraries that load after this, here and in processes started from here.

    They read it when they load. Several threads are slower at this size, and their results are not reproducible.
    """
    for variable in _VARIABLES:
        os.environ.setdefault(variable, "1")
