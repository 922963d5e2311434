"""Exporting a map: PNG, SVG, NPZ and JSON, each whole or not at all."""

from __future__ import annotations

import base64
import io
import json
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any, Final, TextIO

import numpy as np
from PIL import Image, ImageDraw, PngImagePlugin

from core.attention.bidi import isolated
from core.attention.errors import AttentionError
from core.attention.export.caption import change_names
from core.attention.export.code_points import drawable
from core.attention.export.picture import Bitmap, Picture, Rule, Text
from core.attention.export.typesetter import Typesetter
from core.attention.long_text import Document
from core.attention.results import AttentionMap, Floats, Guesses, Ints, Token
from core.language import _

INK: Final = (31, 34, 38)
FRAME: Final = (160, 157, 150)
FONTS: Final = "'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
SHARPNESS: Final = 2.0
"""Pixels of a PNG for each point."""
_NOT_IN_XML: Final = frozenset({"Cc", "Cs", "Cn", "Co"})
"""Kinds of characters that don't belong into XML; joiners and marks of direction do."""
VECTOR_CELLS: Final = 4_096
"""Up to so many cells an SVG has a rectangle each, with its value on pointing; beyond, one picture."""


def write_png(path: Path, picture: Picture) -> None:
    """Write ``picture`` as PNG, two pixels a point.

    Raises:
        OSError: the file can't be written.
    """
    image = render(picture)
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Description", "\n".join(picture.caption))
    image.save(path, "PNG", pnginfo=notes, optimize=True)


def render(picture: Picture) -> Image.Image:
    """Return ``picture`` as pixels."""
    size = (math.ceil(picture.width * SHARPNESS), math.ceil(picture.height * SHARPNESS))
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for mark in picture.marks:
        if isinstance(mark, Bitmap):
            _paste(image, draw, mark)
        elif isinstance(mark, Rule):
            left, top, right, bottom = pixel_box(mark)
            draw.rectangle((left, top, right - 1, bottom - 1), fill=INK)
        else:
            _write(image, mark, picture.letters)
    return image


def pixel_box(mark: Bitmap | Rule) -> tuple[int, int, int, int]:
    """Return where ``mark`` lies in the PNG: left, top, right, bottom, in pixels."""
    left, top = round(mark.x * SHARPNESS), round(mark.y * SHARPNESS)
    return left, top, left + round(mark.width * SHARPNESS), top + round(mark.height * SHARPNESS)


def _paste(image: Image.Image, draw: ImageDraw.ImageDraw, mark: Bitmap) -> None:
    left, top, right, bottom = pixel_box(mark)
    cells = Image.fromarray(np.ascontiguousarray(mark.pixels))
    image.paste(cells.resize((right - left, bottom - top), Image.Resampling.NEAREST), (left, top))
    draw.rectangle((left - 1, top - 1, right, bottom), outline=FRAME)


def _write(image: Image.Image, mark: Text, letters: Typesetter) -> None:
    written = letters.write(drawable(mark.words, letters.has), round(mark.size * SHARPNESS), INK)
    x, y = mark.x * SHARPNESS, mark.y * SHARPNESS
    if not mark.slanted:
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * written.width
        image.paste(written.ink, (round(x - before - written.x), round(y - written.y)), written.ink)
        return
    # Turned around the middle of a square, where the words begin.
    half = math.ceil(math.hypot(*written.ink.size))
    square = Image.new("RGBA", (2 * half, 2 * half), (*INK, 0))
    square.paste(written.ink, (round(half - written.x), round(half - written.y)))
    turned = square.rotate(45, Image.Resampling.BICUBIC)
    image.paste(turned, (round(x) - half, round(y) - half), turned)


def write_svg(path: Path, picture: Picture, shown: AttentionMap) -> None:
    """Write ``picture`` as SVG; up to ``VECTOR_CELLS`` cells say their value when pointed at.

    Raises:
        OSError: the file can't be written.
    """
    width, height = f"{picture.width:.1f}", f"{picture.height:.1f}"
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}" fill="rgb{INK}">',
        f"<desc>{_xml(chr(10).join(picture.caption))}</desc>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for mark in picture.marks:
        if isinstance(mark, Text):
            lines.append(_svg_text(mark))
        elif isinstance(mark, Rule):
            lines.append(_svg_rule(mark))
        elif mark is picture.cells and shown.weights.size <= VECTOR_CELLS:
            lines.extend(_svg_cells(mark, shown))
        else:
            lines.append(_svg_bitmap(mark))
    lines.append("</svg>\n")
    path.write_text("\n".join(lines), "utf-8")


