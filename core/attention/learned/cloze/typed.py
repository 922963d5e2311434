"""Typed texts and questions as words that a reader knows, and what is said of those that it doesn't. Free of torch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Final

from core.attention.errors import TextError
from core.attention.learned.cloze import questions as q
from core.attention.learned.cloze.excerpts import EXCERPTS
from core.attention.learned.cloze.questions import BLANK, Question, story
from core.attention.learned.refusal import in_chinese, not_a_question, not_a_sentence, works
from core.attention.learned.translation.segment import known_words
from core.attention.learned.vocabulary import Vocabulary
from core.attention.words import tagged_words
from core.language import _, in_a_row

LONGEST_STORY: Final = 12
"""Sentences."""
LONGEST_TEXT: Final = 200
"""Words of a text of the newspaper's kind, of which the reader has learned from up to ``questions.CONTEXT``."""
_FIRST_SEED: Final = 100_000
"""Far from the seed by which the stories to learn from were drawn."""
_SHORT: Final = 5
"""Sentences of a story that is drawn to be looked at, the fewest there are."""
_BLANK: Final = re.compile(r"[_＿]+|[（(]\s*[）)]")
_END: Final = re.compile(r"[。．.！!？?；;\n]+")
_ASIDE: Final = re.compile(r"[\s，,、]+")


def _one_of(words: Sequence[str]) -> str:
    return f"({'|'.join(words)})"


_DEED: Final = f"(在){_one_of(q.PLACES)}{_one_of(q.ACTIONS)}{_one_of(q.THINGS)}"
_TOLD: Final = re.compile(f"{_one_of(q.TIMES)}?{_one_of(q.NAMES)}{_DEED}")
_OPENINGS: Final = {"".join(words): words for words in q.OPENINGS}
_WORDS: Final = Vocabulary.of(
    [(*q.NAMES, *q.ACTIONS, *q.THINGS, *q.PLACES, *q.TIMES, "在", "是", *filter(None, _OPENINGS))]
)
"""All that stories and questions are made of, marks aside."""
_ASKED: Final = re.compile(f"{_one_of(tuple(_OPENINGS))}(是)({BLANK}){_DEED}")


def drawn_story(number: int) -> tuple[str, str]:
    """Return the story of a number and its question as they are typed, always the same, as short as there are."""
    rng = Random(_FIRST_SEED + number)  # noqa: S311  nothing secret is drawn
    while len((drawn := story(rng)).candidates) > _SHORT:
        pass
    return "".join(drawn.document), "".join(drawn.asked)


def drawn_excerpt(number: int) -> tuple[str, str]:
    """Return a text of the newspaper and its question; after the last comes the first."""
    excerpt = EXCERPTS[number % len(EXCERPTS)]
    return excerpt.text, excerpt.question


def is_story(text: str, question: str) -> bool:
    """Whether the reader of stories can read both."""
    try:
        read_story(text, question)
    except TextError:
        return False
    return True


def has_blank(question: str) -> bool:
    """Whether a word is left out."""
    return len(_BLANK.findall(question)) == 1


def read_story(text: str, question: str) -> Question:
    """Return a typed story and question; the answer is empty unless exactly one person did what is asked.

    Raises:
        TextError: a sentence is none of the simulated world, or there are none, or too many; the text says what works.
    """
    sentences = [part for part in _END.split(text) if part.strip()]
    if not sentences:
        told = _("There is no story. Type sentences such as: {sentence}")
        raise TextError(told.format(sentence=_nearest_told("")))
    if len(sentences) > LONGEST_STORY:
        message = _("The story has {n} sentences; this model reads up to {most}. Shorten it.")
        raise TextError(message.format(n=len(sentences), most=LONGEST_STORY))
    facts = [_fact(number, sentence) for number, sentence in enumerate(sentences, 1)]
    plain = _ASIDE.sub("", _END.sub("", _BLANK.sub(BLANK, question)))
    asked = _ASKED.fullmatch(plain)
    if asked is None:
        message = not_a_question(question, _WORDS.known, _strange)
        raise TextError(in_a_row(filter(None, [message, in_chinese(question), works(_nearest_asked(plain))])))
    opening, *rest = asked.groups()
    right = {fact[1] for fact in facts if fact[2:] == tuple(rest[2:])}
    return Question(
        tuple(word for fact in facts for word in (*filter(None, fact), "。")),
        (*_OPENINGS[opening], *rest, "。"),
        right.pop() if len(right) == 1 else "",
        tuple(dict.fromkeys(fact[1] for fact in facts)),
    )


def read_text(text: str, question: str) -> Question:
    """Return a text of the newspaper's kind and a question about it; the answer is empty unless it is an excerpt's.

    Words and nouns are jieba's, whose names for kinds of words are those by which the newspaper was made into
    questions.

    Raises:
        TextError: there is no blank or more than one, or no noun in the text, or too many words.
    """
    if not has_blank(question):
        message = _("The question needs one blank: put {blank} where a word of the text is left out.")
        raise TextError(message.format(blank=BLANK))
    tagged = tagged_words(text)
    if len(tagged) > LONGEST_TEXT:
        message = _("The text has {n} words; this model reads up to {most}. Shorten it.")
        raise TextError(message.format(n=len(tagged), most=LONGEST_TEXT))
    nouns = tuple(dict.fromkeys(word for word, kind in tagged if kind.startswith("n") and len(word) > 1))
    if not nouns:
        raise TextError(
            in_a_row(
                [
                    _("No word of this text can be the answer: it needs Chinese nouns of two characters or more."),
                    works(EXCERPTS[0].text),
                ]
            )
        )
    before, after = _BLANK.split(question)
    asked = (*_words(before), BLANK, *_words(after))
    known = {(one.text, one.question): one.answer for one in EXCERPTS}
    return Question(tuple(word for word, _kind in tagged), asked, known.get((text, question), ""), nouns)


def _words(text: str) -> list[str]:
    return [word for word, _kind in tagged_words(text)]


def _fact(number: int, sentence: str) -> tuple[str, ...]:
    """Return (time or empty, person, 在, place, deed, thing)."""
    found = _TOLD.fullmatch(_ASIDE.sub("", sentence))
    if found is None:
        told = not_a_sentence(number, sentence, _WORDS.known, _strange)
        raise TextError(in_a_row(filter(None, [told, in_chinese(sentence), works(_nearest_told(sentence))])))
    return tuple(word or "" for word in found.groups())


def _strange(text: str) -> list[str]:
    """Return the stretches of a text that are no word of the world."""
    return known_words(_ASIDE.sub(" ", _END.sub(" ", _BLANK.sub(" ", text))), _WORDS)[1]


def _nearest_told(sentence: str) -> str:
    """Return a sentence of the world with every word of it that stands in ``sentence``."""
    time, person = _first(q.TIMES, sentence), _first(q.NAMES, sentence)
    return f"{time}{person}{_nearest_deed(sentence)}"


def _nearest_asked(question: str) -> str:
    return f"是{BLANK}{_nearest_deed(question)}"


def _nearest_deed(sentence: str) -> str:
    return f"在{_first(q.PLACES, sentence)}{_first(q.ACTIONS, sentence)}{_first(q.THINGS, sentence)}。"


def _first(words: Sequence[str], sentence: str) -> str:
    return next((word for word in words if word in sentence), words[0])
