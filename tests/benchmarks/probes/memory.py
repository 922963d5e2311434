"""What processes hold in memory."""

from __future__ import annotations

import psutil

MIB = 2**20


def memory_of(pid: int | None = None) -> dict[str, float]:
    """Return ``rss`` and ``uss`` of a process in MiB.

    RSS counts every page the process has in memory, those it shares with others too; USS only those that
    would be free again if it ended. Where the system tells no USS, RSS stands in its place.
    """
    process = psutil.Process(pid)
    try:
        full = process.memory_full_info()
    except (psutil.AccessDenied, NotImplementedError):
        rss = process.memory_info().rss / MIB
        return {"rss": rss, "uss": rss}
    return {"rss": full.rss / MIB, "uss": full.uss / MIB}


def memory_of_children() -> dict[str, dict[str, float]]:
    """Return ``memory_of`` every process below this one, by process id."""
    found = {}
    for child in psutil.Process().children(recursive=True):
        try:
            found[str(child.pid)] = memory_of(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found
