"""A method learns from what was judged: of words it has not met it then knows more, and what it told is entered."""

import argparse
import io
import itertools
import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from core.synonyms.commands import retrain as command
from core.synonyms.labelled import SYNONYM, LabelledPairs
from core.synonyms.pairs import SynonymsError, WordPair, word_pair
from core.synonyms.progress import finish
from core.synonyms.retraining.comparison import Moves, compared
from core.synonyms.retraining.config import Entered, Labels, RetrainConfig, Retrained
from core.synonyms.retraining.labels import held_out_of
from core.synonyms.retraining.retrain import retrain
from core.synonyms.shards import ScoreWork
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.retraining.field import DOMAIN, TWINS, dictionary_sets, make_field, write_vectors


@pytest.fixture(scope="module")
def dictionary():
    """Return the words of sixty of Cilin's sets."""
    return dictionary_sets()


@pytest.fixture
def vectors(dictionary, tmp_path):
    """The dictionary's synonyms agree in the first half of their vectors, those of the field in the second."""
    return write_vectors(tmp_path / "vectors.txt", dictionary)


@pytest.fixture
def store(tmp_path):
    """Three quarters of the field's pairs are judged; of the rest nobody has said anything."""
    address = f"sqlite:///{(tmp_path / 'pairs.db').as_posix()}"
    ids = make_field(address, "ann")
    with Store(address) as opened:
        opened.decide(ids[word_pair(*TWINS[0][:2])], Verdict.NOT, "bob")  # the two of them disagree
    return address


@pytest.fixture
def config(store, vectors):
    return RetrainConfig(store, "classifier", vectors=vectors)


def scores(address):
    with Store(address) as opened:
        query = opened.table_query()
        return [row.scores["classifier"] for row in query.rows(query.ids())]


def test_labels_teach_what_the_dictionary_does_not_know_and_what_was_learnt_is_entered_in_the_end(config):
    running = retrain(replace(config, enter=True))
    events = list(itertools.takewhile(lambda event: not isinstance(event, Retrained), running))
    assert set(scores(config.store)) == {0.5}, "who closes it now has changed nothing"
    entered = [event for event in running if isinstance(event, Entered)]
    assert entered == [Entered("classifier", 2 * DOMAIN)]
    assert 0.5 not in scores(config.store)
    labels = next(event for event in events if isinstance(event, Labels))
    assert labels.taught + labels.held_out + labels.between == 2 * 3 * DOMAIN // 4 - 1
    assert (labels.disputed, labels.between) == (1, 0)
    assert labels.held_out_synonyms * 2 == pytest.approx(labels.held_out, abs=1)


@pytest.mark.long
def test_several_processes_learn_and_enter_the_same(config, monkeypatch):
    made = ScoreWork.shards
    monkeypatch.setattr(ScoreWork, "shards", lambda work: made(work, 30))
    finish(retrain(replace(config, enter=True)))
    entered = scores(config.store)
    finish(retrain(replace(config, enter=True, processes=2)))
    assert scores(config.store) == pytest.approx(entered, abs=1e-6)
    with pytest.raises(SynonymsError, match="processes must be"):
        replace(config, processes=1000)


@pytest.mark.parametrize("annotator", ["ann", None])
def test_nothing_is_entered_that_would_tell_those_at_work_of_each_other(config, annotator):
    asked = replace(config, enter=True, only_alone=True, annotator=annotator)
    with pytest.raises(SynonymsError, match="would tell those who judge here"):
        finish(retrain(asked))
    assert set(scores(config.store)) == {0.5}
    with Store(config.store) as store:
        store.set_active("bob", active=False)
    finish(retrain(asked))
    assert 0.5 not in scores(config.store)


def test_what_is_asked_about_shares_no_word_with_what_is_learnt_from():
    chain = [chr(0x4E00 + n) for n in range(50)]
    rows = [(word_pair(one, other), n % 2 == 0, SYNONYM) for n, (one, other) in enumerate(itertools.pairwise(chain))]
    held_out = held_out_of(LabelledPairs.of(rows), 0.3, seed=1)
    words = held_out.words()
    rest = [pair for pair, _label, _kind in rows if words.isdisjoint(pair)]
    assert len(held_out) == 15
    assert len(rows) - len(held_out) - len(rest) <= 2, "only the pairs at the ends of what was taken are lost"


