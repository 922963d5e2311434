"""Any model of transformers: BERT, RoBERTa, GPT-2, T5, Marian and their kin, from a folder or by id.

Encoders and decoders give one stack of attention, encoder-decoders three: within the source, within the target,
and across. Weights come from safetensors only, and no code that a model brings is ever run.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor
from transformers import AutoTokenizer
from transformers.utils import logging as chatter

from core.attention.encoders.base import Encoded, Pieces, Stacked
from core.attention.encoders.hub import find_folder, read_config
from core.attention.encoders.layers import agree, are_alike, are_maps, by_stack, in_order, together, unbanded, unlike
from core.attention.encoders.load import not_read, open_model, read_limit, read_settings, reason_not_opened, windows_of
from core.attention.encoders.offsets import find_pieces, numbered, typed_token
from core.attention.encoders.output.guesses import likeliest
from core.attention.encoders.recorder import RECORDED, Call, output_projections, recording, register, switching_off
from core.attention.encoders.target import decoder_input, settle_start, written_tokens
from core.attention.encoders.translators.languages import Languages
from core.attention.errors import ModelError, NotAvailableError, TextError
from core.attention.interventions import UNCHANGED, Changes
from core.attention.interventions.applied import heads_off, masked_tokens
from core.attention.requests import Stack
from core.attention.results import Family, Guesses, Ints, ModelCard, Token
from core.files import folder_named
from core.language import _

LONGEST_ANSWER: Final = 64
"""Most tokens an encoder-decoder writes when it is given no target text."""

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
            config = read_settings(raw)
            self._model = open_model(self._folder, config)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
                self._tokenizer = AutoTokenizer.from_pretrained(
                    str(self._folder), config=config, local_files_only=True, trust_remote_code=False
                )
            self._model.eval()
        except ModelError:
            raise
        # Broken files raise errors of every kind in there; the person needs the reason, the log the rest.
        except Exception as error:
            log.info("opening %s failed", self._folder, exc_info=True)
            raise ModelError(
                _("{folder} can't be opened as a model: {reason}").format(
                    folder=self._folder, reason=reason_not_opened(error)
                )
            ) from error
        with self._reading():
            generation = getattr(self._model, "generation_config", None)
            forced = getattr(generation, "forced_bos_token_id", None)
            known = self._model.get_input_embeddings().num_embeddings
            self._languages = Languages(self._tokenizer, known, forced)
            self.card = self._probe(name)

    def choose_languages(self, source: str | None, target: str | None) -> None:
        """Translate from ``source`` into ``target`` from now on; None for what the model does by itself."""
        self._languages.choose(source, target, self.card.title)

    def tokenize(self, text: str, pair: str | None = None, *, prefix: bool = False) -> Pieces:  # noqa: ARG002  e5's
        """Cut as the model's own tokenizer does."""
        second = None if self.card.family == "encoder-decoder" else pair
        return self._cut(text, second)

    def forward(self, pieces: Pieces, texts: tuple[str, ...]) -> Encoded:
        """Read ``pieces``; an encoder-decoder also reads or writes its target text."""
        return self.forward_changed(pieces, texts, UNCHANGED)

    @torch.inference_mode()
    def forward_changed(self, pieces: Pieces, texts: tuple[str, ...], changes: Changes) -> Encoded:
        """Read ``pieces`` without what ``changes`` take away.

        Of an encoder-decoder the heads of the decoder's look at the source are switched off, and tokens of the source
        masked.
        """
        if changes and self.card.only_maps:
            raise NotAvailableError(
                _("Nothing can be switched off in {model}: it weighs in a way of its own.").format(
                    model=self.card.title
                )
            )
        ids = torch.from_numpy(pieces.ids)[None]
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if self.card.family == "encoder-decoder":
            return self._translate(inputs, pieces, texts, changes)
        if getattr(self._model.config, "type_vocab_size", 1) > 1:
            inputs["token_type_ids"] = torch.from_numpy(pieces.types)[None]
        causal = self.card.family == "decoder"
        own, calls = self._read(self._masked(inputs, pieces, changes, causal=causal), self._off(changes))
        stack = self._stack(own.attentions, calls, pieces.tokens, pieces.tokens, own.hidden_states, causal=causal)
        return Encoded(self.card, texts, {self.card.stacks[0]: stack}, self._guesses(own) if causal else ())

    @torch.inference_mode()
    def write_on(self, pieces: Pieces, count: int) -> tuple[Pieces, str]:
        """Write up to ``count`` tokens, word by likeliest word."""
        ids = torch.from_numpy(pieces.ids)[None]
        whole = self._generate({"input_ids": ids, "attention_mask": torch.ones_like(ids)}, count)
        special = sorted(self._tokenizer.all_special_ids)
        written, text = written_tokens(whole[len(pieces) :], special, self._decode, self._spelling)
        together = Pieces(
            np.concatenate([pieces.ids, written.ids]),
            np.concatenate([pieces.types, written.types]),
            pieces.tokens + written.tokens,
        )
        return together, text

    def _guesses(self, own: Any) -> Guesses:
        """Return what the output layer expects after each token; nothing where there is no such layer."""
        logits = own.get("logits")
        return () if logits is None else likeliest(logits[0], self._decode, self._spelling)

    def _masked(
        self, inputs: dict[str, Tensor], pieces: Pieces, changes: Changes, *, causal: bool = False
    ) -> dict[str, Tensor]:
        hidden = torch.from_numpy(masked_tokens(pieces.tokens, changes, causal=causal))
        return inputs | {"attention_mask": inputs["attention_mask"].masked_fill(hidden[None], 0)}

    def _off(self, changes: Changes) -> list[Tensor]:
        """Return which heads give nothing, a layer at work each; nothing where all give."""
        if changes.off is None:
            return []
        off = list(torch.from_numpy(heads_off(changes.off, self.card.layers, self.card.heads)))
        if self.card.family != "encoder-decoder":
            return off
        # The encoder's layers work first; then a decoder layer looks at itself, and across.
        none = torch.zeros(self.card.heads, dtype=torch.bool)
        encoder = [torch.zeros(self.card.heads_of("encoder"), dtype=torch.bool)] * self.card.layers_of("encoder")
        return encoder + [one for across in off for one in (none, across)]

    def _read(self, inputs: dict[str, Tensor], off: Sequence[Tensor] = ()) -> tuple[Any, list[Call]]:
        """Return what the model gives for ``inputs``, its own attentions included, and its layers at work.

        With heads ``off``, all of it is of the second reading.

        The latter are of a second reading, with the textbook's attention; there are none for a model that brings an
        attention of its own.
        """
        self._model.set_attn_implementation("eager")
        with self._reading():
            own = self._model(
                **inputs, output_attentions=True, output_hidden_states=True, use_cache=False, return_dict=True
            )
        if windows_of(self._model.config):
            for name in {"attentions", "encoder_attentions"} & set(own):
                own[name] = tuple(map(unbanded, own[name]))
        try:
            self._model.set_attn_implementation(RECORDED)
            with recording() as calls, switching_off(off):
                changed = self._model(**inputs, output_hidden_states=bool(off), use_cache=False, return_dict=True)
        except (AttributeError, KeyError, NotImplementedError, TypeError, ValueError):
            calls = []  # families that don't take an attention from outside
        finally:
            self._model.set_attn_implementation("eager")
        return (_with_attentions(changed, calls, len(own.get("encoder_attentions") or ())) if off else own), calls

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn whatever the model's own code raises within the block into a sentence.

        Raises:
            ModelError: it has raised something.
        """
        try:
            yield
        except ModelError:
            raise
        # What a model of pictures or sounds says of being given words is no sentence for the person.
        except Exception as error:
            log.info("reading with %s failed", self._folder, exc_info=True)
            raise not_read(self._folder, self._model.config, error) from error

    def _translate(
        self, inputs: dict[str, Tensor], source: Pieces, texts: tuple[str, ...], changes: Changes
    ) -> Encoded:
        if len(texts) < 2:
            target, written = self._write(inputs)
            texts = (*texts, written)
        else:
            target = self._target(texts[1])
        given = inputs | {"decoder_input_ids": torch.from_numpy(target.ids)[None]}
        own, calls = self._read(self._masked(given, source, changes), self._off(changes))
        n_layers = len(own.encoder_attentions)
        # Within a decoder layer the target looks at itself first, then across at the source.
        encoder, decoder = calls[:n_layers], calls[n_layers:]
        hidden = own.decoder_hidden_states
        rows, columns = target.tokens, source.tokens
        stacks: dict[Stack, Stacked] = {
            "cross": self._stack(own.cross_attentions, decoder[1::2], rows, columns, hidden, causal=False),
            "encoder": self._stack(
                own.encoder_attentions, encoder, columns, columns, own.encoder_hidden_states, causal=False
            ),
            "decoder": self._stack(own.decoder_attentions, decoder[0::2], rows, rows, hidden, causal=True),
        }
        return Encoded(self.card, texts, stacks, self._guesses(own))

    def _write(self, inputs: dict[str, Tensor]) -> tuple[Pieces, str]:
        """Return what the model itself makes of the source, word by likeliest word: its pieces, and their text."""
        ids = self._generate(inputs, min(LONGEST_ANSWER, self.card.limit // 2))
        special = {*self._tokenizer.all_special_ids, int(ids[0])}
        return written_tokens(ids, sorted(special), self._decode, self._spelling)

    def _generate(self, inputs: dict[str, Tensor], count: int) -> Ints:
        """Return the numbers of what the model writes, those before it included, the end left out."""
        # Without the cache, which transformers makes as deep as the encoder: a deeper decoder falls out of it.
        with self._reading():
            written = self._model.generate(
                **inputs,
                do_sample=False,
                num_beams=1,
                max_new_tokens=count,
                use_cache=False,
                forced_bos_token_id=self._languages.forced,
                return_dict_in_generate=False,
                output_attentions=False,
                output_hidden_states=False,
            )
        ids: Ints = written[0].numpy()
        ends = self._model.generation_config.eos_token_id
        return ids[:-1] if len(ids) > 1 and ids[-1] in (ends if isinstance(ends, list) else [ends]) else ids

    def _decode(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False))

    def _spelling(self, number: int) -> str:
        return str(self._tokenizer.convert_ids_to_tokens(number) or f"<{number}>")

    def _target(self, text: str) -> Pieces:
        """Return what the decoder has before it when it writes ``text``."""
        cut = self._cut(text, None, target=True)
        tokens = tuple(token.in_sentence(1) for token in cut.tokens)
        if len(cut) < self.card.limit:
            labels = Pieces(cut.ids, cut.types, tokens)
            given = decoder_input(self._model, labels, self._spelling, self._languages.forced)
            if len(given) <= self.card.limit:
                return given
        raise TextError(
            _("The target text has {n} tokens; {model} reads at most {limit}. Shorten it.").format(
                n=len(cut), model=self.card.title, limit=self.card.limit
            )
        )

    def _cut(self, text: str, pair: str | None, *, target: bool = False) -> Pieces:
        # A text of any length is cut here; whether it fits is decided where windows are.
        options: dict[str, Any] = {"verbose": False, "truncation": False}
        typed = [text] if pair is None else [text, pair]
        inputs = {"text_target": text} if target else dict(zip(("text", "text_pair"), typed, strict=False))
        if self._tokenizer.is_fast:
            cut = self._tokenizer(**inputs, return_offsets_mapping=True, return_token_type_ids=True, **options)
            pieces = self._tokenizer.convert_ids_to_tokens(cut["input_ids"])
            sentences, places = cut.sequence_ids(0), cut["offset_mapping"]
        else:
            cut = self._tokenizer(**inputs, return_special_tokens_mask=True, return_token_type_ids=True, **options)
            pieces = self._tokenizer.convert_ids_to_tokens(cut["input_ids"])
            sentences, places = self._find(typed, pieces, cut["special_tokens_mask"])
        tokens = numbered(
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
        config = self._model.config
        translates = bool(config.is_encoder_decoder)
        if translates and not settle_start(self._model):
            raise ModelError(
                _(
                    "{folder} can't be shown: it doesn't say with which token its decoder begins. Add "
                    "decoder_start_token_id to its config.json."
                ).format(folder=self._folder)
            )
        ids = torch.arange(8)[None] % self._model.get_input_embeddings().num_embeddings
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if translates:
            inputs["decoder_input_ids"] = ids[:, :4]
        own, calls = self._read(inputs)
        kinds = ("encoder_attentions", "decoder_attentions", "cross_attentions") if translates else ("attentions",)
        weights: tuple[tuple[torch.Tensor, ...], ...] = tuple(own.get(kind) or () for kind in kinds)
        if not all(weights):
            raise ModelError(
                _(
                    '{model} has no attention to show: a "{kind}" model passes on what its tokens hold in another way.'
                ).format(model=name, kind=config.model_type)
            )
        self._check_layers(name, own, kinds)
        last = (own.decoder_hidden_states if translates else own.hidden_states)[-1]
        if not bool(last.isfinite().all()):
            raise ModelError(
                _("The weights in {folder} hold numbers that are none (NaN or infinite). Fetch the model anew.").format(
                    folder=self._folder
                )
            )
        states = own.encoder_hidden_states + own.decoder_hidden_states if translates else own.hidden_states
        if len({state.shape[2:] for state in states}) != 1 or last.ndim != 3:
            raise ModelError(
                _("{model} can't be shown: its layers ({kind}) keep states of different shapes for a token.").format(
                    model=name, kind=config.model_type
                )
            )
        self._sink = any(name.endswith(".sinks") for name, _weight in self._model.named_parameters())
        if not all(are_maps(one, sink=self._sink) for one in weights):
            raise ModelError(
                _(
                    "{model} computes attention in its own way ({kind}), so its weights can't be shown faithfully."
                ).format(model=name, kind=config.model_type)
            )
        for one in weights:
            self._check_shapes(name, one)
        self._outputs = output_projections(self._model, calls)
        sees_later_keys = bool(weights[0][0].triu(1).any())
        family: Family = "encoder" if sees_later_keys else "decoder"
        return ModelCard(
            name=name,
            title=name if (folder := folder_named(name)) is None else folder.resolve().name,
            family="encoder-decoder" if translates else family,
            layers=len(weights[-1]),
            heads=weights[-1][0].shape[1],
            encoder_layers=len(weights[0]) if translates else None,
            encoder_heads=weights[0][0].shape[1] if translates else None,
            width=last.shape[-1],
            limit=read_limit(self._model, self._tokenizer),
            origin=str(self._folder),
            sink=self._sink,
            languages=self._languages.codes if translates else (),
            writes=family == "decoder" and not translates and "logits" in own,
            only_maps=not (agree(in_order(weights), calls) and all(map(are_alike, by_stack(weights, calls)))),
        )

    def _check_layers(self, name: str, own: Any, kinds: Sequence[str]) -> None:
        """Refuse models of which only some layers have attention: the maps would bear the numbers of other layers.

        What flows through the layers between them is no attention either, and would be missing from a rollout.
        """
        states = {"attentions": "hidden_states", "encoder_attentions": "encoder_hidden_states"}
        for kind in kinds:
            layers = len(own[states.get(kind, "decoder_hidden_states")]) - 1  # one before the first, and one after each
            if len(own[kind]) != layers:
                raise ModelError(
                    _(
                        "{model} can't be shown: only {some} of its {all} layers ({kind}) have attention, and what the "
                        "others do is no map."
                    ).format(model=name, some=len(own[kind]), all=layers, kind=self._model.config.model_type)
                )
        windows = windows_of(self._model.config)
        if any(max(windows) % window for window in windows):
            raise ModelError(
                _(
                    "{model} can't be shown: its widest window, {widest}, is no multiple of {other}, and transformers "
                    "reads no text with such windows."
                ).format(model=name, widest=max(windows), other=next(each for each in windows if max(windows) % each))
            )

    def _check_shapes(self, name: str, weights: Sequence[Tensor]) -> None:
        if shapes := unlike(weights):
            raise ModelError(
                _(
                    "{model} can't be shown: the maps of its layers ({kind}) differ in shape, {one} and {other} "
                    "(heads × queries × keys)."
                ).format(model=name, kind=self._model.config.model_type, one=shapes[0], other=shapes[1])
            )

    def _stack(
        self,
        weights: Sequence[Tensor],
        calls: Sequence[Call],
        rows: tuple[Token, ...],
        columns: tuple[Token, ...],
        hidden: Sequence[Tensor],
        *,
        causal: bool,
    ) -> Stacked:
        if not are_maps(weights, sink=self._sink):
            raise ModelError(
                _("The rows of {model} don't sum to 1 for this text, so they can't be shown as shares.").format(
                    model=self.card.title
                )
            )
        self._check_shapes(self.card.title, weights)
        told = agree(weights, calls) and are_alike(calls)
        outputs = [self._outputs.get(call.module) for call in calls]
        whole = [output for output in outputs if output is not None]
        return Stacked(
            rows=rows,
            columns=columns,
            weights=together([one[0] for one in weights]),
            hidden=together([state[0] for state in hidden]),
            queries=together([call.query for call in calls]) if told else None,
            keys=together([call.key for call in calls]) if told else None,
            values=together([call.value for call in calls]) if told else None,
            scales=np.array([call.scale for call in calls] if told else np.ones(len(weights)), np.float32),
            biases=tuple(None if call.bias is None else call.bias.numpy() for call in calls)
            if told
            else (None,) * len(weights),
            output=np.stack(whole) if told and len(whole) == len(calls) else None,
            causal=causal,
        )


def _with_attentions(changed: Any, calls: Sequence[Call], encoder_layers: int) -> Any:
    """Return what a model gave, with the attentions of its layers at work."""
    weights = [call.weights[None] for call in calls]
    if encoder_layers:
        changed["encoder_attentions"] = tuple(weights[:encoder_layers])
        changed["decoder_attentions"] = tuple(weights[encoder_layers::2])
        changed["cross_attentions"] = tuple(weights[encoder_layers + 1 :: 2])
    else:
        changed["attentions"] = tuple(weights)
    return changed
