"""Writing what was asked for, with errors for the person at the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import files
from core.attention.errors import AttentionError
from core.language import _


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Do as ``core.files.replacing`` does, and say in one line why it can't be done.

    Raises:
        AttentionError: the file can't be written, and why.
    """
    try:
        with files.replacing(path) as beside:
            yield beside
    except OSError as error:
        raise AttentionError(
            _("{path} can't be written ({reason}). Choose another place.").format(path=path, reason=error.strerror)
        ) from error
