"""What the decoder of an encoder-decoder has before it: as the model itself is given it in training and in writing."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from core.attention.encoders.base import Pieces
from core.attention.encoders.offsets import numbered, trim
from core.attention.results import Ints, Token


def settle_start(model: Any) -> bool:
    """Let ``model`` know with which token its decoder begins wherever it looks; return whether it says with which.

    What it learns begins with the token of its config, what it writes with that of its generation config, and many a
    file holds only one of the two.
    """
    config, generation = model.config, model.generation_config
    keys = ("decoder_start_token_id", "bos_token_id")
    starts = [getattr(told, key, None) for key in keys for told in (generation, config)]
    start = next((number for number in starts if number is not None), None)
    if start is None:
        return False
    if getattr(config, "decoder_start_token_id", None) is None:
        config.decoder_start_token_id = start
    if generation.decoder_start_token_id is None and generation.bos_token_id is None:
        generation.decoder_start_token_id = start
    if getattr(config, "pad_token_id", None) is None:
        config.pad_token_id = start  # asked for when learning, and stands for no token of a text
    return True


def decoder_input(model: Any, labels: Pieces, spelling: Callable[[int], str], forced: int | None) -> Pieces:
    """Return what ``model`` would be given to learn to write ``labels``: its start, then they without the last.

    Nothing that the tokenizer or the model puts before the words is left out: BART's ``<s>``, a language. Where the
    model is made to begin with a certain token, it stands before the words here, too.

    Args:
        model: an encoder-decoder.
        labels: the target text as the tokenizer cuts a target, specials included.
        spelling: of a number of the vocabulary.
        forced: the token it is made to begin with, such as that of a language; None for none.
    """
    if not len(labels) or not labels.tokens[-1].special:  # no end that the shift could drop instead of a word
        labels = _with(labels, len(labels), _end(model), spelling)
    shifted = _shifted(model, labels.ids)
    pieces = _with(labels.take(np.arange(len(labels) - 1)), 0, int(shifted[0]), spelling)
    if forced is None or (len(pieces) > 1 and pieces.ids[1] == forced):
        return pieces
    if len(pieces) > 1 and pieces.tokens[1].special:  # the tokenizer's language is not the one the model writes in
        pieces = pieces.take(np.delete(np.arange(len(pieces)), 1))
    return _with(pieces, 1, forced, spelling)


def written_tokens(ids: Ints, special: Sequence[int], decode: Callable[[Sequence[int]], str],
                   spelling: Callable[[int], str]) -> tuple[Pieces, str]:  # fmt: skip
    """Return the pieces that a model wrote, as they are, and the text they make.

    Where each piece lies in the text is read off the texts of ever more pieces: cutting the text anew could give
    other pieces. Pieces that are only parts of a character all stand for the whole of it.

    Args:
        ids: what was written, the start included, the end not.
        special: numbers that stand for no text.
        decode: makes text of numbers, specials left out.
        spelling: of a number of the vocabulary.
    """
    whole = decode(ids.tolist())
    lead = len(whole) - len(whole.lstrip())
    text = whole.strip()
    ends: list[int | None] = []
    for count in range(1, len(ids) + 1):
        so_far = decode(ids[:count].tolist())
        same = next((i for i, (a, b) in enumerate(zip(so_far, whole, strict=False)) if a != b), None)
        # Where they differ a character isn't whole yet.
        ends.append(None if same is not None else min(len(so_far), len(whole)))
    tokens = []
    start = 0
    for place, number in enumerate(ids.tolist()):
        piece = spelling(number)
        if number in special:
            tokens.append(Token(piece, 0, 0, True, piece, 1))
            continue
        end = next((found for found in ends[place:] if found is not None), len(whole))
        first, last = trim(text, max(start - lead, 0), max(min(end - lead, len(text)), 0))
        tokens.append(Token(text[first:last], first, last, False, piece, 1))
        if ends[place] is not None:
            start = end
    return Pieces(ids, np.zeros(len(ids), np.int64), numbered(tokens)), text


def _shifted(model: Any, labels: Ints) -> Ints:
    """Return the input that ``model`` makes of ``labels`` for its decoder."""
    seen: list[torch.Tensor] = []

    def note(_module: Any, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        ids = options.get("input_ids", args[0] if args else None)
        if ids is not None:
            seen.append(ids)

    handle = model.get_decoder().register_forward_pre_hook(note, with_kwargs=True)
    given = torch.from_numpy(labels)[None]
    try:
        with warnings.catch_warnings():  # advice for those who train
            warnings.simplefilter("ignore")
            model(input_ids=given[:, :1], labels=given, use_cache=False)
    finally:
        handle.remove()
    made: Ints = seen[0][0].numpy()
    return made


def _end(model: Any) -> int:
    """Return what ends a text; any number serves that the shift drops."""
    ends = model.generation_config.eos_token_id
    first = ends[0] if isinstance(ends, list) else ends
    return int(first) if first is not None else int(model.config.pad_token_id or 0)


def _with(pieces: Pieces, place: int, number: int, spelling: Callable[[int], str]) -> Pieces:
    """Return ``pieces`` with a special token put in."""
    token = Token(spelling(number), 0, 0, True, spelling(number), 1)
    tokens = (*pieces.tokens[:place], token, *pieces.tokens[place:])
    return Pieces(np.insert(pieces.ids, place, number), np.zeros(len(tokens), np.int64), tokens)
