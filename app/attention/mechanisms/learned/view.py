"""What the pages share that small models of our own stand behind: steps to walk through, and texts that they know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Slot

from app.attention.mechanisms.drawn import DrawnView
from app.attention.mechanisms.learned.controls import StepControls
from app.attention.selection import Selection
from app.attention.views import ViewSpec
from app.attention.views.base import Control, Shown
from app.panel import Look
from core.attention.results import Answer
from core.language import N_, _

Found = TypeVar("Found", bound=Answer)
_NUMBERS = 1_000_000
"""Texts that can be drawn; then they begin anew."""


class LearnedView(DrawnView[Found]):
    """One mechanism in a model of ours."""

    has_own_model = True
    has_primary = True
    controls: ClassVar[frozenset[Control]] = frozenset()
    step_words: ClassVar[Mapping[str, str]] = {
        "at_layer_back": N_("Previous step"),
        "at_layer_next": N_("Next step"),
        "at_head_back": "",
        "at_head_next": "",
    }
    own: StepControls

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        for picture in self.page.pictures:
            picture.query_chosen.connect(self._on_step)
            picture.row_chosen.connect(self._on_step)
            picture.query_moved.connect(self._on_step_moved)

    def _count(self, found: Found) -> int:
        """Return how many steps there are."""
        raise NotImplementedError

    def _text_of(self, number: int) -> dict[str, Any]:
        """Return the options of the text that is drawn by ``number``."""
        raise NotImplementedError

    @property
    def remedy(self) -> str:
        """Draw a text that the model knows."""
        return _("Take a text that it knows")

    def take_remedy(self) -> None:
        """Want the next text that the model knows."""
        drawn = self.options.drawn
        number = 0 if drawn is None else (drawn + 1) % _NUMBERS
        self.options_wanted.emit(self._text_of(number))

    def step(self, found: Found) -> int:
        """Return which step is seen; −1 where there is none."""
        last, step = self._count(found) - 1, self.options.step
        return last if step is None else min(step, last)

    def position(self, shown: Shown) -> tuple[str, str] | None:
        """Which step is seen."""
        found = shown[self.slot]
        if found is None:
            return None
        words = _("step {step} of {steps}").format(step=self.step(found) + 1, steps=self._count(found))
        return words, words

    def _show_more(self, found: Found) -> None:
        self.own.show_count(self.options.step, self._count(found))

    @Slot(int)
    def _on_step(self, step: int) -> None:
        self.move(step=step)

    @Slot(int)
    def _on_step_moved(self, by: int) -> None:
        found = self.shown[self.slot] if self.shown is not None else None
        if found is not None and self._count(found):
            self.move(step=max(0, min(self._count(found) - 1, self.step(found) + by)))
