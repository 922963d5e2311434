"""Pairs gathered from the shipped material, and the nearest words of a word."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Final

import numpy as np

import main
from core.synonyms import shipped
from core.synonyms.evaluation.cilin_pairs import PoolConfig, cilin_split
from core.synonyms.evaluation.split import Protocol
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.methods.method import MethodData
from core.synonyms.methods.registry import METHODS
from core.synonyms.sentences import read_sentences, shipped_corpora
from core.synonyms.store import Store
from core.synonyms.vectors import WordVectors, read_vectors
from core.synonyms.vectors.hnsw import IndexedNeighbours, build_index
from core.synonyms.vectors.neighbours import Neighbours, recall
from tests.benchmarks.probes.candidates_table import fill

NEAREST: Final = 20


def mine(database: str, limit: int, spawned_at: float) -> dict[str, Any]:
    """Mine as ``python main.py mine`` does; the clock runs from the start of the process."""
    code = main.main(["mine", "--db", database, "--limit", str(limit)])
    seconds = time.time() - spawned_at
    if code != 0:
        message = f"mine ended with code {code}"
        raise RuntimeError(message)
    with Store(database) as store:
        return {"seconds": seconds, "pairs": store.table_query().count()}


def synthetic(path: str, pairs: int) -> dict[str, Any]:
    """Make a store of ``pairs`` synthetic candidates, one in twenty of them judged."""
    begin = time.perf_counter()
    with Store(path) as store:
        fill(store, pairs, decided=pairs // 20)
    return {"seconds": time.perf_counter() - begin}


def neighbours(queries: int) -> dict[str, Any]:
    """Ask for the nearest words of random words: the program, and gensim over the same vectors."""
    vectors = _shipped_vectors()
    places = np.random.default_rng(0).choice(len(vectors), queries, replace=False)
    words = [vectors.words[int(place)] for place in places]
    ask = Neighbours(vectors)
    answers = [[near.word for near in ask.of_word(word, NEAREST)] for word in words]
    seen: dict[str, Any] = {
        "words": len(vectors),
        "dim": int(vectors.matrix.shape[1]),
        "milliseconds": _timed(words, lambda word: ask.of_word(word, NEAREST)),
    }
    try:
        from gensim.models import KeyedVectors
    except ImportError as error:
        return seen | {"peer_error": str(error)}
    theirs = KeyedVectors(vectors.matrix.shape[1])
    theirs.add_vectors([vectors.words[place] for place in range(len(vectors))], np.asarray(vectors.matrix))
    theirs.fill_norms()
    same = [
        set(answer) == {near for near, _cosine in theirs.most_similar(word, topn=NEAREST)}
        for word, answer in zip(words, answers, strict=True)
    ]
    peer = _timed(words, lambda word: theirs.most_similar(word, topn=NEAREST))
    return seen | {"peer_milliseconds": peer, "same_words": sum(same)}


def indexed(words: int, dim: int, queries: int, folder: str) -> dict[str, Any]:
    """Build an index over synthetic words and ask it; say how many of the true nearest words it finds.

    Vectors of real words lie near a space of fewer dimensions, which decides how well a graph finds neighbours;
    so do these: twenty hidden numbers a word, spread over ``dim``, with a little noise.
    """
    rng = np.random.default_rng(0)
    spread = rng.normal(size=(20, dim)).astype(np.float32)
    path = Path(folder) / "synthetic.bin"
    with path.open("wb") as file:
        file.write(f"{words} {dim}\n".encode())
        for start in range(0, words, 10_000):
            count = min(10_000, words - start)
            rows = rng.normal(size=(count, 20)).astype(np.float32) @ spread
            rows += rng.normal(scale=0.5, size=rows.shape).astype(np.float32)
            file.writelines(b"w%d " % (start + n) + row.tobytes() for n, row in enumerate(rows))
    begin = time.perf_counter()
    vectors: WordVectors = _finished(read_vectors(path))
    read = time.perf_counter()
    _finished(build_index(vectors, threads=0))  # while it is built it is in memory; asked, it is a mapped file
    index = IndexedNeighbours(vectors)
    built = time.perf_counter()
    places = rng.choice(words, queries, replace=False)
    asked = [vectors.words[int(place)] for place in places]
    near, scan = Neighbours(vectors, index), Neighbours(vectors)
    near.of_word(asked[0], NEAREST)  # opens the file
    taken = _timed(asked, lambda word: near.of_word(word, NEAREST))
    return {
        "beyond_map_mib": beyond_map(),
        "words": words,
        "dim": dim,
        "read_seconds": read - begin,
        "build_seconds": built - read,
        "milliseconds": taken,
        "scan_milliseconds": _timed(asked[:20], lambda word: scan.of_word(word, NEAREST)),
        "recall": recall(vectors, index, NEAREST, sample=50),
    }


def beyond_map() -> float | None:
    """Return the MiB of this process that no file backs: what maps of files hold could be let go; None if unknown."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:")), None)


def learning(method: str) -> dict[str, Any]:
    """Let a method learn from Cilin's pairs, those of the closed protocol; say how much of the processor it takes."""
    vectors = _shipped_vectors()
    split, _unseen = _finished(cilin_split(Cilin.from_tree(shipped.CILIN.path()), vectors, PoolConfig()))
    row = METHODS[method]
    sentences = _finished(read_sentences(shipped_corpora())) if row.reads_sentences else None
    data = MethodData(split.training(Protocol.CLOSED), vectors, by_word=False, sentences=sentences)
    begin, processor = time.perf_counter(), time.process_time()
    _finished(row.learn(row.config(0), data))
    return {
        "pairs": len(data.training),
        "seconds": time.perf_counter() - begin,
        "processor_seconds": time.process_time() - processor,
    }


def _finished(work: Generator[Any, None, Any]) -> Any:
    """Return the result of a generator."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def _timed(words: list[str], work: Callable[[str], object]) -> list[float]:
    taken = []
    for word in words:
        begin = time.perf_counter()
        work(word)
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def _shipped_vectors() -> WordVectors:
    vectors: WordVectors = _finished(read_vectors(shipped.WIKIPEDIA_VECTORS.path()))
    return vectors
