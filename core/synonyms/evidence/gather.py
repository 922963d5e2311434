"""Everything that helps to judge a pair, gathered for one card: what dictionaries, vectors and sentences say.

``open_reader`` reads the material once, yielding progress; the ``EvidenceReader`` it returns answers in milliseconds.
``look_up`` is the task behind a card: it keeps its reader for as long as its process lives.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from core.runtime.events import Payload
from core.synonyms import shipped
from core.synonyms.candidates.glosses import senses
from core.synonyms.candidates.vocabulary import Vocabulary, VocabularyFilter
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.lexicons.english_files import has_english, read_english
from core.synonyms.lexicons.opened import open_cedict, open_cilin
from core.synonyms.lexicons.translated import Proposal, Translations
from core.synonyms.pairs import WordPair, character_jaccard
from core.synonyms.progress import ReadProgress
from core.synonyms.sentences import Corpus, Example, Sentences, read_sentences, shipped_corpora
from core.synonyms.vectors import read_vectors
from core.synonyms.vectors.hnsw import IndexedNeighbours, has_index
from core.synonyms.vectors.neighbours import INDEX_PAYS_FROM, Neighbour, Neighbours


@dataclass(frozen=True, slots=True)
class EvidenceConfig:
    """Which material lies on the reader.

    Attributes:
        vectors: word vectors; None for those that ship.
        lexicons: thesauri in Cilin's text format beside the one that ships.
        corpora: files of example sentences; none means those that ship.
        english: places of WordNet or VerbNet; none means the WordNet that is installed, if one is.
    """

    vectors: Path | None = None
    lexicons: tuple[Path, ...] = ()
    corpora: tuple[Path, ...] = ()
    english: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """What is known of one word.

    Attributes:
        word: the word.
        pinyin: its readings, with tone marks.
        glosses: its English glosses.
        codes: its codes in the thesauri.
        rank: its frequency rank, 1 = most frequent; None without a vector.
        neighbours: its nearest words by cosine.
        occurrences: how often it stands in the corpora.
    """

    word: str
    pinyin: tuple[str, ...]
    glosses: tuple[str, ...]
    codes: tuple[str, ...]
    rank: int | None
    neighbours: tuple[Neighbour, ...]
    occurrences: int


@dataclass(frozen=True, slots=True)
class PairEvidence(Payload):
    """What is known of a pair.

    Attributes:
        word1: the first word.
        word2: the second word.
        cosine: of their vectors; None when one has none.
        jaccard: overlap of their characters, 0 to 1.
        relation: ``=`` or ``#`` when a thesaurus relates them so, else None.
        shared_prefix: the deepest code both share, such as ``Aa01``; empty when none.
        headings: what the levels of that code are called, outermost first.
        shared_glosses: meanings CC-CEDICT gives both, word for word.
        examples: sentences, those with both words first.
        proposals: English sets that hold translations of both; None where there is no English lexicon.
    """

    newest_only: ClassVar[bool] = True

    word1: WordEvidence
    word2: WordEvidence
    cosine: float | None
    jaccard: float
    relation: str | None
    shared_prefix: str
    headings: tuple[str, ...]
    shared_glosses: tuple[str, ...]
    examples: tuple[Example, ...]
    proposals: tuple[Proposal, ...] | None = None


class EvidenceReader:
    """The material, opened."""

    def __init__(
        self,
        neighbours: Neighbours,
        lexicons: tuple[Cilin, ...],
        cedict: Cedict,
        sentences: Sentences,
        translations: Translations | None = None,
    ) -> None:
        self.neighbours = neighbours
        self.lexicons = lexicons
        self.cedict = cedict
        self.sentences = sentences
        self.translations = translations

    def evidence(self, word1: str, word2: str, *, near: int = 10, examples: int = 6) -> PairEvidence:
        """Return what is known of the pair, with ``near`` neighbours a word and up to ``examples`` sentences."""
        prefixes = [(lexicon.shared_prefix(word1, word2), lexicon) for lexicon in self.lexicons]
        prefix, deepest = max(prefixes, key=lambda found: len(found[0]))
        relations = [lexicon.relation(word1, word2) for lexicon in self.lexicons]
        meanings = set(senses(self.cedict, word2))
        return PairEvidence(
            word1=self.word(word1, near),
            word2=self.word(word2, near),
            cosine=self.neighbours.vectors.cosine(word1, word2),
            jaccard=character_jaccard(word1, word2),
            relation=max(filter(None, relations), default=None),  # "=" outranks "#"
            shared_prefix=prefix,
            headings=deepest.headings_of(prefix),
            shared_glosses=tuple(sense for sense in senses(self.cedict, word1) if sense in meanings),
            examples=tuple(self.sentences.examples(word1, word2, examples)),
            proposals=None if self.translations is None else self.translations.proposals(WordPair(word1, word2)),
        )

    def word(self, word: str, near: int = 10) -> WordEvidence:
        """Return what is known of ``word``, with its ``near`` nearest words."""
        return WordEvidence(
            word=word,
            pinyin=self.cedict.pinyin(word),
            glosses=self.cedict.glosses(word),
            codes=tuple(dict.fromkeys(code for lexicon in self.lexicons for code in lexicon.codes(word))),
            rank=self.neighbours.vectors.rank(word),
            neighbours=tuple(self.neighbours.of_word(word, near)),
            occurrences=self.sentences.count(word),
        )


def open_reader(config: EvidenceConfig) -> Generator[Payload, None, EvidenceReader]:
    """Read the material, yielding progress, and return the reader.

    Raises:
        SynonymsError: material is missing or broken.
    """
    cedict = open_cedict(shipped.CEDICT.path())
    yield ReadProgress(shipped.CEDICT.name, 1, 1, len(cedict))
    lexicons = (
        open_cilin(shipped.CILIN.path()),
        *(Cilin.from_text(path) for path in config.lexicons),
    )
    yield ReadProgress(shipped.CILIN.name, 1, 1, len(lexicons[0]))
    vectors = yield from read_vectors(config.vectors or shipped.WIKIPEDIA_VECTORS.path())
    indexed = len(vectors) >= INDEX_PAYS_FROM and has_index(vectors)
    neighbours = Neighbours(vectors, IndexedNeighbours(vectors) if indexed else None)
    corpora = tuple(Corpus(path.name, path) for path in config.corpora) or shipped_corpora()
    sentences = yield from read_sentences(corpora)
    translations = None
    if has_english(config.english):
        # By the words that are usually mined: a meaning of many words proposes nothing, and rare ones would count, too.
        translations = Translations(read_english(config.english), cedict, Vocabulary(vectors, VocabularyFilter()))
    return EvidenceReader(neighbours, lexicons, cedict, sentences, translations)


_readers: dict[EvidenceConfig, EvidenceReader] = {}
"""The reader of this process: reading it takes two seconds, answering from it milliseconds."""


def look_up(config: EvidenceConfig, word1: str, word2: str) -> Generator[Payload, None, None]:
    """Yield the evidence on a pair; at first, and after a change of material, the reading's progress before it.

    Raises:
        SynonymsError: material is missing or broken.
    """
    if config not in _readers:
        reader = yield from open_reader(config)
        _readers.clear()
        _readers[config] = reader
    yield _readers[config].evidence(word1, word2)
