"""Score functions: one query, its keys, and the three steps with the function that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from app.attention.drawing.vector_strip import length
from app.attention.mechanisms.base import MechanismView, asking, context
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.drawing.canvas import minus
from app.attention.mechanisms.drawing.lanes import Bars, Boxes
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.picture import Scene
from core.attention.tasks.mechanisms.requests import ScoreName, ScoreRequest, VectorsRequest
from core.attention.tasks.mechanisms.results import ScoreSteps
from core.language import N_, _

NAMES: Final[dict[ScoreName, str]] = {
    "dot": N_("Dot product"),
    "scaled_dot": N_("Scaled dot product"),
    "general": N_("General"),
    "additive": N_("Additive"),
    "concat": N_("Concat"),
    "location": N_("Location"),
    "cosine": N_("Cosine"),
}
_Q, _K, _E, _W = r"\sym{q}", r"\sym{k}_j", r"\sym{score}_j", r"\sym{W_learned}"
FUNCTIONS: Final[dict[ScoreName, str]] = {
    "dot": rf"{_E}={_Q}\cdot{_K}",
    "scaled_dot": rf"{_E}=\frac{{{_Q}\cdot{_K}}}{{\sqrt{{\sym{{d_k}}}}}}",
    "general": rf"{_E}={_Q}^\top{_W}{_K}",
    "additive": rf"{_E}={_W}_3\tanh({_W}_1{_Q}+{_W}_2{_K})",
    "concat": rf"{_E}={_W}_2\tanh({_W}_1[{_Q};{_K}])",
    "location": rf"{_E}=({_W}{_Q})_j",
    "cosine": rf"{_E}=\frac{{{_Q}\cdot{_K}}}{{|{_Q}||{_K}|}}",
}
"""LaTeX of each function. The vector that is called v in the papers is the last W here: v is a value."""
SOFTMAX: Final = r"\sym{alpha}_j=\frac{\exp\sym{score}_j}{\sum_i\exp\sym{score}_i}"
SUM: Final = r"\sym{c}=\sum_j\sym{alpha}_j\sym{v}_j"


class ScoresView(MechanismView[ScoreSteps]):
    """The survey's table of score functions at work."""

    formulas = (*FUNCTIONS.values(), SOFTMAX, SUM)
    symbols = ("q", "k", "score", "alpha", "v", "c", "d_k", "W_learned")
    kind = ScoreSteps

    def _make_controls(self) -> MechanismControls:
        own = MechanismControls(self.look)
        own.add_choice("score", N_("Score function"), [(name, score) for score, name in NAMES.items()])
        own.add_caption(N_("W is drawn at random: nothing has taught it. Dot, scaled dot and cosine need no weights."))
        own.finish()
        return own

    def _request(self, vectors: VectorsRequest, options: MechanismOptions) -> Any:
        return ScoreRequest(vectors, options.query, options.score)

    def _formulas_for(self, found: ScoreSteps) -> Sequence[str]:
        return FUNCTIONS[found.score], SOFTMAX, SUM

    def _scene(self, found: ScoreSteps) -> Scene:
        most = float(found.weights.max(initial=0)) or 1.0
        return Scene(
            found.vectors.columns,
            (
                *asking(found.vectors, found.query, found.weights),
                Bars(_("1  Score e"), "score", 3.0, 1.0, values=found.scores, digits=2),
                Bars(_("2  Weight α"), "alpha", 2.75, 1.0, values=found.weights, most=1.0, note="Σ α = 1"),
                Boxes(_("3  Value v"), "v", 2.5, 0.8, vectors=found.vectors.keys, strength=found.weights / most),
                context(found.context, _("Context c")),
            ),
        )

    def _numbers(self, found: ScoreSteps, key: int) -> str:
        return minus(f"e = {float(found.scores[key]):.4f}   α = {float(found.weights[key]):.4f}")

    def _caption_parts(self, found: ScoreSteps) -> list[str]:
        parts = [_(NAMES[found.score])]
        return [*parts, _("weights drawn at random, not learned")] if found.is_drawn else parts

    def _values(self, found: ScoreSteps, key: int | None) -> dict[str, str]:
        values = {"c": length("c", found.context)}
        if key is not None and key < len(found.scores):
            values["score"] = minus(f"{float(found.scores[key]):.3f}")
            values["alpha"] = f"{float(found.weights[key]):.4f}"
        return values
