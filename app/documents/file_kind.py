"""The kinds of files that can be dropped onto the window."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """What a file or a folder is, as its content says."""

    LECTURE = "lecture"
    SESSION = "session"
    ARRAYS = "arrays"
    MODEL = "model"
    TEXT = "text"
    RUN = "run"
    CHECKPOINT = "checkpoint"
    STORE = "store"
    PAIRS = "pairs"
