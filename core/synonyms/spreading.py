"""Over what large work is spread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spreading:
    """Over what work is spread.

    Attributes:
        vectors: file of the vectors, under the same name wherever there is work.
        folder: where shards that are done are kept.
        cluster: address of a Dask scheduler; None for this machine.
        processes: how many of this machine; −1 for one a core.
    """

    vectors: Path
    folder: Path
    cluster: str | None = None
    processes: int = -1
