"""Independent pieces of work, spread over the cores of this machine by joblib, or over a cluster by Dask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from typing import Final, TypeVar

from core.language import _
from core.one_line import reason_of
from core.spoken_error import SpokenError

_PATIENCE: Final = "10s"
"""How long a scheduler may take to answer."""
_TRIES: Final = 3
"""How often work is begun whose process dies, before it is given up."""

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class ClusterError(SpokenError):
    """Work can't be spread, or a piece of it failed."""


def spread(
    work: Callable[[Piece], Result], pieces: Sequence[Piece], *, cluster: str | None = None, processes: int = -1
) -> Iterator[tuple[int, Result]]:
    """Do ``work`` on every piece, several at once; yield the number of a piece and its result, as they come.

    A piece whose process is killed is done again: by Dask itself, or here.

    Args:
        work: a function that can be pickled.
        pieces: what can be pickled, too.
        cluster: address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``, whose workers have this program and see
            the same files; None for this machine.
        processes: how many of this machine; −1 for one a core.

    Raises:
        ClusterError: the cluster can't be reached, a piece failed, or its process died again and again.
    """
    if not pieces:
        return
    if cluster is not None:
        yield from _on_cluster(work, pieces, cluster)
        return
    if len(pieces) == 1:
        processes = 1  # to start another process would take longer
    missing = dict(enumerate(pieces))
    for _time in range(_TRIES):
        try:
            for number, result in _parallel(work, missing, n_jobs=processes):
                del missing[number]
                yield number, result
        except BrokenProcessPool:
            continue
        except Exception as error:  # whatever a process raised arrives as it is
            raise ClusterError(_("A part of the work failed: {reason}").format(reason=reason_of(error))) from error
        return
    message = _("The processes at work died {n} times. There may be too little memory; take fewer at once.")
    raise ClusterError(message.format(n=_TRIES))


def _on_cluster(work: Callable[[Piece], Result], pieces: Sequence[Piece], address: str) -> Iterator[tuple[int, Result]]:
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        message = _("A cluster needs more packages ({reason}). Install them: pip install 'yaya-lab[cluster]'")
        raise ClusterError(message.format(reason=error)) from error
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        message = _("The cluster at {address} can't be reached: {reason}")
        raise ClusterError(message.format(address=address, reason=reason_of(error))) from error
    with closing(client):
        try:
            # Not through joblib: of a cluster with a single thread it makes no use, and works here instead.
            futures = client.map(partial(_numbered, work), range(len(pieces)), pieces, pure=False)
            for _future, result in as_completed(futures, with_results=True):
                yield result
        except Exception as error:  # whatever a worker of the cluster raised arrives as it is
            message = _("A part of the work failed on the cluster: {reason}")
            raise ClusterError(message.format(reason=reason_of(error))) from error


def _parallel(
    work: Callable[[Piece], Result], pieces: Mapping[int, Piece], **chosen: int
) -> Iterator[tuple[int, Result]]:
    import joblib

    jobs = [joblib.delayed(_numbered)(work, number, piece) for number, piece in pieces.items()]
    yield from joblib.Parallel(return_as="generator_unordered", **chosen)(jobs)


def _numbered(work: Callable[[Piece], Result], number: int, piece: Piece) -> tuple[int, Result]:
    return number, work(piece)
