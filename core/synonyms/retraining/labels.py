"""The labels of a store, and which of them are learnt from and which asked about."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import numpy as np
from sqlalchemy import Connection, func, select

from core.language import _
from core.synonyms.labelled import ANTONYM, NEIGHBOUR, RELATED, SYNONYM, LabelledPairs
from core.synonyms.pairs import SynonymsError, WordPair
from core.synonyms.ranker.table import PairTable
from core.synonyms.store.columns import fetch_ids
from core.synonyms.store.reading.own_answers import is_own
from core.synonyms.store.schema import candidates, judgements, marked
from core.synonyms.verdicts import TEACHING, Verdict

LEAST: Final = 5
"""Labels of either sort among those asked about, and among those learnt from, below which nothing is told."""

_KINDS: Final = {
    Verdict.SYNONYM: SYNONYM,
    Verdict.RELATED: RELATED,
    Verdict.ANTONYM: ANTONYM,
    Verdict.NOT: NEIGHBOUR,  # it stood in the queue because something is alike
}


def pairs_of(table: PairTable) -> tuple[WordPair, ...]:
    """Return the pairs of a table, (N,)."""
    texts = table.texts
    return tuple(WordPair(texts[one], texts[two]) for one, two in zip(table.one, table.two, strict=True))


def read_labels(
    connection: Connection, table: PairTable, annotator: str | None
) -> tuple[LabelledPairs, dict[WordPair, Verdict], int]:
    """Return what was said of the pairs of a store: as pairs, as verdicts, and how many were left out as disputed.

    Args:
        connection: a reading transaction.
        table: the pairs.
        annotator: whose own answers; None for what the judges of each pair amount to.
    """
    disputed = 0
    said: dict[WordPair, Verdict] = {}
    for verdict in TEACHING:
        if annotator is None:
            query = select(candidates.c.id).where(candidates.c.verdict == verdict)
        else:
            query = select(judgements.c.candidate_id).where(
                is_own(connection, annotator), judgements.c.verdict == verdict
            )
        places = table.places(fetch_ids(connection, query))
        for place in places[places >= 0].tolist():
            one, two = table.texts[table.one[place]], table.texts[table.two[place]]
            if one and two:
                said[WordPair(one, two)] = verdict
    if annotator is None:
        count = select(func.count()).select_from(candidates).where(marked("disputed"))
        disputed = int(connection.execute(count).scalar_one())
    ordered = sorted(said)
    rows = [(pair, said[pair] is Verdict.SYNONYM, _KINDS[said[pair]]) for pair in ordered]
    return LabelledPairs.of(rows), said, disputed


def held_out_of(labels: LabelledPairs, share: float, seed: int) -> LabelledPairs:
    """Return the labels that are asked about, about ``share`` of all.

    Labels that share a word with them can't be learnt from. So words are taken with their neighbours, from label to
    label, until the labels between two of them are enough: few labels then join one taken and one not.

    Raises:
        SynonymsError: there are too few labels.
    """
    neighbours: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in labels.pairs:
        neighbours[one].append(other)
        neighbours[other].append(one)
    wanted, inside = round(share * len(labels)), 0
    taken: dict[str, None] = {}
    rng = np.random.default_rng(seed)
    for start in rng.permutation(sorted(neighbours)).tolist():
        waiting = [start]
        while waiting and inside < wanted:
            word = waiting.pop(0)
            if word not in taken:
                inside += sum(other in taken for other in neighbours[word])
                taken[word] = None
                waiting += neighbours[word]
        if inside >= wanted:
            break
    return labels.where([one in taken and other in taken for one, other in labels.pairs])


def check_enough(taught: LabelledPairs, held_out: LabelledPairs) -> None:
    """See that there are synonyms and others to learn from, and to be asked about.

    Raises:
        SynonymsError: there are too few.
    """
    for pairs in (taught, held_out):
        synonyms = int(pairs.synonym.sum())
        if min(synonyms, len(pairs) - synonyms) < LEAST:
            message = _(
                "Too few labels to learn from and be asked about: {taught} ({taught_synonyms} synonyms) and {held_out} "
                "({held_out_synonyms} synonyms). Each part needs {least} synonyms and {least} others; judge more pairs."
            )
            raise SynonymsError(
                message.format(
                    taught=len(taught),
                    taught_synonyms=int(taught.synonym.sum()),
                    held_out=len(held_out),
                    held_out_synonyms=int(held_out.synonym.sum()),
                    least=LEAST,
                )
            )


def repeated(labels: LabelledPairs, times: int) -> LabelledPairs:
    """Return every label so many times: a method that counts pairs then counts each so often."""
    return LabelledPairs(labels.pairs * times, np.tile(labels.synonym, times), labels.kinds * times)


def joined(one: LabelledPairs, other: LabelledPairs) -> LabelledPairs:
    """Return the pairs of both."""
    synonym = np.concatenate([one.synonym, other.synonym])
    return LabelledPairs(one.pairs + other.pairs, synonym, one.kinds + other.kinds)
