"""One line of the benchmark's result: a figure, what it should be, and whose figure it is held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Sense = Literal["at most", "at least"]
Better = Literal["lower", "higher"]


BudgetOf = Literal["value", "ratio", "share", "excess"]
"""What a budget bounds: the value; how many times better than the peer it is; the value in parts of the peer's; or
how far it is above the peer's."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a row should reach.

    Attributes:
        bound: the limit, which itself is still good.
        sense: on which side of the limit is good.
        of: what the limit is for. All but ``value`` need a peer, and bear a machine that others use too.
        or_share: a value on the good side of this part of the peer's is good as well: what a slow machine turns, it
            turns in the peer, too. None where that does not count.
    """

    bound: float
    sense: Sense
    of: BudgetOf = "value"
    or_share: float | None = None

    def holds(self, figure: float, share: float | None = None) -> bool:
        """Return whether ``figure`` keeps the budget; a figure that is no number keeps none.

        Args:
            figure: what is bounded.
            share: the value in parts of the peer's.
        """
        return self._is_good(figure, self.bound) or (
            self.or_share is not None and share is not None and self._is_good(share, self.or_share)
        )

    def _is_good(self, figure: float, bound: float) -> bool:
        return figure <= bound if self.sense == "at most" else figure >= bound


def at_most(bound: float, *, or_share: float | None = None) -> Budget:
    """Return the budget of a value that may not be above ``bound``, unless it is within ``or_share`` of the peer's."""
    return Budget(bound, "at most", or_share=or_share)


def at_least(bound: float, *, or_share: float | None = None) -> Budget:
    """Return the budget of a value that may not be below ``bound``, unless it reaches ``or_share`` of the peer's."""
    return Budget(bound, "at least", or_share=or_share)


def times_better(bound: float) -> Budget:
    """Return the budget of a value that is to be ``bound`` times better than the peer's."""
    return Budget(bound, "at least", "ratio")


def at_most_times_peer(bound: float) -> Budget:
    """Return the budget of a value that may be ``bound`` times the peer's."""
    return Budget(bound, "at most", "share")


def at_most_over_peer(bound: float) -> Budget:
    """Return the budget of a value that may be ``bound`` of its units above the peer's."""
    return Budget(bound, "at most", "excess")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure.

    Attributes:
        name: stable; scripts and ``--only`` use it.
        unit: of ``value`` and ``peer_value``.
        value: the figure; None when it could not be measured, and then ``error`` says why.
        budget: what it should reach; None where nothing was promised.
        better: whether a lower or a higher value is better; the ratio needs to know.
        peer: who was measured beside it, in the same run.
        peer_value: their figure, of the same meaning.
        error: why there is no figure.
        note: how the figure came about, in one line.
        details: what else was measured, for whoever reads the JSON.
    """

    name: str
    unit: str
    value: float | None = None
    budget: Budget | None = None
    better: Better = "lower"
    peer: str | None = None
    peer_value: float | None = None
    error: str | None = None
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.error is None):
            message = f"{self.name}: a row has either a value or an error"
            raise ValueError(message)

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer, above 1 if better; None without both figures."""
        if self.value is None or self.peer_value is None:
            return None
        above, below = (self.peer_value, self.value) if self.better == "lower" else (self.value, self.peer_value)
        return above / below if below else float("inf")

    @property
    def ok(self) -> bool | None:
        """Whether the budget is kept; None when there is none or nothing to hold against it."""
        if self.budget is None:
            return None
        figure = self.bounded
        return None if figure is None else self.budget.holds(figure, self.share)

    @property
    def bounded(self) -> float | None:
        """What the budget is held against; None without a budget, or without the figures it needs."""
        if self.budget is None or self.value is None:
            return None
        if self.budget.of == "value":
            return self.value
        if self.budget.of == "ratio":
            return self.ratio
        if self.budget.of == "share":
            return self.share
        return None if self.peer_value is None else self.value - self.peer_value

    @property
    def share(self) -> float | None:
        """The value in parts of the peer's; None without both figures."""
        return None if self.value is None or not self.peer_value else self.value / self.peer_value

    def to_dict(self) -> dict[str, Any]:
        """Return the row as JSON takes it; what a row has not is left out, except value, budget and ok."""
        written: dict[str, Any] = {"name": self.name, "value": self.value, "unit": self.unit}
        written["budget"] = None if self.budget is None else self.budget.bound
        if self.budget is not None:
            written["budget_sense"] = self.budget.sense
            written["budget_of"] = self.budget.of
            if self.budget.of != "value" and self.bounded is not None:
                written["bounded"] = self.bounded
            if self.budget.or_share is not None:
                written["budget_or_share_of_peer"] = self.budget.or_share
        written["ok"] = self.ok
        for name in ("peer", "peer_value", "ratio", "error", "note", "details"):
            part = getattr(self, name)
            if part is not None and part not in ("", {}):
                written[name] = part
        return written
