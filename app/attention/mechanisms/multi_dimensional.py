"""Multi-dimensional attention: several rows of weights for one query, and a penalty that pushes them apart."""

from __future__ import annotations

from typing import Any, Final

from app.attention.mechanisms.base import MechanismView, asking
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.drawing.extra_lanes import Square
from app.attention.mechanisms.drawing.lanes import Grid
from app.attention.mechanisms.options import MOST_STRENGTH, ROWS, MechanismOptions
from app.attention.mechanisms.picture import Scene
from core.attention.tasks.mechanisms.requests import RowsRequest, VectorsRequest
from core.attention.tasks.mechanisms.results import RowsSteps
from core.language import N_, _

WEIGHTS: Final = r"\sym{rows}_i=\sym{softmax}(\sym{score}_i)"
PENALTY: Final = r"\sym{penalty}=\|\sym{rows}\sym{rows}^\top-\mathrm{I}\|_{\mathrm{F}}^2"
LOSS: Final = r"\min\;\sym{strength}\sym{penalty}+\cdots"


class MultiDimensionalView(MechanismView[RowsSteps]):
    """Rows without and with the penalty, and what they have in common."""

    formulas = (WEIGHTS, PENALTY, LOSS)
    symbols = ("q", "k", "rows", "penalty", "softmax", "score", "strength")
    kind = RowsSteps

    def _make_controls(self) -> MechanismControls:
        own = MechanismControls(self.look)
        own.add_choice("rows", N_("Rows r"), [(str(rows), rows) for rows in ROWS])
        own.add_amount("strength", N_("Strength of the penalty λ"), 0.0, MOST_STRENGTH)
        own.add_caption(N_("Nothing else is learned here: a weak pull to where each row began stands in for the task."))
        own.finish()
        self.symbol_links.add("strength", own.fields["strength"])
        return own

    def _request(self, vectors: VectorsRequest, options: MechanismOptions) -> Any:
        return RowsRequest(vectors, options.query, options.rows, options.strength)

    def _scene(self, found: RowsSteps) -> Scene:
        names = tuple(str(row + 1) for row in range(len(found.weights)))
        told = _("P = {after:.3f}   (without the penalty {before:.3f})").format(
            after=found.overlap, before=found.overlap_before
        )
        return Scene(
            found.vectors.columns,
            (
                *asking(found.vectors, found.query, found.weights.mean(axis=0)),
                Grid("λ = 0", "", 3.5, 1.0, weights=found.before, names=names),
                Grid(_("Rows A"), "rows", 3.5, 1.0, weights=found.weights, names=names),
                Square("A Aᵀ", "penalty", 4.0, 0.8, numbers=found.products, note=told),
            ),
        )

    def _numbers(self, found: RowsSteps, key: int) -> str:
        rows = "  ".join(f"{weight:.3f}" for weight in found.weights[:, key].tolist())
        before = "  ".join(f"{weight:.3f}" for weight in found.before[:, key].tolist())
        return _("rows {rows}   without the penalty {before}").format(rows=rows, before=before)

    def _caption_parts(self, found: RowsSteps) -> list[str]:
        return [f"r = {len(found.weights)}", f"λ = {found.strength:.2f}", f"P = {found.overlap:.3f}"]

    def _values(self, found: RowsSteps, _key: int | None) -> dict[str, str]:
        return {
            "rows": f"{len(found.weights)} × {len(found.vectors.columns)}",
            "penalty": f"{found.overlap:.3f}",
            "strength": f"{found.strength:.2f}",
        }
