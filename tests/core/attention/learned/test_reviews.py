"""Reviews: cut into sentences, and read in four ways that differ in what they weigh."""

from __future__ import annotations

import pytest
import torch

from core.attention.errors import TextError
from core.attention.learned.packaged import packaged_lines
from core.attention.learned.recurrent import read
from core.attention.learned.reviews.corpus import SENTENCES, WORDS, Review, Reviews, batch_of, sentences_of
from core.attention.learned.reviews.lesson import CONFIGS, ReviewLesson, examine
from core.attention.learned.reviews.model import ReviewConfig, ReviewModel, mean
from core.attention.learned.training import Schedule, Training
from core.attention.learned.vocabulary import Vocabulary

GOOD = Review((("很", "好"), ("服务", "好", "！")), is_good=True)
BAD = Review((("太", "差"), ("不", "好"), ("差", "差", "差")), is_good=False)
WORDS_OF = Vocabulary.of(sentence for review in (GOOD, BAD) for sentence in review.sentences)
REVIEWS = Reviews((GOOD, BAD) * 20, (GOOD, BAD), (GOOD, BAD, BAD))


def model(name):
    torch.manual_seed(0)
    config = CONFIGS[name]
    return ReviewModel(ReviewConfig(config.kind, config.penalty, embedding=8, hidden=8), len(WORDS_OF)).eval()


def test_a_review_is_cut_into_sentences_of_words():
    assert sentences_of("房间很大。不过早餐太差！！") == (
        ("房间", "很大", "。"),
        ("不过", "早餐", "太", "差", "！", "！"),
    )
    assert len(sentences_of("好。" * 50)) == SENTENCES
    assert all(len(sentence) <= WORDS for sentence in sentences_of("好" * 300))


def test_a_package_that_is_missing_is_said_in_a_sentence():
    with pytest.raises(TextError, match="pip install no-such-package"):
        packaged_lines("no-such-package", "a.txt")


@pytest.mark.parametrize("name", CONFIGS)
def test_a_review_is_judged_alone_as_among_longer_ones(name):
    made = model(name)
    together, alone = batch_of([GOOD, BAD], WORDS_OF), batch_of([GOOD], WORDS_OF)
    torch.testing.assert_close(made(together.words).logits[:1], made(alone.words).logits, rtol=1e-4, atol=1e-5)


def test_hierarchical_weights_sum_to_one_over_what_is_there():
    batch = batch_of([GOOD, BAD], WORDS_OF)
    mood = model("han")(batch.words)
    assert mood.words.shape == batch.words.shape
    torch.testing.assert_close(mood.sentences.sum(dim=1), torch.ones(2))
    torch.testing.assert_close(mood.words[0, :2].sum(dim=-1), torch.ones(2))
    assert not mood.words[0, 2].any()
    assert not mood.words[batch.words == 0].any()


def test_rows_of_weights_lie_on_the_words_they_belong_to():
    batch = batch_of([GOOD, BAD], WORDS_OF)
    weights = model("multi")(batch.words).words
    assert weights.shape == (2, 6, batch.words[0].numel())
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(2, 6))
    assert not weights.masked_select((batch.words == 0).flatten(1).unsqueeze(1)).any()


def test_a_mean_leaves_gaps_out():
    vectors = torch.tensor([[[2.0], [4.0], [100.0]]])
    assert mean(vectors, torch.tensor([[True, True, False]])).tolist() == [[3.0]]


def test_a_gru_reads_no_gaps_in_either_direction():
    torch.manual_seed(0)
    gru = torch.nn.GRU(2, 3, batch_first=True, bidirectional=True)
    text = torch.randn(1, 3, 2)
    longer = torch.cat([text, torch.ones(1, 2, 2)], dim=1)
    there = torch.tensor([[True, True, True, False, False]])
    torch.testing.assert_close(read(gru, longer, there)[:, :3], gru(text)[0])


def test_the_penalty_is_part_of_the_loss():
    lessons = [
        ReviewLesson(ReviewConfig("multi", penalty, 8, 8), REVIEWS, WORDS_OF, Schedule(3, 1e-2, 4), 0)
        for penalty in (0.0, 1.0)
    ]
    for lesson in lessons:
        lesson.model.eval()
    without, with_it = (float(lesson.loss(0).detach()) for lesson in lessons)
    assert with_it > without + 0.1


def test_what_two_words_say_is_learned_at_once():
    schedule = Schedule(30, 5e-2, 4, warm_up=1)
    lesson = ReviewLesson(ReviewConfig("mean", 0.0, 8, 8, dropout=0.0), REVIEWS, WORDS_OF, schedule, 0)
    for _step in Training(lesson).run():
        pass
    assert examine(lesson.model.eval(), REVIEWS.test, WORDS_OF)["accuracy"] == 1.0


def test_some_words_are_hidden_while_it_learns_and_none_when_it_is_asked():
    def lesson(share):
        config = ReviewConfig("mean", embedding=8, hidden=8, dropout=0.0, hidden_words=share)
        return ReviewLesson(config, REVIEWS, WORDS_OF, Schedule(4, 1e-2, batch=4), 0)

    losses = [lesson(share).loss(0).item() for share in (0.0, 0.0, 1.0)]
    assert losses[0] == losses[1] != losses[2]
    assert lesson(1.0).watch() == lesson(0.0).watch()
