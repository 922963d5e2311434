"""The ``mine`` command: candidates into a store, from the terminal."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, follow, said_on, say
from core.json_text import write_json
from core.language import N_, _, listed
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.runtime.events import Payload
from core.spoken_error import SpokenError
from core.synonyms.candidates.sources import SOURCES, usual_sources
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.commands.notices import say_faulty, say_notice
from core.synonyms.commands.shared_options import add_spreading
from core.synonyms.mining.config import MineConfig
from core.synonyms.mining.events import MineReport, StageEnded, StageProgress
from core.synonyms.mining.run import mine
from core.synonyms.pairs import LEXICON, TRANSLATED, SynonymsError, clean_word, is_word
from core.synonyms.progress import FaultyLine, FaultyLines, ReadProgress
from core.synonyms.store.files import store_files
from core.synonyms.text_file import read_text

_SHOWN: Final = 5
_NO_WORD: Final = N_("it is not in the file's encoding or holds control characters; the line was passed over")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    usual, words = MineConfig(""), VocabularyFilter()
    add = parser.add_argument
    add("--db", required=True, metavar="URL", help=_("the store: sqlite:///FILE or postgresql://…"))
    add("--limit", type=int, default=usual.limit, metavar="N", help=_("total number of pairs to propose (%(default)s)"))
    add("--vectors", type=Path, metavar="FILE", help=_("word2vec, fastText or GloVe vectors of your own"))
    add(
        "--lexicon",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help=_("thesauri in Cilin's text format"),
    )
    add(
        "--corpus",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help=_("corpora for example sentences, plain or tagged"),
    )
    add(
        "--english",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="PATH",
        help=_("WordNet or VerbNet, a folder each, for the source translated (the WordNet that is installed)"),
    )
    add(
        "--sources",
        metavar="A,B",
        help=_("candidate sources, of {names}").format(names=listed(SOURCES)),
    )
    add("--words", type=Path, metavar="FILE", help=_("only pairs with a word of this list, one per line"))
    add(
        "--max-rank",
        type=int,
        default=words.max_rank,
        metavar="N",
        help=_("maximum frequency rank of a word (%(default)s)"),
    )
    add("--min-length", type=int, default=words.min_length, metavar="N", help=_("minimum word length (%(default)s)"))
    add("--nearest", type=int, default=usual.nearest, metavar="K", help=_("neighbours per word (%(default)s)"))
    add(
        "--min-cosine",
        type=float,
        default=usual.min_cosine,
        metavar="C",
        help=_("minimum cosine (%(default)s)"),
    )
    add("--no-sentences", action="store_true", help=_("do not index example sentences"))
    add_spreading(parser)
    add("--json", type=Path, metavar="FILE", help=_("write the result of mining, as JSON"))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Mine as ``args`` say.

    Ctrl-C ends the mining; what was added stays, and the same command goes on from there.

    Args:
        args: what a parser with ``add_arguments`` gave.
        out: where the summary goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    faulty: list[FaultyLines] = []
    try:
        check_outputs({"--json": args.json}, _kept(args))
        config = config_from(args, faulty)
    except (OutputRefusedError, SynonymsError) as error:
        return end(err, str(error), WRONG_USE)
    said = said_on(out, err, [args.json])
    say_notice(config.database, err, create=True)
    begin = time.perf_counter()
    stages: list[StageEnded] = []
    try:
        report = _show(config, stages, faulty, err)
    except SpokenError as error:  # of words and stores, or of a cluster
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return end(err, _("Interrupted. Pairs added so far are kept; run the same command to continue."), INTERRUPTED)
    seconds = time.perf_counter() - begin
    say_faulty(faulty, err)
    if args.json:
        figures = {
            "proposed": report.proposed,
            "added": report.added,
            "seconds": seconds,
            "stages": [asdict(stage) for stage in stages],
            "faulty_lines": [asdict(file) for file in faulty],
        }
        try:
            with writing(args.json):
                write_json(args.json, figures)
        except UnwritableError as error:
            return end(err, str(error), FAILED)
    if {*report.completed} >= {*config.sources}:
        say(said, _("The store already has every pair of these settings; there is nothing to mine."))
        return DONE
    summary = _("New pairs: {added}; already known: {known} ({seconds:.1f} s).")
    say(said, summary.format(added=report.added, known=report.proposed - report.added, seconds=seconds))
    return DONE


def _kept(args: argparse.Namespace) -> Iterator[Path | None]:
    """Yield what is read or worked on, and must not be written over."""
    yield from (args.vectors, *args.lexicon, *args.corpus, args.words)
    yield from store_files(args.db)


def config_from(args: argparse.Namespace, faulty: list[FaultyLines]) -> MineConfig:
    """Return the config that the command line asks for.

    Args:
        args: what a parser with ``add_arguments`` gave.
        faulty: gets the lines of the word list that were passed over.

    Raises:
        SynonymsError: a value makes no sense or the word list cannot be read.
    """
    sources = usual_sources()
    if args.sources:
        sources = tuple(name.strip() for name in args.sources.split(","))
    elif args.lexicon:
        sources = (*sources, LEXICON)
    if args.english and not args.sources:
        sources = (*sources, TRANSLATED)
    return MineConfig(
        database=args.db,
        limit=args.limit,
        sources=sources,
        vectors=args.vectors,
        lexicons=tuple(args.lexicon),
        corpora=tuple(args.corpus),
        english=tuple(args.english),
        vocabulary=VocabularyFilter(
            min_length=args.min_length,
            max_rank=args.max_rank,
            words=read_word_list(args.words, faulty) if args.words else None,
        ),
        nearest=args.nearest,
        min_cosine=args.min_cosine,
        index_sentences=not args.no_sentences,
        processes=args.processes,
        cluster=args.cluster,
    )


def read_word_list(path: Path, faulty: list[FaultyLines]) -> frozenset[str]:
    """Return the words of a list, one a line, in the encoding it looks like.

    Args:
        path: the list.
        faulty: gets the lines that hold something and no word.

    Raises:
        SynonymsError: it cannot be read, or holds no word.
    """
    lines = read_text(path).splitlines()
    cleaned = list(map(clean_word, lines))
    words = frozenset(filter(is_word, cleaned))
    bad = [n for n, word in enumerate(cleaned) if word and not is_word(word)]
    if bad:
        first = (FaultyLine(n + 1, _NO_WORD, lines[n][:40].encode("utf-8", "replace").decode()) for n in bad[:_SHOWN])
        faulty.append(FaultyLines(path.name, len(bad), tuple(first)))
    if not words:
        raise SynonymsError(_("{name} contains no words.").format(name=path))
    return words


def _show(config: MineConfig, stages: list[StageEnded], faulty: list[FaultyLines], err: TextIO) -> MineReport:
    """Run the mining under a progress bar, noting stages that end and faulty lines; return what it brought."""
    with Progress(err) as progress:

        def note(event: Payload) -> None:
            match event:
                case StageEnded():
                    stages.append(event)
                case FaultyLines():
                    faulty.append(event)
                case ReadProgress():
                    progress.show(event.name, event.done, event.total)
                case StageProgress():
                    progress.show(event.stage, event.done, event.total, f"+{event.added}")

        return follow(mine(config), note)
