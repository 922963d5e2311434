"""The ``attend`` command: the map of a sentence without the window."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from core.attention.arrays import is_arrays
from core.attention.bidi import isolated
from core.attention.encoders.built_in import BUILT_IN, DEFAULT_MODEL
from core.attention.errors import AttentionError, NotAvailableError, TextError
from core.attention.export.caption import provenance
from core.attention.head_set import HeadSet, read_head_set
from core.attention.interventions import Changes, Span
from core.attention.learned.commands import attend as attend_learned
from core.attention.learned.commands.attend import is_learned
from core.attention.requests import (
    ACROSS,
    AGGREGATIONS,
    COLORMAPS,
    MOST_WRITTEN,
    SCALES,
    STACKS,
    UNITS,
    AttentionRequest,
    LinkingHeadsRequest,
    OpenArraysRequest,
    Source,
)
from core.attention.results import AttentionMap, LinkingHeads, OpenedArrays, Preparing, Token
from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, said_on, say, show_traceback
from core.language import _, listed
from core.outputs import STANDARD_INPUT, OutputRefusedError, check_outputs
from core.visible import visible

if TYPE_CHECKING:
    from core.attention.export.typesetter import Typesetter
    from core.attention.long_text import Document

STRONGEST: Final = 3
"""Keys named for each query in the terminal."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    # A sentence may begin with a minus; argparse, left alone, takes "-5度" for an option, and only "-5" for a value.
    parser._negative_number_matcher = re.compile("-[^-a-zA-Z]")  # noqa: SLF001  it has no public name
    parser.add_argument(
        "text",
        nargs="?",
        help=_("the sentence; - reads standard input; put -- before a sentence that begins with -"),
    )
    parser.add_argument("--pair", help=_("a second sentence, or the target text of a translator"))
    parser.add_argument(
        "--model",
        default=DEFAULT_MODEL,
        metavar="|".join([*(row.name for row in BUILT_IN), "FOLDER", "ID", "FILE", "seq2seq"]),
        help=_(
            "model to use (default: e5); seq2seq translates from Chinese and shows the map; memory-two-3, "
            "cloze-stories-aoa and reviews-han answer, see attention-train --list"
        ),
    )
    parser.add_argument("--download", action="store_true", help=_("download a model id that isn't on this computer"))
    parser.add_argument("--prefix", action="store_true", help=_('put "query: " before the text, as e5 was trained'))
    parser.add_argument(
        "--write",
        type=_written,
        default=0,
        metavar="N",
        help=_("a decoder such as GPT-2 first writes N more tokens"),
    )
    parser.add_argument(
        "--from-language", metavar="CODE", help=_("language of the text, for a translator between many (eng_Latn)")
    )
    parser.add_argument("--to-language", metavar="CODE", help=_("language such a translator writes in"))
    parser.add_argument(
        "--without",
        type=_head_set,
        action=_Once,
        metavar="L3,H4",
        help=_("switch these heads off: they pass nothing on"),
    )
    parser.add_argument(
        "--mask",
        action="append",
        default=[],
        metavar="TOKEN",
        help=_("hide this word from all heads; may be repeated"),
    )
    parser.add_argument("--stack", choices=STACKS, help=_("which attention of an encoder-decoder"))
    parser.add_argument(
        "--aggregation", "--reading", choices=AGGREGATIONS, default="weights", help=_("attention measure")
    )
    parser.add_argument("--layer", type=int, metavar="L", help=_("from 0, or from −1 backwards; default: the mean"))
    parser.add_argument("--head", type=int, metavar="H", help=_("from 0, or from −1 backwards; default: the mean"))
    parser.add_argument(
        "--mean-of",
        type=_head_set,
        metavar="L3-5,H1,4",
        help=_("the mean over these layers and heads, instead of --layer and --head"),
    )
    parser.add_argument(
        "--across",
        choices=ACROSS,
        help=_("of two sentences only what the one gives the other"),
    )
    parser.add_argument(
        "--heads-for",
        nargs=2,
        metavar=("QUERY", "KEY"),
        help=_("list all heads by the weight between these two tokens; a token is named by its text or its number"),
    )
    parser.add_argument("--unit", choices=UNITS, default="character", help=_("what rows and columns are"))
    parser.add_argument(
        "--specials",
        action="store_true",
        help=_("show tokens that stand for nothing typed, such as <s> or the model's own blank"),
    )
    parser.add_argument("--colours", choices=COLORMAPS, default="red", help=_("colours of the picture"))
    parser.add_argument("--scale", choices=SCALES, default="relative", help=_("colour scale"))
    files = {
        "--png": _("write the map as PNG"),
        "--svg": _("write the map as SVG"),
        "--csv": _("write the map as CSV"),
        "--npz": _("write the map and all heads as arrays"),
        "--json": _("write tokens, map and the raw weights of all heads"),
    }
    for option, meaning in files.items():
        parser.add_argument(option, type=Path, metavar="FILE", help=meaning)


