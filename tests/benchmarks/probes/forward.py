"""The model's own forward pass, in a process beside the window: what no picture can be quicker than."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from types import TracebackType
from typing import Final, Self

from tests.benchmarks.process import ROOT

_SERVE: Final = "from tests.benchmarks.probes.forward import serve; serve()"


def serve() -> None:
    """Answer each line, a model and a text as JSON, with the milliseconds of one forward pass over that text."""
    from core.attention.encoders.opener import open_encoder

    encoders = {}
    for line in sys.stdin:
        model, text = json.loads(line)
        if model not in encoders:
            encoders[model] = open_encoder(model)
        encoder = encoders[model]
        pieces = encoder.tokenize(text)
        begun = time.perf_counter()
        encoder.forward(pieces, (text,))
        print((time.perf_counter() - begun) * 1000, flush=True)


class ForwardPass:
    """Asks the process beside; leaving the block ends it."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._process.communicate()

    def milliseconds(self, model: str, text: str) -> float:
        """Return how long ``model`` takes to read ``text``.

        Raises:
            RuntimeError: the process beside has ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([model, text]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            message = f"the forward pass of {model} could not be measured"
            raise RuntimeError(message)
        return float(line)
