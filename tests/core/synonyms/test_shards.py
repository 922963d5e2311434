"""Work in shards: the same result on one core, on several and on a Dask cluster; what was done is not done again."""

import os
import pickle
import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.synonyms.candidates.union import UnionConfig
from core.synonyms.evaluation.queue_words import cilin_queue
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.methods.on_sentences.bagged import training_bags
from core.synonyms.methods.registry import METHODS
from core.synonyms.methods.space import Space
from core.synonyms.pairs import word_pair
from core.synonyms.progress import finish
from core.synonyms.sentences import Corpus, load_sentences
from core.synonyms.sentences.bags import BagConfig, shared_collector
from core.synonyms.shards import Candidates, CandidateWork, ScoreWork, SentenceWork, scored
from core.synonyms.shipped import CEDICT
from core.synonyms.spreading import Spreading, spreading
from core.synonyms.vectors import load_vectors
from tests.core.synonyms.methods.conftest import data, pairs_of, sentences, world

__all__ = ["data", "sentences", "world"]

WORDS = ("增加", "增添", "添加", "减少", "医生", "医师")
ROWS = np.random.default_rng(0).normal(size=(6, 4))
LINES = "增加/v 和/c 增添/v 一样/a 。/w\n医生/n 就是/v 医师/n 。/w\n"

needs_sigkill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")


@pytest.fixture
def vectors(tmp_path):
    path = tmp_path / "vectors.txt"
    lines = [f"{word} {' '.join(map(str, row))}\n" for word, row in zip(WORDS, ROWS, strict=True)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path):
    """One process of this machine."""
    return Spreading(tmp_path / "vectors.txt", tmp_path / "shards", processes=1)


@pytest.fixture(params=["loky", "dask"])
def spread(request, here):
    """Two processes of this machine, then two workers of a cluster."""
    if request.param == "loky":
        yield replace(here, processes=2)
        return
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield replace(here, cluster=cluster.scheduler_address)


@pytest.fixture
def pairs():
    """One hundred and twenty pairs of the small world, of which every second one stands in two sentences."""
    return pairs_of(range(20)).pairs


class DyingOnce:
    """Does the work, but the first time the process that does it is killed in the middle."""

    def __init__(self, work, mark: Path):
        self.work, self.mark = work, mark

    def __call__(self, items):
        made = self.work(items)
        if not self.mark.exists():
            self.mark.write_text("died")
            os.kill(os.getpid(), signal.SIGKILL)
        return made


class MortalScorer(DyingOnce):
    """The same as what a method has learnt."""

    def score(self, pairs):
        return self(pairs)


def test_shards_are_put_together_in_order_and_found_again(vectors, here):
    work = CandidateWork(vectors, WORDS, None, UnionConfig(count=2))
    whole = work(WORDS)
    assert [each.word for each in whole] == list(WORDS)
    assert all(len(each.candidates) == 2 and each.word not in each.candidates for each in whole)
    first = list(work.shards(4).run(WORDS, here))
    assert [(step.done, step.kept) for step in first] == [(4, False), (6, False)]
    again = list(work.shards(4).run(WORDS, here))
    assert [step.kept for step in again] == [True, True]
    assert finish(work.shards(4).run(WORDS, here)) == whole
    next(here.folder.iterdir()).write_bytes(b"{broken")
    assert finish(work.shards(4).run(WORDS, here)) == whole
    other = CandidateWork(vectors, WORDS, None, UnionConfig(count=1))
    assert finish(other.shards(4).run(WORDS, here))[0] == Candidates("增加", whole[0].candidates[:1])
    here.forget()
    assert [step.kept for step in work.shards(4).run(WORDS, here)] == [False, False]


