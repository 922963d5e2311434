"""Memory hops: a question asks the sentences of a story again and again, and what it read changes what it asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from PySide6.QtCore import Slot

from app.attention.drawing.labels import named
from app.attention.drawing.vector_strip import length
from app.attention.mechanisms.drawing.lanes import Bars, Strip, Words
from app.attention.mechanisms.drawing.story import StoryRows
from app.attention.mechanisms.learned.controls import StepControls
from app.attention.mechanisms.learned.view import LearnedView
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.picture import Scene
from app.attention.options import ViewOptions
from app.attention.state import AttentionState, Wanted
from app.attention.views.base import Shown
from core.attention.errors import TextError
from core.attention.export.caption import DOT
from core.attention.learned.memory.drawn import drawn_story, told
from core.attention.learned.memory.reading import read_question, task_of
from core.attention.tasks.learned.requests import MemoryRequest, StoryTask
from core.attention.tasks.learned.results import MemorySteps
from core.language import N_, _, current_language

TASKS: Final[dict[StoryTask, str]] = {
    "two": N_("Where a thing is: two facts"),
    "one": N_("Where somebody is: one fact"),
    "three": N_("Where a thing was before: three facts"),
    "count": N_("How many things somebody holds"),
    "yes-no": N_("Yes or no"),
}
WEIGHTS: Final = r"\sym{alpha}_i=\sym{softmax}(\sym{q}\cdot\sym{k}_i)"
READ: Final = r"\sym{c}=\sum_i\sym{alpha}_i\sym{v}_i,\;\sym{q}\leftarrow\sym{q}+\sym{c}"
ANSWER: Final = r"\mathrm{answer}=\sym{softmax}(\sym{W_learned}\sym{q})"


class MemoryView(LearnedView[MemorySteps]):
    """The survey's end-to-end memory network at work."""

    least_width = 34
    formulas = (WEIGHTS, READ, ANSWER)
    symbols = ("q", "k", "v", "alpha", "c", "softmax", "W_learned")
    kind = MemorySteps

    def _make_controls(self) -> StepControls:
        own = StepControls(self.look, N_("Hop"))
        own.add_choice("story", N_("What is asked"), [(name, task) for task, name in TASKS.items()])
        own.add_choice("language", N_("Story in"), [(N_("Chinese"), "zh"), (N_("English"), "en")])
        own.add_button(N_("Another story"), self.take_remedy, primary=True)
        own.add_choice("hops", N_("Hops"), [("1", 1), ("2", 2), ("3", 3)])
        own.add_caption(
            N_("Change the sentences above as you like. The marked ones are those the answer follows from.")
        )
        own.finish()
        return own

    def _ask(self, options: ViewOptions) -> MemoryRequest:
        return MemoryRequest(options.text, options.second, options.mechanism.hops, options.mechanism.drawn)

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """Nothing before there is a question."""
        return super().wants(options, state) if options.has_second else ()

    def what_is_missing(self, options: ViewOptions) -> str:
        """The question."""
        return "" if options.has_second else _("This page needs a story and, as the second sentence, a question.")

    def small_models(self, options: ViewOptions) -> tuple[str, ...]:
        """The one that was trained for the question's kind."""
        try:
            task = task_of(read_question(options.second))
        except TextError:  # it is the question that is refused
            return ()
        return (f"memory-{task}-{options.mechanism.hops}",)

    def _text_of(self, number: int) -> dict[str, Any]:
        return self._tale(replace(self.options, drawn=number, step=None))

    def _tale(self, options: MechanismOptions) -> dict[str, Any]:
        story, question = told(drawn_story(options.story, options.drawn or 0), options.language)
        return {"text": story, "second": question, "paired": True, "mechanism": options}

    @Slot(dict)
    def _move(self, changes: dict[str, Any]) -> None:
        """Tell another story, or the same one in the other language, where that is what was chosen."""
        if "story" in changes or "language" in changes:
            drawn = self.options.drawn or 0
            self.options_wanted.emit(self._tale(replace(self.options, drawn=drawn, **changes)))
        else:
            self.move(**changes)

    def _chosen(self, options: MechanismOptions) -> str:
        return str(options.step)

    def _count(self, found: MemorySteps) -> int:
        return len(found.weights)

    def _scene(self, found: MemorySteps) -> Scene:
        hop = self.step(found)
        names = tuple(_("Hop {n}").format(n=number + 1) for number in range(len(found.weights)))
        supports = found.truth.supports if found.truth is not None else ()
        n, most = len(found.sentences), float(np.abs([found.read[hop], *found.inner[hop : hop + 2]]).max())
        lanes = (
            StoryRows(
                "", "", 1.5 + 0.75 * n, 0.2 * n, sentences=tuple(one.text for one in found.sentences),
                weights=found.weights, hop=hop, keys=found.keys[hop], values=found.values[hop], supports=supports,
                names=names,
            ),
            Strip(_("Asks q"), "q", 1.4, vector=found.inner[hop], most=most),
            Strip(_("Reads c"), "c", 1.4, vector=found.read[hop], most=most),
            Strip(_("Then q + c"), "", 1.4, vector=found.inner[hop + 1], most=most),
            Bars(_("Answer"), "softmax", 2.5, 1.0, values=found.probabilities, most=1.0, digits=2),
            Words("", "", 1.5),
        )  # fmt: skip
        return Scene(found.answers, lanes)

    def _numbers(self, found: MemorySteps, key: int) -> str:
        return _("answered with probability {p:.4f}").format(p=float(found.probabilities[key]))

    def _hint(self, found: MemorySteps) -> str:
        parts = [f"{found.question} {named(self._said(found))}"]
        if found.truth is not None:
            is_right = found.truth.answer == self._said(found).text
            wrong = _("wrong: it is {answer}").format(answer=found.truth.answer)
            parts.append(_("correct") if is_right else wrong)
        votes = _("{votes} of {seeds} seeds answer the same")
        parts.append(votes.format(votes=found.votes, seeds=found.seeds))
        if found.error == found.error:  # not a number where nobody has measured it
            parts.append(_("wrong in {error:.1%} of the test questions").format(error=found.error))
        return "   ".join(parts)

    def _said(self, found: MemorySteps) -> Any:
        return found.answers[int(found.probabilities.argmax())]

    def note(self, shown: Shown) -> str:
        """What a story that was drawn says, for those who see the page in English."""
        options, mechanism = shown.options, shown.options.mechanism
        if current_language() != "en" or mechanism.drawn is None:
            return ""
        story = drawn_story(mechanism.story, mechanism.drawn)
        is_in_chinese = (options.text, options.second) == told(story, "zh")
        return " ".join(told(story, "en")) if is_in_chinese else ""

    def caption(self, shown: Shown) -> list[str]:
        """Which model this is, and what it answers."""
        found = shown[self.slot]
        if found is None:
            return super().caption(shown)
        hop = _("hop {hop} of {hops}").format(hop=self.step(found) + 1, hops=len(found.weights))
        model = f"{found.name} (seed {found.seed})"
        return [*super().caption(shown), DOT.join([self._said(found).text, model, hop])]

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """The sentence with the largest weight, and what is asked and read."""
        found = shown[self.slot]
        if found is None:
            return {}
        hop = self.step(found)
        most = int(found.weights[hop].argmax())
        return {
            "q": length("q", found.inner[hop]),
            "c": length("c", found.read[hop]),
            "k": named(found.sentences[most]),
            "v": named(found.sentences[most]),
            "alpha": f"{float(found.weights[hop, most]):.4f}",
        }
