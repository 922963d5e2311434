"""Mining into a list and into a store: once each, resumable, idempotent, within the limit."""

import os
import signal
from dataclasses import replace

import numpy as np
import pytest

from core.spoken_error import SpokenError
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.evidence.gather import EvidenceConfig, look_up
from core.synonyms.exchange.config import ExportConfig, ImportConfig
from core.synonyms.exchange.exporting import export_pairs
from core.synonyms.exchange.importing import apply_import
from core.synonyms.mining import run as run_module
from core.synonyms.mining.config import MineConfig
from core.synonyms.mining.events import MinePlan, MineReport, StageEnded, StageProgress
from core.synonyms.mining.run import mine, mine_into
from core.synonyms.pairs import CHARACTERS, COSINE, GLOSS, LEXICON, REFERENCE, TRANSLATED, SynonymsError, word_pair
from core.synonyms.progress import finish
from core.synonyms.shards import NeighbourWork
from core.synonyms.store import Store
from tests.core.synonyms.mining.sinks import ListSink

TEXT = """
增加 增添 添加 增长 减少 缩减 减低 降低 医生 医师 大夫 护士 漂亮 美丽 好看 美观 电脑 计算机 土豆 马铃薯
西红柿 番茄 自行车 单车 脚踏车 高兴 开心 快乐 愉快 欢乐 父亲 爸爸 母亲 妈妈 老师 教师 学生 学员
"""
WORDS = TEXT.split()


@pytest.fixture
def config(tmp_path):
    rows = np.random.default_rng(0).normal(size=(len(WORDS), 6)) + 1.0
    path = tmp_path / "v.txt"
    lines = (f"{word} {' '.join(map(str, row))}\n" for word, row in zip(WORDS, rows, strict=True))
    path.write_text("".join(lines), encoding="utf-8")
    corpus = tmp_path / "c.txt"
    corpus.write_text("税收/n 增加/v ，/w 赤字/n 减少/v 。/w\n", encoding="utf-8")
    return MineConfig(
        database=str(tmp_path / "pairs.db"),
        limit=60,
        vectors=path,
        corpora=(corpus,),
        nearest=5,
        min_cosine=0.3,
    )


def ended(events):
    return {event.stage: event for event in events if isinstance(event, StageEnded)}


def run(config, sink):
    events = []

    def watched():
        report = yield from mine_into(config, sink)
        events.append(report)

    events[:0] = list(watched())
    return events[:-1], events[-1]


def test_stages_run_in_order_and_each_pair_comes_once(config):
    sink = ListSink()
    events, report = run(config, sink)
    assert events[0] == MinePlan((REFERENCE, GLOSS, CHARACTERS, COSINE, "sentences"), ())
    stages = ended(events)
    assert list(stages) == [REFERENCE, GLOSS, CHARACTERS, COSINE, "sentences"]
    assert report == MineReport(60, 60, ())
    assert sum(stage.added for stage in stages.values()) == len(sink.candidates) == 60
    assert all(stages[name].proposed > 0 for name in (GLOSS, CHARACTERS, COSINE))


def test_candidates_carry_every_source_that_proposes_them(config):
    sink = ListSink()
    run(config, sink)
    known = sink.candidates[word_pair("医生", "医师")]
    assert {GLOSS, CHARACTERS} <= set(known.sources)
    assert known.known
    assert known.ranks == (10, 9)
    assert {GLOSS, CHARACTERS, COSINE} <= set(known.scores)
    doctors = sink.candidates[word_pair("医生", "大夫")]
    assert GLOSS in doctors.sources
    assert CHARACTERS not in doctors.sources
    twice = [one for one in sink.candidates.values() if {GLOSS, COSINE} <= set(one.sources)]
    assert twice, "what the nearest words propose again is added to what the dictionary proposed"


