"""What a lecture may name in this version of the program: pages, and what can be run on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.language import _
from core.lecture.errors import LectureError
from core.lecture.lecture import Scene


@dataclass(frozen=True, slots=True)
class RunSpec:
    """One thing that a scene can run.

    Attributes:
        do: its name in files.
        title: what it is called, marked with ``N_``.
        pages: ids of the pages where it can be run; empty for all of its tab.
        numbers: whole numbers it takes: name, least and largest.
    """

    do: str
    title: str
    pages: tuple[str, ...] = ()
    numbers: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What there is.

    Attributes:
        pages: ids of all pages.
        runs: by tab, what its scenes can run.
    """

    pages: frozenset[str]
    runs: Mapping[str, tuple[RunSpec, ...]] = field(default_factory=dict)

    def check(self, scene: Scene, where: str) -> None:
        """See that ``scene`` names only what there is.

        Args:
            scene: any scene.
            where: which one, for the sentence.

        Raises:
            LectureError: there is no such page, or nothing of that kind can be run on it.
        """
        if scene.page not in self.pages:
            raise LectureError(
                _('{where} wants the page "{page}", which this program doesn\'t have.').format(
                    where=where, page=scene.page[:60]
                )
            )
        if scene.run is not None and not self._can_run(scene.page, scene.run):
            raise LectureError(_("{where} wants to run something that its page can't.").format(where=where))

    def _can_run(self, page: str, run: Mapping[str, Any]) -> bool:
        for spec in self.runs.get(page.partition(".")[0], ()):
            if spec.do == run.get("do") and (not spec.pages or page in spec.pages):
                bounds = {name: (least, largest) for name, least, largest in spec.numbers}
                return set(run) == {"do", *bounds} and all(
                    type(run[name]) is int and least <= run[name] <= largest
                    for name, (least, largest) in bounds.items()
                )
        return False
