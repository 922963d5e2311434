"""The article's formulas, as the corrections make them: LaTeX as ``core.formulas`` takes it. Qt-free."""

from __future__ import annotations

from typing import Final

from core.policy_gradient.anatomy.findings import Corrections, Credit

RETURNS: Final[dict[Credit, str]] = {
    "to_go": r"\sym{G}_t=\sym{r}_t+\sym{gamma}\,\sym{G}_{t+1}",
    "reward": r"\sym{G}_t=\sym{r}_t",
    "episode": r"\sym{G}_t=\sym{r}_0+\sym{gamma}\,\sym{r}_1+\cdots",
}
ADVANTAGE: Final = {
    (True, False): r"\sym{R}_t=\frac{\sym{G}_t-\mathrm{mean}(\sym{G})}{\mathrm{std}(\sym{G})}",
    (False, False): r"\sym{R}_t=\sym{G}_t",
    (True, True): r"\sym{R}_t=\frac{\sym{G}_t-b_t-\mathrm{mean}(\sym{G}-b)}{\mathrm{std}(\sym{G}-b)}",
    (False, True): r"\sym{R}_t=\sym{G}_t-b_t",
}
"""By whether it is normalised, and whether a baseline b is subtracted before."""
LOSS: Final = r"\sym{loss}=-\frac{1}{N}\sum_t\log\sym{pi}_{\sym{theta}}(\sym{a}_t\mid\sym{s}_t)\cdot\sym{R}_t"
ALL: Final = (*RETURNS.values(), *ADVANTAGE.values(), LOSS)


def formulas_of(corrections: Corrections, *, has_baseline: bool) -> tuple[str, str, str]:
    """Return the formulas of G, R and the loss."""
    return RETURNS[corrections.credit], ADVANTAGE[corrections.normalise, has_baseline], LOSS
