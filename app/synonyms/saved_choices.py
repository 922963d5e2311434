"""What the tab remembers from one start to the next, as plain JSON values, and how it is taken up."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, Final

from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.mining.config import MineConfig
from core.synonyms.names import check_name
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import Only, Order, QueueConfig

_QUEUE: Final = ("annotator", "order", "only", "score", "known", "adjudicate", "seed", "pairs", "minutes")


def queue_to_json(config: QueueConfig) -> dict[str, Any]:
    """Return the choices of a queue; the store is remembered apart."""
    return {name: value for name, value in asdict(config).items() if name in _QUEUE}


def queue_from_json(values: object, default: QueueConfig) -> QueueConfig:
    """Return ``default`` with what can be used of ``values``."""
    if not isinstance(values, dict):
        return default
    usable = {name: values[name] for name in _QUEUE if name in values and _is_like(values[name], name)}
    try:
        if "order" in usable:
            usable["order"] = Order(usable["order"])
        if "only" in usable:
            usable["only"] = Only(usable["only"])
        return replace(default, **usable)
    except (SynonymsError, ValueError):
        return default


def _is_like(value: object, name: str) -> bool:
    if name in {"known", "adjudicate"}:
        return isinstance(value, bool)
    if name in {"pairs", "minutes"}:
        return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
    if name == "seed":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and (name != "annotator" or can_name(value))


def can_name(name: str) -> bool:
    """Return whether ``name`` can name an annotator."""
    try:
        check_name(name)
    except SynonymsError:
        return False
    return True


def mining_to_json(config: MineConfig) -> dict[str, Any]:
    """Return what is mined; a list of words to work on is not remembered, only where the rest lies."""
    values = asdict(config)
    values["vocabulary"].pop("words")
    for name in ("vectors", "lexicons", "corpora"):
        path = values[name]
        values[name] = [str(one) for one in path] if isinstance(path, (list, tuple)) else path and str(path)
    return values


def mining_from_json(values: object) -> MineConfig | None:
    """Return what :func:`mining_to_json` gave, None where it cannot be used."""
    if not isinstance(values, dict):
        return None
    try:
        known = {one.name for one in fields(MineConfig)}
        taken = {name: value for name, value in values.items() if name in known}
        taken["vocabulary"] = VocabularyFilter(**taken.get("vocabulary", {}))
        taken["sources"] = tuple(taken["sources"])
        taken["vectors"] = Path(taken["vectors"]) if taken.get("vectors") else None
        for name in ("lexicons", "corpora"):
            taken[name] = tuple(Path(one) for one in taken.get(name, ()))
        return MineConfig(**taken)
    except (SynonymsError, TypeError, ValueError, KeyError):
        return None
