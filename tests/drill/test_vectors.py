"""Files of word vectors of every format, whole or with bytes changed: read as they are, or refused by name and line."""

from __future__ import annotations

import gzip

import numpy as np

from core.synonyms.pairs import SynonymsError, clean_word, is_word
from core.synonyms.vectors import load_vectors
from tests.drill.plan import cases, marks

pytestmark = marks("vectors")
ALPHABET = "漂亮美丽银行医生abcé0123-_'\uf914"


def test_vectors_are_read_as_they_are_or_refused_by_name(tmp_path, figures):
    figures.update(files=0, whole=0, read=0, refused=0, lines_told=0)
    for case, random in cases("vectors", least=200):
        words, rows = made(random)
        kind = random.choice(["word2vec.txt", "glove.txt", "word2vec.bin"])
        content = written(kind, words, rows, random)
        is_whole = random.random() < 0.3
        if not is_whole:
            content = mutated(content, random)
        packed = random.random() < 0.2
        path = tmp_path / f"{case} {kind}{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(content) if packed else content)
        figures["files"] += 1
        figures["whole"] += is_whole
        try:
            vectors = load_vectors(path)
        except SynonymsError as error:
            figures["refused"] += 1
            said = str(error)
            assert not is_whole, f"case {case}: {said}"
            assert path.name in said, f"case {case}: {said}"
            assert "\n" not in said, f"case {case}: {said}"
        else:
            figures["read"] += 1
            figures["lines_told"] += sum(vectors.report.counts.values())
            if is_whole:
                assert list(vectors.words) == words, f"case {case}"
                assert np.array_equal(vectors.matrix, rows), f"case {case}"
            else:
                wrong = unexplained(content, vectors, binary=kind.endswith("bin"))
                assert not wrong, f"case {case}: {wrong}"
            lines = content.count(b"\n") + 1 if not kind.endswith("bin") else len(content)
            assert all(1 <= each.line <= lines + 1 for each in vectors.report.problems), f"case {case}"
        path.unlink()


def made(random):
    """Return random words, each once, and a row of numbers for each."""
    words = {}
    for _word in range(random.randint(2, 40)):
        word = clean_word("".join(random.choices(ALPHABET, k=random.randint(1, 6))))
        if is_word(word):
            words[f"w{word}"] = None  # a word that is a number would be one of the numbers
    rows = np.random.default_rng(random.getrandbits(32)).normal(size=(len(words), random.randint(2, 30)))
    return list(words), rows.astype(np.float32)


def written(kind, words, rows, random):
    """Return the content of a file of this kind."""
    header = b"" if kind == "glove.txt" else f"{len(words)} {rows.shape[1]}\n".encode()
    if kind == "word2vec.bin":
        ending = random.choice([b"\n", b""])
        records = (w.encode() + b" " + row.tobytes() + ending for w, row in zip(words, rows, strict=True))
        return header + b"".join(records)
    ending, blank = random.choice(["\n", "\r\n", " \n"]), random.choice([" ", "\t"])
    lines = (blank.join([word, *map(repr, row.tolist())]) + ending for word, row in zip(words, rows, strict=True))
    return header + "".join(lines).encode()


def mutated(content, random):
    """Return ``content`` with some bytes changed, added, left out, or its end cut off."""
    changed = bytearray(content)
    for _change in range(random.choice([1, 1, 2, 5, 30])):
        at = random.randrange(len(changed) + 1)
        way = random.random()
        if way < 0.4 and at < len(changed):
            changed[at] = random.choice([random.randrange(256), *b" \n\t.0-e"])
        elif way < 0.6:
            changed[at:at] = random.choice([b" ", b"\n", b"1 ", b"\x00", b"\xff", b"nan ", "漂".encode()])
        elif way < 0.8:
            del changed[at : at + random.choice([1, 1, 2, 10, 100])]
        elif way < 0.9:
            changed[at:at] = changed[max(0, at - 50) : at]
        else:
            del changed[at:]
    return bytes(changed)


def unexplained(content, vectors, *, binary):
    """Return the first word whose numbers do not stand behind it in the file; None where each does.

    What is left of a binary file may be a line of text, and is one then.
    """
    content = content.removeprefix(b"\xef\xbb\xbf")
    lines = {each for line in content.split(b"\n") for each in line_read(line, vectors.dim)}
    for word, row in zip(vectors.words, vectors.matrix, strict=True):
        if (word, row.tobytes()) not in lines and not (binary and row.astype("<f4").tobytes() in content):
            return word
    return None


def line_read(line, dim):
    """Yield the word and the numbers (as bytes) of a line, if it has them."""
    parts = line.replace(b"\t", b" ").strip().rsplit(b" ", dim)
    try:
        numbers = np.array([float(part) for part in parts[1:]], np.float64)
        word = clean_word(parts[0].strip().decode())
    except (UnicodeDecodeError, ValueError, OverflowError):
        return
    with np.errstate(over="ignore"):
        yield word, numbers.astype(np.float32).tobytes()