def _xml(words: str) -> str:
    """Return ``words`` as XML takes them: its own signs escaped, control characters left out."""
    kept = (letter for letter in words if letter in "\n\t" or unicodedata.category(letter) not in _NOT_IN_XML)
    return escape("".join(kept))


def _svg_text(mark: Text) -> str:
    turn = f' transform="rotate(-45 {mark.x:.1f} {mark.y:.1f})"' if mark.slanted else ""
    return (
        f'<text x="{mark.x:.1f}" y="{mark.y:.1f}" font-size="{mark.size:g}" text-anchor="{mark.anchor}"{turn}>'
        f"{_xml(mark.words)}</text>"
    )


def _svg_rule(mark: Rule) -> str:
    return f'<rect x="{mark.x:.2f}" y="{mark.y:.2f}" width="{mark.width:.2f}" height="{mark.height:.2f}"/>'


def _svg_cells(mark: Bitmap, shown: AttentionMap) -> list[str]:
    n, m = shown.weights.shape
    wide, high = mark.width / m, mark.height / n
    lines = ['<g shape-rendering="crispEdges">']
    for i in range(n):
        for j in range(m):
            red, green, blue = mark.pixels[i, j].tolist()
            query, key = isolated(shown.rows[i].label), isolated(shown.columns[j].label)
            title = f"{query} → {key}: {shown.weights[i, j]:.4f}"
            lines.append(
                f'<rect x="{mark.x + j * wide:.2f}" y="{mark.y + i * high:.2f}" width="{wide:.2f}" '
                f'height="{high:.2f}" fill="#{red:02x}{green:02x}{blue:02x}"><title>{_xml(title)}</title></rect>'
            )
    return [*lines, "</g>", _svg_frame(mark)]


def _svg_bitmap(mark: Bitmap) -> str:
    data = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(mark.pixels)).save(data, "PNG")
    return (
        f'<image x="{mark.x:.2f}" y="{mark.y:.2f}" width="{mark.width:.2f}" height="{mark.height:.2f}" '
        'preserveAspectRatio="none" style="image-rendering:pixelated" '
        f'href="data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"/>{_svg_frame(mark)}'
    )


def _svg_frame(mark: Bitmap) -> str:
    return (
        f'<rect x="{mark.x:.2f}" y="{mark.y:.2f}" width="{mark.width:.2f}" height="{mark.height:.2f}" '
        f'fill="none" stroke="rgb{FRAME}" stroke-width="0.5"/>'
    )


def _number(value: float) -> str:
    """Return a single-precision number with all its digits and no more."""
    return f"{value:.9g}"


def write_npz(path: Path, shown: AttentionMap, document: Document) -> None:
    """Write the map (``map``, ``rows``, ``columns``) and, unless the text was read in parts, every head.

    The latter are ``weights`` (layers, heads, queries, keys), raw, special tokens included, with ``tokens`` and
    ``queries`` naming the pieces.

    Raises:
        OSError: the file can't be written.
    """
    arrays: dict[str, Any] = {
        "map": shown.weights,
        "rows": np.array([unit.label for unit in shown.rows]),
        "columns": np.array([unit.label for unit in shown.columns]),
        "entropy": shown.entropy,
        "model": np.array(shown.card.name),
        "title": np.array(shown.card.title),
        "stack": np.array(shown.stack),
        "unit": np.array(shown.unit),
        "aggregation": np.array(shown.aggregation),
        "layer": np.array(-1 if shown.layer is None else shown.layer),
        "head": np.array(-1 if shown.head is None else shown.head),
        "chosen": np.array("" if shown.chosen is None else str(shown.chosen)),
        "across": np.array(shown.across or ""),
        "languages": np.array([language or "" for language in shown.languages]),
        "changes": np.array(change_names(shown.changes, shown.texts)),
        **guess_arrays(shown.guesses),
        "texts": np.array(shown.texts),
        **places("rows", shown.rows),
        **places("columns", shown.columns),
    }
    if len(document.windows) == 1:
        raw = document.stack(shown.stack).parts[0]
        arrays["weights"] = raw.weights
        arrays["tokens"] = np.array([token.piece for token in raw.columns])
        arrays["queries"] = np.array([token.piece for token in raw.rows])
        arrays |= places("tokens", raw.columns) | places("queries", raw.rows)
        for name, tokens in (("tokens", raw.columns), ("queries", raw.rows)):
            arrays[f"{name}_special"] = np.array([token.special for token in tokens])
    write_arrays(path, arrays)


