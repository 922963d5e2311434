"""Small models at hand: what was opened once isn't opened again, unless it was trained anew meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from core.attention.learned.store import Saved, best_of, files_of
from core.attention.results import Preparing
from core.language import _

Model = TypeVar("Model")
_Stamp = tuple[tuple[str, int], ...]
_OPEN: dict[str, tuple[_Stamp, Saved, Any]] = {}


def opened(name: str, load: Callable[[Saved], Model]) -> Generator[Preparing, None, tuple[Saved, Model]]:
    """Yield what takes time; return the seed of a model that validation chooses, with its record.

    Raises:
        ModelError: it has not been trained, or it is damaged.
    """
    stamp = tuple((str(file), file.stat().st_mtime_ns) for file in files_of(name))
    if name not in _OPEN or _OPEN[name][0] != stamp:
        yield Preparing(_("Loading {model} …").format(model=name))
        saved = best_of(name)
        _OPEN[name] = stamp, saved, load(saved)
    _stamp, saved, model = _OPEN[name]
    return saved, model
