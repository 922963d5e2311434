"""What was saved of the experiments page, read as far as this version can use it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from app.policy_gradient.experiments.choices import MOST_SEEDS, OFFERED, SIDEBAR, study_of
from core.decode import decode_usable
from core.policy_gradient.config import ARTICLE, TrainConfig
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.experiments.schedule import Study

Seeds = Annotated[int, msgspec.Meta(ge=1, le=MOST_SEEDS)]

_KNOWN = frozenset({SIDEBAR, *(row.name for row in OFFERED)})


@dataclass(frozen=True, slots=True)
class SavedStudy:
    """An experiment as it is written down; its finished runs are kept elsewhere, and found again.

    Attributes:
        variants: their names.
        seeds: how many.
        sidebar: the config of the variant that was as the training settings said; None without one.
        done: the runs that were over, by variant and seed.
        is_stopped: whether it was stopped before its end.
    """

    variants: tuple[str, ...] = ()
    seeds: Seeds = 1
    sidebar: dict[str, Any] | None = None
    done: tuple[tuple[str, Annotated[int, msgspec.Meta(ge=0)]], ...] = ()
    is_stopped: bool = False

    def study(self) -> Study | None:
        """Return what is played; None where nothing of it is known here."""
        config = ARTICLE
        names = [name for name in dict.fromkeys(self.variants) if name in _KNOWN]
        if self.sidebar is not None:
            with contextlib.suppress(ConfigError):
                config = TrainConfig.from_dict(self.sidebar)
        return study_of(names, self.seeds, config) if names else None


@dataclass(frozen=True, slots=True)
class PageState:
    """What was saved; None where it was not, or cannot be used.

    Attributes:
        chosen: the variants that are ticked.
        seeds: how many seeds are chosen.
        study: the experiment on the page.
    """

    chosen: tuple[str, ...] | None = None
    seeds: Seeds | None = None
    study: SavedStudy | None = None


def decode_page_state(state: Mapping[str, Any]) -> PageState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    saved, _unusable = decode_usable(PageState(), state)
    return saved