def test_finished_mining_does_nothing_more(config):
    sink = ListSink()
    run(config, sink)
    before, calls = dict(sink.candidates), sink.calls
    events, report = run(config, sink)
    assert report == MineReport(0, 0, (REFERENCE, GLOSS, CHARACTERS, COSINE))
    assert events[0].completed == (REFERENCE, GLOSS, CHARACTERS, COSINE)
    assert (sink.candidates, sink.calls) == (before, calls)


@pytest.mark.parametrize("stop_after", range(0, 14, 2))
def test_mining_stopped_anywhere_goes_on_to_the_same_end(config, monkeypatch, stop_after):
    monkeypatch.setattr(run_module, "_BATCH", 7)
    whole = ListSink()
    run(config, whole)
    stopped = ListSink()
    mining = mine_into(config, stopped)
    events = [next(mining)]
    while sum(isinstance(event, (StageProgress, StageEnded)) for event in events) < stop_after:
        events.append(next(mining))
    mining.close()
    assert len(stopped.candidates) < 60
    run(config, stopped)
    assert stopped.candidates == whole.candidates
    assert stopped.stages == whole.stages


def test_other_choices_are_mined_anew_without_repeating(config):
    sink = ListSink()
    run(config, sink)
    events, report = run(replace(config, limit=70), sink)
    assert events[0].completed == ()
    assert report.proposed == 70
    assert report.added < 70
    assert len(sink.candidates) == 60 + report.added


def test_a_list_of_words_restricts_every_stage(config):
    sink = ListSink()
    words = frozenset({"医生", "土豆"})
    run(replace(config, vocabulary=replace(config.vocabulary, words=words)), sink)
    assert word_pair("土豆", "马铃薯") in sink.candidates
    assert all(words & set(pair) for pair in sink.candidates)


def test_a_thesaurus_of_ones_own_proposes_and_marks(config, tmp_path):
    path = tmp_path / "own.txt"
    path.write_text("Za01A01= 电脑 护士\n", encoding="utf-8")
    sink = ListSink()
    run(replace(config, lexicons=(path,), sources=(LEXICON,)), sink)
    (candidate,) = sink.candidates.values()
    assert candidate.pair == word_pair("电脑", "护士")
    assert candidate.known
    assert candidate.sources == (LEXICON,)
    assert "Za01A01=" in candidate.codes[0]


def test_into_a_store_and_again(config):
    report = finish(mine(config))
    assert report.added == 60
    assert finish(mine(config)) == MineReport(0, 0, (REFERENCE, GLOSS, CHARACTERS, COSINE))
    with Store(config.database) as store:
        found = store.find([word_pair("增加", "增添"), word_pair("中国", "土豆")])
    assert list(found) == [word_pair("增加", "增添")]


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"limit": 0}, "Total pairs: at least 1"),
        ({"limit": 10**30}, "Total pairs: at most 1,000,000,000, not 10"),
        ({"nearest": 0}, "Neighbours per word: at least 1"),
        ({"nearest": 2**31}, "Neighbours per word: at most"),
        ({"vocabulary": VocabularyFilter(max_length=2**31)}, "Max length: at most"),
        ({"vocabulary": VocabularyFilter(max_rank=2**31)}, "Max frequency rank: at most"),
        ({"min_cosine": float("nan")}, "Min cosine: from −1 to 1"),
        ({"sources": ()}, "Available candidate sources"),
        ({"sources": ("magic",)}, "Available candidate sources"),
        ({"min_cosine": 1.5}, "Min cosine: from −1 to 1"),
    ],
)
def test_choices_that_make_no_sense_are_refused(wishes, message):
    with pytest.raises(SynonymsError, match=message):
        MineConfig("x", **wishes)


def test_missing_material_is_named(config, tmp_path):
    with pytest.raises(SynonymsError, match=r"absent\.vec can't be read"):
        run(replace(config, vectors=tmp_path / "absent.vec"), ListSink())


