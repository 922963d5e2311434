"""Messages between two processes; large arrays go through shared memory.

A message is pickled with protocol 5. Array buffers above a size stay out of the pickle: the sender copies
them into its arena (one block of shared memory that grows when it must), the receiver copies them out. The
pipe carries only names and numbers.

The arena is written anew for each message, so at most one message with arrays may be under way in each
direction. The worker keeps that rule by waiting for the window's acknowledgement.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import select
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Any, Final

import numpy as np
import numpy.typing as npt

OUT_OF_BAND: Final = 32 * 1024
"""Array buffers of at least so many bytes travel by shared memory."""
_ALIGNMENT: Final = 64


@dataclass(frozen=True, slots=True)
class _Envelope:
    body: bytes
    arena: str | None
    slices: tuple[tuple[int, int], ...]  # (offset, size) in bytes, in the order of the pickle's buffers


class UnreadableError(Exception):
    """A message arrived that cannot be taken in: its arrays are out of reach, or its contents unknown here."""


class _Pickler(pickle.Pickler):
    """Makes large strided arrays contiguous first: numpy would copy those into the pickle itself."""

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, np.ndarray) and value.nbytes >= OUT_OF_BAND and not value.flags.forc:
            return np.ascontiguousarray(value).__reduce_ex__(5)
        return NotImplemented


class Channel:
    """One end of a two-way pipe. Not thread safe.

    Raises (all methods that touch the pipe):
        EOFError, OSError: the other end is gone.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._own: SharedMemory | None = None
        self._theirs: SharedMemory | None = None

    def send(self, message: object) -> None:
        """Send ``message``, any picklable object.

        Where the system has no shared memory to give, large arrays travel in the message itself: slower, but they
        arrive.
        """
        buffers: list[memoryview] = []

        def keep_inside(buffer: pickle.PickleBuffer) -> bool:
            raw = buffer.raw()
            if raw.nbytes < OUT_OF_BAND:
                return True
            buffers.append(raw)
            return False

        body = _pickled(message, keep_inside)
        if not buffers:
            self._connection.send(_Envelope(body, None, ()))
            return
        slices: list[tuple[int, int]] = []
        end = 0
        for buffer in buffers:
            slices.append((end, buffer.nbytes))
            end += -(-buffer.nbytes // _ALIGNMENT) * _ALIGNMENT
        try:
            arena = self._arena(end)
        except OSError:
            self._connection.send(_Envelope(_pickled(message, None), None, ()))
            return
        for (offset, size), buffer in zip(slices, buffers, strict=True):
            assert arena.buf is not None  # None only after close
            arena.buf[offset : offset + size] = buffer
        self._connection.send(_Envelope(body, arena.name, tuple(slices)))

    @property
    def descriptor(self) -> int | None:
        """What becomes readable when a message is there; None on Windows, where an event loop can't wait for a pipe."""
        return None if sys.platform == "win32" else self._connection.fileno()

    def can_send(self) -> bool:
        """Return whether a small message can be sent now without waiting for the other end to read."""
        if sys.platform == "win32":  # select knows only sockets there
            return True
        _readable, writable, _broken = select.select([], [self._connection.fileno()], [], 0)
        return bool(writable)

    def receive(self) -> Any:
        """Return the next message, waiting for it. Its arrays are the receiver's own.

        Raises:
            UnreadableError: a message came, and cannot be taken in.
        """
        envelope: _Envelope = self._connection.recv()
        try:
            # Unpickling is safe here: the other end is our own child or parent.
            return pickle.loads(envelope.body, buffers=self._copies(envelope))  # noqa: S301
        except Exception as error:
            raise UnreadableError(f"{type(error).__name__}: {error}") from error

    def poll(self, timeout: float | None = 0.0) -> bool:
        """Return whether something can be received, waiting up to ``timeout`` seconds (None: for ever)."""
        return self._connection.poll(timeout)

    def hang_up(self) -> None:
        """Close this end's pipe: the partner reads the end and cleans up after itself."""
        self._connection.close()

    def close(self) -> None:
        """Close this end and give up the shared memory."""
        self._connection.close()
        self._forget_theirs()
        if self._own is not None:
            self._own.close()
            _unlink(self._own)
            self._own = None

    def close_after_death(self) -> None:
        """Close this end, and remove the arena that a killed partner could not remove itself."""
        if self._theirs is not None:
            _unlink(self._theirs)
        self.close()

    def _copies(self, envelope: _Envelope) -> list[npt.NDArray[np.uint8]]:
        """Copy the message's arrays out of the sender's arena."""
        if envelope.arena is None:
            return []
        if self._theirs is None or self._theirs.name != envelope.arena:
            self._forget_theirs()
            self._theirs = SharedMemory(envelope.arena)
        assert self._theirs.buf is not None  # None only after close
        whole = np.frombuffer(self._theirs.buf, dtype=np.uint8)
        copies = [whole[offset : offset + size].copy() for offset, size in envelope.slices]
        del whole  # a live view would keep the block from closing
        return copies

    def _arena(self, size: int) -> SharedMemory:
        """Return a block of at least ``size`` bytes that can be written to the end.

        Raises:
            OSError: the system has no room for it.
        """
        if self._own is None or self._own.size < size:
            if self._own is not None:
                self._own.close()
                _unlink(self._own)
                self._own = None
            # With room to spare: a text that is typed grows by a little with every letter.
            block = SharedMemory(create=True, size=max(size + size // 4, 1 << 20))
            try:
                _reserve(block)
            except OSError:
                block.close()
                _unlink(block)
                raise
            self._own = block
        return self._own

    def _forget_theirs(self) -> None:
        if self._theirs is not None:
            self._theirs.close()
            self._theirs = None


def _pickled(message: object, keep_inside: Callable[[pickle.PickleBuffer], bool] | None) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, protocol=5, buffer_callback=keep_inside).dump(message)
    return stream.getvalue()


def _reserve(block: SharedMemory) -> None:
    """Have the block's memory granted now: on Linux, writing to what was only promised kills the process.

    Raises:
        OSError: there is not enough.
    """
    if sys.platform == "linux":
        handle = os.open(f"/dev/shm/{block.name}", os.O_RDWR)  # noqa: S108  where Linux keeps shared memory
        try:
            os.posix_fallocate(handle, 0, block.size)
        finally:
            os.close(handle)


def _unlink(block: SharedMemory) -> None:
    with contextlib.suppress(FileNotFoundError):
        block.unlink()
