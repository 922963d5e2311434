"""A scripted annotator is killed at random moments; what it had confirmed must be in the store, once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from core.synonyms.pairs import Candidate
from core.synonyms.store import Store

_PAIRS: Final = 50
_LONGEST_LIFE: Final = 0.25

_ANNOTATOR: Final = """
import sys
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
with Store(sys.argv[1]) as store:
    print("ready", flush=True)
    key = 0
    while True:
        key += 1
        (entry,) = store.decide(1 + key % 50, list(Verdict)[key % 6], "ann", note=f"{sys.argv[2]}-{key}")
        print(entry.note, flush=True)
        if key % 7 == 0:
            print("undone", store.undo("ann")[0].note, flush=True)
"""


def kills(address: str, times: int, seed: int = 5) -> dict[str, Any]:
    """Kill the annotator ``times`` times and count what went wrong.

    Returns:
        ``confirmed`` decisions and undos, how many of them were ``lost``, entries ``doubled``, entries that
        nobody confirmed beyond the one a killed life may leave (``surplus``), and ``complaints`` of the
        store.
    """
    with Store(address) as store:
        store.add([Candidate(f"語{i}", f"词{i}") for i in range(_PAIRS)])
    rng = random.Random(seed)
    confirmed: list[str] = []
    undone: list[str] = []
    complaints: list[str] = []
    for life in range(times):
        command = [sys.executable, "-c", _ANNOTATOR, address, str(life)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_root()) as annotator:
            assert annotator.stdout is not None
            begun = annotator.stdout.readline()
            time.sleep(rng.uniform(0.0, _LONGEST_LIFE))
            annotator.kill()
            # The last line may be cut short: it was being said, not confirmed.
            lines = annotator.stdout.read().split("\n")[:-1]
        if begun != "ready\n":
            complaints.append(f"life {life} could not open the store")
        for line in lines:
            (undone if line.startswith("undone ") else confirmed).append(line.removeprefix("undone "))
        with Store(address) as store:
            complaints += store.check()
    with Store(address) as store:
        entries = store.history()
    notes = {entry.id: entry.note for entry in entries}
    kept = Counter(entry.note for entry in entries if entry.undoes is None)
    taken_back = Counter(notes[entry.undoes] for entry in entries if entry.undoes is not None)
    lost = len(set(confirmed) - kept.keys()) + len(set(undone) - taken_back.keys())
    return {
        "confirmed": len(confirmed) + len(undone),
        "lost": lost,
        "doubled": sum(n - 1 for n in kept.values()) + sum(n - 1 for n in taken_back.values()),
        "surplus": max(0, len(kept) + len(taken_back) - len(confirmed) - len(undone) + lost - times),
        "complaints": complaints,
    }


def _root() -> Path:
    return Path(__file__).resolve().parents[3]
