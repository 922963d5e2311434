"""Over what large work is spread."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.language import _
from core.synonyms.cache_folder import cache_folder
from core.synonyms.pairs import SynonymsError

ALL_CORES: Final = -1
"""As a number of processes: one for each core."""
MOST_PROCESSES: Final = 256


@dataclass(frozen=True, slots=True)
class Spreading:
    """Over what work is spread.

    Attributes:
        vectors: file of the vectors, under the same name wherever there is work.
        folder: where shards that are done are kept until the work is done.
        cluster: address of a Dask scheduler; None for this machine.
        processes: how many of this machine; −1 for one a core.
    """

    vectors: Path
    folder: Path
    cluster: str | None = None
    processes: int = ALL_CORES

    def forget(self) -> None:
        """Remove the shards: the work is done, and what it came to is kept elsewhere."""
        shutil.rmtree(self.folder, ignore_errors=True)


def spreading(kind: str, vectors: Path, version: int, *, cluster: str | None, processes: int) -> Spreading | None:
    """Return over what work is spread; None where one process does it here.

    Args:
        kind: of the work: each has shards of its own.
        vectors: file of the vectors; other vectors, other shards.
        version: of what is computed.
        cluster: address of a Dask scheduler; None for this machine.
        processes: how many of this machine.

    Raises:
        SynonymsError: the vectors can't be read.
    """
    if cluster is None and processes == 1:
        return None
    return Spreading(vectors, cache_folder(f"shards of {kind}", vectors, version), cluster, processes)


def check_processes(processes: int) -> None:
    """See that so many processes can be asked for.

    Raises:
        SynonymsError: they can't.
    """
    if processes != ALL_CORES and not 1 <= processes <= MOST_PROCESSES:
        message = _("processes must be −1, for one a core, or from 1 to {most}, not {value}.")
        raise SynonymsError(message.format(most=MOST_PROCESSES, value=processes))
