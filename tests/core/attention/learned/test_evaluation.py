"""BLEU, exact sentences and AER, by hand."""

from __future__ import annotations

import pytest

from core.attention.learned.translation.evaluation import (
    Judged,
    alignment_error_rate,
    bleu,
    exact,
    greedy,
    judge,
    quarters,
)
from core.attention.learned.translation.grammar.pieces import SentencePair
from core.attention.learned.vocabulary import END

PAIR = SentencePair(
    zh=("我", "买", "了", "书", "。"),
    en=("I", "bought", "the", "book", "."),
    sure=frozenset({(0, 0), (1, 1), (3, 3), (4, 4)}),
    possible=frozenset({(0, 0), (1, 1), (3, 3), (4, 4), (1, 2), (2, 3)}),
)


def judged(looked, said=PAIR.en):
    return [Judged(PAIR, said, looked)]


def test_the_right_links_have_no_error():
    assert alignment_error_rate(judged((0, 1, 3, 3, 4))) == 0


def test_a_wrong_and_a_possible_link():
    """A = 0-0, 1-2 (possible), 2-0 (wrong), 3-3, 4-4: 1 − (3 + 4) / (5 + 4)."""
    assert alignment_error_rate(judged((0, 2, 0, 3, 4))) == pytest.approx(1 - 7 / 9)


def test_words_of_grammar_are_left_out_on_demand():
    """Without "the": A = 0-0, 1-2, 3-3, 4-4: 1 − (3 + 4) / (4 + 4)."""
    assert alignment_error_rate(judged((0, 2, 0, 3, 4)), content_only=True) == pytest.approx(1 - 7 / 8)


def test_weights_of_the_next_step_repair_a_map_that_belongs_to_the_word_read():
    late = (2, 0, 1, 3, 3)  # where each word should look stands one step later
    assert alignment_error_rate(judged(late), shift=1) == pytest.approx(1 - (3 + 4) / (4 + 4))  # 0-0, 1-1, 2-3, 3-3
    assert alignment_error_rate(judged(late)) > alignment_error_rate(judged(late), shift=1)


def test_without_attention_or_gold_there_is_no_error_rate():
    assert alignment_error_rate(judged(())) is None
    bare = Judged(SentencePair(PAIR.zh, PAIR.en), PAIR.en, (0, 1, 2, 3, 4))
    assert alignment_error_rate([bare]) is None


def test_bleu_of_the_right_words_and_of_half_of_them():
    assert bleu(judged((), PAIR.en)) == pytest.approx(100)
    assert bleu(judged((), ("I", "sold", "a", "dog", "?"))) < 20
    assert exact([*judged(()), *judged((), ("I",))]) == 0.5


def test_quarters_are_equal_and_the_last_has_the_longest(small_corpus):
    ones = [Judged(pair, (), ()) for pair in small_corpus.test]
    parts = quarters(ones)
    assert [len(part) for part in parts] == [4, 4, 4, 4]
    lengths = [len(one.pair.zh) for part in parts for one in part]
    assert lengths == sorted(lengths)


def test_every_sentence_is_judged_once_by_its_own_words(small_lesson, small_corpus):
    lesson = small_lesson()
    lesson.model.eval()
    ones = judge(lesson.model, small_corpus.test, small_corpus.source, small_corpus.target)
    assert {one.pair for one in ones} == set(small_corpus.test)
    for one in ones:
        assert len(one.looked) == len(one.pair.en)
        assert max(one.looked) < len(one.pair.zh)


def test_a_model_says_the_same_alone_and_among_others(small_lesson, small_corpus):
    lesson = small_lesson()
    lesson.model.eval()
    import torch

    length = len(small_corpus.train[0].zh)
    like = [pair for pair in small_corpus.train if len(pair.zh) == length][:4]
    together = torch.tensor([small_corpus.source.numbers(pair.zh) for pair in like])
    alone = greedy(lesson.model, together[:1])[0].tolist()
    among = greedy(lesson.model, together)[0].tolist()

    def until_end(numbers):
        return numbers[: numbers.index(END)] if END in numbers else numbers

    shortest = min(len(alone), len(among))
    assert until_end(alone)[:shortest] == until_end(among)[:shortest]
