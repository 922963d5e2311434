"""Out of one store and into another; previews; nothing half applied."""

from __future__ import annotations

import csv
import gzip
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.synonyms.exchange.config import ExchangeProgress, ExportConfig, ImportConfig
from core.synonyms.exchange.exporting import export_pairs, preview_export
from core.synonyms.exchange.formats import FORMATS
from core.synonyms.exchange.importing import apply_import, preview_import
from core.synonyms.exchange.record import ExchangeError
from core.synonyms.names import NameRefusedError
from core.synonyms.pairs import Candidate
from core.synonyms.store import Store, StoreError
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import Clock, candidate

S, R, N, K = Verdict.SYNONYM, Verdict.RELATED, Verdict.NOT, Verdict.SKIP


def drive(task):
    """Run a task to its end; return its progress and its result."""
    seen = []
    while True:
        try:
            seen.append(next(task))
        except StopIteration as end:
            return seen, end.value


@pytest.fixture
def path(tmp_path):
    """Five pairs: one judged alike by two, one disputed, one settled, one flagged, one open and known."""
    with Store(tmp_path / "a.db", now=Clock()) as store:
        store.add(
            [
                Candidate(
                    "漂亮", "美丽", {"cosine": 0.8, "gloss": 0.5}, (3, 9), (("Ed03A01=",), ()), sources=("gloss",)
                ),
                candidate("医师", "医生", cosine=0.83),
                candidate("女人", "男人", cosine=0.9),
                candidate("土豆", "马铃薯", gloss=1.0),
                candidate("大夫", "医生", cosine=0.6, known=True),
            ]
        )
        store.decide(1, S, "ann", seconds=1.5, note="=1+1", model_score=0.25)
        store.decide(1, S, "bob")
        store.decide(2, S, "ann")
        store.decide(2, N, "bob")
        store.decide(3, R, "ann")
        store.decide(3, N, "bob")
        store.decide(3, Verdict.ANTONYM, "judge", adjudicates=True)
        store.mark(4, "ann", flagged=True, note="?")
    return tmp_path / "a.db"


def export(path, file, name, **choices):
    return drive(export_pairs(ExportConfig(str(path), file, name, **choices)))[1]


def bring(path, file, name, **choices):
    return drive(apply_import(ImportConfig(str(path), file, name, **choices)))[1]


def state(path):
    """Everything a store knows, without its ids."""
    with Store(path) as store:
        query = store.table_query()
        rows = {(row.word1, row.word2): row for row in query.rows(query.ids())}
        answers = {
            (entry.word1, entry.word2, entry.annotator, entry.adjudicates): (
                entry.verdict,
                entry.at,
                entry.seconds,
                entry.note,
                entry.flagged,
                entry.model_score,
            )
            for row in rows.values()
            for entry in store.judgements(row.id)
        }
        assert store.check() == []
        said = ("ranks", "codes", "known", "scores", "sources", "verdict", "disputed", "flagged", "judges")
        return {pair: [getattr(row, name) for name in said] for pair, row in rows.items()}, answers


@pytest.mark.parametrize("name", ["jsonl", "doccano"])
def test_a_whole_store_moves_through_a_complete_format(path, tmp_path, name):
    report = export(path, tmp_path / "x", name)
    assert (report.written, report.left_out) == (9, 0)
    brought = bring(tmp_path / "b.db", tmp_path / "x", name)
    assert (brought.new_pairs, brought.new_verdicts, brought.rejected) == (5, 8, 0)
    assert state(tmp_path / "b.db") == state(path)


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_store_gives_it_takes_back_without_a_change(path, tmp_path, name):
    before = state(path)
    with Store(path) as store:
        entries = len(store.history())
    export(path, tmp_path / "x", name, which="judged")
    # Lists of synonyms do not say who: each of their pairs is one new answer of "imported".
    report = bring(path, tmp_path / "x", name)
    assert report.rejected == report.changed == report.older == report.new_pairs == 0
    if name in ("solr", "solr-one-way", "attract", "repel", "cilin"):
        return
    assert report.new_verdicts == 0
    assert report.unchanged > 0
    assert state(path) == before
    with Store(path) as store:
        assert len(store.history()) == entries


