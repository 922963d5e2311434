"""What a page that is walked through step by step brings to the sidebar."""

from __future__ import annotations

from collections.abc import Mapping

from app.attention.mechanisms.controls import MechanismControls
from app.attention.options import ViewOptions
from app.panel import Look
from app.widgets.fields.index_slider import IndexSlider
from core.attention.results import ModelCard
from core.language import N_


class StepControls(MechanismControls):
    """Controls whose slider, and with it the keys of the layers and the play button, walk through the steps."""

    def __init__(self, look: Look, title: str) -> None:
        """Make controls; ``title`` says what a step is, marked with ``N_``."""
        self._title, self._count = title, 0
        super().__init__(look)

    def _make_walk(self) -> IndexSlider:
        steps = IndexSlider(self.look, self._title, N_("to the end"), first=1)
        steps.chosen.connect(lambda index: self.moved.emit({"step": index}))
        return steps

    def finish(self) -> None:
        """Add the slider, and say which keys move it."""
        super().finish()
        self.add_caption(N_("[ and ] go a step back and on, Space plays."))

    def show_count(self, step: int | None, count: int) -> None:
        """Show how many steps there are, and which one is seen."""
        self._count = count
        self.walk.show_index(step, count)

    def _show_walk(self, options: ViewOptions, _cards: Mapping[str, ModelCard]) -> None:
        self.walk.show_index(options.mechanism.step, self._count)
