"""Soft and hard attention: keys drawn by their weights, one by one or a thousand at a time."""

from __future__ import annotations

from typing import Any, Final

from app.attention.drawing.vector_strip import length
from app.attention.mechanisms.base import MechanismView, asking
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.drawing.extra_lanes import Curve
from app.attention.mechanisms.drawing.lanes import Bars, Strip
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.picture import Scene
from core.attention.tasks.mechanisms.requests import MOST_DRAWS, HardRequest, VectorsRequest
from core.attention.tasks.mechanisms.results import HardSteps
from core.language import N_, _, ngettext

SOFT: Final = r"\sym{c}=\sum_j\sym{alpha}_j\sym{v}_j"
HARD: Final = r"\sym{drawn}_i\sim\sym{alpha},\;\sym{c}\approx\frac{1}{N}\sum_i\sym{v}(\sym{drawn}_i)"
REINFORCE: Final = r"\nabla\approx(\mathrm{reward}-\mathrm{baseline})\,\nabla\log\sym{alpha}(\sym{drawn})"


class HardView(MechanismView[HardSteps]):
    """Soft weights as chances, the draws, and how their shares come to the weights."""

    formulas = (SOFT, HARD, REINFORCE)
    symbols = ("q", "k", "alpha", "share", "drawn", "c", "v")
    has_primary = True
    kind = HardSteps

    def _make_controls(self) -> MechanismControls:
        own = MechanismControls(self.look)
        own.add_button(N_("Draw one key"), lambda: self._draw(1), primary=True)
        own.add_button(N_("Draw a thousand"), lambda: self._draw(1000))
        own.add_button(N_("Begin again"), self._begin_again)
        own.add_caption(N_("Each restart draws with another random seed. Tab 1 learns its actions in the same way."))
        own.finish()
        return own

    def _draw(self, more: int) -> None:
        if self.shown is not None:
            self.move(draws=min(MOST_DRAWS, self.shown.options.mechanism.draws + more))

    def _begin_again(self) -> None:
        if self.shown is not None:
            self.move(draws=0, seed=(self.shown.options.mechanism.seed + 1) % 1_000_000)

    def _request(self, vectors: VectorsRequest, options: MechanismOptions) -> Any:
        return HardRequest(vectors, options.query, options.draws, options.seed)

    def _scene(self, found: HardSteps) -> Scene:
        n_draws = ngettext("{n:,} draw", "{n:,} draws", found.draws).format(n=found.draws)
        return Scene(
            found.vectors.columns,
            (
                *asking(found.vectors, found.query, found.weights),
                Bars(_("Soft: weight α"), "alpha", 2.75, 1.0, values=found.weights, most=1.0, note="Σ α = 1"),
                Bars(
                    _("Hard: share f"), "share", 2.75, 1.0, values=found.shares, most=1.0,
                    outline=found.weights, note=n_draws, marked=found.last,
                ),
                Strip(_("Drawn value v"), "drawn", 1.25, vector=found.drawn_value),
                Strip(_("Mean of draws"), "", 1.25, vector=found.mean_value),
                Strip(_("Soft context c"), "c", 1.25, vector=found.context),
                Curve(
                    _("Mean |f − α|"), "", 4.0, 1.0, x=found.counted, y=found.distance, last=MOST_DRAWS,
                    x_name=_("draws"),
                ),
            ),
        )  # fmt: skip

    def _numbers(self, found: HardSteps, key: int) -> str:
        times = round(float(found.shares[key]) * found.draws)
        return _("α = {weight:.4f}   drawn {times:,} of {draws:,} times, f = {share:.4f}").format(
            weight=float(found.weights[key]), times=times, draws=found.draws, share=float(found.shares[key])
        )

    def _hint(self, found: HardSteps) -> str:
        if found.last is None:
            return _("Draw a key: the higher its weight, the likelier it is. Click a word to let it ask.")
        return _("The rims are the weights α: the bars come to fill them. The dot marks the last draw.")

    def _caption_parts(self, found: HardSteps) -> list[str]:
        return [ngettext("{n:,} draw", "{n:,} draws", found.draws).format(n=found.draws)]

    def _values(self, found: HardSteps, key: int | None) -> dict[str, str]:
        values = {"c": length("c", found.context)}
        if found.last is not None:
            values["drawn"] = found.vectors.columns[found.last].label
        if key is not None and key < len(found.weights):
            values |= {"alpha": f"{float(found.weights[key]):.4f}", "share": f"{float(found.shares[key]):.4f}"}
        return values
