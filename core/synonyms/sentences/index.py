"""An inverted index of a corpus, mapped into memory: which word stands in which sentence, and where."""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Callable, Generator
from contextlib import closing
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from core.language import _
from core.runtime.events import Payload
from core.synonyms.cache_folder import building, cache_folder
from core.synonyms.pairs import SynonymsError
from core.synonyms.progress import ReadProgress
from core.synonyms.sentences.corpora import Corpus, sentences_of
from core.synonyms.vectors.words import WordList, WordWriter, word_hash

_VERSION: Final = 1
_META: Final = "meta.json"
_TEXT: Final = "sentences.txt"
_ARRAYS: Final = ("bytes", "tokens", "token_words", "token_starts", "postings", "posting_starts")


def read_index(corpus: Corpus) -> Generator[Payload, None, SentenceIndex]:
    """Index ``corpus``, yielding progress, unless that was done before; return the index.

    Raises:
        SynonymsError: the file cannot be read, is no text, holds no sentence, or the disk is full.
    """
    folder = cache_folder("sentences", corpus.path, _VERSION)
    index = _open(folder, corpus.name)
    if index is None:
        with building(folder, corpus.path) as unfinished:
            yield from _write(corpus, unfinished)
        index = SentenceIndex(folder, corpus.name)
    return index


