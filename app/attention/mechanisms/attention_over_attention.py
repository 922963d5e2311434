"""Attention over attention: a question looks at a text, and the text says which of the question's words count."""

from __future__ import annotations

from typing import Any, Final

from app.attention.drawing.labels import written
from app.attention.mechanisms.base import MechanismView
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.drawing.extra_lanes import Line
from app.attention.mechanisms.drawing.lanes import Bars, Grid, Words
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.picture import Scene
from app.attention.options import ViewOptions
from app.attention.state import AttentionState, Wanted
from core.attention.tasks.mechanisms.requests import OverRequest, VectorsRequest
from core.attention.tasks.mechanisms.results import OverSteps
from core.language import N_, _

COLUMNS: Final = r"\sym{alpha}(t)=\sym{softmax}(\sym{score}_{1t},\ldots,\sym{score}_{Nt})"
ROWS: Final = r"\sym{beta}=\frac{1}{N}\sum_i\sym{softmax}(\sym{score}_{i1},\sym{score}_{i2},\ldots)"
TOGETHER: Final = r"\sym{attended}=\sum_t\sym{beta}_t\sym{alpha}(t)"
_ANSWERS: Final = 5


class OverView(MechanismView[OverSteps]):
    """Both softmaxes of one table, and what comes of them together."""

    formulas = (COLUMNS, ROWS, TOGETHER)
    symbols = ("alpha", "beta", "attended", "softmax", "score")
    kind = OverSteps

    def _make_controls(self) -> MechanismControls:
        own = MechanismControls(self.look)
        own.add_caption(
            N_("The first sentence is the text, the second the question. These vectors were never trained for it.")
        )
        own.finish()
        return own

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """Nothing before there is a question."""
        return super().wants(options, state) if options.has_second else ()

    def what_is_missing(self, options: ViewOptions) -> str:
        """The question."""
        if options.has_second:
            return ""
        return _("Attention over attention needs a text and a question: type the question below the text.")

    def _request(self, vectors: VectorsRequest, _options: MechanismOptions) -> Any:
        return OverRequest(vectors)

    def _scene(self, found: OverSteps) -> Scene:
        names = tuple(written(token) for token in found.vectors.rows)
        answers = "     ".join(
            f"{answer.word} {answer.weight:.3f}" + (f" ({answer.places}×)" if answer.places > 1 else "")
            for answer in found.candidates[:_ANSWERS]
        )
        return Scene(
            found.vectors.columns,
            (
                Words(_("Text"), "", 1.75),
                Grid(
                    "", "softmax", 4.5, 1.0, weights=found.to_question, names=names,
                    beside=found.importance, beside_symbol="beta",
                ),
                Line("", words=_("↑ each column sums to 1, and β is the mean of each row; ↓ each row sums to 1")),
                Grid("", "alpha", 4.5, 1.0, weights=found.to_document, names=names),
                Bars("s = α β", "attended", 3.0, 1.0, values=found.attended, note="Σ s = 1"),
                Line(_("Answers"), "", words=answers),
            ),
            room=9.0,
        )  # fmt: skip

    def _numbers(self, found: OverSteps, key: int) -> str:
        word = found.vectors.columns[key].text
        answer = next(answer for answer in found.candidates if answer.word == word)
        return _("s = {weight:.4f}, over all its places {total:.4f}").format(
            weight=float(found.attended[key]), total=answer.weight
        )

    def _hint(self, _found: OverSteps) -> str:
        return _("Rest on a word of the text to read its numbers.")

    def _values(self, found: OverSteps, key: int | None) -> dict[str, str]:
        return {} if key is None or key >= len(found.attended) else {"attended": f"{float(found.attended[key]):.4f}"}