def test_sentences_and_scores_are_those_of_the_whole(vectors, here, tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text(LINES, encoding="utf-8")
    pairs = [word_pair("增加", "增添"), word_pair("增加", "减少"), word_pair("医生", "医师")]
    collecting = SentenceWork(load_sentences([Corpus("corpus", path)]), BagConfig())
    bags = finish(collecting.shards(2).run(pairs, here))
    assert bags == collecting(tuple(pairs))
    assert bags[1] is None
    assert bags[0].mentions[0].between() == ("和",)
    assert [step.kept for step in collecting.shards(2).run(pairs, here)] == [True, True]
    path.write_text(LINES.replace("和", "与"), encoding="utf-8")
    other = SentenceWork(load_sentences([Corpus("corpus", path)]), BagConfig())
    assert finish(other.shards(2).run(pairs, here))[0].mentions[0].between() == ("与",)
    space = Space(load_vectors(vectors))
    assert finish(scored(space, "cosine", pairs, here)).tolist() == space.score(pairs).tolist()
    assert finish(scored(space, "cosine", pairs, None)).tolist() == space.score(pairs).tolist()


def test_vectors_and_sentences_travel_as_the_names_of_their_folders_and_are_opened_once(small_vectors, sentences):
    sent = pickle.dumps(Space(small_vectors))
    assert len(sent) < 1000
    assert pickle.loads(sent).score([word_pair("增加", "增添")]) == pytest.approx([0.96])
    collector = shared_collector(sentences, BagConfig())
    sent = pickle.dumps(collector)
    assert len(sent) < 1000
    assert pickle.loads(sent) is pickle.loads(sent)


@pytest.mark.parametrize("name", [name for name in METHODS if name != "reranker"])
def test_what_any_method_has_learnt_says_the_same_in_another_process(name, data, pairs):
    """Which it is told as text, to be opened there; the re-ranker holds all the others."""
    method = METHODS[name]
    settings = method.config(0)
    scorer = finish(method.learn(settings, data))
    work = pickle.loads(pickle.dumps(ScoreWork(pickle.dumps(scorer), method.mark(settings, data))))
    assert work(pairs) == scorer.score(pairs).tolist()
    fewer = replace(data, training=data.training.where(np.arange(len(data.training)) > 0))
    assert method.mark(settings, fewer) != method.mark(settings, data)


@needs_sigkill
def test_the_sentences_of_pairs_are_the_same_though_a_worker_is_killed(spread, sentences, pairs, tmp_path):
    work = SentenceWork(sentences, BagConfig())
    mark = tmp_path / "died"
    shards = replace(work.shards(16), make=DyingOnce(work, mark))
    assert finish(shards.run(pairs, spread)) == work(pairs)
    assert mark.exists()
    assert all(step.kept for step in shards.run(pairs, spread))


@pytest.mark.sweep(1)
@needs_sigkill
def test_the_scores_of_pairs_are_the_same_though_a_worker_is_killed(spread, data, pairs, tmp_path):
    scorer = finish(METHODS["patterns"].learn(METHODS["patterns"].config(0), data))
    mark = tmp_path / "died"
    mortal = ScoreWork(pickle.dumps(MortalScorer(scorer.score, mark)), "patterns")
    assert finish(mortal.shards(16).run(pairs, spread)) == scorer.score(pairs).tolist()
    assert mark.exists()


def test_a_method_learns_the_same_from_sentences_that_were_collected_in_shards(spread, data, monkeypatch):
    made = SentenceWork.shards
    monkeypatch.setattr(SentenceWork, "shards", lambda work: made(work, 16))
    collecting = (
        training_bags(each, BagConfig(), others=3, parts=2) for each in (data, replace(data, spreading=spread))
    )
    whole, in_shards = map(finish, collecting)
    assert in_shards.bags == whole.bags
    assert in_shards.synonym.tolist() == whole.synonym.tolist()
    assert in_shards.silence == whole.silence


def test_a_dask_cluster_makes_the_same_candidates(vectors, here):
    distributed = pytest.importorskip("distributed")
    work = CandidateWork(vectors, WORDS, None, UnionConfig(count=3))
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        made = finish(work.shards(2).run(WORDS, replace(here, cluster=cluster.scheduler_address)))
    here.forget()
    assert made == finish(work.shards(2).run(WORDS, here))


def test_the_queue_of_an_evaluation_is_the_same_in_shards(vectors, here):
    cilin = Cilin({"Aa01A01=": ("增加", "增添", "添加"), "Aa01A02=": ("医生", "医师"), "Aa01B01=": ("减少", "增加")})
    given = (cilin, load_vectors(vectors), WORDS, UnionConfig(count=3), Cedict.from_file(CEDICT.path()))
    whole = finish(cilin_queue(*given))
    in_shards = finish(cilin_queue(*given, spreading=here))
    assert (in_shards.words, in_shards.pairs) == (whole.words, whole.pairs)
    assert in_shards.synonym.tolist() == whole.synonym.tolist()


@pytest.mark.long
def test_one_process_spreads_nothing_and_other_vectors_have_other_shards(vectors, tmp_path):
    assert spreading("a test", vectors, 1, cluster=None, processes=1) is None
    over = spreading("a test", vectors, 1, cluster=None, processes=-1)
    assert spreading("a test", vectors, 1, cluster="tcp://10.0.0.1:8786", processes=1).folder == over.folder
    vectors.write_text("增加 1 2\n", encoding="utf-8")
    assert spreading("a test", vectors, 1, cluster=None, processes=-1).folder != over.folder
