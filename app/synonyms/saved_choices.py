"""What the tab remembers from one start to the next, as plain JSON values, and how it is taken up."""

from __future__ import annotations

import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from core.decode import DecodeError, decode, decode_usable
from core.passwords import without_password
from core.synonyms.mining.config import MineConfig
from core.synonyms.names import check_name
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import Only, QueueConfig

_QUEUE: Final = ("annotator", "order", "only", "score", "known", "seed", "pairs", "minutes")


def queue_to_json(config: QueueConfig) -> dict[str, Any]:
    """Return the choices of a queue; the store is remembered apart."""
    return {name: value for name, value in asdict(config).items() if name in _QUEUE}


def queue_from_json(values: object, default: QueueConfig) -> QueueConfig:
    """Return ``default`` with what can be used of ``values``; as it is where they do not go together."""
    if not isinstance(values, dict):
        return default
    known = {name: value for name, value in values.items() if name in _QUEUE}
    if values.get("adjudicate") is False and known.get("only") == Only.DISPUTED:
        del known["only"]  # earlier versions could look at disputes without settling them
    if not can_name(known.get("annotator", default.annotator)):
        del known["annotator"]
    try:
        return decode_usable(default, known)[0]
    except SynonymsError:
        return default


def can_name(name: object) -> bool:
    """Return whether ``name`` can name an annotator."""
    if not isinstance(name, str):
        return False
    try:
        check_name(name)
    except SynonymsError:
        return False
    return True


def mining_to_json(config: MineConfig) -> dict[str, Any]:
    """Return what is mined; a list of words to work on is not remembered, only where the rest lies."""
    values = asdict(config) | {"database": without_password(config.database)}
    values["vocabulary"].pop("words")
    for name in ("vectors", "lexicons", "corpora", "english"):
        path = values[name]
        values[name] = [str(one) for one in path] if isinstance(path, (list, tuple)) else path and str(path)
    return values


def mining_from_json(values: object) -> MineConfig | None:
    """Return what :func:`mining_to_json` gave, None where it cannot be used."""
    if not isinstance(values, dict):
        return None
    known = {field.name for field in fields(MineConfig)}
    try:
        config = decode(MineConfig, {name: value for name, value in values.items() if name in known})
    except (SynonymsError, DecodeError):
        return None
    paths = (*config.lexicons, *config.corpora, *config.english, *(() if config.vectors is None else (config.vectors,)))
    return config if all(map(_can_be_a_file, paths)) else None


def _can_be_a_file(path: Path) -> bool:
    """Return whether a file can have this name: no NUL, and no half of a character."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
