"""``attend`` with a translation model of ours: the translation, and for each word of it where the model looked."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO
from unicodedata import east_asian_width

from core.attention.errors import NotAvailableError
from core.attention.learned.catalogue import find, names
from core.attention.learned.commands import asked
from core.attention.learned.commands.asked import is_asked
from core.command_line import DONE, said_on, say
from core.json_text import write_json
from core.language import _, listed
from core.visible import visible

if TYPE_CHECKING:
    from core.attention.export.typesetter import Typesetter
    from core.attention.learned.store import Saved
    from core.attention.learned.translation.translator import Translation

_SHADES: Final = " ░▒▓█"
"""From no weight to all of it."""


def is_learned(model: str) -> bool:
    """Whether ``--model`` is one of ours: a row of the catalogue, or a file that ``attention-train`` wrote."""
    return model in names() or model.endswith(".safetensors")


def run(
    args: argparse.Namespace, text: str, out: TextIO, err: TextIO, letters: Callable[[], Typesetter] | None = None
) -> int:
    """Translate ``text`` as ``args`` say, and write or print the map; or ask a model that answers otherwise.

    Args:
        args: of the command ``attend``.
        text: what is to be translated.
        out: where translation and map go.
        err: where notes go.
        letters: makes what writes the words of a picture.

    Returns:
        0.

    Raises:
        AttentionError: there is no such model, or it knows not all the words; the text says what would work.
    """
    if is_asked(args.model):
        return asked.run(args, text, out, err)
    from core.attention.learned.translation.translator import Translator  # only now: torch takes a second

    if args.pair is not None or args.npz is not None:
        option = "--pair" if args.pair is not None else "--npz"
        message = _("{model} takes one sentence and says the other itself: leave {option} out.")
        raise NotAvailableError(message.format(model=args.model, option=option))
    saved = _saved(args.model)
    translated = Translator.load(saved).translate(text)
    targets = [getattr(args, name) for name in ("png", "svg", "csv", "json") if getattr(args, name) is not None]
    _write(args, saved, translated, letters)
    said = said_on(out, err, targets)
    blank = "" if saved.record.config.get("unit") == "character" else " "
    say(said, blank.join(translated.target))
    if not targets:
        for line in map_lines(translated):
            say(out, line)
    if translated.note:
        say(err, translated.note)
    if targets:
        say(said, _("Written: {files}").format(files=listed(map(str, targets))))
    return DONE


def map_lines(translated: Translation) -> Iterator[str]:
    """Yield the map: a column a source word, written downwards, a row a target word, and where it looked most."""
    if translated.weights is None:
        yield _("This model has no attention: every word was said from one and the same vector.")
        return
    labels = [visible(word) for word in translated.target]
    widest = max(map(_width, labels), default=0)
    for letters in zip_longest(*map(visible, translated.source), fillvalue=" "):
        yield f"{'':{widest}}  {''.join(_two_wide(letter) for letter in letters)}".rstrip()
    for label, row in zip(labels, translated.weights, strict=True):
        cells = "".join(2 * _SHADES[round(float(weight) * (len(_SHADES) - 1))] for weight in row)
        best = int(row.argmax())
        indent = " " * (widest - _width(label))
        yield f"{indent}{label}  {cells}  {visible(translated.source[best])} {row[best]:.2f}"


def _saved(model: str) -> Saved:
    """Return the trained model that is meant: a file, one trained here, or the one that comes along.

    Raises:
        ModelError: it isn't on this computer.
    """
    from core.attention.learned.store import first_of, open_model

    if model not in names():
        return open_model(Path(model))
    return first_of(find(model).name)


def _write(
    args: argparse.Namespace, saved: Saved, translated: Translation, letters: Callable[[], Typesetter] | None
) -> None:
    """Write every file that was asked for; none takes its place before all are written."""
    from core.attention.export.map_files import write_png, write_svg
    from core.attention.export.picture import draw_map
    from core.attention.export.typesetter import SHIPPED_FONT
    from core.attention.export.writing import replacing, write_table
    from core.attention.learned.translation.as_map import attention_map
    from core.attention.tasks.attention_map import table

    pictured = [path for path in (args.png, args.svg, args.csv) if path is not None]
    with ExitStack() as files:
        if pictured:
            shown = attention_map(translated, saved.record)
            picture = draw_map(shown, args.colours, args.scale, letters() if letters else SHIPPED_FONT)
            if args.png is not None:
                write_png(files.enter_context(replacing(args.png)), picture)
            if args.svg is not None:
                write_svg(files.enter_context(replacing(args.svg)), picture, shown)
            if args.csv is not None:
                write_table(files.enter_context(replacing(args.csv)), table(shown))
        if args.json is not None:
            content = {
                "model": saved.record.name,
                "seed": saved.record.seed,
                "source": translated.source,
                "target": translated.target,
                "probabilities": translated.probabilities.tolist(),
                "weights": None if translated.weights is None else translated.weights.tolist(),
                "note": translated.note,
            }
            write_json(files.enter_context(replacing(args.json)), content)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _two_wide(letter: str) -> str:
    return letter if _width(letter) == 2 else f"{letter} "
