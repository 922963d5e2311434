"""Measuring in a process of its own, so that no measurement warms, fills or disturbs the next.

The child is a fresh interpreter that calls one function of ``tests.benchmarks.probes`` and leaves what it
returns in a file: what Qt or pygame print cannot get between.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
_CALL: Final = "from tests.benchmarks.child import main; main()"
_LEFT_OUT: Final = (
    # A warm start has its bytecode; with this set, every start would compile the program anew.
    "PYTHONDONTWRITEBYTECODE",
    "QT_QPA_PLATFORM",
    "QT_SCALE_FACTOR",
    "WAYLAND_DISPLAY",
)


class ProbeError(Exception):
    """A measurement's process did not do its work; the text says in one line why."""


def run_probe(
    target: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    home: Path,
    environment: Mapping[str, str] | None = None,
    limit: float = 120.0,
    stamped: bool = False,
) -> dict[str, Any]:
    """Call a function in a new process and return what it returned.

    Args:
        target: ``"module:function"``, the module below ``tests.benchmarks.probes``.
        arguments: JSON-able keyword arguments.
        home: folder for settings and logs, so that the user's own are neither read nor written.
        environment: variables beside those of this process.
        limit: seconds after which the process is ended.
        stamped: also pass ``spawned_at``, the wall-clock time (s) just before the process was made. It is
            used instead of the process's own creation time, which some systems round to 10 ms and Linux
            counts from a boot time known to the second.

    Raises:
        ProbeError: it failed or took longer than ``limit``.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    variables = {**kept, **threads, "YAYA_LAB_HOME": str(home), "YAYA_LANG": "en", **(environment or {})}
    with tempfile.TemporaryDirectory(prefix="yaya-bench-") as folder:
        answer = Path(folder, "answer.json")
        given = dict(arguments or {})
        if stamped:
            given["spawned_at"] = time.time()
        command = [sys.executable, "-c", _CALL, f"tests.benchmarks.probes.{target}", json.dumps(given), str(answer)]
        try:
            done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, timeout=limit, check=False)
        except subprocess.TimeoutExpired as error:
            message = f"{target} had not ended after {limit:.0f} s"
            raise ProbeError(message) from error
        if done.returncode != 0 or not answer.exists():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            message = f"{target} ended with code {done.returncode}: {said[-1] if said else 'no word'}"
            raise ProbeError(message)
        result: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return result
