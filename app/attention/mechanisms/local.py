"""Local attention: a window over the keys whose place and width are dragged on the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Slot

from app.attention.drawing.vector_strip import length
from app.attention.mechanisms.base import MechanismView, asking, context
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.drawing.canvas import minus
from app.attention.mechanisms.drawing.lanes import Bars
from app.attention.mechanisms.options import LEAST_WIDTH, MechanismOptions
from app.attention.mechanisms.picture import Scene, Window
from app.attention.selection import Selection
from app.attention.views import ViewSpec
from app.panel import Look
from core.attention.tasks.mechanisms.requests import LocalRequest, VectorsRequest
from core.attention.tasks.mechanisms.results import LocalSteps
from core.language import N_, _

PLACE_M: Final = r"\sym{p_t}=t"
PLACE_P: Final = r"\sym{p_t}=N\cdot\mathrm{sigmoid}(\sym{W_learned}_2\tanh(\sym{W_learned}_1\sym{q}))"
WEIGHTS_M: Final = r"\sym{alpha}_j=\sym{softmax}(\sym{score})_j,\;|j-\sym{p_t}|\le\sym{window}"
WEIGHTS_P: Final = (
    r"\sym{alpha}_j=\sym{softmax}(\sym{score})_j\cdot\exp\left(-\frac{(j-\sym{p_t})^2}{2\sym{sigma}^2}\right)"
    r",\;\sym{sigma}=\frac{\sym{window}}{2}"
)
_SLIDER_WIDTH: Final = 10.0


class LocalView(MechanismView[LocalSteps]):
    """Global attention above, and what a window makes of it."""

    formulas = (PLACE_M, PLACE_P, WEIGHTS_M, WEIGHTS_P)
    symbols = ("q", "k", "softmax", "sigma", "alpha", "c", "p_t", "window", "score", "W_learned")
    kind = LocalSteps

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.page.picture.centre_moved.connect(self._on_centre)
        self.page.picture.width_moved.connect(self._on_width)

    def _make_controls(self) -> MechanismControls:
        own = MechanismControls(self.look)
        own.add_choice(
            "kind", N_("Where the window stands"), [(N_("local-p: predicted"), "p"), (N_("local-m: t"), "m")]
        )
        own.add_amount("width", N_("Half-width D"), LEAST_WIDTH, _SLIDER_WIDTH)
        own.add_button(N_("Put p back"), lambda: own.changed(centre=None))
        own.add_caption(
            N_("Untrained, local-p predicts the middle. Drag the window: your hand does what training would.")
        )
        own.finish()
        return own

    def _request(self, vectors: VectorsRequest, options: MechanismOptions) -> Any:
        return LocalRequest(vectors, options.query, options.kind, options.centre, options.width)

    def _formulas_for(self, found: LocalSteps) -> Sequence[str]:
        return (PLACE_P, WEIGHTS_P) if found.kind == "p" else (PLACE_M, WEIGHTS_M)

    def _scene(self, found: LocalSteps) -> Scene:
        total = f"Σ = {float(found.weights.sum()):.3f}"
        inside = Bars(_("Softmax inside"), "softmax", 2.5, 1.0, values=found.inside, most=1.0, note="Σ = 1")
        bell = (Bars(_("Gaussian"), "sigma", 2.0, 0.7, values=found.bell, most=1.0, digits=2),)
        lanes = (
            *asking(found.vectors, found.query, found.weights),
            Bars(_("Global α"), "", 2.5, 1.0, values=found.everywhere, most=1.0, note="Σ = 1"),
            inside,
            *(bell if found.kind == "p" else ()),
            Bars(_("Local α"), "alpha", 2.5, 1.0, values=found.weights, most=1.0, note=total),
            context(found.context, _("Context c")),
        )
        return Scene(found.vectors.columns, lanes, Window(found.centre, found.width, (4, len(lanes) - 1)))

    def _numbers(self, found: LocalSteps, key: int) -> str:
        far = minus(f"{key - found.centre:+.2f}")
        parts = [
            _("global α {value:.4f}").format(value=float(found.everywhere[key])),
            f"j − p = {far}",
            _("inside {value:.4f}").format(value=float(found.inside[key])),
        ]
        if found.kind == "p":
            parts.append(_("Gaussian {value:.4f}").format(value=float(found.bell[key])))
        return "   ".join([*parts, f"α = {float(found.weights[key]):.4f}"])

    def _hint(self, _found: LocalSteps) -> str:
        return _("Drag the window to move p, its edges to change D. Click a word to let it ask.")

    def _caption_parts(self, found: LocalSteps) -> list[str]:
        return [f"local-{found.kind}", f"p = {found.centre:.2f}", f"D = {found.width:.2f}"]

    def _values(self, found: LocalSteps, key: int | None) -> dict[str, str]:
        values = {
            "p_t": f"{found.centre:.2f}",
            "window": f"{found.width:.2f}",
            "sigma": f"{found.width / 2:.2f}",
            "c": length("c", found.context),
        }
        if key is not None and key < len(found.weights):
            values["alpha"] = f"{float(found.weights[key]):.4f}"
            values["score"] = minus(f"{float(found.scores[key]):.3f}")
        return values

    @Slot(float)
    def _on_centre(self, centre: float) -> None:
        self.move(centre=round(centre, 3))

    @Slot(float)
    def _on_width(self, width: float) -> None:
        self.move(width=round(width, 3))
