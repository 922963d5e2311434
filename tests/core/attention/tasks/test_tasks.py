"""The tasks of the tab, driven inline."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from core.attention.encoders.huggingface import HuggingFaceEncoder
from core.attention.errors import NotAvailableError, TextError
from core.attention.requests import (
    AlignmentRequest,
    AttentionRequest,
    ComparisonRequest,
    HeadsRequest,
    Source,
    StepsRequest,
)
from core.attention.results import Alignment, AttentionMap, Comparison, HeadsGrid, Preparing, ThreeSteps
from core.attention.tasks import reading
from core.attention.tasks.alignment import align
from core.attention.tasks.attention_map import attend
from core.attention.tasks.comparison import compare
from core.attention.tasks.heads import show_heads
from core.attention.tasks.model_cache import ModelCache
from core.attention.tasks.reading import warm_up
from core.attention.tasks.steps import step_through
from core.runtime.events import Finished, Progressed
from core.runtime.inline import run_inline
from core.runtime.task import Job

SENTENCE = Source("我去银行取钱，行长走了。")


def last(task, kind):
    found = [step for step in task if isinstance(step, kind)]
    assert len(found) == 1
    return found[0]


def show(request):
    return last(attend(request), AttentionMap)


@pytest.fixture
def tiny(monkeypatch, folder_of):
    """A cache with a tiny model of each family, opened by its name."""
    made = ModelCache(lambda name, **_rest: HuggingFaceEncoder(str(folder_of(name))))
    monkeypatch.setattr(reading, "model_cache", lambda: made)
    return made


def test_all_heads_know_where_the_second_sentence_of_a_pair_begins(cache):
    grid = last(show_heads(HeadsRequest(Source("我去银行", pair="他也去"))), HeadsGrid)
    assert (grid.row_borders, grid.column_borders) == ((4,), (4,))
    assert last(show_heads(HeadsRequest(Source("我去银行"))), HeadsGrid).row_borders == ()


def test_a_map_of_characters(cache):
    shown = show(AttentionRequest(SENTENCE))
    assert [unit.text for unit in shown.rows] == list("我去银行取钱，行长走了。")
    assert np.allclose(shown.weights.sum(axis=1), 1, atol=1e-5)
    assert (shown.hidden > 0.3).all()  # the special tokens', which are not shown
    assert shown.reach.tolist() == [[0, 12]] * 12
    assert (shown.layer, shown.head, shown.windows, shown.note) == (None, None, 1, "")


def test_the_map_is_the_model_s_own_when_nothing_is_hidden(cache, e5):
    shown = show(AttentionRequest(SENTENCE, unit="piece", layer=-1, head=3, specials=True))
    raw = e5.forward(e5.tokenize(SENTENCE.text), ("",)).stack().weights[11, 3]
    assert np.array_equal(shown.weights, raw)
    assert (shown.layer, shown.head) == (11, 3)
    assert not shown.hidden.any()


def test_hiding_specials_divides_by_what_is_left(cache):
    whole = show(AttentionRequest(SENTENCE, unit="piece", specials=True))
    shown = show(AttentionRequest(SENTENCE, unit="piece"))
    typed = np.array([unit.is_typed for unit in whole.rows])
    assert [unit.label for unit in whole.rows][:3] == ["<s>", "▁", "我去"]  # e5's own blank goes with <s>
    part = whole.weights[typed][:, typed]
    assert np.allclose(shown.weights, part / part.sum(axis=1, keepdims=True), atol=1e-6)
    assert np.allclose(shown.hidden, 1 - part.sum(axis=1), atol=1e-6)


@pytest.mark.parametrize("unit", ["piece", "character", "word"])
@pytest.mark.parametrize("aggregation", ["weights", "rollout", "norms"])
def test_every_aggregation_in_every_unit(cache, unit, aggregation):
    shown = show(AttentionRequest(SENTENCE, unit=unit, aggregation=aggregation, layer=2, head=1))
    assert np.allclose(shown.weights.sum(axis=1), 1, atol=1e-4)
    assert shown.head == (None if aggregation == "rollout" else 1)
    assert len(shown.rows) == {"piece": 9, "character": 12, "word": 10}[unit]


def test_the_prefix_is_read_and_hidden(cache):
    plain, prefixed = (show(AttentionRequest(replace(SENTENCE, prefix=on))) for on in (False, True))
    assert [u.text for u in plain.rows] == [u.text for u in prefixed.rows]
    assert not np.allclose(plain.weights, prefixed.weights)
    assert prefixed.tokens == plain.tokens + 3


def test_the_grid_holds_every_head(cache):
    heads_grid = last(show_heads(HeadsRequest(SENTENCE)), HeadsGrid)
    assert heads_grid.tiles.shape == (12, 12, 12, 12)
    assert heads_grid.block == 1
    request = AttentionRequest(SENTENCE)
    one = show(replace(request, layer=4, head=7))
    assert np.allclose(heads_grid.tiles[4, 7], one.weights, atol=1e-6)
    assert {scores.shape for scores in heads_grid.patterns.values()} == {(12, 12)}
    pieces = show(replace(request, unit="piece", layer=4, head=7)).weights
    assert np.allclose(heads_grid.patterns["previous"][4, 7], np.diagonal(pieces, -1).mean(), atol=1e-6)


def test_the_grid_of_a_long_text_is_coarse_and_says_so(cache):
    heads_grid = last(show_heads(HeadsRequest(Source("我去银行取钱，" * 30))), HeadsGrid)
    assert heads_grid.block == 2
    assert heads_grid.tiles.shape == (12, 12, 105, 105)
    assert np.allclose(heads_grid.tiles.sum(axis=-1), 1, atol=1e-4)


def test_a_text_is_read_once_for_all_its_maps(cache, e5, monkeypatch):
    read = []
    forward = e5.forward
    monkeypatch.setattr(e5, "forward", lambda *args: (read.append(1), forward(*args))[1])
    for layer in range(4):
        show(AttentionRequest(SENTENCE, layer=layer))
    assert len(read) == 1
    show(AttentionRequest(Source("另一句话")))
    assert len(read) == 2


def test_a_desk_keeps_few_models_and_little_memory(monkeypatch, e5, folder_of):
    opened = []
    cache = ModelCache(lambda name, **_rest: (opened.append(name), e5)[1])
    for name in ("a", "b", "c", "d", "d", "a"):
        list(cache.encoder(Source("", model=name)))
    assert opened == ["a", "b", "c", "d", "a"]
    monkeypatch.setattr("core.attention.tasks.model_cache.BYTES_KEPT", 1)
    for text in ("一", "二", "三"):
        list(cache.document(Source(text, model="a")))
    assert [source.text for source in cache._documents] == ["二", "三"]


def test_two_texts_that_are_compared_are_read_once_however_long_they_are(monkeypatch, e5):
    monkeypatch.setattr("core.attention.tasks.model_cache.BYTES_KEPT", 1)
    read, forward = [], e5.forward
    monkeypatch.setattr(e5, "forward", lambda *args: (read.append(1), forward(*args))[1])
    cache = ModelCache(lambda _name, **_rest: e5)
    for _turn in range(3):
        for text in ("一", "二"):
            list(cache.document(Source(text)))
    assert len(read) == 2


def test_what_takes_time_is_announced(e5):
    cache = ModelCache(lambda _name, **_rest: e5)
    first, *rest = list(cache.document(SENTENCE))
    assert isinstance(first, Preparing)
    assert "e5" in first.message
    assert len(rest) == 1


@pytest.mark.long
def test_a_long_text_is_read_in_parts_and_says_so(cache):
    text = "我昨天去银行取了一些钱。" * 80
    steps = list(attend(AttentionRequest(Source(text, model="minilm"), unit="word")))
    shown = steps[-1]
    assert [(step.done, step.total) for step in steps[1:-1]] == [(0, 3), (1, 3), (2, 3)]
    assert shown.windows == 3
    assert "512" in shown.note
    assert np.allclose(shown.weights.sum(axis=1), 1, atol=1e-5)
    for row in (0, len(shown.rows) - 1):
        low, high = shown.reach[row]
        assert low <= row < high
        assert not shown.weights[row, :low].any()
        assert not shown.weights[row, high:].any()
    assert shown.reach[0].tolist()[0] == 0
    assert shown.reach[-1].tolist()[1] == len(shown.rows)
    assert shown.reach[0, 1] < len(shown.rows)


def test_steps_of_a_query(cache):
    found = last(step_through(StepsRequest(SENTENCE, query=3, layer=5, head=2)), ThreeSteps)
    assert found.query_token.text == "银行"
    assert np.abs(found.weights - found.model_weights).max() < 1e-5
    masked = last(step_through(StepsRequest(SENTENCE, query=3, layer=5, head=2, masked=(0,))), ThreeSteps)
    assert masked.weights[0] == 0
    assert masked.weights.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.long
def test_steps_in_a_long_text_speak_of_the_window_that_answers(cache):
    source = Source("我昨天去银行取了一些钱。" * 80, model="minilm")
    token = 550
    whole = last(attend(AttentionRequest(source, unit="piece", specials=True, layer=1, head=1)), AttentionMap)
    found = last(step_through(StepsRequest(source, token, 1, 1, masked=(token - 1,))), ThreeSteps)
    assert found.query_token == whole.rows[token]
    hidden = int(np.flatnonzero(np.isneginf(found.scores))[0])
    assert found.key_tokens[hidden] == whole.columns[token - 1]
    assert np.isneginf(found.scores).sum() == 1


def test_alignment_links_words_that_mean_each_other(cache):
    request = AlignmentRequest(Source("我昨天在银行取了钱。", "I withdrew money from the bank yesterday."))
    found = last(align(request), Alignment)
    links = {(found.rows[i].text, found.columns[j].text) for i, j in found.links}
    assert {("昨天", "yesterday"), ("银行", "bank"), ("钱", "money")} <= links
    assert found.layer == 6
    assert found.cosine.shape == found.contrast.shape == found.attention.shape == (len(found.rows), len(found.columns))
    assert (found.contrast.min(), found.contrast.max()) == (0, 1)
    assert (found.attention >= 0).all()


ALIGNED = {
    (
        "我昨天在银行取了钱。",
        "I withdrew money from the bank yesterday.",
    ): "我I 昨天yesterday 银行bank 取withdrew 钱money 。.",
    ("北京是中国的首都。", "The capital of China is Beijing."): "北京Beijing 是is 中国China 的of 首都capital 。.",
    ("猫在桌子上睡觉。", "The cat is sleeping on the table."): "猫cat 桌子table 上on 睡觉sleeping 。.",
    ("他不喜欢喝咖啡，但是喜欢喝茶。", "He does not like coffee, but he likes tea."): (
        "他He 不not 喜欢like 咖啡coffee ，, 但是but 喜欢likes 茶tea 。."
    ),
    ("老师给学生们三本新书。", "The teacher gives the students three new books."): (
        "老师teacher 给gives 学生students 三three 新new 书books 。."
    ),
    ("明天如果下雨，我们就不去公园。", "If it rains tomorrow we will not go to the park."): (
        "明天tomorrow 如果If 下雨rains 我们we 不not 去go 公园park 。."
    ),
}
"""Sentences aligned by hand."""


@pytest.mark.long
def test_the_middle_layer_aligns_best(cache):
    def error_rate(layer):
        """AER = 1 − 2 |made ∩ gold| / (|made| + |gold|), all gold links being sure."""
        hit = made = gold = 0
        for (text, pair), links in ALIGNED.items():
            found = last(align(AlignmentRequest(Source(text, pair), layer=layer)), Alignment)
            mine = {found.rows[i].text + found.columns[j].text for i, j in found.links}
            hit, made, gold = hit + len(mine & set(links.split())), made + len(mine), gold + len(links.split())
        return 1 - 2 * hit / (made + gold)

    middle = error_rate(None)
    assert middle < 0.25
    assert middle < error_rate(12) - 0.05
    assert middle < error_rate(0) - 0.05


def test_alignment_needs_two_sentences_and_one_encoder(cache, tiny):
    with pytest.raises(TextError, match="second"):
        list(align(AlignmentRequest(SENTENCE)))
    with pytest.raises(NotAvailableError, match="cross-attention"):
        list(align(AlignmentRequest(Source("the cat", "the mat", model="marian"))))


def test_comparison_of_two_heads_and_of_two_texts(cache):
    first, second = AttentionRequest(SENTENCE, layer=0), AttentionRequest(SENTENCE, layer=5)
    found = last(compare(ComparisonRequest(first, second)), Comparison)
    assert np.allclose(found.difference, found.first.weights - found.second.weights)
    assert np.abs(found.difference).max() > 0.01
    other = AttentionRequest(Source("我去银行取钱，院长走了。"), layer=5)
    assert last(compare(ComparisonRequest(first, other)), Comparison).difference.shape == (0, 0)


@pytest.mark.parametrize("family", ["bert", "roberta", "gpt2", "llama", "t5", "marian"])
def test_every_family_from_text_to_map(tiny, family):
    source = Source("the cat sat on 银行", "the mat" if family in {"t5", "marian"} else None, model=family)
    for stack in tiny_stacks(tiny, source):
        for way in ("weights", "norms") if stack == "cross" else ("weights", "norms", "rollout"):
            shown = show(AttentionRequest(source, unit="word", stack=stack, aggregation=way))
            assert np.allclose(shown.weights.sum(axis=1), 1, atol=1e-4)
            words = [unit.text for unit in shown.rows]
            assert words == (["the", "mat"] if shown.rows[0].sentence else ["the", "cat", "sat", "on", "银行"])
        assert last(show_heads(HeadsRequest(source, stack=stack)), HeadsGrid).tiles.ndim == 4


def tiny_stacks(cache, source):
    *_, encoder = cache.encoder(source)
    return encoder.card.stacks


def test_what_a_translator_wrote_is_said(tiny):
    shown = show(AttentionRequest(Source("the cat", model="marian")))
    assert shown.texts[1] in shown.note
    assert {unit.sentence for unit in shown.rows} == {1}
    assert {unit.sentence for unit in shown.columns} == {0}


def test_a_causal_map_says_how_far_each_query_saw(tiny):
    shown = show(AttentionRequest(Source("the cat sat", model="gpt2")))
    assert shown.reach.tolist() == [[0, i + 1] for i in range(len(shown.rows))]


def test_through_the_runtime_by_name(cache):
    events = list(run_inline(Job("core.attention.tasks.attention_map:attend", {"request": AttentionRequest(SENTENCE)})))
    assert isinstance(events[-1], Finished)
    payloads = [payload for event in events if isinstance(event, Progressed) for payload in event.payloads]
    assert any(isinstance(payload, AttentionMap) for payload in payloads)
    for payload in payloads:
        assert type(pickle.loads(pickle.dumps(payload))) is type(payload)


def test_warming_up_opens_the_model(cache):
    assert [type(step) for step in warm_up("minilm")] == [Preparing]
    assert list(warm_up("minilm")) == []


def test_an_invisible_text_is_one_clear_sentence(cache):
    with pytest.raises(TextError, match="finds nothing to read"):
        show(AttentionRequest(Source("\x01\x02")))


def test_rows_are_coarser_where_one_piece_is_thousands_of_characters(cache):
    endless = show(AttentionRequest(Source("a" * 10_000, model="minilm"), unit="character"))
    assert endless.weights.shape == (1, 1)
    assert (endless.unit, endless.note) == ("word", "One row per character would be too many, so rows are words.")


@pytest.mark.long
def test_a_thousand_tokens_of_chinese_are_one_map_of_pieces_or_of_words(cache):
    request = AttentionRequest(Source("我昨天在银行门口取了钱。" * 125))
    pieces = show(replace(request, unit="piece"))
    assert pieces.windows == 3
    assert pieces.unit == "piece"
    assert np.allclose(pieces.weights.sum(axis=1), 1, atol=1e-5)
    shown = show(request)
    assert shown.tokens > 1000
    assert shown.unit == "word"
    assert len(shown.rows) <= 1200
    assert "overlapping parts" in shown.note
    assert shown.note.endswith("rows are words.")
