"""Exports of other tools as their versions write them: each answer arrives, or is named; none is turned round."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from core.synonyms.exchange.files import TextFile
from core.synonyms.exchange.formats import format_named
from core.synonyms.exchange.record import ExchangeError, Record, Reject
from core.synonyms.verdicts import Verdict

S, R, A, N, U, K = Verdict


def read(tmp_path, name, text):
    path = tmp_path / "file"
    path.write_text(text if isinstance(text, str) else json.dumps(text), "utf-8")
    return list(format_named(name).read(TextFile(path)))


def options(*named):
    return [{"id": one, "text": text} for one, text in named]


USUAL = options(("synonym", "Synonym"), ("antonym", "Antonym"), ("not", "Neither"))
NUMBERED = options((1, "Synonym"), (2, "Antonym"))


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"options": USUAL, "accept": ["antonym"], "answer": "accept"}, A),
        ({"options": USUAL, "accept": ["not"], "answer": "accept"}, N),
        ({"options": NUMBERED, "accept": [2], "answer": "accept"}, A),
        ({"accept": ["related"], "answer": "accept"}, R),
        ({"options": USUAL, "accept": "synonym", "answer": "accept"}, S),
        ({"options": USUAL, "accept": ["antonym"], "answer": "ignore"}, K),
        ({"options": USUAL}, None),
        ({"options": USUAL, "label": "SYNONYM", "accept": ["antonym"], "answer": "accept"}, A),
    ],
)
def test_a_choice_of_prodigy_is_what_was_chosen(tmp_path, said, verdict):
    (found,) = read(tmp_path, "prodigy", {"text": "漂亮 / 丑"} | said)
    assert isinstance(found, Record)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    "said",
    [
        {"options": USUAL, "accept": ["antonym", "not"], "answer": "accept"},
        {"options": USUAL, "accept": [], "answer": "accept"},
        {"options": USUAL, "answer": "accept"},
        {"options": USUAL, "accept": ["related"], "answer": "accept"},
        {"options": USUAL, "accept": [["x"]], "answer": "accept"},
        {"options": USUAL, "accept": ["antonym"], "answer": "reject"},
        {"options": USUAL, "accept": [], "answer": "reject"},
        {"options": USUAL, "accept": ["antonym"]},
        {"options": "x", "accept": ["antonym"], "answer": "accept"},
        {"options": options(("s", "same")), "accept": ["s"], "answer": "accept"},
        {"answer": "accept"},
        {"answer": "reject"},
        {"label": None, "answer": "accept"},
        {"label": "synonym", "answer": "accept", "_timestamp": -5},
        {"label": "synonym", "answer": "accept", "_timestamp": 100_000_000_000},
        {"label": "synonym", "answer": "accept", "_timestamp": 1e300},
    ],
)
def test_an_answer_of_prodigy_that_says_nothing_clear_is_rejected(tmp_path, said):
    (found,) = read(tmp_path, "prodigy", {"text": "漂亮 / 丑"} | said)
    assert isinstance(found, Reject)
    assert found.reason


@pytest.mark.parametrize("said", [{"label": ["not"]}, {"labels": ["not"]}, {"label": [], "labels": ["not"]}])
def test_the_labels_of_any_doccano_are_read(tmp_path, said):
    (found,) = read(tmp_path, "doccano", {"text": "漂亮\t丑"} | said)
    assert found.verdict is N


@pytest.mark.parametrize(
    "said",
    [{"annotations": [{"label": 3, "user": 1}]}, {"label": ["not"], "labels": ["synonym"]}, {"labels": {"x": 1}}],
)
def test_labels_of_doccano_that_nobody_can_name_are_rejected(tmp_path, said):
    (found,) = read(tmp_path, "doccano", {"text": "漂亮\t丑"} | said)
    assert isinstance(found, Reject)


@pytest.mark.parametrize("name", ["jsonl", "doccano", "prodigy"])
def test_a_key_nobody_reads_is_named_once(tmp_path, name):
    line = json.dumps({"word1": "漂亮", "word2": "丑", "verdict": "antonym"})
    told, *found = read(tmp_path, name, f"{line}\n{line}\n")
    assert isinstance(told, Reject)
    assert told.line == 1
    assert "verdict" in told.reason
    assert "label" in told.reason
    assert len(found) == 2


def task(*annotations, **more):
    return {"id": 1, "data": {"word1": "漂亮", "word2": "丑"}, "annotations": list(annotations)} | more


def annotation(*results, **more):
    items = [
        {"from_name": name, "to_name": "pair", "type": "choices", "value": {"choices": [choice]}}
        for name, choice in results
    ]
    return {"completed_by": 1, "result": items} | more


def test_label_studio_of_old_is_read(tmp_path):
    old = task(completions=[annotation(("rel", "antonym"), created_at=1714564800)])
    del old["annotations"]
    (found,) = read(tmp_path, "label-studio", [old])
    assert (found.verdict, found.at) == (A, datetime(2024, 5, 1, 12, tzinfo=UTC))


def test_a_key_of_a_task_nobody_reads_is_named(tmp_path):
    told, found = read(tmp_path, "label-studio", [task(judgements=[annotation(("rel", "antonym"))])])
    assert "judgements" in told.reason
    assert found.verdict is None


def test_what_was_changed_last_says_when(tmp_path):
    made = annotation(("rel", "not"), created_at="2024-05-01T12:00:00Z", updated_at="2024-06-01T12:00:00Z")
    (found,) = read(tmp_path, "label-studio", [task(made)])
    assert found.at == datetime(2024, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ((("rel", "antonym"), ("sure", "not")), A),
        ((("sure", "not"), ("rel", "antonym")), A),
        ((("rel", "antonym"), ("style", "formal")), A),
        ((("relation", "antonym"), ("style", "formal")), A),
        ((("relation", "antonym"), ("mark", "flagged")), A),
    ],
)
def test_one_control_says_the_verdict(tmp_path, results, verdict):
    (found,) = read(tmp_path, "label-studio", [task(annotation(*results))])
    assert found.verdict is verdict


def test_the_control_is_that_of_the_whole_file(tmp_path):
    tasks = [task(annotation(("rel", "antonym"))), task(annotation(("sure", "not")))]
    first, second = read(tmp_path, "label-studio", tasks)
    assert first.verdict is A
    assert isinstance(second, Reject)


def test_two_controls_that_could_be_it_are_named(tmp_path):
    with pytest.raises(ExchangeError, match="left, right"):
        read(tmp_path, "label-studio", [task(annotation(("right", "not"), ("left", "synonym")))])


@pytest.mark.parametrize("head", ["word1,word2,label,Label", "word1,word2,label,note,label", "word1,word2,word1,label"])
def test_a_column_that_stands_twice_is_named(tmp_path, head):
    with pytest.raises(ExchangeError, match="twice"):
        read(tmp_path, "csv", f"{head}\n漂亮,丑,not,synonym,x\n")


@pytest.mark.parametrize(
    "line",
    [
        "s(100001740,1,'entity',n,1,11).",
        "g(100001740,'that which is perceived, known').",
        '{"word1": "漂亮", "word2": "美丽", "label": "not"}',
        "word1,word2,label,annotator",
    ],
)
def test_lines_of_other_files_are_no_rules(tmp_path, line):
    found = read(tmp_path, "solr", f"a,b\n{line}\n{line}\n")
    assert [type(each) for each in found] == [Record, Reject, Reject]


def test_a_file_that_begins_as_another_kind_is_read_no_further(tmp_path):
    found = read(tmp_path, "solr", "# pairs\nword1,word2,label\n漂亮,丑,antonym\n")
    assert [type(each) for each in found] == [Reject]


def test_a_score_alone_does_not_propose(tmp_path):
    from core.synonyms.pairs import Candidate

    scored = Record(Candidate("a", "b", {"cosine": 0.5}), S)
    for name in ("csv", "prodigy"):
        (found,) = read(tmp_path, name, "".join(format_named(name).write([scored])))
        assert found.candidate.sources == ()


@pytest.mark.parametrize(
    ("part", "key"),
    [("annotation", "choice"), ("annotation", "verdict"), ("result", "label"), ("data", "label"), ("data", "relation")],
)
def test_what_nobody_reads_in_label_studio_is_named_once(tmp_path, part, key):
    made = [task(annotation(("rel", "synonym"))) for _n in range(2)]
    for each in made:
        holder = {
            "annotation": each["annotations"][0],
            "result": each["annotations"][0]["result"][0],
            "data": each["data"],
        }[part]
        holder[key] = "antonym"
    told, *found = read(tmp_path, "label-studio", made)
    assert isinstance(told, Reject)
    assert key in told.reason
    assert [each.verdict for each in found] == [S, S]


@pytest.mark.parametrize(
    ("row", "cells"), [("漂亮,美", 2), ("漂亮,美丽,synonym,an", 4), ("漂亮", 1), ("漂亮\t美丽\tnot", 3)]
)
def test_a_row_with_fewer_cells_than_columns_is_named_and_not_guessed_at(tmp_path, row, cells):
    name, sign = ("tsv", "\t") if "\t" in row else ("csv", ",")
    head, whole = "word1,word2,label,annotator,note".replace(",", sign), "好,棒,synonym,ann,".replace(",", sign)
    found = read(tmp_path, name, f"{head}\n{whole}\n{row}\n")
    assert isinstance(found[0], Record)
    assert (found[1].line, len(found)) == (3, 2)
    assert f"{cells} cell{'s' * (cells > 1)} under 5 column names" in found[1].reason


@pytest.mark.parametrize("name", ["jsonl", "doccano", "prodigy"])
def test_a_key_that_stands_there_twice_is_named(tmp_path, name):
    words = '"word1": "漂亮", "word2": "丑"' if name == "jsonl" else '"text": "漂亮 / 丑"'
    (found,) = read(tmp_path, name, "{" + words + ', "label": "antonym", "label": "synonym"}')
    assert isinstance(found, Reject)
    assert "'label' twice" in found.reason


def test_an_annotation_that_chooses_twice_is_rejected(tmp_path):
    made = [task(annotation(("rel", "synonym"), ("rel", "not"))), task(annotation(("rel", "not"), ("rel", "not")))]
    twice, same = read(tmp_path, "label-studio", made)
    assert isinstance(twice, Reject)
    assert "synonym" in twice.reason
    assert "not" in twice.reason
    assert same.verdict is N


def test_a_result_without_its_type_is_known_by_its_value(tmp_path):
    made = annotation(("rel", "antonym"), ("note", "x"))
    made["result"][1]["value"] = {"text": ["opposites"]}
    for item in made["result"]:
        del item["type"]
    (found,) = read(tmp_path, "label-studio", [task(made)])
    assert (found.verdict, found.note) == (A, "opposites")


@pytest.mark.parametrize("name", ["Comments", "comments"])
def test_what_was_said_about_a_pair_in_doccano_is_its_note(tmp_path, name):
    said = {"text": "漂亮\t丑", "label": ["not"], "note": "opposites", name: ["hm", "sure"]}
    (found,) = read(tmp_path, "doccano", said)
    assert (found.verdict, found.note) == (N, "opposites\nhm\nsure")
    (found,) = read(tmp_path, "doccano", said | {name: [1]})
    assert isinstance(found, Reject)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"a,b\n', "Line 1: A quote opened here is never closed; the file can't be read up to line 1."),
        ('word1,word2,"la"bel\n', "Line 1: Expected a separator after the closing quote; to write a quote inside"),
    ],
)
def test_a_first_line_that_cannot_be_taken_apart_is_told_in_words(tmp_path, text, said):
    path = tmp_path / "in.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        list(format_named("csv").read(TextFile(path)))
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"word1": "a",}', "This is not JSON, from character"),
        ('{"seconds": ' + "1" * 5001 + "}", "The JSON holds a number of thousands of digits."),
        ("[" * 100_000, "The JSON is nested too deeply."),
    ],
)
def test_what_is_no_json_is_told_without_the_words_of_a_library(tmp_path, line, said):
    path = tmp_path / "in.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    (found,) = list(format_named("jsonl").read(TextFile(path)))
    assert found.reason.startswith(said)


@pytest.mark.parametrize("cut", [slice(0, 15), slice(0, -6)])
def test_a_damaged_gzip_file_is_told_in_words(tmp_path, cut):
    path = tmp_path / "in.csv.gz"
    path.write_bytes(gzip.compress(b"word1,word2\na,b\n" * 100)[cut])
    with pytest.raises(ExchangeError, match="is a damaged gzip file"):
        list(format_named("csv").read(TextFile(path)))
