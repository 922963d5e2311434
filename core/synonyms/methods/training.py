"""The training loop of every method that follows a gradient: batches in random order, Adam, told step by step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch

from core.synonyms.methods.method import MethodProgress

_WARM: Final = 0.2
"""Share of the steps in which the learning rate rises."""


@dataclass(frozen=True, slots=True)
class Descent:
    """How a loss is made small.

    Adam (Kingma & Ba 2015). Its rate rises to ``learning_rate`` in the first fifth of the steps and then falls to
    zero (Smith & Topin 2019), which takes a third of the passes that a constant rate takes.

    Attributes:
        epochs: passes over the rows.
        batch: rows a step.
        learning_rate: the largest.
    """

    epochs: int
    batch: int
    learning_rate: float

    def batches(self, rows: int, generator: torch.Generator) -> Iterator[torch.Tensor]:
        """Yield the numbers of ``rows`` in random order, a batch at a time."""
        order = torch.randperm(rows, generator=generator)
        for start in range(0, rows, self.batch):
            yield order[start : start + self.batch]

    def rate(self, step: int, steps: int) -> float:
        """Return the learning rate of ``step`` of so many."""
        share = (step + 1) / steps
        return self.learning_rate * min(share / _WARM, (1 - share) / (1 - _WARM) + 1 / steps)


def minimise(
    descent: Descent,
    parameters: Sequence[torch.nn.Parameter],
    rows: int,
    loss_of: Callable[[torch.Tensor], torch.Tensor],
    generator: torch.Generator,
) -> Generator[MethodProgress, None, None]:
    """Move ``parameters`` until the loss is small; yield how far it is, and the mean loss of each pass.

    Args:
        descent: how.
        parameters: what moves.
        rows: how many rows there are to learn from.
        loss_of: the loss of a batch, given the numbers of its rows.
        generator: of the order.
    """
    optimiser = torch.optim.Adam(parameters, lr=descent.learning_rate)
    per_epoch = sum(1 for _batch in descent.batches(rows, torch.Generator()))
    steps = per_epoch * descent.epochs
    if not steps:
        yield MethodProgress(1, 1)
    for epoch in range(descent.epochs):
        losses = []
        for number, batch in enumerate(descent.batches(rows, generator)):
            step = epoch * per_epoch + number
            for group in optimiser.param_groups:
                group["lr"] = descent.rate(step, steps)
            loss = loss_of(batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            losses.append(loss.item())
            ended = number + 1 == per_epoch
            yield MethodProgress(step + 1, steps, float(np.mean(losses)) if ended else None)
