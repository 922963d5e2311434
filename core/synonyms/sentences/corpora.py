"""A corpus as sentences of words: segmented text as it is, plain text through jieba."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Final

from core.language import N_, _
from core.synonyms import shipped
from core.synonyms.encodings import SAMPLE, codec_of, guess, is_utf8
from core.synonyms.pairs import SynonymsError
from core.synonyms.progress import FaultyLine, FaultyLines
from core.synonyms.vectors.stream import ByteStream

_STOPS: Final = frozenset("。！？!?；;…")
_COMMAS: Final = frozenset("，,、:： ～~")
_CLOSING: Final = frozenset("”’」』）)》〉】]\"'")
_LONG: Final = 100
"""Characters from which on a sentence also ends at a comma; reviews often lack full stops."""

_HOPELESS: Final = 200
"""Characters after which it ends anywhere."""

_TAGGED: Final = re.compile(r"\[?(\S+?)/[A-Za-z]+(?:\]\S*)?")
_MAX_LINE: Final = 4 << 20
_BROKEN: Final = N_("it is in no encoding that can be told; the line was passed over")
_TOLD: Final = 20
"""Broken lines whose numbers are told."""
_MOST_BROKEN: Final = 100
"""Broken lines after which the file as a whole may be no text."""

Cutter = Callable[[str], list[str]]
"""Cuts a text into words that join to the text again."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A text file with example sentences.

    Attributes:
        name: what is shown beside a sentence.
        path: plain text, or words with tags (``增加/v  收入/n``); UTF-8, GB18030 or Big5, bare or gzip-compressed.
    """

    name: str
    path: Path


def shipped_corpora() -> tuple[Corpus, ...]:
    """Return the corpora that are installed with the program; those that are missing are left out."""
    sources = (shipped.PEOPLES_DAILY, shipped.POSITIVE_REVIEWS, shipped.NEGATIVE_REVIEWS)
    return tuple(Corpus(source.name, source.path()) for source in sources if source.available)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some sentences, and how far the file has been read.

    Attributes:
        sentences: the words of each sentence, punctuation included; they join to its text.
        done: bytes read.
        total: bytes to read.
        faulty: all lines until now that were passed over; complete in the last batch.
    """

    sentences: list[list[str]]
    done: int
    total: int
    faulty: FaultyLines | None = None


def sentences_of(corpus: Corpus, batch: int = 500) -> Generator[Batch, None, None]:
    """Yield the sentences of ``corpus``, each distinct one once, ``batch`` lines at a time.

    The review files hold most reviews twice; a sentence is kept where it stands first. A line that is broken is passed
    over, and told in the last batch.

    Raises:
        SynonymsError: the file cannot be read, or most of it is no text.
    """
    seen_lines: set[bytes] = set()
    seen: set[bytes] = set()
    cut: Cutter | None = None
    with ByteStream.open(corpus.path) as stream:
        sentences: list[list[str]] = []
        broken: list[int] = []
        is_hopeless = False
        for number, line in enumerate(_lines(stream), 1):
            if line is None:
                broken.append(number)
                if is_hopeless := len(broken) > _MOST_BROKEN and len(broken) * 2 > number:
                    break
                continue
            mark = _mark(line)
            if line and mark not in seen_lines:
                seen_lines.add(mark)
                words = tagged_words(line)
                if words is None:
                    cut = cut or jieba_cutter()
                    words = cut(line)
                for sentence in split_sentences(words):
                    mark = _mark("".join(sentence))
                    if mark not in seen:
                        seen.add(mark)
                        sentences.append(sentence)
            if number % batch == 0:
                yield Batch(sentences, stream.done - len(stream.buffer), stream.total)
                sentences = []
        if is_hopeless or (broken and not seen):
            told = _("{name} is no text in an encoding that can be told (line {n}); save it as UTF-8.")
            raise SynonymsError(told.format(name=corpus.path.name, n=broken[0]))
        first = tuple(FaultyLine(n, _BROKEN) for n in broken[:_TOLD])
        faulty = FaultyLines(corpus.path.name, len(broken), first) if broken else None
        yield Batch(sentences, stream.total, stream.total, faulty)


def tagged_words(line: str) -> list[str] | None:
    """Return the words of a tagged line (``增加/v  收入/n``), None when the line is not tagged throughout."""
    words = []
    for part in line.split():
        match = _TAGGED.fullmatch(part)
        if match is None:
            return None
        words.append(match[1])
    return words


def split_sentences(words: list[str]) -> Iterator[list[str]]:
    """Yield the sentences in ``words``: each ends after a full stop and what closes behind it."""
    sentence: list[str] = []
    length = 0
    ending = False
    for word in words:
        closes = word[-1:] in _STOPS or (ending and word in _CLOSING)
        if ending and not closes:
            yield from _trimmed(sentence)
            sentence, length, ending = [], 0, False
        sentence.append(word)
        length += len(word)
        ending = closes or (length >= _LONG and word in _COMMAS) or length >= _HOPELESS
    yield from _trimmed(sentence)


def _trimmed(sentence: list[str]) -> Iterator[list[str]]:
    """Yield ``sentence`` without blanks at its ends, unless it is too short to show a word in use."""
    while sentence and sentence[0].isspace():
        sentence.pop(0)
    while sentence and sentence[-1].isspace():
        sentence.pop()
    if sum(word.isalnum() for word in sentence) > 1:
        yield sentence


def jieba_cutter() -> Cutter:
    """Return jieba's exact mode; its dictionary takes about a second the first time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its sources hold escapes and imports that newer Pythons warn about
        jieba = import_module("jieba")  # not at the top: it loads a dictionary, and only plain text needs it
        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()
    cut: Cutter = jieba.lcut
    return cut


def _mark(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


def _lines(stream: ByteStream) -> Iterator[str | None]:
    """Yield the lines of ``stream``, stripped, decoded one by one as UTF-8 or else in the encoding they look like.

    A line most of which is in neither is None.
    """
    if b"\0" in stream.fill(4096):
        raise SynonymsError(_("{name} is not a text file.").format(name=stream.name))
    encoding = _encoding(stream.fill(SAMPLE))
    while True:
        ended = not stream.more()
        *lines, rest = stream.buffer.split(b"\n")
        if len(rest) > _MAX_LINE:
            raise SynonymsError(
                _("{name} is not a text file of lines: one line is megabytes long.").format(name=stream.name)
            )
        if ended:
            lines.append(rest)
            rest = b""
        while lines:
            line = lines.pop(0)
            stream.buffer = rest
            yield _decoded(line, encoding)
        if ended:
            return


def _encoding(head: bytes) -> str:
    """Return what the lines look like that are no UTF-8: a file put together of others may have both."""
    foreign = [line for line in head.split(b"\n")[:-1] if not is_utf8(line)]
    return guess(b"\n".join(foreign)).encoding


def _decoded(line: bytes, encoding: str) -> str | None:
    """Return a line in UTF-8 or else in the file's encoding; broken bytes come as replacement characters.

    None where most of the line is broken.
    """
    used = "utf-8" if is_utf8(line) else encoding
    text = line.decode(codec_of(used), "replace").strip("\ufeff\r\n\t \u3000")
    return None if text.count("\ufffd") * 2 > len(text) else text