def run(
    args: argparse.Namespace,
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
    letters: Callable[[], Typesetter] | None = None,
) -> int:
    """Read the text as ``args`` say, and write or print its map.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where the map goes when no file is named; standard output by default.
        err: where progress and errors go; standard error by default.
        letters: makes what writes the words of a picture, when there is one to write; the shipped font by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    files = {f"--{name}": getattr(args, name) for name in ("png", "svg", "csv", "npz", "json")}
    targets = [path for path in files.values() if path is not None]
    said = said_on(out, err, targets)
    try:
        check_outputs(files, [Path(args.model), STANDARD_INPUT if args.text == "-" else None])
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    if args.text is None and not is_arrays(args.model):
        return end(err, _("Which sentence? Only a file of arrays (--model FILE) brings its own."), WRONG_USE)
    try:
        if args.text is None:
            args.text, args.pair = _own_texts(args.model)
        elif args.text == "-":
            args.text = sys.stdin.read()
        if is_learned(args.model):
            return attend_learned.run(args, args.text, out, err, letters)
        with Progress(err, elsewhere="names") as progress:
            shown, document = _attend(args, progress)
            _write_files(args, shown, document, letters)
            linking = _rank_heads(args, shown) if args.heads_for else None
    except AttentionError as error:
        show_traceback(args, err)
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    say(err, provenance(shown))
    if shown.note:
        say(err, shown.note)
    if targets:
        say(said, _("Written: {files}").format(files=listed(map(str, targets))))
    if linking is not None:
        _print_heads(linking, said)
    elif not targets:
        _print(shown, out)
    return DONE


def request_from(args: argparse.Namespace) -> AttentionRequest:
    """Return what the command line asks for.

    Raises:
        TextError: a word that is to be masked isn't in the text.
    """
    text: str = args.text
    return AttentionRequest(
        source=Source(
            text,
            args.pair,
            args.model,
            prefix=args.prefix,
            download=args.download,
            writes=args.write,
            from_language=args.from_language,
            to_language=args.to_language,
            changes=Changes(args.without, tuple(_span(word, (text, args.pair)) for word in args.mask)),
        ),
        unit=args.unit,
        stack=args.stack,
        aggregation=args.aggregation,
        layer=args.layer,
        head=args.head,
        specials=args.specials,
        chosen=args.mean_of,
        across=args.across,
    )


def _span(word: str, texts: Sequence[str | None]) -> Span:
    """Return where ``word`` stands first."""
    for sentence, text in enumerate(texts):
        if text is not None and word and (first := text.find(word)) >= 0:
            return sentence, first, first + len(word)
    raise TextError(_("\"{word}\" can't be masked: it isn't in the text.").format(word=word))


def _written(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_WRITTEN:
        raise argparse.ArgumentTypeError(_("a number from 0 to {most}").format(most=MOST_WRITTEN))
    return int(text)


class _Once(argparse.Action):
    """Refuses a second value, which would make the first forgotten without a word."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(_("{option} is given twice; name all in one, with commas").format(option=option))
        setattr(namespace, self.dest, values)


def _head_set(text: str) -> HeadSet | None:
    try:
        return read_head_set(text)
    except AttentionError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _own_texts(model: str) -> tuple[str, str | None]:
    """Return the text a file of arrays is about, and its second sentence."""
    from core.attention.tasks.own_arrays import open_arrays

    opened = next(step for step in open_arrays(OpenArraysRequest(model)) if isinstance(step, OpenedArrays))
    return opened.texts[0], opened.texts[1] if len(opened.texts) > 1 else None


