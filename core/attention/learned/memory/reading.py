"""Typed stories and questions as words of the simulated world, and what is said of sentences that it has not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import product
from typing import Final, Literal, cast

from core.attention.errors import TextError
from core.attention.learned.memory import words as w
from core.attention.learned.memory.stories import LONGEST
from core.attention.learned.refusal import not_a_question, not_a_sentence, works
from core.attention.learned.translation.segment import known_words
from core.attention.learned.vocabulary import Vocabulary
from core.language import _, in_a_row

Fact = tuple[str, str, str]
Task = Literal["one", "two", "three", "count", "yes-no"]

_END: Final = re.compile(r"[。．.！!？?；;\n]+")
_ASIDE: Final = re.compile(r"[\s，,、“”\"']+|\bthe\b", re.IGNORECASE)
_SHOWN_LETTERS: Final = 24
_FIRST: Final = (w.PEOPLE[0], w.WENT, w.PLACES[0])
_FIRST_QUESTION: Final = (w.THINGS[0], w.WHERE)


def read_facts(story: str) -> tuple[Fact, ...]:
    """Return a story's sentences, told in Chinese or English.

    Raises:
        TextError: there are none, or too many, or one that the world has not; the text says what would work.
    """
    sentences = [part for part in _END.split(story) if part.strip()]
    if not sentences:
        raise TextError(_("There is no story. Type sentences such as: {sentence}").format(sentence=_said(_FIRST, "")))
    if len(sentences) > LONGEST:
        message = _("The story has {n} sentences; this model reads up to {most}. Shorten it.")
        raise TextError(message.format(n=len(sentences), most=LONGEST))
    known = _facts()
    for number, sentence in enumerate(sentences, 1):
        if _plain(sentence) not in known:
            told = not_a_sentence(number, sentence, *_words_of(language_of(sentence)))
            raise TextError(in_a_row([told, _nearest(sentence, known, _FIRST)]))
    return tuple(cast("Fact", known[_plain(sentence)]) for sentence in sentences)


def read_question(question: str) -> tuple[str, ...]:
    """Return a question's words.

    Raises:
        TextError: it is none that the models have learned; the text says what would work.
    """
    known = _questions()
    if _plain(question) not in known:
        told = not_a_question(question, *_words_of(language_of(question)))
        raise TextError(in_a_row([told, _nearest(question, known, _FIRST_QUESTION)]))
    return known[_plain(question)]


def task_of(question: tuple[str, ...]) -> Task:
    """Return what kind of question it is, for each of which a model was trained."""
    if question[-1] == w.WHERE:
        return "two" if question[0] in w.THINGS else "one"
    return {w.BEFORE: "three", w.HOW_MANY: "count", w.IS_IN: "yes-no"}[question[-1]]  # type: ignore[return-value]


def answers_to(question: tuple[str, ...]) -> tuple[str, ...]:
    """Return every word that can be an answer to a question."""
    return {"count": w.NUMBERS, "yes-no": (w.YES, w.NO)}.get(task_of(question), w.PLACES)


def language_of(text: str) -> w.SpokenLanguage:
    """Return which of both languages a text is in."""
    return "en" if text.isascii() else "zh"


@cache
def _facts() -> Mapping[str, tuple[str, ...]]:
    """Return every fact that can be told, by its text without what may be left out."""
    went = product(w.PEOPLE, (w.WENT,), w.PLACES)
    handled = product(w.PEOPLE, (w.TOOK, w.DROPPED), w.THINGS)
    return _by_text([*went, *handled])


@cache
def _questions() -> Mapping[str, tuple[str, ...]]:
    where = product((*w.PEOPLE, *w.THINGS), (w.WHERE,))
    before = product(w.THINGS, w.PLACES, (w.BEFORE,))
    is_in = product(w.PEOPLE, w.PLACES, (w.IS_IN,))
    return _by_text([*where, *before, *product(w.PEOPLE, (w.HOW_MANY,)), *is_in])


def _by_text(told: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {_plain(w.say(words, language)): words for words in told for language in ("zh", "en")}


@cache
def _words_of(language: w.SpokenLanguage) -> tuple[int, Callable[[str], list[str]]]:
    """Return how many words the world has in a language, and what finds those of a text that it has not."""
    if language == "zh":
        known = Vocabulary.of([w.WORDS[1:]])
        return known.known, lambda text: known_words(_ASIDE.sub(" ", _END.sub(" ", text)), known)[1]
    said = {word for words in (*_facts().values(), *_questions().values()) for word in _english(w.say(words, "en"))}
    return len(said), lambda text: [word for word in _english(text) if word.casefold() not in map(str.casefold, said)]


def _english(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _plain(sentence: str) -> str:
    return _ASIDE.sub("", _END.sub("", sentence)).casefold()


def _nearest(sentence: str, known: Mapping[str, tuple[str, ...]], otherwise: tuple[str, ...]) -> str:
    """Return what works: the sentence of the world that is most like the one that was typed."""
    near = get_close_matches(_plain(sentence)[:_SHOWN_LETTERS], known, n=1, cutoff=0.4)
    words = known[near[0]] if near else otherwise
    return works(_said(words, sentence))


def _said(words: tuple[str, ...], like: str) -> str:
    return w.say(words, language_of(like) if like else "zh")
