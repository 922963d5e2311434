"""What a dropped file or folder is, told by what is in it and never by running any of it.

This is the one place where that is decided. Only the beginning of a file is read, and of a folder the one small file
that names it; everything else is checked by whoever opens it.
"""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from app.documents.file_kind import FileKind
from core.attention.session_file import KIND as SESSION
from core.files import is_open_database
from core.lecture.lecture_file import KIND as LECTURE
from core.lecture.lecture_file import MOST_BYTES
from core.policy_gradient.runs.config_file import CONFIG, POLICY_FORMAT, RUN_FORMAT
from core.synonyms.encodings import codec_of, guess

_DATABASE: Final = b"SQLite format 3\x00"
_ZIP: Final = b"PK\x03\x04"
_HEAD: Final = 2**16
"""Bytes of a text that are looked at."""
_MOST_HEADER: Final = 2**20
"""Bytes of a header or of the file that names a folder: those of real models have some thousand."""
_MODEL_KEYS: Final = frozenset({"model_type", "architectures"})
"""What names a model's folder in its ``config.json``, as Hugging Face writes it."""
_TABLES: Final = {".csv": ",", ".tsv": "\t", ".jsonl": "", ".ndjson": ""}
_LEAST_ROWS: Final = 2
_TASKS: Final = ('"annotations"', '"completions"')
_MARKUP: Final = ("<", "%PDF", "%!PS", "{\\rtf")
"""What begins a page, a document or a picture that is written as text."""
_CONTROL: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\x1a")


def recognise(path: Path) -> FileKind | None:
    """Return what ``path`` is; None where it is nothing that this program opens, or can't be read."""
    try:
        if path.is_dir():
            return _folder(path)
        return _file(path) if path.is_file() else None  # a pipe would be waited for
    except (OSError, ValueError):
        return None


def _folder(path: Path) -> FileKind | None:
    named = path / CONFIG
    content = _json(named.read_bytes()) if named.is_file() and named.stat().st_size <= _MOST_HEADER else None
    if not isinstance(content, dict):
        return None
    if content.get("format") == RUN_FORMAT:
        return FileKind.RUN
    return FileKind.MODEL if content.keys() & _MODEL_KEYS else None


def _file(path: Path) -> FileKind | None:
    if is_open_database(path):
        return FileKind.STORE
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_DATABASE):
            return FileKind.STORE
        if head.startswith(_ZIP):
            return _packed(path)
        header = int.from_bytes(head[:8], "little") if len(head) > 8 and head[8:9] == b"{" else 0
        if 0 < header <= _MOST_HEADER:  # a safetensors file: the length of its header, and the header
            file.seek(8)
            return _checkpoint(file.read(header))
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            file.seek(0)
            return _object(path, file.read(MOST_BYTES + 1))
    return _text(path, head)


def _packed(path: Path) -> FileKind | None:
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as packed:
        return FileKind.ARRAYS if "weights.npy" in packed.namelist() else None
    return None


def _checkpoint(header: bytes) -> FileKind | None:
    content = _json(header)
    told = content.get("__metadata__") if isinstance(content, dict) else None
    return FileKind.CHECKPOINT if isinstance(told, dict) and told.get("format") == POLICY_FORMAT else None


def _object(path: Path, written: bytes) -> FileKind | None:
    """Return what JSON is: one object, or one a line. What is too long to be read whole is told by its beginning."""
    content = _json(written) if len(written) <= MOST_BYTES else None
    if isinstance(content, dict):
        by_kind = {LECTURE: FileKind.LECTURE, SESSION: FileKind.SESSION}
        kind = content.get("kind")
        if isinstance(kind, str) and kind in by_kind:
            return by_kind[kind]
        return FileKind.ARRAYS if "weights" in content else _first_line(path, written)
    head = written[:_HEAD]
    for sign, kind in ((LECTURE, FileKind.LECTURE), (SESSION, FileKind.SESSION), ('"weights"', FileKind.ARRAYS)):
        if sign.encode() in head:
            return kind
    return _first_line(path, written)


def _first_line(path: Path, written: bytes) -> FileKind | None:
    """Return whether a file has an object a line, as labelling tools write pairs; any other JSON is unknown."""
    first, _end, rest = written.strip().partition(b"\n")
    is_table = isinstance(_json(first), dict) and (bool(rest.strip()) or path.suffix.lower() in _TABLES)
    return FileKind.PAIRS if is_table else None


def _json(written: bytes) -> Any:
    try:
        return json.loads(written.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _text(path: Path, head: bytes) -> FileKind | None:
    if not head.strip():
        return None
    text = head.decode(codec_of(guess(head).encoding), "replace")
    # A sign that can't be read may be cut in two at the end; more of them, or control signs, are no text.
    if text.count("\ufffd") > 1 or _CONTROL & set(text):
        return None
    start = text.lstrip("\ufeff \r\n\t")
    if start.startswith("["):  # JSON: a list of tasks as Label Studio writes it, or nothing we know
        return FileKind.PAIRS if any(sign in start for sign in _TASKS) else None
    if start.startswith(_MARKUP):
        return None
    lines = [line for line in text.splitlines() if line.strip()][: -1 if len(head) == _HEAD else None]
    ending = path.suffix.lower()
    if ending in _TABLES or _is_table(lines, "\t") or _is_table(lines, ","):
        return FileKind.PAIRS
    return FileKind.TEXT


def _is_table(lines: list[str], sign: str) -> bool:
    """Return whether all lines have as many cells, two at least."""
    counts = {line.count(sign) for line in lines}
    return len(lines) >= _LEAST_ROWS and len(counts) == 1 and counts != {0}
