"""What mining reads before it proposes: vectors, thesauri, dictionary, and the generators on top of them."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Final

from core.files import check_plain
from core.language import _
from core.one_line import system_reason
from core.runtime.events import Payload
from core.synonyms import shipped
from core.synonyms.cache_folder import cache_folder
from core.synonyms.candidates.assemble import Assembler
from core.synonyms.candidates.generator import CandidateGenerator, SourceInputs
from core.synonyms.candidates.sources import SOURCES
from core.synonyms.candidates.translated import TranslatedPairs
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.lexicons.english import EnglishLexicon
from core.synonyms.lexicons.english_files import read_english
from core.synonyms.lexicons.opened import open_cedict, open_cilin
from core.synonyms.mining.config import MineConfig
from core.synonyms.pairs import TRANSLATED, SynonymsError
from core.synonyms.progress import FaultyLines, ReadProgress
from core.synonyms.sentences import Corpus, shipped_corpora
from core.synonyms.spreading import Spreading, spreading
from core.synonyms.vectors import read_vectors

_VERSION: Final = 1
"""Goes up when the generators change, so that stores are mined anew."""


class Material:
    """Generators ready to propose, and the assembler that completes what they propose.

    Attributes:
        generators: by source, those the config asks for.
        assembler: makes candidates of pairs.
        spreading: over what the search for neighbours is spread; None where it is done here.
    """

    def __init__(self, generators: dict[str, CandidateGenerator], assembler: Assembler, over: Spreading | None) -> None:
        self.generators = generators
        self.assembler = assembler
        self.spreading = over


def read_material(config: MineConfig) -> Generator[Payload, None, Material]:
    """Read what ``config`` needs, yielding progress.

    Raises:
        SynonymsError: a file is missing or broken.
    """
    vectors = yield from read_vectors(vectors_path(config))
    if vectors.report.faulty_lines is not None:
        yield vectors.report.faulty_lines
    vocabulary = Vocabulary(vectors, config.vocabulary)
    lexicons = []
    if not config.lexicons or shipped.CILIN.available:
        lexicons.append(open_cilin(shipped.CILIN.path()))
        yield ReadProgress(shipped.CILIN.name, 1, 1, len(lexicons[0]))
    for path in config.lexicons:
        lexicons.append(Cilin.from_text(path))
        yield ReadProgress(path.name, 1, 1, len(lexicons[-1]))
        if lexicons[-1].faulty:
            yield FaultyLines(path.name, len(lexicons[-1].faulty), lexicons[-1].faulty)
    chosen = [spec for spec in SOURCES.values() if spec.name in config.sources]
    cedict = None
    if any(spec.needs_dictionary for spec in chosen):
        cedict = open_cedict(shipped.CEDICT.path())
        yield ReadProgress(shipped.CEDICT.name, 1, 1, len(cedict))
    english: tuple[EnglishLexicon, ...] = ()
    if any(spec.needs_english for spec in chosen):
        english = read_english(config.english)
        for lexicon in english:
            yield ReadProgress(lexicon.source, 1, 1, len(lexicon.sets))
    own = lexicons[-len(config.lexicons) :] if config.lexicons else lexicons
    path = vectors_path(config)
    over = spreading("a mining", path, _VERSION, cluster=config.cluster, processes=config.processes)
    inputs = SourceInputs(vocabulary, tuple(own), config.nearest, config.min_cosine, cedict, english, over)
    generators = {spec.name: spec.build(inputs) for spec in chosen}
    translated = generators.get(TRANSLATED)
    sets = translated.sets if isinstance(translated, TranslatedPairs) else {}
    return Material(generators, Assembler(vocabulary, lexicons, tuple(generators.values()), sets), over)


def check_files(config: MineConfig) -> None:
    """See that every file that ``config`` names can be read, also those whose turn comes last.

    Raises:
        SynonymsError: one can't be.
    """
    for path in (config.vectors, *config.lexicons, *config.corpora):
        if path is not None:
            try:
                check_plain(path)
                with path.open("rb"):
                    pass
            except OSError as error:
                message = _("{name} can't be read: {reason}")
                raise SynonymsError(message.format(name=path, reason=system_reason(error))) from error


def vectors_path(config: MineConfig) -> Path:
    """Return the vectors ``config`` names, or those that ship.

    Raises:
        SynonymsError: the package that carries them is missing.
    """
    return config.vectors or shipped.WIKIPEDIA_VECTORS.path()


def corpora_of(config: MineConfig) -> tuple[Corpus, ...]:
    """Return the corpora ``config`` names, or those that ship."""
    return tuple(Corpus(path.name, path) for path in config.corpora) or shipped_corpora()


def stage_marks(config: MineConfig) -> dict[str, str]:
    """Return under which name a store remembers each stage: another choice of material is another name.

    Raises:
        SynonymsError: a file is missing.
    """
    words = config.vocabulary.words
    files = [vectors_path(config), *config.lexicons]
    chosen = {
        "version": _VERSION,
        "limit": config.limit,
        "sources": sorted(config.sources),
        "vocabulary": asdict(config.vocabulary) | {"words": None if words is None else sorted(words)},
        "nearest": config.nearest,
        "min_cosine": config.min_cosine,
        "files": [cache_folder("mine", path, _VERSION).name for path in files],
    }
    if TRANSLATED in config.sources:  # with the sets that propose a pair; stores of former versions lack them
        chosen["english"] = ["sets", *map(str, config.english)]
    digest = sha256(json.dumps(chosen, ensure_ascii=False).encode(errors="surrogatepass")).hexdigest()[:12]
    return {source: f"mine:{digest}:{source}" for source in config.sources}
