"""Any model of transformers: BERT, RoBERTa, GPT-2, T5, Marian and their kin, from a folder or by id.

Encoders and decoders give one stack of attention, encoder-decoders three: within the source, within the target,
and across. Weights come from safetensors only, and no code that a model brings is ever run.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor
from transformers import AutoTokenizer
from transformers.utils import logging as chatter

from core.attention.encoders.base import Encoded, Pieces, Stacked
from core.attention.encoders.hub import find_folder, read_config
from core.attention.encoders.load import open_model, read_limit
from core.attention.encoders.offsets import find_pieces, typed_token
from core.attention.encoders.recorder import RECORDED, Call, output_projections, recording, register
from core.attention.errors import ModelError, TextError
from core.attention.requests import Stack
from core.attention.results import Family, Floats, ModelCard, Token
from core.language import _

LONGEST_ANSWER: Final = 64
"""Most tokens an encoder-decoder writes when it is given no target text."""
TOLERANCE: Final = 1e-3
"""How far the last hidden state may lie from transformers' own: a model whose layers do more than the textbook's
attention (sinks, soft caps) lies farther, and its map would be wrong."""

log = logging.getLogger(__name__)


class HuggingFaceEncoder:
    """A model of transformers.

    Args:
        name: a folder, or an id on the hub.
        download: an id that isn't on this machine may be fetched.

    Raises:
        ModelError: it can't be opened, and why.
    """

    def __init__(self, name: str, *, download: bool = False) -> None:
        self._folder = find_folder(name, download=download)
        raw = read_config(self._folder)
        register()
        # Two threads are no faster for one short text, and stall for seconds when the other core is busy.
        torch.set_num_threads(1)
        # Progress bars and advice for programmers are not for the person at the screen.
        chatter.disable_progress_bar()  # type: ignore[no-untyped-call]
        chatter.set_verbosity_error()  # type: ignore[no-untyped-call]
        try:
            self._model = open_model(self._folder, raw)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
                self._tokenizer = AutoTokenizer.from_pretrained(
                    str(self._folder), local_files_only=True, trust_remote_code=False
                )
        except ModelError:
            raise
        # Broken files raise errors of every kind in there; the person needs the reason, the log the rest.
        except Exception as error:
            log.info("opening %s failed", self._folder, exc_info=True)
            raise ModelError(
                _("{folder} can't be opened as a model: {reason}").format(
                    folder=self._folder, reason=" ".join(str(error).split())[:300] or type(error).__name__
                )
            ) from error
        self._model.eval()
        self.card = self._probe(name)

    def tokenize(self, text: str, pair: str | None = None, *, prefix: bool = False) -> Pieces:  # noqa: ARG002  e5's
        """Cut as the model's own tokenizer does."""
        second = None if self.card.family == "encoder-decoder" else pair
        return self._cut(text, second)

    @torch.inference_mode()
    def forward(self, pieces: Pieces, texts: tuple[str, ...]) -> Encoded:
        """Read ``pieces``; an encoder-decoder also reads or writes its target text."""
        ids = torch.from_numpy(pieces.ids)[None]
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if self.card.family == "encoder-decoder":
            return self._translate(inputs, pieces, texts)
        if getattr(self._model.config, "type_vocab_size", 1) > 1:
            inputs["token_type_ids"] = torch.from_numpy(pieces.types)[None]
        with recording() as calls:
            out = self._model(**inputs, output_hidden_states=True, use_cache=False)
        causal = self.card.family == "decoder"
        stack = self._stack(calls, pieces.tokens, pieces.tokens, out.hidden_states, causal=causal)
        return Encoded(self.card, texts, {self.card.stacks[0]: stack})

    def _translate(self, inputs: dict[str, Tensor], source: Pieces, texts: tuple[str, ...]) -> Encoded:
        if len(texts) < 2:
            texts = (*texts, self._write(inputs))
        target = self._target(texts[1])
        with recording() as calls:
            out = self._model(
                **inputs,
                decoder_input_ids=torch.from_numpy(target.ids)[None],
                output_hidden_states=True,
                use_cache=False,
            )
        n_layers = len(out.encoder_hidden_states) - 1
        # Within a decoder layer the target looks at itself first, then across at the source.
        encoder, decoder = calls[:n_layers], calls[n_layers:]
        own, across = decoder[0::2], decoder[1::2]
        hidden = out.decoder_hidden_states
        stacks: dict[Stack, Stacked] = {
            "cross": self._stack(across, target.tokens, source.tokens, hidden, causal=False),
            "encoder": self._stack(encoder, source.tokens, source.tokens, out.encoder_hidden_states, causal=False),
            "decoder": self._stack(own, target.tokens, target.tokens, hidden, causal=True),
        }
        return Encoded(self.card, texts, stacks)

    def _write(self, inputs: dict[str, Tensor]) -> str:
        """Return what the model itself makes of the source, word by likeliest word."""
        # Without the cache, which transformers makes as deep as the encoder: a deeper decoder falls out of it.
        written = self._model.generate(
            **inputs,
            do_sample=False,
            num_beams=1,
            max_new_tokens=min(LONGEST_ANSWER, self.card.limit // 2),
            use_cache=False,
        )
        return str(self._tokenizer.decode(written[0], skip_special_tokens=True)).strip()

    def _target(self, text: str) -> Pieces:
        """Return what the decoder has before it: its start token, then ``text`` without the end token."""
        cut = self._cut(text, None, target=True)
        kept = cut.take(np.arange(cut.head, len(cut) - cut.tail))
        if len(kept) + 1 > self.card.limit:
            raise TextError(
                _("The target text has {n} tokens; {model} reads at most {limit}. Shorten it.").format(
                    n=len(kept), model=self.card.title, limit=self.card.limit
                )
            )
        config = self._model.config
        start = config.decoder_start_token_id
        if start is None:
            start = config.bos_token_id if config.bos_token_id is not None else config.pad_token_id
        spelling = str(self._tokenizer.convert_ids_to_tokens(int(start)) or "<s>")
        first = Token(spelling, 0, 0, True, spelling, 1)
        tokens = tuple(Token(t.text, t.start, t.end, t.special, t.piece, 1) for t in kept.tokens)
        return Pieces(
            np.concatenate([[start], kept.ids]).astype(np.int64),
            np.zeros(len(kept) + 1, np.int64),
            (first, *tokens),
        )

    def _cut(self, text: str, pair: str | None, *, target: bool = False) -> Pieces:
        # A text of any length is cut here; whether it fits is decided where windows are.
        options: dict[str, Any] = {"verbose": False, "truncation": False}
        typed = [text] if pair is None else [text, pair]
        if self._tokenizer.is_fast:
            cut = self._tokenizer(*typed, return_offsets_mapping=True, return_token_type_ids=True, **options)
            pieces = self._tokenizer.convert_ids_to_tokens(cut["input_ids"])
            sentences, places = cut.sequence_ids(0), cut["offset_mapping"]
        else:
            inputs = {"text_target": text} if target else dict(zip(("text", "text_pair"), typed, strict=False))
            cut = self._tokenizer(**inputs, return_special_tokens_mask=True, return_token_type_ids=True, **options)
            pieces = self._tokenizer.convert_ids_to_tokens(cut["input_ids"])
            sentences, places = self._find(typed, pieces, cut["special_tokens_mask"])
        tokens = tuple(
            typed_token(typed, sentence, tuple(place), piece)
            for sentence, place, piece in zip(sentences, places, pieces, strict=True)
        )
        ids = np.array(cut["input_ids"], np.int64)
        known = self._model.get_input_embeddings().num_embeddings
        if ids.size and ids.max() >= known:
            raise ModelError(
                _(
                    "The tokenizer in {folder} belongs to another model: this one has {n} pieces and doesn't "
                    'know "{piece}".'
                ).format(folder=self._folder, n=known, piece=pieces[int(ids.argmax())])
            )
        types = np.array(cut.get("token_type_ids", [0] * len(ids)), np.int64)
        return Pieces(ids, types, tokens)

    def _find(
        self, typed: Sequence[str], pieces: Sequence[str], special: Sequence[int]
    ) -> tuple[list[int | None], list[tuple[int, int]]]:
        """Return sentence and place of each piece for a tokenizer that doesn't tell."""
        sentences: list[int | None] = []
        now, seen = 0, False
        for is_special in special:
            if is_special:
                now, seen = (min(now + 1, len(typed) - 1), False) if seen else (now, False)
                sentences.append(None)
            else:
                sentences.append(now)
                seen = True
        places = [(0, 0)] * len(pieces)
        for sentence, text in enumerate(typed):
            mine = [i for i, which in enumerate(sentences) if which == sentence]
            found = find_pieces(text, [pieces[i] for i in mine], self._tokenizer.unk_token)
            for i, place in zip(mine, found, strict=True):
                places[i] = place
        return sentences, places

    @torch.inference_mode()
    def _probe(self, name: str) -> ModelCard:
        """Read a few tokens, as the model does it and as the textbook does; return what that tells of the model.

        Raises:
            ModelError: the two differ, so that the weights shown would not be the model's.
        """
        config = self._model.config.get_text_config()
        ids = torch.arange(8)[None] % config.vocab_size
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if config.is_encoder_decoder:
            inputs["decoder_input_ids"] = ids[:, :4]
        with recording() as calls:
            out = self._model(**inputs, output_hidden_states=True, use_cache=False)
        ours = _hidden(out)
        self._model.set_attn_implementation("eager")
        theirs = _hidden(self._model(**inputs, output_hidden_states=True, use_cache=False))
        self._model.set_attn_implementation(RECORDED)
        layers = len(ours) - 1
        encoder_layers = len(out.encoder_hidden_states) - 1 if config.is_encoder_decoder else 0
        expected = encoder_layers + 2 * layers if config.is_encoder_decoder else layers
        if len(calls) != expected or not float((ours[-1] - theirs[-1]).abs().max()) <= TOLERANCE:
            raise ModelError(
                _(
                    "{model} computes attention in its own way ({kind}), so its weights can't be shown faithfully."
                ).format(model=name, kind=config.model_type)
            )
        self._outputs = output_projections(self._model, calls)
        sees_later_keys = bool(calls[0].weights.triu(1).any())
        family: Family = "encoder" if sees_later_keys else "decoder"
        return ModelCard(
            name=name,
            title=self._folder.name if Path(name).expanduser().is_dir() else name,
            family="encoder-decoder" if config.is_encoder_decoder else family,
            layers=layers,
            heads=calls[-1].weights.shape[0],
            encoder_layers=encoder_layers or None,
            encoder_heads=calls[0].weights.shape[0] if config.is_encoder_decoder else None,
            width=ours[-1].shape[-1],
            limit=read_limit(self._model, self._tokenizer),
            origin=str(self._folder),
        )

    def _stack(
        self,
        calls: Sequence[Call],
        rows: tuple[Token, ...],
        columns: tuple[Token, ...],
        hidden: Sequence[Tensor],
        *,
        causal: bool,
    ) -> Stacked:
        outputs = [self._outputs.get(call.module) for call in calls]
        whole = [output for output in outputs if output is not None]
        return Stacked(
            rows=rows,
            columns=columns,
            weights=_together([call.weights for call in calls]),
            hidden=_together([state[0] for state in hidden]),
            queries=_together([call.query for call in calls]),
            keys=_together([call.key for call in calls]),
            values=_together([call.value for call in calls]),
            scales=np.array([call.scale for call in calls], np.float32),
            biases=tuple(None if call.bias is None else call.bias.numpy() for call in calls),
            output=np.stack(whole) if len(whole) == len(calls) else None,
            causal=causal,
        )


def _hidden(out: Any) -> tuple[Tensor, ...]:
    """Return the hidden states of the last stack."""
    states: tuple[Tensor, ...] = getattr(out, "decoder_hidden_states", None) or out.hidden_states
    return states


def _together(tensors: Sequence[Tensor]) -> Floats:
    stacked: Floats = torch.stack(list(tensors)).float().numpy()
    return stacked
