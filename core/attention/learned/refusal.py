"""What is said of a typed text that is none of a model's world: which words it doesn't know, and what would work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from core.language import _, in_a_row, ngettext

_MOST_WORDS: Final = 3
_MOST_LETTERS: Final = 24
_FIRST_IDEOGRAPH: Final = "\u3400"
_MOST_CUT: Final = 200
"""Characters of a sentence that are looked at for words that nobody knows."""


def first_of(strange: Iterable[str]) -> list[str]:
    """Return the first few different ones, as they are shown."""
    return [shortened(word) for word in list(dict.fromkeys(strange))[:_MOST_WORDS]]


def not_known(known: int, strange: Iterable[str], *, by_character: bool = False) -> str:
    """Return which words a model of ``known`` words doesn't know, the first of them; or which characters."""
    shown = first_of(strange)
    if by_character:
        message = ngettext(
            'This model knows {n} characters; "{words}" is not one.',
            'This model knows {n} characters; "{words}" are not among them.',
            len(shown),
        )
    else:
        message = ngettext(
            'This model knows {n} words; "{words}" is not one.',
            'This model knows {n} words; "{words}" are not among them.',
            len(shown),
        )
    return message.format(n=known, words=_('", "').join(shown))


def not_a_sentence(number: int, sentence: str, known: int, strange: Callable[[str], Iterable[str]]) -> str:
    """Return what is wrong with a sentence of a story: its words, or the order in which they stand.

    Args:
        number: of the sentence, from 1.
        sentence: as it was typed.
        known: how many words the model knows.
        strange: finds those of a text that it doesn't know.
    """
    unknown = list(strange(sentence[:_MOST_CUT]))
    if unknown:
        return in_a_row([not_known(known, unknown), _("That is in sentence {number}.").format(number=number)])
    told = _('Sentence {number}, "{sentence}", is built like none that this model has learned.')
    return told.format(number=number, sentence=shortened(sentence.strip()))


def not_a_question(question: str, known: int, strange: Callable[[str], Iterable[str]]) -> str:
    """Return what is wrong with a question, as :func:`not_a_sentence` does."""
    unknown = list(strange(question[:_MOST_CUT]))
    if unknown:
        return in_a_row([not_known(known, unknown), _("That is in the question.")])
    told = _('The question "{question}" is none that these models have learned.')
    return told.format(question=shortened(question.strip()))


def in_chinese(text: str) -> str:
    """Return that Chinese is what is read, where no character of ``text`` is; nothing where one is."""
    is_there = any(letter >= _FIRST_IDEOGRAPH and letter.isalpha() for letter in text)
    return "" if is_there else _("It reads Chinese.")


def works(text: str) -> str:
    """Return the offer of a text that can be read."""
    return _("This works: {sentence}").format(sentence=text)


def shortened(words: str) -> str:
    """Return the beginning of what is too long to be repeated."""
    return words if len(words) <= _MOST_LETTERS else f"{words[:_MOST_LETTERS]}…"
