"""A trained model that translates what is typed, and shows where it looked for each word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch

from core.attention.errors import ModelError, TextError
from core.attention.learned.store import Saved, load_into
from core.attention.learned.training import Schedule, fresh
from core.attention.learned.translation.grammar.sentences import some_sentences
from core.attention.learned.translation.model import Seq2Seq, Seq2SeqConfig
from core.attention.learned.translation.segment import known_words, nearest_sentence, nearest_word, with_end
from core.attention.learned.vocabulary import END, PAD, START, Vocabulary
from core.attention.results import Floats
from core.decode import DecodeError, decode
from core.language import _, ngettext

_UNSURE: Final = 0.3
"""A word less probable than this was guessed."""
_LONGEST_OUTPUT: Final = 60
_SHOWN_STRANGE: Final = 3


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence in the other language.

    Attributes:
        source: its words as the model read them.
        target: the words it said.
        probabilities: (m,) of each of them when it was said.
        weights: (m, n) where each looked; None for a model without attention.
        note: what has to be said about it; empty where nothing.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    probabilities: Floats
    weights: Floats | None
    note: str = ""


class Translator:
    """A Seq2Seq model with its words."""

    def __init__(self, model: Seq2Seq, source: Vocabulary, target: Vocabulary, *, is_of_grammar: bool = True) -> None:
        """Translate with ``model``.

        Args:
            model: the model, trained.
            source: words it reads.
            target: words it says.
            is_of_grammar: it has learned our grammar's sentences, one of which is offered in place of others.
        """
        self.model, self.source, self.target = model.eval(), source, target
        self._is_of_grammar = is_of_grammar

    @classmethod
    def load(cls, saved: Saved) -> Translator:
        """Return the translator that ``saved`` holds.

        Raises:
            ModelError: it is another model, or damaged.
        """
        config, source, target = read_config(saved)
        model: Seq2Seq = fresh(0, Seq2Seq, config, len(source), len(target))
        load_into(model, saved.weights)
        return cls(model, source, target, is_of_grammar="pairs" not in saved.record.config)

    def read(self, text: str) -> list[str]:
        """Return ``text`` as words that the model knows.

        Raises:
            TextError: it has others, or none; the text names them and what would work.
        """
        words, strange = known_words(text, self.source)
        if strange:
            raise TextError(self._refusal(words, strange))
        if not words:
            raise TextError(_("There is nothing to translate. Type a sentence."))
        words = with_end(words, self.source)
        if len(words) > self.model.config.longest:
            message = _("The sentence has {n} words; this model knows sentences of up to {most}. Shorten it.")
            raise TextError(message.format(n=len(words), most=self.model.config.longest))
        return words

    @torch.no_grad()
    def translate(self, text: str) -> Translation:
        """Translate a typed sentence, taking the likeliest word at each step.

        Raises:
            TextError: as :meth:`read`.
        """
        source = self.read(text)
        encoded = self.model.encode(torch.tensor([self.source.numbers(source)]))
        state, context = encoded.last, encoded.last  # (1, h)
        word = torch.tensor([START])
        said, sure, rows = list[int](), list[float](), list[Floats]()
        for t in range(_LONGEST_OUTPUT):
            state, context, weights, _drawn = self.model.advance(self.model.target(word), state, context, encoded, t)
            scores = self.model.say(state, context)[0]  # (V,)
            scores[[PAD, START]] = -torch.inf
            word = scores.argmax(keepdim=True)
            if int(word) == END:
                break
            said.append(int(word))
            sure.append(float(scores.softmax(dim=-1)[word]))
            if weights is not None:
                rows.append(weights[0].numpy())
        probabilities = np.array(sure, np.float32)
        return Translation(
            source=tuple(source),
            target=tuple(self.target.texts(said)),
            probabilities=probabilities,
            weights=np.stack(rows) if rows else None,
            note=self._doubt(source, probabilities),
        )

    def _refusal(self, words: list[str], strange: list[str]) -> str:
        shown = list(dict.fromkeys(strange))[:_SHOWN_STRANGE]
        known = ngettext("This model knows {n} word", "This model knows {n} words", self.source.known)
        what = ngettext("“{words}” is not one", "“{words}” are not among them", len(shown))
        lines = [f"{known.format(n=self.source.known)}; {what.format(words='”, “'.join(shown))}."]
        near = {word: nearest_word(word, self.source) for word in shown}
        instead = [f"{word} → {other}" for word, other in near.items() if other is not None]
        if instead:
            lines.append(_("Nearest it knows: {words}.").format(words=", ".join(instead)))
        if self._is_of_grammar:
            lines.append(
                _("A sentence that works: {sentence}").format(sentence=nearest_sentence(words, some_sentences()))
            )
        return " ".join(lines)

    def _doubt(self, source: list[str], probabilities: Floats) -> str:
        """Return what is said of a sentence whose words are known and whose like is not."""
        if len(probabilities) and float(probabilities.min()) >= _UNSURE:
            return ""
        doubt = _("The model guesses: it has learned no sentence built like this one.")
        if self._is_of_grammar:
            near = nearest_sentence(source, some_sentences())
            return f"{doubt} {_('A sentence that works: {sentence}').format(sentence=near)}"
        return doubt


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
