"""Sixteen words, every two of them synonyms and near each other, as files of a person's own."""

import numpy as np

from core.synonyms.evaluation.measures import Figures, ap_interval
from core.synonyms.evaluation.queue_measures import QueueFigures
from core.synonyms.evaluation.results.kept import Kept, write_kept
from core.synonyms.evaluation.run import Material, Measured
from core.synonyms.evaluation.split import Protocol
from core.synonyms.labelled import LabelledPairs
from core.synonyms.pairs import WordPair


def with_few_resamples(monkeypatch):
    """Let intervals be drawn from a few samples: they cost more than all the rest, and nobody looks at them here."""
    monkeypatch.setitem(ap_interval.__kwdefaults__, "resamples", 3)


def write_labelled(folder):
    """Write labelled pairs and vectors into ``folder``; return both paths."""
    words = [chr(0x4E00 + n) for n in range(16)]
    rows = np.repeat(np.random.default_rng(0).normal(size=(8, 5)), 2, axis=0)
    rows += 0.2 * np.random.default_rng(1).normal(size=(16, 5))
    vectors, pairs = folder / "v.txt", folder / "pairs.tsv"
    lines = [f"{word} {' '.join(f'{x:.4f}' for x in row)}\n" for word, row in zip(words, rows, strict=True)]
    vectors.write_text("".join(lines), encoding="utf-8")
    lines = []
    for n in range(0, 16, 2):
        part = "train" if n < 8 else "test"
        other = words[(n + 2) % 8 + 8 * (n >= 8)]
        lines += [f"{words[n]}\t{words[n + 1]}\t1\t{part}\n", f"{words[n]}\t{other}\t0\t{part}\n"]
    pairs.write_text("".join(lines), encoding="utf-8")
    return pairs, vectors


def write_results(path):
    """Keep the results of one method on eight pairs, four of them synonyms, as if they had been measured."""
    test = LabelledPairs.of(
        (WordPair(f"甲{n}", f"乙{n}"), n % 2 == 0, "synonym" if n % 2 == 0 else "random") for n in range(8)
    )
    scores = np.linspace(0.9, 0.2, 8).astype(np.float32)
    figures = Figures(0.6, 0.5, 0.7, 1.0, 0.75, 0.67, {"random": 0.6})
    counts = dict.fromkeys(Protocol, 8)
    material = Material(8, 0.5, counts, 0.9, 4, 1.0, test)
    both = dict.fromkeys(Protocol, figures)
    of = Measured("cosine", both, QueueFigures(0.5, 0.5, 0.5), 1.0, test.synonym, dict.fromkeys(Protocol, scores))
    write_kept(path, Kept("by hand", material, (of,)))