def test_csv_of_a_store(path, tmp_path):
    report = export(path, tmp_path / "x.csv", "csv", encoding="utf-8-sig")
    assert (report.written, report.left_out) == (8, 1)
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfword1,word2,label,annotator,timestamp,score,source,note\r\n")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert rows[0] == {
        "word1": "漂亮",
        "word2": "美丽",
        "label": "synonym",
        "annotator": "ann",
        "timestamp": "2024-05-01T12:00:01.123456Z",
        "score": "0.5",
        "source": "gloss",
        "note": "'=1+1",
    }
    assert [row["label"] for row in rows] == ["synonym"] * 3 + ["not", "related", "not", "", ""]


def test_one_final_verdict_a_pair(path, tmp_path):
    export(path, tmp_path / "x.csv", "csv", whose="final")
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text("utf-8").splitlines()))
    assert [row["label"] for row in rows] == ["synonym", "", "antonym", "", ""]
    report = export(path, tmp_path / "x.csv", "csv", which="judged")
    assert report.written == 7


def test_lists_of_synonyms_hold_what_is_settled(path, tmp_path):
    export(path, tmp_path / "s.txt", "solr")
    assert (tmp_path / "s.txt").read_text("utf-8") == "漂亮,美丽\n"
    export(path, tmp_path / "s.txt", "solr", known=True)
    assert (tmp_path / "s.txt").read_text("utf-8") == "医生,大夫\n漂亮,美丽\n"
    export(path, tmp_path / "r.txt", "repel")
    assert (tmp_path / "r.txt").read_text("utf-8") == "女人 男人\n"
    export(path, tmp_path / "g.txt", "solr", encoding="gb18030")
    assert (tmp_path / "g.txt").read_bytes() == "漂亮,美丽\n".encode("gb18030")


def test_the_preview_of_an_export_shows_the_sets_that_grow(path, tmp_path):
    with Store(path) as store:
        store.add([candidate("漂亮", "好看"), candidate("美丽", "好看"), candidate("好看", "中看")])
        store.decide([6, 8], S, "ann")
        store.decide(7, N, "ann")
    config = ExportConfig(str(path), tmp_path / "x", "solr", chained=True)
    (preview,) = preview_export(config)
    assert (preview.records, preview.sets) == (3, 1)
    (grown,) = preview.grown
    assert grown.words == ("中看", "好看", "漂亮", "美丽")
    assert (grown.judged, grown.claimed, grown.contradicted) == (3, 3, (("好看", "美丽"),))
    (plain,) = preview_export(ExportConfig(str(path), tmp_path / "x", "solr"))
    assert (plain.sets, plain.grown) == (3, ())
    (table,) = preview_export(ExportConfig(str(path), tmp_path / "x", "csv"))
    assert (table.sets, table.left_out) == (0, 1)
    assert not (tmp_path / "x").exists()


def test_an_export_that_is_stopped_leaves_the_old_file(path, tmp_path):
    with Store(path) as store:
        store.add([candidate(f"词{i}", f"語{i}") for i in range(2500)])
    file = tmp_path / "x.jsonl"
    file.write_text("old", "utf-8")
    with closing(export_pairs(ExportConfig(str(path), file, "jsonl"))) as task:
        first = next(task)
        assert (first.done, first.total) == (1000, 2505)
    assert file.read_text("utf-8") == "old"
    assert sorted(entry.name for entry in tmp_path.glob("*x.jsonl*")) == ["x.jsonl"]
    seen, report = drive(export_pairs(ExportConfig(str(path), file, "jsonl")))
    assert [progress.done for progress in seen] == [1000, 2000, 2505]
    assert report.written == 2509


