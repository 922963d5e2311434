"""A file of weights and tokens: read and checked at the border, and never run.

NPZ or JSON with ``weights``, (layers, heads, queries, keys), (heads, queries, keys) or (queries, keys), and ``tokens``,
a text for each key; ``queries`` too where they are others than the keys. What this program exports has more: where each
token stands in the text, which is taken where it fits.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import regex

from core.attention.encoders.offsets import numbered
from core.attention.errors import ModelError
from core.attention.requests import MAX_TOKENS, STACKS, Stack
from core.attention.results import Floats, Token
from core.decode import DecodeError, decode
from core.language import _
from core.one_line import DamagedError, damage_of, one_line

MOST_BYTES: Final = 2**29
"""Of a file, and of what is packed in it: twelve heads of twelve layers over 900 tokens."""
TOLERANCE: Final = 5e-3
"""How far from 1 a row may sum: weights of half precision are rounded so."""
_SPECIAL: Final = regex.compile(r"\[[A-Z]+\]|</?[^<>\s]+>|<\|[^<>\s]+\|>")
_WANTED: Final = frozenset(
    {"weights", "tokens", "queries", "texts", "text", "pair", "stack", "model", "title", "changes"}
    | {f"{side}_{part}" for side in ("tokens", "queries") for part in ("start", "end", "sentence", "special")}
)


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a file holds.

    Attributes:
        title: the model's own name where the file says it, else the file's; and what was taken away from the model
            before it read, since these weights are not what it gives by itself.
        stack: which attention it is; cross-attention where queries and keys are others.
        weights: (layers, heads, queries, keys); each row sums to 1.
        rows: the tokens that ask.
        columns: the tokens that are asked.
        texts: what was read: one sentence or two.
    """

    title: str
    stack: Stack
    weights: Floats
    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    texts: tuple[str, ...]


