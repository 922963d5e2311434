"""Self-attention: every token asks all others, once in each head, with a mask and with positions."""

from __future__ import annotations

from typing import Any, Final

from app.attention.mechanisms.base import MechanismView, asking
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.drawing.lanes import Bars, Boxes, Grid
from app.attention.mechanisms.options import HEADS, MOST_POSITIONS, MechanismOptions
from app.attention.mechanisms.picture import Scene
from core.attention.tasks.mechanisms.requests import SelfRequest, VectorsRequest
from core.attention.tasks.mechanisms.results import SelfSteps
from core.language import N_, _, ngettext

WEIGHTS: Final = r"\sym{alpha}=\sym{softmax}\left(\frac{\sym{q}\cdot\sym{k}}{\sqrt{\sym{d_k}}}+\sym{mask}\right)"
_SINES: Final = 48
"""How many of the waves are shown, the fastest first: the others hardly move within a sentence."""
PLACED: Final = r"\sym{q}=\sym{k}=\sym{v}=\mathrm{x}+\sym{positions}"


class SelfView(MechanismView[SelfSteps]):
    """One query's weights in each head."""

    formulas = (WEIGHTS, PLACED)
    symbols = ("q", "k", "positions", "n_head", "alpha", "softmax", "d_k", "mask", "v")
    kind = SelfSteps

    def _make_controls(self) -> MechanismControls:
        own = MechanismControls(self.look)
        own.add_choice("heads", N_("Heads"), [(str(heads), heads) for heads in HEADS])
        own.add_switch("causal", N_("Causal mask: nobody looks ahead"))
        own.add_amount("positions", N_("Positions added"), 0.0, MOST_POSITIONS)
        own.add_caption(
            N_("Each head compares a stretch of the vectors; nothing is learned. The model's own heads: keys 1 to 4.")
        )
        own.finish()
        self.symbol_links.add("mask", own.fields["causal"])
        return own

    def _request(self, vectors: VectorsRequest, options: MechanismOptions) -> Any:
        return SelfRequest(vectors, options.query, options.heads, options.causal, options.positions)

    def _scene(self, found: SelfSteps) -> Scene:
        mine = found.weights  # (h, n)
        n = len(found.vectors.columns)
        hidden = tuple(range(found.query + 1, n)) if found.is_causal else ()
        sines = found.waves[:, ::2][:, :_SINES]
        waves = (Boxes(_("Sines of PE"), "positions", 2.0, 0.5, vectors=sines),) if found.positions else ()
        return Scene(
            found.vectors.columns,
            (
                *asking(found.vectors, found.query, mine.mean(axis=0)),
                *waves,
                Grid(
                    _("Each head"), "n_head", 3.0, 1.5, weights=mine, hidden=hidden,
                    names=tuple(str(head + 1) for head in range(len(mine))),
                ),
                Bars(_("Mean α"), "alpha", 2.75, 1.0, values=mine.mean(axis=0), most=1.0, note="Σ α = 1"),
            ),
        )  # fmt: skip

    def _numbers(self, found: SelfSteps, key: int) -> str:
        heads = "  ".join(f"{weight:.3f}" for weight in found.weights[:, key].tolist())
        return _("α in each head {heads}").format(heads=heads)

    def _caption_parts(self, found: SelfSteps) -> list[str]:
        heads = len(found.weights)
        parts = [ngettext("{n} head", "{n} heads", heads).format(n=heads)]
        if found.is_causal:
            parts.append(_("causal mask"))
        if found.positions:
            parts.append(_("positions × {strength:.2f}").format(strength=found.positions))
        return parts

    def _values(self, found: SelfSteps, key: int | None) -> dict[str, str]:
        heads = len(found.weights)
        values = {"n_head": str(heads), "d_k": str(found.vectors.keys.shape[1] // heads)}
        if key is not None and key < len(found.vectors.columns):
            values["alpha"] = f"{float(found.weights[:, key].mean()):.4f}"
        return values