def places(name: str, tokens: Sequence[Token]) -> dict[str, Ints]:
    """Return where tokens stand, which tells two of one spelling apart."""
    parts = ("start", "end", "sentence")
    return {f"{name}_{part}": np.array([getattr(token, part) for token in tokens], np.int64) for part in parts}


def guess_arrays(guesses: Guesses, prefix: str = "") -> dict[str, Any]:
    """Return what a model expects after each row: (rows, best) texts, and their probabilities; nothing without any."""
    if not guesses:
        return {}
    return {
        f"{prefix}next_tokens": np.array([[guess.text for guess in row] for row in guesses]),
        f"{prefix}next_probabilities": np.array([[guess.probability for guess in row] for row in guesses], np.float32),
    }


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write ``arrays`` as NPZ under the very name of ``path``, whatever its ending.

    Raises:
        OSError: the file can't be written.
    """
    with path.open("wb") as file:  # given a name, numpy would add an ending to it
        np.savez_compressed(file, allow_pickle=False, **arrays)


def no_json_of_parts() -> str:
    """Return why a long text can't be written as JSON, and what can be done."""
    return _("A text read in parts has no array of all heads. Export the map as CSV or NPZ, or shorten the text.")


def write_json(path: Path, shown: AttentionMap, document: Document) -> None:
    """Write every head, raw, and the map.

    ``weights`` is (layers, heads, queries, keys) as the model computed it, special tokens included, each row
    summing to 1; ``tokens`` are the keys, and ``queries`` the queries where they differ (cross-attention).
    ``counted_from`` is the number of the first layer and of the first head.

    Raises:
        OSError: the file can't be written.
        AttentionError: the text was read in parts, so that there is no such array.
    """
    if len(document.windows) > 1:
        raise AttentionError(no_json_of_parts())
    raw = document.stack(shown.stack).parts[0]
    layers, heads, _n, _m = raw.weights.shape
    content = {
        "model": shown.card.name,
        "title": shown.card.title,
        "text": document.texts[0],
        "pair": document.texts[1] if len(document.texts) > 1 else None,
        "stack": shown.stack,
        "layers": layers,
        "heads": heads,
        "counted_from": 0,
        "prefix": shown.prefixed,
        "tokens": [asdict(token) for token in raw.columns],
    }
    if raw.rows != raw.columns:
        content["queries"] = [asdict(token) for token in raw.rows]
    view = {
        "unit": shown.unit,
        "reading": shown.aggregation,
        "layer": shown.layer,
        "head": shown.head,
        "chosen": None if shown.chosen is None else str(shown.chosen),
        "across": shown.across,
        "languages": list(shown.languages),
        "changes": change_names(shown.changes, shown.texts),
        "next_tokens": [[asdict(guess) for guess in row] for row in shown.guesses],
        "rows": [asdict(unit) for unit in shown.rows],
        "columns": [asdict(unit) for unit in shown.columns],
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=1)[:-2])
        file.write(',\n "map": ' + json.dumps(view, ensure_ascii=False)[:-1] + ', "weights": ')
        _write_array(file, shown.weights)
        file.write('},\n "weights": ')
        _write_array(file, raw.weights)
        file.write("\n}\n")


def _write_array(file: TextIO, array: Floats) -> None:
    """Write ``array`` as nested lists, a row at a time: as Python lists it would take ten times its memory."""
    if array.ndim == 1:
        file.write("[" + ",".join(map(_number, array.tolist())) + "]")
        return
    file.write("[")
    for number, part in enumerate(array):
        file.write(",\n" if number else "")
        _write_array(file, part)
    file.write("]")