def test_one_annotators_labels_alone_and_too_few_of_them_are_said(config):
    with pytest.raises(SynonymsError, match="Too few labels"):
        finish(retrain(replace(config, annotator="bob")))
    with pytest.raises(SynonymsError, match="nobody has judged nothing"):
        finish(retrain(replace(config, annotator="nobody")))
    with pytest.raises(SynonymsError, match="learns nothing from labels"):
        RetrainConfig(config.store, "cosine")
    with pytest.raises(SynonymsError, match="can't be used as the name of an annotator"):
        replace(config, annotator="x" * 5000)
    with pytest.raises(SynonymsError, match="held_out must be between 0 and 1"):
        RetrainConfig(config.store, held_out=1.0)


def test_a_gain_is_measured_on_the_same_draws():
    synonym = np.array([True] * 20 + [False] * 20)
    scores = np.random.default_rng(0).normal(size=40).astype(np.float32)
    before, after, gain = compared(synonym, scores, scores, seed=0)
    assert before == after
    assert before.low < before.value < before.high
    assert (gain.value, gain.low, gain.high) == (0, 0, 0)


def test_a_figure_lies_in_its_interval_even_where_the_scores_are_the_wrong_way_round():
    synonym = np.array([False] * 10 + [True] * 10)
    worst, best = (np.linspace(*ends, 20, dtype=np.float32) for ends in ((1, 0), (0, 1)))
    before, after, gain = compared(synonym, worst, best, seed=0)
    assert before.low < before.value < before.high < 0.5
    assert (after.value, after.low, after.high) == pytest.approx((1, 1, 1))
    assert gain.low < gain.value < gain.high <= 1


def test_a_move_counts_by_how_many_times_nearer_to_the_top_it_leads():
    pairs = [word_pair("甲", other) for other in "乙丙丁戊己"]
    before = np.array([5, 4, 3, 2, 1], dtype=np.float32)
    after = np.array([4, 5, 1, 3, 2], dtype=np.float32)  # places 1 2 3 4 5 become 2 1 5 3 4
    moves = Moves(np.arange(5), pairs, {pairs[1]: Verdict.SYNONYM}, before, after, before, after)
    risen, fallen = moves.most(2, but=frozenset())
    assert [(each.place_before, each.place_after) for each in risen] == [(2, 1), (4, 3)]
    assert [(each.place_before, each.place_after) for each in fallen] == [(1, 2), (3, 5)]
    assert (risen[0].verdict, risen[1].verdict) == (Verdict.SYNONYM, None)
    risen, _fallen = moves.most(2, but=frozenset({pairs[1]}))
    assert [each.place_before for each in risen] == [4, 5]


def test_the_command_tells_what_was_gained_and_which_pairs_moved(config, tmp_path):
    retrained = finish(retrain(config))
    assert retrained.before.value < retrained.base_rate, "it takes the field's strangers for synonyms"
    assert retrained.gain.value == pytest.approx(retrained.after.value - retrained.before.value)
    assert 0 < retrained.gain.low < retrained.gain.value < retrained.gain.high
    twins = {word_pair(one, other) for one, other, _stranger in TWINS}
    rose, fell = (
        sum(WordPair(each.word1, each.word2) in twins for each in moved[:10])
        for moved in (retrained.risen, retrained.fallen)
    )
    assert rose > fell + 2
    best = retrained.risen[0]
    row = retrained.ids.tolist().index(best.id)
    assert (best.before, best.after) == (retrained.scores_before[row], retrained.scores_after[row])
    assert best.place_after < best.place_before
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    figures = tmp_path / "figures.json"
    given = ["--db", config.store, "--method", "classifier", "--vectors", str(config.vectors), "--json", str(figures)]
    out, err = io.StringIO(), io.StringIO()
    assert command.run(parser.parse_args(given), out=out, err=err) == 0
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["ap"]["after"] == asdict(retrained.after), "the same seed tells the same"
    assert told["risen"] == [asdict(each) for each in retrained.risen]
    assert f"{told['ap']['after']['value']:.3f}" in out.getvalue()
    assert command.run(parser.parse_args([*given[:3], "cosine"]), out=out, err=err) == 2
    assert err.getvalue().count("\n") == 1