def test_two_writings_of_one_hanzi_do_not_stop_the_mining(config, tmp_path):
    path = tmp_path / "twins.txt"
    rows = ["\uf914 1 0.01", "\u6a02 1 0.02", "漂\u200b亮 0.9 0.1", "漂亮 0.9 0.11", "快乐 0.95 0.05"]
    path.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    sink = ListSink()
    run(replace(config, vectors=path, vocabulary=VocabularyFilter(min_length=1)), sink)
    assert word_pair("\u6a02", "漂亮") in sink.candidates
    assert {word for pair in sink.candidates for word in pair} <= {"\u6a02", "漂亮", "快乐"}


class DyingOnce:
    """Looks up neighbours in a process that is killed in the middle of it, the first time."""

    def __init__(self, work, mark):
        self.work, self.mark = work, mark

    def __call__(self, places):
        if not self.mark.exists():
            self.mark.write_text("died")
            os.kill(os.getpid(), signal.SIGKILL)
        return self.work(places)


def mined(config):
    sink = ListSink()
    run(replace(config, sources=(COSINE,), index_sentences=False), sink)
    return list(sink.candidates.items())


@pytest.fixture
def mortal(monkeypatch, tmp_path):
    """The process, or the worker, of one shard is killed; return the mark that it has been."""
    mark = tmp_path / "died"
    made = NeighbourWork.shards

    def shards(work):
        whole = made(work, 8)
        return replace(whole, make=DyingOnce(whole.make, mark))

    monkeypatch.setattr(NeighbourWork, "shards", shards)
    return mark


@pytest.mark.long
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_processes_find_the_same_candidates_though_one_is_killed(config, mortal):
    here = mined(config)
    assert here
    assert mined(replace(config, processes=2)) == here
    assert mortal.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_cluster_finds_the_same_candidates_though_a_worker_is_killed(config, mortal):
    distributed = pytest.importorskip("distributed")
    here = mined(config)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        assert mined(replace(config, cluster=cluster.scheduler_address)) == here
    assert mortal.exists()


HEAL = """<VNCLASS ID="heal-9"><MEMBERS/><SUBCLASSES><VNSUBCLASS ID="heal-9-1">
<MEMBERS><MEMBER name="increase"/><MEMBER name="add"/></MEMBERS></VNSUBCLASS></SUBCLASSES></VNCLASS>"""


def test_a_pair_keeps_the_english_sets_that_proposed_it_also_through_files(config, tmp_path):
    """Whoever proposed it: what the English lexicon knows of it is kept too."""
    english = tmp_path / "verbnet"
    english.mkdir()
    (english / "heal-9.xml").write_text(HEAL, encoding="utf-8")
    config = replace(config, sources=(GLOSS, TRANSLATED), english=(english,), index_sentences=False)
    finish(mine(config))
    pair = word_pair("增加", "增添")

    def sets(address):
        with Store(address, create=False) as store:
            (row,) = store.table_query().rows([store.find([pair])[pair]])
        return row.english_sets, row.sources

    kept, sources = sets(config.database)
    assert kept == ("VerbNet heal-9-1: increase",)
    *_progress, found = look_up(EvidenceConfig(config.vectors, corpora=config.corpora, english=(english,)), *pair)
    assert tuple(proposal.text for proposal in found.proposals) == kept, "a card of an older store finds the same"
    assert {GLOSS, TRANSLATED} == {*sources}
    for kind in ("jsonl", "tsv", "csv", "label-studio"):
        file, address = tmp_path / f"pairs.{kind}", f"sqlite:///{(tmp_path / kind).as_posix()}.db"
        finish(export_pairs(ExportConfig(config.database, file, kind, which="all")))
        finish(apply_import(ImportConfig(address, file, kind)))
        assert sets(address)[0] == kept
    (english / "lend-13.xml").write_text(HEAL.replace("heal-9", "lend-13"), encoding="utf-8")
    finish(mine(replace(config, limit=config.limit + 1)))
    assert sets(config.database)[0] == (*kept, "VerbNet lend-13-1: increase"), "what is mined later comes behind"


def test_a_cluster_that_is_not_there_is_one_sentence(config):
    with pytest.raises(SpokenError, match=r"(?s)^[^\n]+$"):
        mined(replace(config, cluster="nowhere"))
