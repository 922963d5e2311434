"""What a wizard or a command line chooses before mining."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.language import _, listed
from core.synonyms.candidates.sources import SOURCES, usual_sources
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.pairs import SynonymsError
from core.synonyms.spreading import check_processes

SENTENCES: Final = "sentences"
"""The last stage: corpora are indexed, so that cards can show examples. It proposes nothing."""

MOST: Final = 1_000_000_000
"""Of pairs, ranks, neighbours and characters: more than there are, and still a number that a field can show."""


@dataclass(frozen=True, slots=True)
class MineConfig:
    """One mining.

    Attributes:
        database: address of the store, such as ``sqlite:///pairs.db``.
        limit: pairs to propose in all.
        sources: which generators, of ``SOURCES``; ``lexicon`` works on ``lexicons``, or on Cilin without any.
        vectors: word vectors; None for those that ship.
        lexicons: further thesauri in Cilin's text format; their synonyms are marked as known.
        corpora: files of example sentences; none means those that ship.
        english: places of WordNet or VerbNet, for ``translated``; none means the WordNet that is installed.
        vocabulary: which words may enter a pair.
        nearest: neighbours a word that ``cosine`` proposes.
        min_cosine: least cosine of pairs that ``cosine`` and ``characters`` propose.
        index_sentences: prepare example sentences at the end.
        processes: over how many processes the search for neighbours is spread; −1 for one a core.
        cluster: address of a Dask scheduler over whose workers it is spread instead.
    """

    database: str
    limit: int = 20_000
    sources: tuple[str, ...] = field(default_factory=usual_sources)
    vectors: Path | None = None
    lexicons: tuple[Path, ...] = ()
    corpora: tuple[Path, ...] = ()
    english: tuple[Path, ...] = ()
    vocabulary: VocabularyFilter = field(default_factory=VocabularyFilter)
    nearest: int = 3
    min_cosine: float = 0.65
    index_sentences: bool = True
    processes: int = 1
    cluster: str | None = None

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises:
            SynonymsError: a value makes no sense; the message says which.
        """
        unknown = set(self.sources) - set(SOURCES)
        if unknown or not self.sources:
            raise SynonymsError(_("Available candidate sources: {names}.").format(names=listed(SOURCES)))
        words = self.vocabulary
        for name, value, least in (
            (_("Total pairs"), self.limit, 1),
            (_("Neighbours per word"), self.nearest, 1),
            (_("Min length"), words.min_length, 1),
            (_("Max length"), words.max_length, words.min_length),
            (_("Max frequency rank"), 1 if words.max_rank is None else words.max_rank, 1),
        ):
            if value < least:
                message = _("{name}: at least {least}, not {value}.")
                raise SynonymsError(message.format(name=name, least=least, value=value))
            if value > MOST:
                message = _("{name}: at most {most:,}, not {value}.")
                raise SynonymsError(message.format(name=name, most=MOST, value=value))
        check_processes(self.processes)
        if not -1.0 <= self.min_cosine <= 1.0:
            message = _("{name}: from −1 to 1, not {value}.")
            raise SynonymsError(message.format(name=_("Min cosine"), value=self.min_cosine))

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of this mining, in their order."""
        chosen = tuple(name for name in SOURCES if name in self.sources)
        return (*chosen, SENTENCES) if self.index_sentences else chosen
