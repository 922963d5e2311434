"""The grammar: the same said twice, and every word of one side linked to a word of the other."""

from __future__ import annotations

from itertools import islice, pairwise

import pytest

from core.attention.learned.translation.corpus import by_length, grammar_corpus
from core.attention.learned.translation.grammar.lexicon import NAMES, PEOPLE
from core.attention.learned.translation.grammar.pieces import Phrase, Source, finished, helping, said, words
from core.attention.learned.translation.grammar.sentences import LONGEST, sentences


@pytest.fixture(scope="module")
def drawn():
    return list(islice(sentences(3), 800))


def test_a_seed_gives_the_same_sentences_and_another_seed_gives_others():
    first, again, other = (list(islice(sentences(seed), 20)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_links_follow_their_words_into_the_other_order():
    """我 买 的 书: the book that I bought; written down by hand, the links by position."""
    me, buy, of, book = Source("我"), Source("买"), Source("的"), Source("书")
    english = (
        *helping("the", book),
        *words("book", book),
        *helping("that", of),
        *words("I", me),
        *words("bought", buy),
    )
    pair = finished(Phrase((me, buy, of, book), english))
    assert pair.zh == ("我", "买", "的", "书", "。")
    assert pair.en == ("the", "book", "that", "I", "bought", ".")
    assert pair.sure == {(1, 3), (3, 0), (4, 1), (5, 4)}
    assert pair.possible - pair.sure == {(0, 3), (2, 2)}


def test_a_becomes_an_by_ear():
    one, egg, cup = said("一", "a"), said("鸡蛋", "egg"), said("杯子", "cup")
    egg, cup = (finished(Phrase((*one.zh, *what.zh), (*one.en, *what.en))) for what in (egg, cup))
    assert (egg.en[0], cup.en[0]) == ("an", "a")


def test_every_english_word_is_linked_and_every_link_is_within_the_sentence(drawn):
    for pair in drawn:
        assert {at for at, _source in pair.possible} == set(range(len(pair.en)))
        assert all(source < len(pair.zh) for _at, source in pair.possible)
        assert pair.sure <= pair.possible
        assert len(pair.zh) <= LONGEST


def test_the_languages_order_their_words_differently(drawn):
    links = [sorted(pair.sure) for pair in drawn]
    crossing = sum(b[1] < a[1] for of_pair in links for a, b in pairwise(of_pair))
    assert crossing / sum(len(of_pair) - 1 for of_pair in links) > 0.1


def test_sentences_are_long_and_short_and_hold_what_the_survey_needs(drawn):
    lengths = [len(pair.zh) for pair in drawn]
    assert min(lengths) <= 5
    assert max(lengths) >= 35
    texts = [" ".join(pair.zh) for pair in drawn]
    for wanted in (
        "本 ",
        " 了 ",
        " 过 ",
        "正在",
        "会 ",
        "没有",
        "因为",
        "以前 ，",
        " 的 书",
        "把 ",
        "比 ",
        "吗 ？",
        "为什么",
    ):
        assert any(wanted in text for text in texts), wanted


def test_a_chinese_sentence_has_one_translation(drawn):
    translations = {}
    for pair in drawn:
        assert translations.setdefault(pair.zh, pair.en) == pair.en


def test_a_verb_agrees_with_the_noun_before_its_relative_clause(drawn):
    plural = {noun.many.split("_")[-1] for noun in PEOPLE}
    for pair in drawn:
        for noun, who, verb in zip(pair.en, pair.en[1:], pair.en[2:], strict=False):
            if who == "who" and verb in {"is", "are", "has", "have", "does", "do"}:
                assert (verb in {"are", "have", "do"}) == (noun in plural), pair.en


def test_no_sentence_is_in_two_parts_and_no_test_word_is_unknown(small_corpus):
    parts = [{pair.zh for pair in part} for part in (small_corpus.train, small_corpus.validation, small_corpus.test)]
    assert [len(part) for part in parts] == [150, 12, 16]
    assert not parts[0] & parts[1]
    assert not parts[0] & parts[2]
    assert not parts[1] & parts[2]


def test_the_vocabulary_is_of_hundreds():
    corpus = grammar_corpus(train=4000, validation=5, test=200)
    assert 250 < corpus.source.known < 400
    assert 450 < corpus.target.known < 700
    assert all(word in corpus.source for pair in corpus.test for word in pair.zh)
    assert all(row.zh in corpus.source for row in NAMES)


def test_pairs_are_grouped_by_the_length_of_their_source(small_corpus):
    groups = list(by_length(small_corpus.train, 8))
    assert sum(map(len, groups)) == 150
    for group in groups:
        assert len(group) <= 8
        assert len({len(pair.zh) for pair in group}) == 1
