"""What methods learn from before they are asked: Cilin's pairs but for those of the words kept for the test.

Three words in ten are kept from every method, so that whoever asks sees both: what a method makes of a word it has
learnt pairs of, and of one that it has never met. The pairs take half a minute to draw; they are kept.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Final

from core.synonyms.asking.config import Learning
from core.synonyms.cache_folder import building, cache_folder
from core.synonyms.evaluation.cilin_pairs import PoolConfig, cilin_split
from core.synonyms.evaluation.split import Protocol
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.pairs import WordPair
from core.synonyms.progress import told_as
from core.synonyms.vectors import WordVectors

_VERSION: Final = 1
_FILE: Final = "pairs.tsv"


def training_pairs(
    cilin: Cilin, vectors: WordVectors, source: Path, seed: int
) -> Generator[Learning, None, LabelledPairs]:
    """Return the pairs that methods learn from, yielding how far they are drawn.

    Args:
        cilin: whose pairs.
        vectors: whose words.
        source: the file of the vectors, for which the pairs are kept.
        seed: of everything drawn.

    Raises:
        SynonymsError: the file can't be read, or there is no room.
    """
    folder = cache_folder("training pairs", source, _VERSION * 10_000 + seed)
    if (folder / _FILE).exists():
        return _read(folder / _FILE)
    drawing = cilin_split(cilin, vectors, PoolConfig(seed=seed))
    split, _unseen = yield from told_as(drawing, lambda step: Learning("", step.done, step.total))
    pairs: LabelledPairs = split.training(Protocol.OPEN)
    with building(folder, source) as unfinished:
        _write(unfinished / _FILE, pairs)
    return pairs


def _write(path: Path, pairs: LabelledPairs) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for (one, other), label, kind in zip(pairs.pairs, pairs.synonym, pairs.kinds, strict=True):
            file.write(f"{one}\t{other}\t{int(label)}\t{kind}\n")


def _read(path: Path) -> LabelledPairs:
    with path.open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return LabelledPairs.of((WordPair(one, other), label == "1", kind) for one, other, label, kind in rows)
