"""Hierarchical attention: the words of each sentence, then the sentences, beside the same network with averages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np

from app.attention.drawing.labels import named
from app.attention.drawing.vector_strip import length
from app.attention.mechanisms.drawing.decoder import Heading
from app.attention.mechanisms.drawing.lanes import Strip
from app.attention.mechanisms.drawing.review import ReviewRows, Verdict
from app.attention.mechanisms.learned.controls import StepControls
from app.attention.mechanisms.learned.view import LearnedView
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.picture import MechanismPicture, Scene
from app.attention.options import ViewOptions
from app.attention.views.base import Shown
from core.attention.export.caption import DOT
from core.attention.learned.reviews.examples import EXAMPLES, IN_ENGLISH
from core.attention.tasks.learned.requests import ReviewRequest
from core.attention.tasks.learned.results import Judgement, ReviewSteps
from core.language import N_, _, current_language

AVERAGES: Final = r"\sym{alpha}_{it}=\frac{1}{T},\;\sym{beta}_i=\frac{1}{L}"
WEIGHTS: Final = (
    r"\sym{alpha}_{it}=\sym{softmax}(\sym{q}\cdot\tanh(\sym{W_learned}\sym{k}_{it})),\;"
    r"\sym{v}_i=\sum_t\sym{alpha}_{it}\sym{k}_{it}"
)
ABOVE: Final = (
    r"\sym{beta}=\sym{softmax}(\sym{q}\cdot\tanh(\sym{W_learned}\sym{v})),\;\sym{c}=\sum_i\sym{beta}_i\sym{v}_i"
)
LEVELS: Final = 2
_WORDS_A_LINE: Final = 9
"""In a small window."""


class HierarchicalView(LearnedView[ReviewSteps]):
    """A review as both networks read it."""

    least_width = 40
    formulas = (AVERAGES, WEIGHTS, ABOVE)
    symbols = ("alpha", "beta", "c", "q", "k", "v", "softmax", "W_learned")
    kind = ReviewSteps

    def _make_controls(self) -> StepControls:
        own = StepControls(self.look, N_("Level"))
        own.add_button(N_("Another review"), self.take_remedy, primary=True)
        own.add_caption(
            N_("Type a Chinese review of your own above. Words in a dashed frame are unknown and read as one.")
        )
        own.finish()
        return own

    def _make_beside(self) -> MechanismPicture:
        return MechanismPicture(self.look)

    def _ask(self, options: ViewOptions) -> ReviewRequest:
        return ReviewRequest(options.text)

    def small_models(self, _options: ViewOptions) -> tuple[str, ...]:
        """The one with averages and the one with attention."""
        return "reviews-hn-ave", "reviews-han"

    def _text_of(self, number: int) -> dict[str, Any]:
        options = replace(self.options, drawn=number, step=None)
        return {"text": EXAMPLES[number % len(EXAMPLES)], "paired": False, "mechanism": options}

    def _chosen(self, options: MechanismOptions) -> str:
        return str(options.step)

    def _count(self, _found: ReviewSteps) -> int:
        return LEVELS

    def _scene(self, found: ReviewSteps) -> Scene:
        heading = Heading("", "", 1.75, words=_("Attention: words, then sentences"), side="right")
        return self._drawing(found, found.attending, heading)

    def _show_more(self, found: ReviewSteps) -> None:
        super()._show_more(found)
        assert self.page.beside is not None
        heading = Heading("", "", 1.75, words=_("Plain averages"), side="left")
        self.page.beside.show_scene(self._drawing(found, found.averaging, heading))

    def _drawing(self, found: ReviewSteps, judged: Judgement, heading: Heading) -> Scene:
        is_above = self.step(found) == LEVELS - 1
        nothing = np.zeros_like(judged.vector)
        many = len(judged.sentences)
        lines = many * 0.8 + 1.55 * (many * 0.5 + len(found.words) / _WORDS_A_LINE)
        lanes = (
            heading,
            ReviewRows(
                "", "", lines, 0.5, words=found.words, sentence_of=found.sentence_of, known=found.known,
                weights=judged.words, sentences=judged.sentences if is_above else None,
            ),
            Strip("c", "c", 1.4, vector=judged.vector if is_above else nothing),
            Verdict("", "", 2.4, probability=judged.probability if is_above else None, bad=_("bad"), good=_("good")),
        )  # fmt: skip
        return Scene(found.words, lanes, room=0.5, left=3.5, has_columns=False)

    def _numbers(self, found: ReviewSteps, key: int) -> str:
        sentence = int(found.sentence_of[key])
        inner, outer = float(found.attending.words[key]), float(found.attending.sentences[sentence])
        average = float(found.averaging.words[key])
        words = _("α = {inner:.3f} (average {average:.3f})   sentence {number}: β = {outer:.3f}")
        said = words.format(inner=inner, average=average, number=sentence + 1, outer=outer)
        return said if found.known[key] else f"{said}   {_('unknown')}"

    def _hint(self, found: ReviewSteps) -> str:
        parts = []
        for judged, name in ((found.averaging, _("averages")), (found.attending, _("attention"))):
            if judged.accuracy == judged.accuracy:  # not a number where nobody has measured it
                words = _("{name}: right in {accuracy:.1%} of the test reviews")
                parts.append(words.format(name=name, accuracy=judged.accuracy))
        return "   ".join([*parts, found.note])

    def note(self, shown: Shown) -> str:
        """What an example says, for those who see the page in English."""
        return IN_ENGLISH.get(shown.options.text, "") if current_language() == "en" else ""

    def caption(self, shown: Shown) -> list[str]:
        """Which models these are, and what they think."""
        found = shown[self.slot]
        if found is None:
            return super().caption(shown)
        judged = [f"{one.name} (seed {one.seed}): {one.probability:.3f}" for one in (found.averaging, found.attending)]
        return [*super().caption(shown), DOT.join(judged)]

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """The word under the mouse, its weight and its sentence's."""
        found = shown[self.slot]
        if found is None:
            return {}
        values = {"c": length("c", found.attending.vector)}
        key = self.page.picture.key
        if key is not None and key < len(found.words):
            values["k"] = named(found.words[key])
            values["alpha"] = f"{float(found.attending.words[key]):.4f}"
            values["beta"] = f"{float(found.attending.sentences[int(found.sentence_of[key])]):.4f}"
        return values