def read_arrays(path: Path) -> Arrays:
    """Read and check a file.

    Raises:
        ModelError: it can't be opened, or is not what it has to be; the text says where.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _refused(path, _("it has {size} MB; at most {most} can be opened").format(
                size=size >> 20, most=MOST_BYTES >> 20))  # fmt: skip
        content = _npz(path) if path.suffix.lower() == ".npz" else _json(path)
    except (OSError, ValueError, zipfile.BadZipFile, RecursionError, EOFError, MemoryError) as error:
        raise _refused(path, damage_of(error)) from error
    weights = _weights(path, content.get("weights"))
    columns = _words(path, content, "tokens", weights.shape[3])
    has_queries = content.get("queries") is not None
    if not has_queries and weights.shape[2] != weights.shape[3]:
        raise _refused(path, _('its weights have {n} queries and {m} keys; "queries" has to name the former').format(
            n=weights.shape[2], m=weights.shape[3]))  # fmt: skip
    rows = _words(path, content, "queries", weights.shape[2]) if has_queries else columns
    stack: Stack = "cross" if rows != columns else _self_attention(content, weights)
    texts = _texts(content)
    if not _fit((*rows, *columns), texts):
        columns, texts = _laid_out(columns, 0)
        rows, others = (columns, ()) if stack != "cross" else _laid_out(rows, 1)
        texts = (*texts, *others)
    said = content.get("title") or content.get("model")
    title = str(said) if isinstance(said, str | np.ndarray) and str(said).strip() else path.name
    title = " · ".join([title, *_changes(content)])
    return Arrays(one_line(title), stack, weights, rows, columns, texts)


def _refused(path: Path, reason: str) -> ModelError:
    return ModelError(_("{path} can't be opened as arrays: {reason}.").format(path=path, reason=reason.rstrip(".")))


def _npz(path: Path) -> dict[str, Any]:
    """Return the arrays that are wanted. Pickled objects are refused by numpy, so that nothing in a file is run."""
    with zipfile.ZipFile(path) as packed:
        if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
            raise DamagedError(_("unpacked it is larger than {most} MB").format(most=MOST_BYTES >> 20))
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files if name in _WANTED}


def _json(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise DamagedError(_("it is no object with weights and tokens"))
    view = content.get("map")
    changes = view.get("changes") if isinstance(view, dict) else None
    return {name: value for name, value in {"changes": changes, **content}.items() if name in _WANTED}


def _changes(content: Mapping[str, Any]) -> list[str]:
    """Return what was taken away from the model, as an export of this program says it in words."""
    given = content.get("changes")
    listed = given.tolist() if isinstance(given, np.ndarray) else given
    return [one for one in listed if isinstance(one, str) and one.strip()] if isinstance(listed, list) else []


def _weights(path: Path, given: Any) -> Floats:
    """Return the weights with four axes.

    Raises:
        ModelError: they are missing, or no weights.
    """
    if given is None:
        raise _refused(path, _('"weights" is missing'))
    try:
        weights = np.asarray(given)
        if weights.dtype.kind not in "fiu":
            raise ValueError(_("they are no numbers"))
        weights = np.ascontiguousarray(weights, np.float32)
    except ValueError as error:
        raise _refused(path, _('"weights" is no array of numbers, all rows equally long')) from error
    if not 2 <= weights.ndim <= 4:
        raise _refused(
            path, _('"weights" has {n} axes; it needs layers, heads, queries and keys').format(n=weights.ndim)
        )
    weights = weights.reshape((1,) * (4 - weights.ndim) + weights.shape)
    if not weights.size or max(weights.shape[2:]) > MAX_TOKENS:
        raise _refused(path, _('"weights" has the shape {shape}; a map shows 1 to {most} tokens').format(
            shape=" × ".join(map(str, weights.shape)), most=MAX_TOKENS))  # fmt: skip
    _check_rows(path, weights)
    return weights


def _check_rows(path: Path, weights: Floats) -> None:
    """Refuse what is no share, and name the first place.

    Raises:
        ModelError: a weight is no number or negative, or a row doesn't sum to 1.
    """
    sums = weights.sum(axis=-1)
    checks: tuple[tuple[Any, str], ...] = (
        (~np.isfinite(weights).all(axis=-1), _("the row of {place} holds a number that is none (NaN or infinite)")),
        ((weights < 0).any(axis=-1), _("the row of {place} holds a negative weight")),
        (np.abs(sums - 1) > TOLERANCE, _("the row of {place} sums to {sum:.3f}, not to 1; {n} of {all} rows don't")),
    )
    for wrong, words in checks:
        if wrong.any():
            layer, head, query = (int(i) for i in np.argwhere(wrong)[0])
            place = _("layer {layer}, head {head}, query {query}").format(layer=layer, head=head, query=query)
            raise _refused(path, words.format(
                place=place, sum=float(sums[layer, head, query]), n=int(wrong.sum()), all=wrong.size))  # fmt: skip


def _words(path: Path, content: Mapping[str, Any], name: str, count: int) -> tuple[Token, ...]:
    """Return the tokens of one side, with their places where the file tells them.

    Raises:
        ModelError: there are too few or too many, or they are no texts.
    """
    given = content.get(name)
    if given is None:
        raise _refused(path, _('"{name}" is missing').format(name=name))
    listed = given.tolist() if isinstance(given, np.ndarray) else given
    if not isinstance(listed, list) or len(listed) != count:
        raise _refused(path, _('"{name}" has to be a list of {n} texts, one for each of the weights').format(
            name=name, n=count))  # fmt: skip
    parts = {part: content.get(f"{name}_{part}") for part in ("start", "end", "sentence", "special")}
    places = {part: np.asarray(one).tolist() for part, one in parts.items() if one is not None and np.ndim(one) == 1}
    if places and not all(len(one) == count for one in places.values()):
        places = {}
    known = {field.name for field in fields(Token)}
    tokens = []
    for at, one in enumerate(listed):
        if isinstance(one, dict):
            try:
                tokens.append(decode(Token, {key: value for key, value in one.items() if key in known}))
                continue
            except DecodeError as error:
                raise _refused(path, _('number {at} of "{name}" is no token').format(at=at, name=name)) from error
        if not isinstance(one, str):
            raise _refused(path, _('number {at} of "{name}" is no text').format(at=at, name=name))
        here = {part: value[at] for part, value in places.items()}
        start, end = int(here.get("start", -1)), int(here.get("end", -1))
        special = bool(here.get("special", bool(_SPECIAL.fullmatch(one)) and start == end))
        tokens.append(Token(one, start, end, special, one, int(here.get("sentence", 0))))
    return tuple(tokens)


def _self_attention(content: Mapping[str, Any], weights: Floats) -> Stack:
    """Return which self-attention it is: as the file says, else by whether any query sees a later key."""
    said = str(content.get("stack", ""))
    if said in STACKS and said != "cross":
        return "encoder" if said == "encoder" else "decoder"
    return "encoder" if bool(np.triu(weights, 1).any()) or weights.shape[3] == 1 else "decoder"


def _texts(content: Mapping[str, Any]) -> tuple[str, ...]:
    given = content.get("texts")
    if given is None:
        given = [one for one in (content.get("text"), content.get("pair")) if one is not None]
    listed = given.tolist() if isinstance(given, np.ndarray) else given
    return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()


def _fit(tokens: tuple[Token, ...], texts: tuple[str, ...]) -> bool:
    """Return whether every token stands where it says in one of the texts."""
    return bool(texts) and all(
        0 <= token.sentence < len(texts) and 0 <= token.start <= token.end <= len(texts[token.sentence])
        for token in tokens
    ) and any(token.is_typed for token in tokens) and all(text.strip() for text in texts)  # fmt: skip


def _laid_out(tokens: tuple[Token, ...], sentence: int) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Return tokens whose places nobody told as words of a text of their own, a blank between two."""
    text = ""
    placed = []
    for token in tokens:
        if token.special or not token.piece.strip():
            placed.append(Token(token.piece, 0, 0, True, token.piece, sentence))
            continue
        text += " " if text else ""
        start = len(text)
        text += token.piece
        placed.append(Token(token.piece, start, len(text), False, token.piece, sentence))
    return numbered(placed), (text or " ".join(token.piece for token in tokens),)
