"""Read a vector file once, then map it into memory."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.language import _
from core.synonyms.cache_folder import building, cache_folder, check_room
from core.synonyms.pairs import SynonymsError
from core.synonyms.progress import ReadProgress, finish
from core.synonyms.vectors.binary import read_binary
from core.synonyms.vectors.formats import FAULTS, Block, Fault, Kind, Problem, layout_of
from core.synonyms.vectors.stream import ByteStream
from core.synonyms.vectors.table import MATRIX, NORMS, ReadReport, WordVectors
from core.synonyms.vectors.text import read_text
from core.synonyms.vectors.words import WordWriter, word_hash

_VERSION: Final = 3
_META: Final = "meta.json"
_KEPT_PROBLEMS: Final = 1000
_LEAST_LENGTH: Final = 1e-30
"""Shorter vectors count as zero: their inverse length would overflow float32."""

_HARMLESS: Final[frozenset[Fault]] = frozenset({"duplicate", "zero", "surplus"})
"""Faults that do not say that the file is something else."""

_SAMPLE: Final = 500
"""Broken lines after which a file of mostly broken lines is given up before its end."""


def load_vectors(path: Path) -> WordVectors:
    """Read ``path``, or open its cache, and return the vectors. Errors as in ``read_vectors``."""
    return finish(read_vectors(path))


def read_vectors(path: Path) -> Generator[ReadProgress, None, WordVectors]:
    """Read word vectors, or open their cache, yielding progress; return the vectors.

    Closing the generator early removes what was written so far.

    Args:
        path: word2vec binary or text, fastText .vec, or GloVe text; any of them may be gzip-compressed.

    Raises:
        SynonymsError: the file cannot be read, is something else, is cut off, breaks its header's
            promises, or there is no room for the cache.
    """
    folder = cache_folder("vectors", path, _VERSION)
    if cached := _open(folder):
        return cached
    with building(folder, path) as unfinished, ByteStream.open(path) as stream:
        yield from _write(stream, unfinished)
    written = _open(folder)
    if written is None:
        raise SynonymsError(_("The cache of {name} is damaged.").format(name=path.name))
    return written


@dataclass(frozen=True, slots=True)
class VectorFile:
    """What a vector file announces, before it is read.

    Attributes:
        kind: binary or text.
        words: number of words announced; None where the file does not say.
        dim: numbers a word.
        size: bytes on disk.
        cached: it has been read before and opens at once.
    """

    kind: Kind
    words: int | None
    dim: int
    size: int
    cached: bool


def look_at_vectors(path: Path) -> VectorFile:
    """Return what ``path`` announces, in milliseconds: for whoever chooses a file.

    Raises:
        SynonymsError: the file cannot be read, or its beginning is not that of word vectors.
    """
    cached = _open(cache_folder("vectors", path, _VERSION))
    with ByteStream.open(path) as stream:
        layout = layout_of(stream)
    words = layout.rows if cached is None else len(cached)
    return VectorFile(layout.kind, words, layout.dim, stream.total, cached is not None)


def with_vectors(words: Iterable[str], rows: np.ndarray, folder: Path, name: str = "") -> WordVectors:
    """Write ``words`` with ``rows``, (n, dim), into ``folder`` and return them as ``WordVectors``.

    For vectors that were computed here rather than read: specialised ones, samples, tests.

    Raises:
        ValueError: the words repeat, or are not as many as the rows.
    """
    listed = list(words)
    if len(set(listed)) != len(rows) or len(listed) != len(rows):
        raise ValueError("one row a word, each word once")
    folder.mkdir(parents=True, exist_ok=True)
    matrix = np.ascontiguousarray(rows, dtype=np.float32)
    (folder / MATRIX).write_bytes(matrix.astype("<f4").tobytes())
    np.save(folder / NORMS, _inverse_norms(matrix))
    with WordWriter(folder) as writer:
        for word in listed:
            writer.add(word, word_hash(word))
    return WordVectors(folder, ReadReport(name, len(listed), int(matrix.shape[1])))


def _open(folder: Path) -> WordVectors | None:
    """Return the vectors cached in ``folder``, None when there are none or they are damaged."""
    try:
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        report: dict[str, Any] = meta["report"]
        report["problems"] = tuple(Problem(**problem) for problem in report["problems"])
        return WordVectors(folder, ReadReport(**report))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _write(stream: ByteStream, folder: Path) -> Iterator[ReadProgress]:
    """Write the cache of ``stream`` into ``folder``."""
    layout = layout_of(stream)
    expected = layout.rows or stream.total // (8 * layout.dim)  # a number in text takes some eight characters
    check_room(folder, expected * (4 * layout.dim + 64), stream.name)
    seen: set[int] = set()
    norms: list[np.ndarray] = []
    counts: Counter[Fault] = Counter()
    problems: list[Problem] = []
    read = read_binary if layout.kind == "binary" else read_text
    with (
        (folder / MATRIX).open("wb") as matrix,
        WordWriter(folder) as words,
        closing(read(stream, layout)) as blocks,
    ):
        for block in blocks:
            kept = _keep_unseen(block, seen, words)
            rows = block.rows[kept]
            inverse = _inverse_norms(rows)
            norms.append(inverse)
            zeros = [kept[at] for at in np.flatnonzero(inverse == 0.0)]
            block.problems.extend(Problem(block.lines[at], "zero", block.words[at]) for at in zeros)
            matrix.write(np.ascontiguousarray(rows, dtype="<f4").tobytes())
            block.problems.sort(key=attrgetter("line"))
            counts.update(problem.fault for problem in block.problems)
            problems += block.problems[: _KEPT_PROBLEMS - len(problems)]
            _check_soundness(stream.name, len(words), counts, _SAMPLE)
            yield ReadProgress(stream.name, stream.done, stream.total, len(words))
        _check_soundness(stream.name, len(words), counts, 0)
    np.save(folder / NORMS, np.concatenate(norms))
    report = ReadReport(stream.name, len(words), layout.dim, dict(counts), tuple(problems))
    meta = {"report": asdict(report)}
    (folder / _META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")


def _keep_unseen(block: Block, seen: set[int], words: WordWriter) -> list[int]:
    """Write the block's new words and return their places; the others become problems of the block."""
    kept = []
    for i, word in enumerate(block.words):
        number = word_hash(word)
        if number in seen:
            block.problems.append(Problem(block.lines[i], "duplicate", word))
            continue
        seen.add(number)
        words.add(word, number)
        kept.append(i)
    return kept


def _inverse_norms(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1)
    inverse: np.ndarray = np.zeros_like(lengths)
    np.divide(1.0, lengths, out=inverse, where=lengths > _LEAST_LENGTH)
    return inverse.astype(np.float32)


def _check_soundness(name: str, words: int, counts: Counter[Fault], tolerated: int) -> None:
    """Give up a file of more broken lines than words, once there are more than ``tolerated``."""
    broken = Counter({fault: count for fault, count in counts.items() if fault not in _HARMLESS})
    if broken.total() > max(words, tolerated):
        raise SynonymsError(
            _("{name} contains no word vectors: most of its lines are broken ({fault}).").format(
                name=name, fault=_(FAULTS[broken.most_common(1)[0][0]])
            )
        )
