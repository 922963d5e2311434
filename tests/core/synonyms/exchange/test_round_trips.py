"""import(export(x)) == x for every format and encoding, whatever is in the words and notes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.synonyms.exchange.files import ENCODINGS, TextFile
from core.synonyms.exchange.formats import FORMATS, format_named
from core.synonyms.exchange.record import Reject
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.exchange.conftest import record_lists, write

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def order(record):
    return (record.candidate.pair, record.verdict or "", record.annotator, record.adjudicates)


def merged(records):
    """Add up what several lines say of a pair, as a store does."""
    found = {}
    for record in records:
        before = found.setdefault(order(record), record)
        sources = {*before.candidate.sources, *record.candidate.sources}
        candidate = replace(record.candidate, sources=tuple(sorted(sources)))
        found[order(record)] = replace(record, candidate=candidate)
    return list(found.values())


def there_and_back(folder, name, records, encoding, suffix=""):
    kind = format_named(name)
    path = write(folder / f"x{kind.suffix}{suffix}", kind.write(records), encoding)
    return list(kind.read(TextFile(path, "auto" if encoding != "gb18030" else encoding)))


@pytest.mark.sweep(3)
@pytest.mark.parametrize("name", FORMATS)
@relaxed
@given(records=record_lists(), encoding=st.sampled_from(ENCODINGS))
def test_what_was_written_is_read(tmp_path_factory, name, records, encoding):
    folder = tmp_path_factory.mktemp("x")
    kind = format_named(name)
    expected = [kept for record in records if (kept := kind.reduce(record)) is not None]
    if not kind.says_all:
        # Lists of synonyms are about pairs: who said it is not in them.
        expected = merged(expected)
    found = there_and_back(folder, name, records, encoding)
    assert not [item for item in found if isinstance(item, Reject)]
    if not kind.says_all:
        found = merged(found)
    assert sorted(found, key=order) == sorted(expected, key=order)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("name", ["csv", "jsonl", "label-studio"])
@relaxed
@given(records=record_lists())
def test_packed_files_too(tmp_path_factory, name, records):
    folder = tmp_path_factory.mktemp("x")
    kind = format_named(name)
    expected = [kept for record in records if (kept := kind.reduce(record)) is not None]
    found = there_and_back(folder, name, records, "utf-8", ".gz")
    assert (folder / f"x{kind.suffix}.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert sorted(found, key=order) == sorted(expected, key=order)


@pytest.mark.parametrize("name", ["csv", "tsv"])
@relaxed
@given(records=record_lists(), encoding=st.sampled_from(ENCODINGS))
def test_a_table_with_english_sets_too(tmp_path_factory, name, records, encoding):
    folder = tmp_path_factory.mktemp("x")
    kind = format_named(name).with_english_sets()
    path = write(folder / f"x{kind.suffix}", kind.write(records), encoding)
    found = list(kind.read(TextFile(path, "auto" if encoding != "gb18030" else encoding)))
    expected = [kept for record in records if (kept := kind.reduce(record)) is not None]
    assert sorted(found, key=order) == sorted(expected, key=order)
    said = {record.candidate.pair: record.candidate.english_sets for record in records if not record.adjudicates}
    assert {record.candidate.pair: record.candidate.english_sets for record in found} == said


@pytest.mark.parametrize("name", ["csv", "tsv"])
@relaxed
@given(records=record_lists())
def test_no_cell_of_a_table_attacks_a_spreadsheet(tmp_path_factory, name, records):
    path = write(tmp_path_factory.mktemp("x") / "x", format_named(name).write(records))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="," if name == "csv" else "\t"))
    for row in rows:
        for column, cell in row.items():
            if column != "score":
                assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠|")), (column, cell)
                assert not cell.startswith(("\t", "\r", "\n"))


@relaxed
@given(records=record_lists())
def test_doccano_and_prodigy_files_are_what_those_tools_expect(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("x")
    for line in write(folder / "d", format_named("doccano").write(records)).read_text("utf-8").split("\n")[:-1]:
        task = json.loads(line)
        assert task["text"] == f"{task['word1']}\t{task['word2']}"
        assert isinstance(task["label"], list)
    for line in write(folder / "p", format_named("prodigy").write(records)).read_text("utf-8").split("\n")[:-1]:
        task = json.loads(line)
        assert task["_view_id"] == "classification"
        assert all(-(2**31) <= task[name] < 2**31 for name in ("_input_hash", "_task_hash"))
        assert task.get("answer") in {None, "accept", "reject", "ignore"}
        assert isinstance(task.get("_timestamp", 0), int)


@relaxed
@given(records=record_lists())
def test_label_studio_files_are_lists_of_tasks(tmp_path_factory, records):
    path = write(tmp_path_factory.mktemp("x") / "x", format_named("label-studio").write(records))
    tasks = json.loads(path.read_text("utf-8"))
    assert len(tasks) == len({record.candidate.pair for record in records})
    for task in tasks:
        assert {"id", "data", "annotations", "predictions"} == set(task)
        for annotation in task["annotations"]:
            assert annotation["was_cancelled"] == (annotation["result"] == [])
            for item in annotation["result"]:
                assert item["to_name"] == "pair"
    skips = sum(record.verdict is Verdict.SKIP for record in records)
    assert sum(a["was_cancelled"] for task in tasks for a in task["annotations"]) == skips