class SentenceIndex:
    """One corpus, indexed.

    A sentence is known by its number, a token (a word where it stands) by its place in the whole corpus.

    Attributes:
        name: the corpus.
        folder: where the index lies.
        words: its vocabulary.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Open the index in ``folder``.

        Raises:
            OSError, ValueError: files are missing or damaged.
        """
        self.name = name
        self.folder = folder
        self.words = WordList(folder)
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        arrays = {key: np.asarray(np.load(folder / f"{key}.npy", mmap_mode="r")) for key in _ARRAYS}
        self._bytes = arrays["bytes"]  # (sentences + 1,) where each begins in the text
        self._tokens = arrays["tokens"]  # (sentences + 1,) its first token
        self._token_words = arrays["token_words"]  # (tokens,) which word
        self._token_starts = arrays["token_starts"]  # (tokens,) first character within the sentence
        self._postings = arrays["postings"]  # (tokens,) tokens sorted by word
        self._posting_starts = arrays["posting_starts"]  # (words + 1,) a word's first posting
        self._text = np.asarray(np.memmap(folder / _TEXT, dtype=np.uint8, mode="r"))
        if [len(self), len(self._token_words), len(self._text)] != meta["sizes"]:
            raise ValueError(f"{folder} holds a damaged index")

    def __reduce__(self) -> tuple[Callable[[Path, str], SentenceIndex], tuple[Path, str]]:
        """Travel to another process as the folder, which it opens again, once."""
        return _opened_once, (self.folder, self.name)

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self._bytes) - 1

    def text(self, sentence: int) -> str:
        """Return the text of a sentence."""
        return self._text[self._bytes[sentence] : self._bytes[sentence + 1] - 1].tobytes().decode()

    def tokens(self, sentence: int) -> list[str]:
        """Return the words of a sentence, punctuation included; they join to its text."""
        starts = self._token_starts[self._tokens[sentence] : self._tokens[sentence + 1]].tolist()
        text = self.text(sentence)
        return [text[a:b] for a, b in pairwise([*starts, len(text)])]

    def tokens_of(self, word: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the sentences that hold ``word`` as one token, ascending, and which token it first is, (n,) each."""
        number = self.words.find(word)
        if number is None:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        places = self._postings_of(number)
        sentences: np.ndarray = np.searchsorted(self._tokens, places, side="right") - 1
        is_first = np.diff(sentences, prepend=-1) > 0
        sentences = sentences[is_first]
        return sentences, places[is_first] - self._tokens[sentences]

    def running_tokens(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the whole corpus: the number of each token in ``words``, and the sentence it stands in, (n,) each."""
        sentences = np.repeat(np.arange(len(self)), np.diff(self._tokens))
        return self._token_words, sentences

    def lengths(self, sentences: np.ndarray) -> np.ndarray:
        """Return how many bytes long each of ``sentences`` is."""
        length: np.ndarray = self._bytes[sentences + 1] - self._bytes[sentences]
        return length

    def count(self, word: str) -> int:
        """Return how often ``word`` stands in the corpus."""
        return len(self._places(word))

    def sentences_with(self, word: str) -> np.ndarray:
        """Return the numbers of the sentences that hold ``word``, ascending, each once, (n,) int64.

        A word the segmentation parts (江泽民 as 江 泽民) is found where its parts stand side by side.
        """
        places = self._places(word)
        found: np.ndarray = np.searchsorted(self._tokens, places, side="right") - 1
        # Places ascend, so sentences do: comparing neighbours is faster than np.unique, which sorts.
        distinct: np.ndarray = found[np.diff(found, prepend=-1) > 0]
        return distinct

    def spans(self, sentence: int, word: str) -> tuple[tuple[int, int], ...]:
        """Return first and end character of each place of ``word`` in ``sentence``, only whole tokens."""
        first, end = int(self._tokens[sentence]), int(self._tokens[sentence + 1])
        text = self.text(sentence)
        borders = {*self._token_starts[first:end].tolist(), len(text)}
        spans = []
        start = text.find(word)
        while start >= 0:
            if start in borders and start + len(word) in borders:
                spans.append((start, start + len(word)))
            start = text.find(word, start + 1)
        return tuple(spans)

    def _places(self, word: str) -> np.ndarray:
        """Return the tokens at which ``word`` begins, ascending, as one token or as several side by side."""
        runs = [self._postings_of(number)] if (number := self.words.find(word)) is not None else []
        runs += [self._run(parts) for parts in self._partings(word)]
        if len(runs) == 1:
            return runs[0]
        return np.unique(np.concatenate(runs)) if runs else np.empty(0, dtype=np.int64)

    def _postings_of(self, number: int) -> np.ndarray:
        places: np.ndarray = self._postings[self._posting_starts[number] : self._posting_starts[number + 1]]
        return places.astype(np.int64)

    def _partings(self, word: str) -> list[list[int]]:
        """Return the ways to part ``word`` into two or three words of the vocabulary, as their numbers."""
        ways = []
        for cut in range(1, len(word)):
            head = self.words.find(word[:cut])
            if head is None:
                continue
            tail = self.words.find(word[cut:])
            if tail is not None:
                ways.append([head, tail])
            for second in range(cut + 1, len(word)):
                middle, last = self.words.find(word[cut:second]), self.words.find(word[second:])
                if middle is not None and last is not None:
                    ways.append([head, middle, last])
        return ways

    def _run(self, parts: list[int]) -> np.ndarray:
        """Return the tokens at which ``parts`` begin to follow each other within a sentence."""
        rarest = min(range(len(parts)), key=lambda i: len(self._postings_of(parts[i])))
        starts = self._postings_of(parts[rarest]) - rarest
        starts = starts[(starts >= 0) & (starts + len(parts) <= len(self._token_words))]
        for i, part in enumerate(parts):
            starts = starts[self._token_words[starts + i] == part]
        ends = starts + len(parts) - 1
        inside = np.searchsorted(self._tokens, starts, side="right") == np.searchsorted(
            self._tokens, ends, side="right"
        )
        whole: np.ndarray = starts[inside]
        return whole


@lru_cache(maxsize=16)
def _opened_once(folder: Path, name: str) -> SentenceIndex:
    return SentenceIndex(folder, name)


def _open(folder: Path, name: str) -> SentenceIndex | None:
    try:
        return SentenceIndex(folder, name)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError):
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _write(corpus: Corpus, folder: Path) -> Generator[Payload, None, None]:
    """Write the index of ``corpus`` into ``folder``."""
    numbers: dict[str, int] = {}
    token_words, token_starts = array("i"), array("H")
    tokens, offsets = array("q", [0]), array("q", [0])
    with (
        (folder / _TEXT).open("wb") as text,
        WordWriter(folder) as words,
        closing(sentences_of(corpus)) as batches,
    ):
        for batch in batches:
            for sentence in batch.sentences:
                start = 0
                for word in sentence:
                    number = numbers.get(word)
                    if number is None:
                        number = numbers[word] = len(numbers)
                        words.add(word, word_hash(word))
                    token_words.append(number)
                    token_starts.append(start)
                    start += len(word)
                line = "".join(sentence).encode() + b"\n"
                text.write(line)
                offsets.append(offsets[-1] + len(line))
                tokens.append(len(token_words))
            yield ReadProgress(corpus.name, batch.done, batch.total, len(tokens) - 1)
            if batch.faulty is not None:
                yield batch.faulty
    if len(tokens) == 1:
        raise SynonymsError(_("{name} contains no sentences.").format(name=corpus.name))
    by_word = np.array(token_words, dtype=np.int32)
    counts = np.bincount(by_word, minlength=len(numbers))
    arrays: dict[str, np.ndarray] = {
        "bytes": np.array(offsets, dtype=np.int64),
        "tokens": np.array(tokens, dtype=np.int64),
        "token_words": by_word,
        "token_starts": np.array(token_starts, dtype=np.uint16),
        "postings": np.argsort(by_word, kind="stable").astype(np.int32),
        "posting_starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
    }
    for key in _ARRAYS:
        np.save(folder / f"{key}.npy", arrays[key])
    sizes = [len(tokens) - 1, len(token_words), offsets[-1]]
    (folder / _META).write_text(json.dumps({"sizes": sizes}), encoding="utf-8")
