"""A worker process as the window holds it: the process, this end of its pipe, what it writes to standard error."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
from typing import TYPE_CHECKING

from core.runtime import worker
from core.runtime.channel import Channel
from core.runtime.stderr import WorkerStderr
from core.runtime.threads import default_to_one_thread

if TYPE_CHECKING:
    from multiprocessing.context import DefaultContext, SpawnContext

log = logging.getLogger(__name__)


class WorkerProcess:
    """A worker from its start to its end.

    Attributes:
        channel: the window's end of the pipe.
        pid: the process's id.
    """

    def __init__(self, name: str) -> None:
        """Start the process.

        Args:
            name: shown in process lists and in the log.

        Raises:
            OSError: the system refuses another process.
        """
        default_to_one_thread()
        # Spawned everywhere alike, unless this process has said that it keeps a fork server.
        is_forked = multiprocessing.get_start_method(allow_none=True) == "forkserver"
        context: DefaultContext | SpawnContext
        context = multiprocessing.get_context() if is_forked else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._name = name
        self._stderr: WorkerStderr | None = None
        with contextlib.suppress(OSError):  # without a place for the file, the worker shares our own stderr
            self._stderr = WorkerStderr()
        stderr = self._stderr.path if self._stderr is not None else None
        self._process = context.Process(
            target=worker.main, args=(theirs, stderr, dict(os.environ)), name=f"yaya {name}", daemon=True
        )
        try:
            self._process.start()
        except BaseException:
            ours.close()
            if self._stderr is not None:
                self._stderr.close()
            raise
        finally:
            theirs.close()
        self.channel = Channel(ours)
        self.pid = self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.is_alive()

    def hang_up(self) -> None:
        """Let the process end by itself; :meth:`end` cleans up after it."""
        self.channel.hang_up()

    def end(self, patience: float) -> int | None:
        """End the process, clean up after it, and return its exit code.

        Args:
            patience: seconds it gets to end by itself.
        """
        self._process.join(patience)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode
        self.log_stderr(at_the_end=True)
        if self._stderr is not None:
            self._stderr.close()
        self._process.close()
        self.channel.close_after_death()
        return code

    def log_stderr(self, *, at_the_end: bool = False) -> None:
        """Write what the worker has written to standard error into the log."""
        lines = self._stderr.take(all_of_it=at_the_end) if self._stderr is not None else []
        if lines:
            log.warning("The worker %s says:\n%s", self._name, "\n".join(lines))