def table(tmp_path, *lines, name="in.csv"):
    file = tmp_path / name
    file.write_text("word1,word2,label,annotator,timestamp\n" + "".join(f"{line}\n" for line in lines), "utf-8")
    return file


def test_a_preview_says_what_applying_does_and_changes_nothing(path, tmp_path):
    late, early = "2030-01-01T00:00:00Z", "2000-01-01T00:00:00Z"
    file = table(
        tmp_path,
        f"漂亮,美丽,synonym,ann,{late}",  # as the store has it
        f"医生,医师,not,ann,{late}",  # changed
        f"女人,男人,synonym,ann,{early}",  # older than the store's
        f"土豆,马铃薯,synonym,cy,{late}",  # new verdict
        f"爸爸,父亲,synonym,cy,{late}",  # new pair, new verdict
        f"父亲,爸爸,synonym,cy,{late}",  # the same again
        f"父亲,爸爸,not,cy,{late}",  # contradicts it
        "父亲,爹,,,",  # new pair, no verdict
        "父亲,爹,maybe,,",
        "a,b,not,a\u0007x,",
    )
    before = state(path)
    config = ImportConfig(str(path), file, "csv")
    seen, preview = drive(preview_import(config))
    assert seen[-1] == ExchangeProgress(6)
    figures = (preview.new_pairs, preview.new_verdicts, preview.changed, preview.older, preview.unchanged)
    assert figures == (2, 2, 1, 1, 1)
    assert (preview.records, preview.repeated, preview.rejected, preview.encoding) == (6, 1, 3, "utf-8")
    assert [reject.line for reject in preview.rejects] == [8, 10, 11]
    assert "Line 6 gives synonym" in preview.rejects[0].reason
    assert preview.samples[0].candidate.pair == ("漂亮", "美丽")
    assert state(path) == before
    assert not config.rejects_file.exists()

    _, applied = drive(apply_import(config, fingerprint=preview.fingerprint))
    for name in ("records", "new_pairs", "new_verdicts", "changed", "older", "unchanged", "repeated", "rejects"):
        assert getattr(applied, name) == getattr(preview, name)
    assert applied.rejects_file == tmp_path / "in.csv.rejects.csv"
    rejected = list(csv.reader(applied.rejects_file.read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rejected] == ["line", "8", "10", "11"]
    after = state(path)
    assert after[1]["医师", "医生", "ann", False][0] is N
    assert after[1]["女人", "男人", "ann", False][0] is R
    assert after[1]["父亲", "爸爸", "cy", False][:2] == (S, datetime(2030, 1, 1, tzinfo=UTC))
    assert len(after[0]) == 7

    _, again = drive(preview_import(config))
    assert (again.new_pairs, again.new_verdicts, again.changed, again.unchanged) == (0, 0, 0, 4)


def test_an_import_is_one_transaction(path, tmp_path):
    lines = [f"词{i},語{i},synonym,cy," for i in range(1200)]
    file = table(tmp_path, *lines)
    before = state(path)
    with closing(apply_import(ImportConfig(str(path), file, "csv"))) as task:
        next(task)
        next(task)
    assert state(path) == before
    # A file that turns out to be a bomb in its last line.
    with file.open("a", encoding="utf-8") as more:
        more.write("x" * 2_000_000)
    with pytest.raises(ExchangeError, match="longer than"):
        drive(apply_import(ImportConfig(str(path), file, "csv")))
    assert state(path) == before


@pytest.mark.parametrize(
    ("rejects", "said"),
    [
        ("no/r.csv", "no folder"),
        pytest.param(
            "/dev/full",
            "cannot be written",
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device"),
        ),
    ],
)
def test_when_rejects_cannot_be_written_nothing_is_applied(path, tmp_path, rejects, said):
    before = state(path)
    file = table(tmp_path, "词,語,synonym,cy,", "a,a,not,,")
    with pytest.raises(ExchangeError, match=said):
        drive(apply_import(ImportConfig(str(path), file, "csv", rejects=tmp_path / rejects)))
    assert state(path) == before


@pytest.mark.long
def test_annotators_go_on_while_a_file_is_read(path, tmp_path):
    """The store is locked for the writing alone, and what they said meanwhile counts."""
    lines = [f"词{i},語{i},synonym,cy," for i in range(2500)]
    file = table(tmp_path, "土豆,马铃薯,not,ann,2025-01-01", *lines)
    with closing(apply_import(ImportConfig(str(path), file, "csv"))) as task:
        assert next(task) == ExchangeProgress(1000)
        with Store(path, patience=0.05) as store:
            store.decide(4, R, "ann")  # in 2026 at the earliest
        seen, report = drive(task)
    assert ExchangeProgress(2501) in seen
    assert (report.older, report.new_verdicts, report.changed) == (1, 2500, 0)
    assert state(path)[1]["土豆", "马铃薯", "ann", False][0] is R


def test_a_file_that_brings_nothing_new_does_not_lock_the_store(path, tmp_path):
    export(path, tmp_path / "x.jsonl", "jsonl")
    with Store(path) as store, store.database.writing():
        report = bring(path, tmp_path / "x.jsonl", "jsonl")
    assert (report.unchanged, report.new_pairs, report.new_verdicts) == (8, 0, 0)


def test_a_repeated_record_still_brings_its_evidence(path, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("word1,word2,label,score,source\n爸,爹,not,1,a\n爹,爸,not,2,b\n", "utf-8")
    report = bring(path, file, "csv")
    assert (report.records, report.repeated, report.new_verdicts) == (1, 1, 1)
    assert state(path)[0]["爸", "爹"][3] == {"a": 1.0, "b": 2.0}


def test_an_import_is_not_undone_by_a_key(path, tmp_path):
    bring(path, table(tmp_path, "爸爸,父亲,synonym,ann,"), "csv")
    with Store(path) as store:
        (entry,) = store.undo("ann")
        assert entry.note == "?"


def test_a_file_that_changed_after_its_preview_is_not_applied(path, tmp_path):
    file = table(tmp_path, "爸爸,父亲,synonym,ann,")
    _, preview = drive(preview_import(ImportConfig(str(path), file, "csv")))
    table(tmp_path, "爸爸,父亲,not,ann,")
    with pytest.raises(ExchangeError, match="has changed since the preview"):
        drive(apply_import(ImportConfig(str(path), file, "csv"), fingerprint=preview.fingerprint))


def test_who_judged_where_the_file_does_not_say(path, tmp_path):
    file = tmp_path / "s.txt"
    file.write_text("爸爸,父亲,爹\n", "utf-8")
    report = bring(path, file, "solr", annotator="thesaurus")
    assert (report.new_pairs, report.new_verdicts) == (3, 3)
    with Store(path) as store:
        assert {who.name: who.judged for who in store.annotators()}["thesaurus"] == 3
    with pytest.raises(NameRefusedError, match="name of an annotator"):
        bring(path, file, "solr", annotator="a\tb")


def test_files_without_names_are_of_two_people(path, tmp_path):
    for name, label in (("wang.csv", "synonym"), ("li.csv", "not")):
        (tmp_path / name).write_text(f"word1,word2,label\n好,棒,{label}\n", "utf-8")
        report = bring(path, tmp_path / name, "csv", annotator="")
        assert (report.new_verdicts, report.changed) == (1, 0)
    answers = state(path)[1]
    assert answers["好", "棒", "imported: wang.csv", False][0] is S
    assert answers["好", "棒", "imported: li.csv", False][0] is Verdict.NOT


@pytest.mark.parametrize("name", ["ann ", " ann", "\u3000ann", "ann"])
def test_blanks_around_a_name_are_no_other_person(path, tmp_path, name):
    assert bring(path, table(tmp_path, f"爸爸,父亲,synonym,{name},"), "csv").rejected == 0
    assert state(path)[1]["父亲", "爸爸", "ann", False][0] is S


@pytest.mark.sweep(6)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1), (1, 0, 2), (2, 0, 1)])
@pytest.mark.parametrize("before", [None, "2024-01-15", "2031-01-01"])
def test_the_newest_answer_of_a_file_wins(path, tmp_path, order, before):
    if before:
        bring(path, table(tmp_path, f"爸爸,父亲,unsure,ann,{before}"), "csv")
    lines = [f"爸爸,父亲,{label},ann,2024-0{n}-01" for n, label in ((1, "not"), (2, "antonym"), (3, "synonym"))]
    file = table(tmp_path, *[lines[n] for n in order])
    _, preview = drive(preview_import(ImportConfig(str(path), file, "csv")))
    report = bring(path, file, "csv")
    figures = ("new_verdicts", "changed", "older", "unchanged", "rejected")
    assert [getattr(preview, name) for name in figures] == [getattr(report, name) for name in figures]
    wanted = Verdict.UNSURE if before == "2031-01-01" else S
    assert state(path)[1]["父亲", "爸爸", "ann", False][0] is wanted


