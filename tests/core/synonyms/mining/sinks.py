"""A store in a list."""

from __future__ import annotations

from dataclasses import replace


class ListSink:
    """Keeps what is added as the protocol asks, and counts the calls."""

    def __init__(self):
        self.candidates = {}
        self.stages = set()
        self.calls = 0

    def add(self, batch):
        self.calls += 1
        new = 0
        for candidate in batch:
            old = self.candidates.get(candidate.pair)
            if old is None:
                new += 1
            else:
                scores = {**candidate.scores, **old.scores}
                sources = tuple(sorted({*candidate.sources, *old.sources}))
                candidate = replace(old, scores=scores, sources=sources)  # noqa: PLW2901
            self.candidates[candidate.pair] = candidate
        return new

    @property
    def completed_stages(self):
        return frozenset(self.stages)

    def complete_stage(self, stage):
        self.stages.add(stage)
