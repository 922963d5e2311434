"""Mining: one stage a source, each adding to the store what no earlier one proposed.

The first candidates are in the store within seconds, from the dictionary; the vectors follow. A stage seen to
the end is remembered by the store, so a mining that was stopped goes on where it was, and one that was
finished does nothing. Adding is idempotent: what a stopped stage had added already is not doubled.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from itertools import islice
from typing import Final

from core.runtime.events import Payload
from core.synonyms.candidates.generator import Proposals
from core.synonyms.candidates.sources import SOURCES
from core.synonyms.mining.config import SENTENCES, MineConfig
from core.synonyms.mining.events import MinePlan, MineReport, StageEnded, StageProgress
from core.synonyms.mining.inputs import Material, check_files, corpora_of, read_material, stage_marks
from core.synonyms.pairs import CandidateSink, WordPair
from core.synonyms.sentences import read_sentences
from core.synonyms.store.opening.filling import store_to_fill

_BATCH: Final = 500
"""Pairs added to the store at once: durable together, and a stop waits for no more than them."""


def mine(config: MineConfig) -> Generator[Payload, None, MineReport]:
    """Mine into the store at ``config.database``, which is made if it is not there. A task for a worker.

    Stopped before the first pair, it leaves no empty store.

    Raises:
        SynonymsError: material is missing or broken, or the store cannot be used.
    """
    check_files(config)  # before a store is made
    with store_to_fill(config.database) as store:
        return (yield from mine_into(config, store))


def mine_into(config: MineConfig, sink: CandidateSink) -> Generator[Payload, None, MineReport]:
    """Mine into ``sink``, yielding what happens; return what it brought.

    Raises:
        SynonymsError: material is missing or broken.
    """
    marks = stage_marks(config)
    remembered = sink.completed_stages
    completed = tuple(stage for stage in config.stages if marks.get(stage) in remembered)
    yield MinePlan(config.stages, completed)
    seen: set[WordPair] = set()
    added = 0
    if set(completed) != set(config.sources):
        material = yield from read_material(config)
        added = yield from _mine_sources(config, material, sink, marks, seen)
        if material.spreading is not None:
            material.spreading.forget()
    if SENTENCES in config.stages:
        yield from read_sentences(corpora_of(config))  # at once where it has been done before
        yield StageEnded(SENTENCES, 0, 0)
    return MineReport(len(seen), added, completed)


def _mine_sources(
    config: MineConfig,
    material: Material,
    sink: CandidateSink,
    marks: Mapping[str, str],
    seen: set[WordPair],
) -> Generator[Payload, None, int]:
    """Run the stages in turn, noting in ``seen`` what was proposed; return how many pairs were new."""
    stages = [stage for stage in config.stages if stage in SOURCES]
    remembered = sink.completed_stages
    added = 0
    for i, stage in enumerate(stages):
        completed = marks[stage] in remembered
        weight = sum(SOURCES[later].share for later in stages[i:])
        quota = (config.limit - len(seen)) * SOURCES[stage].share // weight
        before = len(seen)
        # A stage of an earlier run proposes its pairs once more, only so that later stages don't count them.
        new = yield from _run_stage(stage, material, None if completed else sink, quota, seen)
        added += new
        if not completed:
            sink.complete_stage(marks[stage])
            yield StageEnded(stage, len(seen) - before, new)
    return added


def _run_stage(
    stage: str, material: Material, sink: CandidateSink | None, quota: int, seen: set[WordPair]
) -> Generator[Payload, None, int]:
    """Let one generator propose up to ``quota`` pairs nobody had; return how many were new to ``sink``."""
    generator = material.generators[stage]
    proposed = added = 0
    with closing(generator.propose()) as batches:
        for batch in batches:
            fresh = list(islice((pair for pair in batch.pairs if pair not in seen), quota - proposed))
            # Of a pair proposed before, the store has this source's evidence, unless only proposing tells it.
            again = [pair for pair in batch.pairs if pair in seen and generator.evidence(pair) is None]
            seen.update(fresh)
            proposed += len(fresh)
            pairs = [*fresh, *again] if sink else []
            for start in range(0, len(pairs), _BATCH):
                assert sink is not None, "without a sink there are no pairs to add"
                added += sink.add(material.assembler.assemble(pairs[start : start + _BATCH], stage))
                yield _progress(stage, batch, quota, proposed, added)
            if proposed >= quota:
                break
            yield _progress(stage, batch, quota, proposed, added)
    return added


def _progress(stage: str, batch: Proposals, quota: int, proposed: int, added: int) -> StageProgress:
    """Return how far a stage is: it ends with its material or with its quota, whichever is nearer."""
    if proposed * batch.total > batch.done * quota:
        return StageProgress(stage, proposed, quota, proposed, added)
    return StageProgress(stage, batch.done, batch.total, proposed, added)