def test_a_newer_note_of_the_same_verdict_wins(path, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(
        "word1,word2,label,annotator,timestamp,note\n好,棒,not,ann,2024-01-01,old\n好,棒,not,ann,2024-01-02,new\n"
    )
    bring(path, file, "csv")
    assert state(path)[1]["好", "棒", "ann", False][3] == "new"


@pytest.mark.parametrize("text", ["word1,word2,label\n好,好,not\n", "nothing\n"])
def test_a_file_of_bad_rows_makes_no_store(tmp_path, text):
    (tmp_path / "in.csv").write_text(text, "utf-8")
    with pytest.raises(ExchangeError):
        bring(tmp_path / "new.db", tmp_path / "in.csv", "csv")
    assert not (tmp_path / "new.db").exists()


def test_a_dispute_is_against_a_chained_set(tmp_path):
    path = tmp_path / "d.db"
    file = table(
        tmp_path, "a,b,synonym,ann,", "b,c,synonym,ann,", "a,c,synonym,ann,", "a,c,not,bob,", "x,y,synonym,ann,"
    )
    bring(path, file, "csv")
    preview = next(iter(preview_export(ExportConfig(str(path), tmp_path / "x", "solr", chained=True))))
    assert [each.contradicted for each in preview.grown] == [(("a", "c"),)]


def test_a_name_has_one_spelling(path, tmp_path):
    bring(path, table(tmp_path, "爸爸,父亲,synonym,Jose\u0301,"), "csv")
    report = bring(path, table(tmp_path, "爸爸,父亲,synonym,Jos\u00e9,"), "csv")
    assert (report.new_verdicts, report.unchanged) == (0, 1)


def test_an_import_never_clears_a_note_or_a_flag(path, tmp_path):
    bring(path, table(tmp_path, "土豆,马铃薯,synonym,ann,2030-01-01"), "csv")
    answers = state(path)[1]["土豆", "马铃薯", "ann", False]
    assert (answers[0], answers[3], answers[4]) == (S, "?", True)


@pytest.mark.parametrize(
    ("name", "text"),
    [("jsonl", "word1,word2\na,b\n"), ("doccano", "漂亮,美丽\n"), ("cilin", "漂亮,美丽\n"), ("prodigy", "[]\n[]\n")],
)
def test_a_file_of_another_format_is_one_sentence(path, tmp_path, name, text):
    file = tmp_path / "in.txt"
    file.write_text(text, "utf-8")
    before = state(path)
    with pytest.raises(ExchangeError, match=r"in\.txt contains no .* Line 1: ") as caught:
        bring(path, file, name)
    assert "\n" not in str(caught.value)
    assert state(path) == before


def test_an_empty_file_brings_nothing(path, tmp_path):
    (tmp_path / "in.jsonl").write_text("\n\n", "utf-8")
    assert bring(path, tmp_path / "in.jsonl", "jsonl").records == 0


def test_packed_files_both_ways(path, tmp_path):
    export(path, tmp_path / "x.jsonl.gz", "jsonl")
    lines = gzip.decompress((tmp_path / "x.jsonl.gz").read_bytes()).decode().splitlines()
    assert json.loads(lines[0])["word1"] == "漂亮"
    bring(tmp_path / "b.db", tmp_path / "x.jsonl.gz", "jsonl")
    assert state(tmp_path / "b.db") == state(path)


def test_rules_come_out_of_a_store_as_they_went_in(path, tmp_path):
    """Also where the pair was there already, with ranks, and where two lines are about one pair."""
    rules = "医生 => 医师\n漂亮 => 漂亮,美丽\n美丽 => 漂亮,美丽\n马铃薯 => 土豆\n"
    (tmp_path / "in.txt").write_text(rules, "utf-8")
    assert bring(path, tmp_path / "in.txt", "solr-one-way", annotator="ann").records == 3
    for name in ("solr-one-way", "solr"):
        export(path, tmp_path / "out.txt", name)
        # "ann" had settled nothing about 医生 and 医师: bob disagrees.
        assert (tmp_path / "out.txt").read_text("utf-8") == "漂亮,美丽 => 漂亮,美丽\n马铃薯 => 土豆\n"
    bring(tmp_path / "b.db", tmp_path / "in.txt", "solr")
    export(tmp_path / "b.db", tmp_path / "out.txt", "solr-one-way")
    assert "医生 => 医师\n" in (tmp_path / "out.txt").read_text("utf-8")


def test_a_newer_answer_wins_when_two_stores_are_merged(path, tmp_path):
    bring(tmp_path / "b.db", export(path, tmp_path / "x", "jsonl").file, "jsonl")
    clock = Clock()
    clock.moment += timedelta(days=1)
    with Store(tmp_path / "b.db", now=clock) as other:
        pair = other.find([("漂亮", "美丽")])["漂亮", "美丽"]
        other.decide(pair, N, "ann")
    export(tmp_path / "b.db", tmp_path / "y", "jsonl")
    assert bring(path, tmp_path / "y", "jsonl").changed == 1
    assert state(path)[1]["漂亮", "美丽", "ann", False][0] is N
    # And the older file does not take it back.
    report = bring(path, tmp_path / "x", "jsonl")
    assert (report.older, report.changed) == (1, 0)
    assert state(path)[1]["漂亮", "美丽", "ann", False][0] is N


def test_two_files_of_one_name_are_not_taken_for_one_persons(path, tmp_path):
    for folder, label in (("ann", "synonym"), ("bob", "not")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "labels.csv").write_text(f"word1,word2,label\n漂亮,美丽,{label}\n", "utf-8")
    ours, theirs = (tmp_path / folder / "labels.csv" for folder in ("ann", "bob"))
    assert bring(path, ours, "csv").new_verdicts == 1
    assert bring(path, ours, "csv").unchanged == 1
    before = state(path)
    for task in (preview_import, apply_import):
        with pytest.raises(ExchangeError, match="Say who judged"):
            drive(task(ImportConfig(str(path), theirs, "csv")))
    assert state(path) == before
    assert bring(path, theirs, "csv", annotator="bob's").new_verdicts == 1
    assert bring(path, theirs, "csv", annotator="imported: labels.csv").changed == 1


@pytest.mark.parametrize("lines", [("a,b", "a => b"), ("a => b", "a,b"), ("b,a", "a => a,b")])
def test_a_set_and_its_rule_in_two_files_both_stay(tmp_path, lines):
    for n, line in enumerate(lines):
        (tmp_path / f"{n}.txt").write_text(f"{line}\n", "utf-8")
        bring(tmp_path / "b.db", tmp_path / f"{n}.txt", "solr", annotator="ann")
    export(tmp_path / "b.db", tmp_path / "out.txt", "solr")
    assert sorted((tmp_path / "out.txt").read_text("utf-8").splitlines()) == sorted(lines)


@pytest.mark.parametrize("name", ["solr", "solr-one-way", "attract", "repel"])
def test_a_table_is_no_list_of_synonyms(tmp_path, name):
    sign = "," if name.startswith("solr") else "\t"
    rows = ("Word1,word2", "漂亮,丑") if sign == "\t" else ("word1,word2,label", "漂亮,丑,antonym", "美丽,漂亮,synonym")
    (tmp_path / "pairs.txt").write_text("\n".join(rows).replace(",", sign), "utf-8")
    with pytest.raises(ExchangeError, match="head of a table"):
        bring(tmp_path / "b.db", tmp_path / "pairs.txt", name)
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize(
    "lines",
    [
        ("s(100001740,1,'entity',n,1,11).", "s(100001930,1,'physical entity',n,1,0)."),
        ("s(100001740, 1, 'entity', n, 1, 11).", "hyp(100002137,100001740)."),
    ],
)
def test_wordnets_prolog_is_no_list_of_synonyms(tmp_path, lines):
    (tmp_path / "wn_s.pl").write_text("\n".join(lines), "utf-8")
    with pytest.raises(ExchangeError, match="Prolog"):
        bring(tmp_path / "b.db", tmp_path / "wn_s.pl", "solr")
    assert not (tmp_path / "b.db").exists()


def noted(tmp_path, *lines):
    file = tmp_path / "in.csv"
    file.write_text("\n".join(["word1,word2,label,annotator,timestamp,note", *lines, ""]), encoding="utf-8")
    return file


@pytest.mark.parametrize("at", ["", "2024-01-01"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_note_and_a_verdict_on_two_lines_are_one_answer(path, tmp_path, order, at):
    lines = [f"好,棒,,ann,{at},hm", f"好,棒,not,ann,{at},"][::order]
    file = noted(tmp_path, *lines)
    _, preview = drive(preview_import(ImportConfig(str(path), file, "csv")))
    report = bring(path, file, "csv")
    assert (report.rejected, report.new_verdicts, report.changed) == (0, 1, 1)
    assert (preview.rejected, preview.new_verdicts, preview.changed) == (0, 1, 1)
    answer = state(path)[1]["好", "棒", "ann", False]
    assert (answer[0], answer[3]) == (N, "hm")


def test_two_notes_of_one_moment_are_not_one(path, tmp_path):
    report = bring(path, noted(tmp_path, "好,棒,not,ann,,one", "好,棒,not,ann,,two", "好,棒,not,ann,,one"), "csv")
    assert [(each.line, each.reason) for each in report.rejects] == [
        (3, "Line 2 has another note on the same pair by the same annotator.")
    ]
    assert report.repeated == 1
    assert state(path)[1]["好", "棒", "ann", False][3] == "one"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seconds": -1}, "-1 is not a number of seconds"),
        ({"model_score": 17.5}, "17.5 is not a probability"),
        ({"model_score": -0.1}, "-0.1 is not a probability"),
        ({"scores": {"cosine": "1_0"}}, "'1_0' is not a number"),
    ],
)
def test_numbers_that_no_answer_can_have_are_rejected(path, tmp_path, changes, said):
    file = tmp_path / "in.jsonl"
    sound = {"word1": "好", "word2": "棒", "label": "not", "annotator": "ann"}
    lines = [sound | changes, {**sound, "word2": "坏", "seconds": 0, "model_score": 1}]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    report = bring(path, file, "jsonl")
    assert [said in each.reason for each in report.rejects] == [True]
    assert report.records == 1


def test_a_preview_before_there_is_a_store_shows_that_all_is_new(tmp_path):
    file, store = table(tmp_path, "好,棒,not,ann,"), tmp_path / "new.db"
    _, preview = drive(preview_import(ImportConfig(str(store), file, "csv")))
    assert (preview.new_pairs, preview.new_verdicts) == (1, 1)
    assert not store.exists()
    with pytest.raises(StoreError, match="nowhere does not exist"):
        drive(preview_import(ImportConfig(str(tmp_path / "nowhere" / "new.db"), file, "csv")))
