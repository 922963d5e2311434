from dataclasses import replace

import numpy as np
import pytest

from core.paths import data_folder
from core.spoken_error import SpokenError
from core.synonyms.evaluation.progress import EvaluationProgress
from core.synonyms.evaluation.report import as_json
from core.synonyms.evaluation.run import EvaluateConfig, Material, Measured, evaluate
from core.synonyms.evaluation.split import Protocol
from core.synonyms.pairs import SynonymsError
from core.synonyms.shards import ScoreWork

WORDS = [chr(0x4E00 + n) for n in range(24)]


@pytest.fixture
def config(tmp_path):
    """Twelve couples: the two words of a couple are synonyms and share the sign of their vectors."""
    rng = np.random.default_rng(0)
    rows = np.repeat(rng.normal(size=(12, 6)), 2, axis=0) + 0.2 * rng.normal(size=(24, 6))
    vectors = tmp_path / "v.txt"
    lines = [f"{word} {' '.join(f'{x:.4f}' for x in row)}\n" for word, row in zip(WORDS, rows, strict=True)]
    vectors.write_text("".join(lines), encoding="utf-8")
    pairs = tmp_path / "pairs.tsv"
    lines = []
    for n in range(0, 24, 2):
        part = "train" if n < 12 else "test"
        first = 0 if part == "train" else 12
        lines.append(f"{WORDS[n]}\t{WORDS[n + 1]}\t1\t{part}\n")
        lines.append(f"{WORDS[n]}\t{WORDS[first + (n - first + 3) % 12]}\t0\t{part}\tsibling\n")
    pairs.write_text("".join(lines), encoding="utf-8")
    return EvaluateConfig(("cosine", "characters", "attract_repel"), pairs=pairs, vectors=vectors, seed=4)


def test_methods_are_measured_one_after_the_other_and_told_as_plain_values(config):
    events = list(evaluate(config))
    material = next(event for event in events if isinstance(event, Material))
    measured = [event for event in events if isinstance(event, Measured)]
    assert [each.method for each in measured] == ["cosine", "characters", "attract_repel"]
    assert (material.test_pairs, material.base_rate) == (12, 0.5)
    assert material.training_pairs == {Protocol.OPEN: 12, Protocol.CLOSED: 12}
    progress = [event for event in events if isinstance(event, EvaluationProgress)]
    assert [event.done for event in progress] == sorted(event.done for event in progress)
    assert progress[-1].done == progress[-1].total
    cosine, characters, _attract_repel = measured
    assert cosine.figures[Protocol.OPEN].ap > characters.figures[Protocol.OPEN].ap
    assert characters.figures[Protocol.OPEN].ap == pytest.approx(0.5)
    told = as_json(config, material, measured, seconds=1.0, interrupted=False)
    assert set(told["methods"]) == set(told["queue"]) == {"cosine", "characters", "attract_repel"}
    one = told["methods"]["cosine"]
    assert set(one) == {"open", "closed", "seconds"}
    assert set(one["open"]) == {"ap", "ap_low", "ap_high", "p_at_r20", "p_at_r50", "best_f1", "by_kind"}
    assert set(one["open"]["by_kind"]) == {"sibling"}
    assert set(told["queue"]["cosine"]) == {"p_at_1", "map", "p_at_500"}
    assert told["closure"] == {"ap": 0.5}
    assert told["seed"] == 4


def test_the_same_seed_measures_the_same(config):
    def figures():
        return [event.figures for event in evaluate(config) if isinstance(event, Measured)]

    assert figures() == figures()


@pytest.fixture(params=["loky", "dask"])
def spread(request, config, monkeypatch):
    """The same measured on two processes, then on a cluster, four pairs a shard."""
    made = ScoreWork.shards
    monkeypatch.setattr(ScoreWork, "shards", lambda work: made(work, 4))
    if request.param == "loky":
        yield replace(config, processes=2)
        return
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        yield replace(config, cluster=cluster.scheduler_address)


@pytest.mark.long
def test_methods_are_measured_the_same_on_several_processes_and_go_on_where_they_were_stopped(config, spread):
    def scores(events):
        measured = [event for event in events if isinstance(event, Measured)]
        return [each.scores[protocol].tolist() for each in measured for protocol in Protocol]

    stopped = evaluate(spread)
    next(event for event in stopped if isinstance(event, Measured))
    stopped.close()
    folder = data_folder() / "shards of an evaluation"
    kept = set(folder.rglob("*.json"))
    assert kept
    begun = {path: path.stat().st_mtime_ns for path in kept}
    running = evaluate(spread)
    found = scores([next(event for event in running if isinstance(event, Measured))])
    assert {path: path.stat().st_mtime_ns for path in kept} == begun, "none is made again"
    found += scores(running)
    assert found == scores(evaluate(config))
    assert not list(folder.rglob("*.json")), "what is done needs no shards"


def test_a_cluster_that_is_not_there_is_one_sentence(config):
    with pytest.raises(SpokenError, match=r"(?s)^[^\n]+$"):
        list(evaluate(replace(config, cluster="nowhere")))
    with pytest.raises(SynonymsError, match="processes must be −1"):
        replace(config, processes=0)


def test_an_unknown_method_and_none_are_said():
    with pytest.raises(SynonymsError, match=r"There is no method magic\. There are: cosine, "):
        EvaluateConfig(("cosine", "magic"))
    with pytest.raises(SynonymsError, match="at least one"):
        EvaluateConfig(())
