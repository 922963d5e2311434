"""Small models at hand: what was opened once isn't opened again, unless it was trained anew meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TypeVar

from core.attention.learned import folders
from core.attention.learned.store import Saved, first_of, open_model
from core.attention.results import Preparing
from core.language import _

Model = TypeVar("Model")
_OPEN: dict[str, tuple[tuple[Path, int] | None, Saved, Any]] = {}


def opened(name: str, load: Callable[[Saved], Model]) -> Generator[Preparing, None, tuple[Saved, Model]]:
    """Yield what takes time; return a model's first seed with its record.

    Args:
        name: of the model in the catalogue.
        load: makes the model of its files.

    Raises:
        UntrainedError: it has not been trained.
        ModelError: it is damaged.
    """
    files = folders.files_of(name)
    return (yield from _kept(name, files[0] if files else None, lambda: first_of(name), load))


def opened_file(path: str, load: Callable[[Saved], Model]) -> Generator[Preparing, None, tuple[Saved, Model]]:
    """Yield what takes time; return the model of a file that a person has chosen.

    Raises:
        ModelError: there is no such file, or it is damaged, or another model.
    """
    weights = Path(path)
    return (yield from _kept(path, weights, lambda: open_model(weights), load))


def _kept(
    name: str, weights: Path | None, find: Callable[[], Saved], load: Callable[[Saved], Model]
) -> Generator[Preparing, None, tuple[Saved, Model]]:
    stamp = (weights, weights.stat().st_mtime_ns) if weights is not None and weights.is_file() else None
    if stamp is None or name not in _OPEN or _OPEN[name][0] != stamp:
        yield Preparing(_("Loading {model} …").format(model=name))
        saved = find()
        _OPEN[name] = stamp, saved, load(saved)
    _stamp, saved, model = _OPEN[name]
    return saved, model
