"""Sixteen words, every two of them synonyms and near each other, as files of a person's own."""

import numpy as np


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
