"""A trained model that translates what is typed, and shows where it looked for each word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch

from core.attention.errors import ModelError, TextError
from core.attention.learned.dates.generator import characters, some_writings
from core.attention.learned.refusal import first_of, in_chinese, not_known, works
from core.attention.learned.store import Saved, load_into
from core.attention.learned.training import Schedule, fresh
from core.attention.learned.translation.grammar.sentences import some_sentences
from core.attention.learned.translation.model import Seq2Seq, Seq2SeqConfig
from core.attention.learned.translation.segment import known_words, nearest_text, nearest_word, with_end
from core.attention.learned.vocabulary import END, PAD, START, Vocabulary
from core.attention.results import Floats
from core.decode import DecodeError, decode
from core.language import _, in_a_row, listed

_UNSURE: Final = 0.3
"""A word less probable than this was guessed."""
_UNSURE_CHARACTER: Final = 0.7
"""The same of a character: there are few, and one that is right has nearly all probability."""
_LONGEST_OUTPUT: Final = 60


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence in the other language.

    Attributes:
        source: its words as the model read them.
        target: the words it said.
        probabilities: (m,) of each of them when it was said.
        weights: (m, n) where each looked; None for a model without attention.
        encoded: (n, h) the encoder's states.
        first: (h,) the decoder's state before it said anything.
        states: (m, h) the decoder's state at each word.
        contexts: (m, h) the context of each word.
        note: what has to be said about it; empty where nothing.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    probabilities: Floats
    weights: Floats | None
    encoded: Floats
    first: Floats
    states: Floats
    contexts: Floats
    note: str = ""


class Translator:
    """A Seq2Seq model with its words."""

    def __init__(
        self,
        model: Seq2Seq,
        source: Vocabulary,
        target: Vocabulary,
        *,
        offers: Callable[[], Sequence[str]] = some_sentences,
        reads_chinese: bool = False,
        by_character: bool = False,
    ) -> None:
        """Translate with ``model``.

        Args:
            model: the model, trained.
            source: words it reads.
            target: words it says.
            offers: gives texts like those it has learned, one of which is offered in place of what it can't read.
            reads_chinese: whether Chinese is all it reads.
            by_character: its words are characters.
        """
        self.model, self.source, self.target = model.eval(), source, target
        self._offers, self._reads_chinese, self._by_character = offers, reads_chinese, by_character

    @classmethod
    def load(cls, saved: Saved) -> Translator:
        """Return the translator that ``saved`` holds.

        Raises:
            ModelError: it is another model, or damaged.
        """
        config, source, target = read_config(saved)
        model: Seq2Seq = fresh(0, Seq2Seq, config, len(source), len(target))
        load_into(model, saved.weights)
        if saved.record.config.get("unit") == "character":
            return cls(model, source, target, offers=some_writings, by_character=True)
        if "pairs" in saved.record.config:
            return cls(model, source, target, offers=lambda: saved.record.config.get("examples", ()))
        return cls(model, source, target, reads_chinese=True)

    def read(self, text: str) -> list[str]:
        """Return ``text`` as words that the model knows.

        Raises:
            TextError: it has others, or none; the text names them and what would work.
        """
        words, strange = self._cut(text)
        if strange:
            raise TextError(self._refusal(words, strange))
        if not words:
            raise TextError(_("There is nothing to translate. Type a sentence."))
        words = words if self._by_character else with_end(words, self.source)
        if len(words) > self.model.config.longest:
            message = _("The sentence has {n} words; this model knows sentences of up to {most}. Shorten it.")
            raise TextError(message.format(n=len(words), most=self.model.config.longest))
        return words

    def _cut(self, text: str) -> tuple[list[str], list[str]]:
        """Return the words of ``text``, and the stretches that are none."""
        if not self._by_character:
            return known_words(text, self.source)
        words = list(characters(text))
        return words, [letter for letter in words if letter not in self.source]

    @torch.no_grad()
    def translate(self, text: str, *, notes_doubt: bool = True) -> Translation:
        """Translate a typed sentence, taking the likeliest word at each step.

        Args:
            text: the sentence.
            notes_doubt: say where words were guessed, and which sentence would work.

        Raises:
            TextError: as :meth:`read`.
        """
        source = self.read(text)
        encoded = self.model.encode(torch.tensor([self.source.numbers(source)]))
        state, context = encoded.last, encoded.last  # (1, h)
        word = torch.tensor([START])
        said, sure = list[int](), list[float]()
        rows, states, contexts = list[Floats](), list[Floats](), list[Floats]()
        for t in range(_LONGEST_OUTPUT):
            state, context, weights, _drawn = self.model.advance(self.model.target(word), state, context, encoded, t)
            scores = self.model.say(state, context)[0]  # (V,)
            scores[[PAD, START]] = -torch.inf
            word = scores.argmax(keepdim=True)
            if int(word) == END:
                break
            said.append(int(word))
            sure.append(float(scores.softmax(dim=-1)[word]))
            states.append(state[0].numpy())
            contexts.append(context[0].numpy())
            if weights is not None:
                rows.append(weights[0].numpy())
        probabilities = np.array(sure, np.float32)
        return Translation(
            source=tuple(source),
            target=tuple(self.target.texts(said)),
            probabilities=probabilities,
            weights=np.stack(rows) if rows else None,
            encoded=encoded.states[0].numpy(),
            first=encoded.last[0].numpy(),
            states=_stacked(states, encoded.states.shape[-1]),
            contexts=_stacked(contexts, encoded.states.shape[-1]),
            note=self._doubt(source, probabilities) if notes_doubt else "",
        )

    def _refusal(self, words: list[str], strange: list[str]) -> str:
        near = {} if self._by_character else {word: nearest_word(word, self.source) for word in first_of(strange)}
        instead = listed(f"{word} → {other}" for word, other in near.items() if other is not None)
        sentences = [
            not_known(self.source.known, strange, by_character=self._by_character),
            in_chinese("".join([*words, *strange])) if self._reads_chinese else "",
            _("Nearest it knows: {words}.").format(words=instead) if instead else "",
            self._offer(words),
        ]
        return in_a_row(filter(None, sentences))

    def _offer(self, words: Sequence[str]) -> str:
        """Return the nearest text that works; nothing where none is known."""
        offers = self._offers()
        if not offers:
            return ""
        nearest = nearest_text(words, {text: self._cut(text)[0] for text in offers})
        return works(nearest)

    def _doubt(self, source: list[str], probabilities: Floats) -> str:
        """Return what is said of a sentence whose words are known and whose like is not."""
        least = _UNSURE_CHARACTER if self._by_character else _UNSURE
        if len(probabilities) and float(probabilities.min()) >= least:
            return ""
        doubt = _("The model guesses: it has learned nothing built like this.")
        return in_a_row(filter(None, [doubt, self._offer(source)]))


def _stacked(vectors: list[Floats], width: int) -> Floats:
    return np.stack(vectors) if vectors else np.zeros((0, width), np.float32)


def read_config(saved: Saved) -> tuple[Seq2SeqConfig, Vocabulary, Vocabulary]:
    """Return what the model is built from and its words.

    Raises:
        ModelError: it is another model, or damaged.
    """
    config: dict[str, Any] = saved.record.config
    try:
        words = config["vocabulary"]
        decode(Schedule, config["schedule"])
        return decode(Seq2SeqConfig, config["model"]), Vocabulary(words["source"]), Vocabulary(words["target"])
    except (DecodeError, KeyError, TypeError, ValueError) as error:
        message = _("{path} is no model that translates, or its record is damaged: {reason}")
        raise ModelError(message.format(path=saved.weights, reason=error)) from error
