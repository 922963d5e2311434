"""What was measured stays: a stopped evaluation goes on, other data begin anew, a broken file is none."""

from dataclasses import replace

import pytest

from core.synonyms.evaluation.results.kept import Kept, measure, read_kept, show_kept
from core.synonyms.evaluation.results.table import write_table
from core.synonyms.evaluation.run import EvaluateConfig, Material, Measured
from core.synonyms.evaluation.split import Protocol
from tests.core.synonyms.evaluation.small_pairs import with_few_resamples, write_labelled


@pytest.fixture
def config(tmp_path, monkeypatch):
    with_few_resamples(monkeypatch)
    pairs, vectors = write_labelled(tmp_path)
    return EvaluateConfig(("cosine", "characters"), pairs=pairs, vectors=vectors)


def test_what_was_stopped_goes_on_with_what_is_missing(config, tmp_path):
    path = tmp_path / "kept.npz"
    running = measure(config, path)
    for event in running:
        if isinstance(event, Measured):
            break
    running.close()
    [kept] = show_kept(path)
    assert [each.method for each in kept.measured] == ["cosine"]
    first, *events = measure(config, path)
    assert isinstance(first, Kept)
    assert [event.method for event in events if isinstance(event, Measured)] == ["characters"]
    kept = read_kept(path)
    assert [each.method for each in kept.measured] == ["cosine", "characters"]
    assert [type(event) for event in measure(config, path)] == [Kept]


def test_what_is_read_back_is_what_was_measured(config, tmp_path):
    path = tmp_path / "kept.npz"
    events = list(measure(config, path))
    material = next(event for event in events if isinstance(event, Material))
    cosine = next(event for event in events if isinstance(event, Measured))
    kept = read_kept(path)
    assert kept.material.test.pairs == material.test.pairs
    assert kept.material.closure_ap == material.closure_ap
    assert kept.measured[0].figures == cosine.figures
    assert kept.measured[0].queue == cosine.queue
    for protocol in Protocol:
        assert kept.measured[0].scores[protocol].tolist() == cosine.scores[protocol].tolist()
    table = tmp_path / "table.csv"
    write_table(table, kept.measured)
    head, row, _row = table.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("method,open_ap,")
    assert row.startswith(f"cosine,{cosine.figures[Protocol.OPEN].ap:.4f},")


def test_other_data_begin_anew_and_a_broken_file_is_none(config, tmp_path):
    path = tmp_path / "kept.npz"
    list(measure(config, path))
    with_corpus = replace(config, corpora=(config.pairs,))
    assert not any(isinstance(event, Kept) for event in measure(with_corpus, path))
    assert [type(event) for event in measure(with_corpus, path)] == [Kept]
    config.pairs.write_text(config.pairs.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not any(isinstance(event, Kept) for event in measure(config, path))
    path.write_bytes(path.read_bytes()[:200])
    assert read_kept(path) is None
    assert list(show_kept(path)) == []