def _attend(args: argparse.Namespace, progress: Progress) -> tuple[AttentionMap, Document]:
    # Only now: models take a while, and a typing error should not wait for them.
    from core.attention.long_text import Document
    from core.attention.tasks.attention_map import attend
    from core.attention.tasks.reading import model_cache

    request = request_from(args)
    shown: AttentionMap | None = None
    for step in attend(request):
        if isinstance(step, Preparing):
            progress.show(step.message, step.done, step.total)
        elif isinstance(step, AttentionMap):
            shown = step
    assert shown is not None
    for found in model_cache().document(request.source):
        if isinstance(found, Document):
            return shown, found
    raise AssertionError("the cache keeps what was read last")


def _rank_heads(args: argparse.Namespace, shown: AttentionMap) -> LinkingHeads:
    """Return the weight of the wanted cell in every head; the text has been read already."""
    from core.attention.tasks.linking_heads import rank_heads

    request = request_from(args)
    query, key = (_index(word, units) for word, units in zip(args.heads_for, (shown.rows, shown.columns), strict=True))
    wanted = LinkingHeadsRequest(
        request.source, query, key, shown.unit, request.stack, request.specials, request.across
    )
    return next(step for step in rank_heads(wanted) if isinstance(step, LinkingHeads))


def _index(word: str, units: Sequence[Token]) -> int:
    """Return which of ``units`` is meant: the first that is written so, or the one of that number.

    Raises:
        NotAvailableError: none is.
    """
    found = next((at for at, unit in enumerate(units) if word in (unit.text, unit.label)), None)
    if found is None and word.isdecimal() and int(word) < len(units):
        found = int(word)
    if found is None:
        raise NotAvailableError(
            _('The map has no "{word}"; it has: {units}. Name one of them, or its number from 0.').format(
                word=word, units=" ".join(unit.label for unit in units)
            )
        )
    return found


def _write_files(
    args: argparse.Namespace, shown: AttentionMap, document: Document, letters: Callable[[], Typesetter] | None
) -> None:
    """Write every file that was asked for. Whatever goes wrong, each is the old one or a whole new one.

    Nothing takes its place before all are written, so that what can't be written leaves none of the others.
    """
    from core.attention.export.map_files import no_json_of_parts, write_json, write_npz, write_png, write_svg
    from core.attention.export.picture import draw_map
    from core.attention.export.typesetter import SHIPPED_FONT
    from core.attention.export.writing import replacing, write_table
    from core.attention.tasks.attention_map import table

    if args.json and len(document.windows) > 1:  # before anything is written
        raise AttentionError(no_json_of_parts())
    picture = cache(lambda: draw_map(shown, args.colours, args.scale, letters() if letters else SHIPPED_FONT))
    writers: list[tuple[Path | None, Callable[[Path], None]]] = [
        (args.png, lambda path: write_png(path, picture())),
        (args.svg, lambda path: write_svg(path, picture(), shown)),
        (args.csv, lambda path: write_table(path, table(shown))),
        (args.npz, lambda path: write_npz(path, shown, document)),
        (args.json, lambda path: write_json(path, shown, document)),
    ]
    with ExitStack() as files:
        for target, write in writers:
            if target is not None:
                write(files.enter_context(replacing(target)))


def _print(shown: AttentionMap, out: TextIO) -> None:
    """Say for each query which keys it looks at most."""
    for at, (unit, row) in enumerate(zip(shown.rows, shown.weights, strict=True)):
        best = row.argsort()[::-1][:STRONGEST]
        keys = "   ".join(f"{isolated(visible(shown.columns[key].label))} {row[key]:.3f}" for key in best)
        out.write(f"{isolated(visible(unit.label))} → {keys}\n")
        if shown.guesses:
            likely = ", ".join(f"{isolated(visible(one.text))} {one.probability:.3f}" for one in shown.guesses[at])
            out.write("    " + _("next: {tokens}").format(tokens=likely) + "\n")


def _print_heads(found: LinkingHeads, out: TextIO) -> None:
    """Say the weight of the cell in each head, the strongest first."""
    query, key = (isolated(visible(unit.label)) for unit in (found.query, found.key))
    out.write(f"{query} → {key}\n")
    for layer, head in found.ranked:
        weight = found.weights[layer, head]
        out.write(_("layer {layer}, head {head}: {weight:.4f}").format(layer=layer, head=head, weight=weight) + "\n")
