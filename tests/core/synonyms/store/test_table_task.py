import pytest

from core.runtime.events import Failed, Finished, Progressed
from core.runtime.inline import run_inline
from core.runtime.task import Job
from core.synonyms.pairs import Candidate
from core.synonyms.store import Filter, Sort, Store
from core.synonyms.store.table_task import TableOrder


@pytest.fixture
def address(tmp_path):
    path = tmp_path / "pairs.db"
    with Store(path) as store:
        store.add([
            Candidate("医师", "医生", {"cosine": 0.83}, sources=("cosine",)),
            Candidate("漂亮", "美丽", {"cosine": 0.91}, sources=("cosine",)),
            Candidate("减少", "增加", {"cosine": 0.90}, sources=("cosine",)),
        ])  # fmt: skip
    return str(path)


def order(**arguments):
    events = list(run_inline(Job("core.synonyms.store.table_task:order_table", arguments)))
    return next(payload for event in events if isinstance(event, Progressed) for payload in event.payloads)


def test_a_table_is_ordered_and_filtered(address):
    everything = order(store=address)
    assert isinstance(everything, TableOrder)
    assert (len(everything.ids), everything.total, everything.scores) == (3, 3, ("cosine",))
    best = order(store=address, order=Sort("cosine", descending=True))
    assert best.ids.tolist() == [everything.ids[1], everything.ids[2], everything.ids[0]]
    doctors = order(store=address, where=Filter(text="医"))
    assert (doctors.ids.tolist(), doctors.total) == ([everything.ids[0]], 3)


def test_another_store_takes_the_place_of_the_first(address, tmp_path):
    assert order(store=address).total == 3
    other = tmp_path / "other.db"
    with Store(other) as store:
        store.add([Candidate("东部", "西部")])
    assert order(store=str(other)).total == 1
    assert order(store=address).total == 3


def test_a_score_that_is_not_there_is_said(address):
    ending = list(
        run_inline(Job("core.synonyms.store.table_task:order_table", {"store": address, "order": Sort("dot")}))
    )[-1]
    assert isinstance(ending, Failed)
    assert "'dot'" in ending.message


def test_an_index_of_neighbours_is_built_beside_the_vectors(tmp_path):
    pytest.importorskip("usearch", reason="the index of neighbours is an extra")
    file = tmp_path / "tiny.txt"
    file.write_text("3 2\n医生 1 0\n医师 0.9 0.1\n护士 0 1\n", encoding="utf-8")
    events = list(run_inline(Job("core.synonyms.vectors.index_task:index_vectors", {"path": file})))
    assert isinstance(events[-1], Finished)
    assert events[-1].result == 3
