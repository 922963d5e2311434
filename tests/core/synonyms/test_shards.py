"""Work in shards: the same result on one core, on several and on a Dask cluster; what was done is not done again."""

import pickle

import numpy as np
import pytest

from core.synonyms.candidates.union import UnionConfig
from core.synonyms.evaluation.queue_words import cilin_queue
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.methods.space import Space
from core.synonyms.pairs import word_pair
from core.synonyms.progress import finish
from core.synonyms.sentences import Corpus, load_sentences
from core.synonyms.sentences.bags import BagConfig
from core.synonyms.shards import Candidates, CandidateWork, ScoreWork, SentenceWork
from core.synonyms.shipped import CEDICT
from core.synonyms.spreading import Spreading
from core.synonyms.vectors import load_vectors

WORDS = ("增加", "增添", "添加", "减少", "医生", "医师")
ROWS = np.random.default_rng(0).normal(size=(6, 4))
LINES = "增加/v 和/c 增添/v 一样/a 。/w\n医生/n 就是/v 医师/n 。/w\n"


@pytest.fixture
def vectors(tmp_path):
    path = tmp_path / "vectors.txt"
    lines = [f"{word} {' '.join(map(str, row))}\n" for word, row in zip(WORDS, ROWS, strict=True)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def corpora(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text(LINES, encoding="utf-8")
    load_sentences([Corpus("corpus", path)])
    return (Corpus("corpus", path),)


def test_shards_are_put_together_in_order_and_found_again(vectors, tmp_path):
    work = CandidateWork(vectors, WORDS, None, UnionConfig(count=2))
    whole = work(WORDS)
    assert [each.word for each in whole] == list(WORDS)
    assert all(len(each.candidates) == 2 and each.word not in each.candidates for each in whole)
    folder = tmp_path / "shards"
    first = list(work.shards(4).run(WORDS, folder=folder, processes=1))
    assert [(step.done, step.kept) for step in first] == [(4, False), (6, False)]
    again = list(work.shards(4).run(WORDS, folder=folder, processes=1))
    assert [step.kept for step in again] == [True, True]
    assert finish(work.shards(4).run(WORDS, folder=folder)) == whole
    next(folder.iterdir()).write_bytes(b"{broken")
    assert finish(work.shards(4).run(WORDS, folder=folder, processes=1)) == whole
    other = CandidateWork(vectors, WORDS, None, UnionConfig(count=1))
    assert finish(other.shards(4).run(WORDS, folder=folder, processes=1))[0] == Candidates(
        "增加", whole[0].candidates[:1]
    )


def test_sentences_and_scores_are_those_of_the_whole(vectors, corpora, tmp_path):
    pairs = [word_pair("增加", "增添"), word_pair("增加", "减少"), word_pair("医生", "医师")]
    collecting = SentenceWork(corpora, BagConfig())
    bags = finish(collecting.shards(2).run(pairs, folder=tmp_path / "shards", processes=1))
    assert bags == collecting(tuple(pairs))
    assert bags[1] is None
    assert bags[0].mentions[0].between() == ("和",)
    assert finish(collecting.shards(2).run(pairs, folder=tmp_path / "shards", processes=1)) == bags
    space = Space(load_vectors(vectors))
    scores = finish(ScoreWork(space, "cosine").shards(2).run(pairs, processes=1))
    assert scores == pytest.approx(space.score(pairs).tolist())


def test_vectors_travel_as_the_name_of_their_folder(small_vectors):
    sent = pickle.dumps(Space(small_vectors))
    assert len(sent) < 1000
    assert pickle.loads(sent).score([word_pair("增加", "增添")]) == pytest.approx([0.96])


def test_a_dask_cluster_makes_the_same(vectors, tmp_path):
    distributed = pytest.importorskip("distributed")
    work = CandidateWork(vectors, WORDS, None, UnionConfig(count=3))
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        made = finish(work.shards(2).run(WORDS, cluster=cluster.scheduler_address))
    assert made == finish(work.shards(2).run(WORDS, processes=1))


def test_the_queue_of_an_evaluation_is_the_same_in_shards(vectors, tmp_path):
    cilin = Cilin({"Aa01A01=": ("增加", "增添", "添加"), "Aa01A02=": ("医生", "医师"), "Aa01B01=": ("减少", "增加")})
    given = (cilin, load_vectors(vectors), WORDS, UnionConfig(count=3), Cedict.from_file(CEDICT.path()))
    here = finish(cilin_queue(*given))
    spread = finish(cilin_queue(*given, spreading=Spreading(vectors, tmp_path / "shards", processes=1)))
    assert (spread.words, spread.pairs) == (here.words, here.pairs)
    assert spread.synonym.tolist() == here.synonym.tolist()
