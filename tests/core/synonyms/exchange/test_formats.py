"""Each format against text written by hand, as its own tool writes or reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.synonyms.exchange.files import TextFile
from core.synonyms.exchange.formats import FORMATS, format_named
from core.synonyms.exchange.label_studio import LABELLING_CONFIG
from core.synonyms.exchange.prodigy import signed_hash
from core.synonyms.exchange.record import ExchangeError, Record, Reject
from core.synonyms.exchange.solr import split_rule
from core.synonyms.pairs import Candidate, word_pair
from core.synonyms.verdicts import Verdict

S, R, A, N, U, K = Verdict
AT = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def read(tmp_path, name, text, encoding="auto"):
    path = tmp_path / "file"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(format_named(name).read(TextFile(path, encoding)))


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_columns_that_nobody_knows_are_named_and_the_rest_is_read(tmp_path, name):
    text = "word1,verdict,word2,,Rating\n漂亮,synonym,美丽,,5\n".replace(",", "," if name == "csv" else "\t")
    rejected, understood = read(tmp_path, name, text)
    assert rejected.line == 1
    assert "verdict, rating" in rejected.reason
    assert "label" in rejected.reason  # where verdicts are looked for
    assert understood == record("漂亮", "美丽")


def record(one, other, verdict=None, **said):
    evidence = {name: said.pop(name) for name in ("scores", "sources", "ranks") if name in said}
    return Record(Candidate(*word_pair(one, other), **evidence), verdict, **said)


def text_of(name, records, **options):
    return "".join(format_named(name, **options).write(records))


def test_csv_as_the_anchors_have_it():
    judged = record("漂亮", "美丽", S, annotator="ann", at=AT, note="好", scores={"cosine": 0.8}, sources=("cosine",))
    assert text_of("csv", [judged, record("医生", "医师")]) == (
        "word1,word2,label,annotator,timestamp,score,source,note\r\n"
        "漂亮,美丽,synonym,ann,2024-05-01T12:00:00Z,0.8,cosine,好\r\n"
        "医师,医生,,,,,,\r\n"
    )


def test_csv_of_other_hands(tmp_path):
    text = "Label, word2,word1,shop\n Synonym ,漂亮,美丽,x\n\nnot,女人,男人\n"
    text += 'SYNONYM,a,"b\nc"\nmaybe,a,b\nnot,a,a\n,a,b,c,d\n'
    found = read(tmp_path, "csv", text)
    assert (found[0].line, found[0].text) == (1, "Label, word2,word1,shop")
    assert found[1:3] == [record("漂亮", "美丽", S), record("男人", "女人", N)]
    assert [(item.line, item.reason[:20]) for item in found[3:]] == [
        (5, "'b\\nc' is not a word"),
        (7, "'maybe' is not a ver"),
        (8, "A pair needs two dif"),
        (9, "5 cells under 4 colu"),
    ]


def test_tsv_quotes_what_it_must():
    assert text_of("tsv", [record("a", "b", S, note='x\t"y"')]).split("\n")[1] == 'a\tb\tsynonym\t\t\t\t\t"x\t""y"""'


def test_jsonl_says_everything(tmp_path):
    (line,) = text_of("jsonl", [record("a", "b", S, ranks=(3, None), flagged=True, model_score=0.0)]).splitlines()
    said = {"word1": "a", "word2": "b", "label": "synonym", "flagged": True, "model_score": 0.0, "ranks": [3, None]}
    assert json.loads(line) == said
    swapped = '{"word1": "b", "word2": "a", "ranks": [1, 2], "codes": [["X"], []]}'
    (found,) = read(tmp_path, "jsonl", swapped)
    assert found.candidate == Candidate("a", "b", ranks=(2, 1), codes=((), ("X",)))


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{",
        '"x"',
        '{"word1": "a"}',
        '{"word1": 1, "word2": "b"}',
        '{"word1": "a", "word2": "b", "label": "maybe"}',
        '{"word1": "a", "word2": "b", "label": 3}',
        '{"word1": "a", "word2": "b", "timestamp": "yesterday"}',
        '{"word1": "a", "word2": "b", "timestamp": "0001-01-01T00:00:00+14:00"}',
        '{"word1": "a", "word2": "b", "scores": {"cosine": NaN}}',
        '{"word1": "a", "word2": "b", "scores": {"cosine": 1e999}}',
        '{"word1": "a", "word2": "b", "scores": {"cosine": true}}',
        '{"word1": "a", "word2": "b", "scores": {"word1": 1}}',
        '{"word1": "a", "word2": "b", "scores": {" ": 1}}',
        '{"word1": "a", "word2": "b", "sources": ["a\\nb"]}',
        '{"word1": "a", "word2": "b", "scores": []}',
        '{"word1": "a", "word2": "b", "sources": [{}]}',
        '{"word1": "a", "word2": "b", "ranks": [0, 1]}',
        '{"word1": "a", "word2": "b", "ranks": [1]}',
        '{"word1": "a", "word2": "b", "ranks": [99999999999, 1]}',
        '{"word1": "a", "word2": "b", "codes": ["x", "y"]}',
        '{"word1": "a", "word2": "b", "codes": [["a b"], []]}',
        '{"word1": "a", "word2": "b", "flagged": 1}',
        '{"word1": "a", "word2": "b", "note": "\\ud800"}',
        '{"word1": "a", "word2": "b", "seconds": ' + "9" * 5000 + "}",
        "[" * 200_000,
    ],
)
def test_a_wrong_line_is_rejected_with_its_number_and_the_others_are_read(tmp_path, line):
    good = '{"word1": "a", "word2": "b", "label": "not"}'
    found = read(tmp_path, "jsonl", f"{good}\n{line}\n{good}\n")
    assert found[::2] == [record("a", "b", N)] * 2
    assert isinstance(found[1], Reject)
    assert found[1].line == 2
    assert found[1].reason
    assert "\n" not in found[1].reason


def test_doccano_as_the_anchors_have_it(tmp_path):
    assert json.loads(text_of("doccano", [record("漂亮", "美丽", S)])) == {
        "text": "漂亮\t美丽",
        "label": ["synonym"],
        "word1": "漂亮",
        "word2": "美丽",
    }
    lines = '{"id": 7, "text": "漂亮\\t美丽", "label": ["related"], "Comments": []}\n{"text": "a\\tb", "label": []}\n'
    assert read(tmp_path, "doccano", lines) == [record("漂亮", "美丽", R), record("a", "b")]
    wrong = read(tmp_path, "doccano", '{"text": "a\\tb", "label": ["not", "synonym"]}\n{"text": "abc"}\n')
    assert [item.line for item in wrong] == [1, 2]


def test_prodigy_as_the_anchors_have_it(tmp_path):
    judged = record("漂亮", "美丽", N, annotator="ann", at=AT, scores={"cosine": 0.8}, sources=("cosine",))
    assert json.loads(text_of("prodigy", [judged])) == {
        "text": "漂亮 / 美丽",
        "label": "SYNONYM",
        "meta": {"score": 0.8, "source": "cosine"},
        "word1": "漂亮",
        "word2": "美丽",
        "_input_hash": signed_hash("漂亮 / 美丽"),
        "_task_hash": signed_hash("漂亮 / 美丽", "SYNONYM"),
        "_view_id": "classification",
        "answer": "reject",
        "_timestamp": 1714564800,
        "_annotator_id": "ann",
        "_session_id": "ann",
    }
    said = {
        '"label": "SYNONYM", "answer": "accept"': S,
        '"label": "RELATED", "answer": "accept"': R,
        '"label": "ANTONYM", "answer": "accept"': A,
        '"label": "SYNONYM", "answer": "reject"': N,
        '"label": "SYNONYM", "answer": "ignore"': K,
        '"label": "SYNONYM", "answer": "ignore", "meta": {"verdict": "unsure"}': U,
        '"label": "SYNONYM"': None,
    }
    for text, verdict in said.items():
        (found,) = read(tmp_path, "prodigy", '{"text": "漂亮 / 美丽", ' + text + "}")
        assert found == record("漂亮", "美丽", verdict)
    (reject,) = read(tmp_path, "prodigy", '{"text": "a / b", "label": "RELATED", "answer": "reject"}')
    assert "is not a verdict on synonyms" in reject.reason


LABEL_STUDIO = """[{"id": 1, "data": {"word1": "漂亮", "word2": "美丽", "cosine": 0.8},
 "annotations": [
  {"id": 9, "completed_by": 3, "was_cancelled": false, "ground_truth": false, "lead_time": 2.5,
   "created_at": "2024-05-01T12:00:00.000000Z", "updated_at": "2024-05-01T12:00:00.000000Z",
   "result": [{"id": "x", "from_name": "rel", "to_name": "pair", "type": "choices", "value": {"choices":
   ["synonym"]}}]},
  {"id": 10, "completed_by": {"id": 4, "email": "bob@example.org"}, "was_cancelled": true, "result": []},
  {"id": 11, "completed_by": 5, "result": []}],
 "predictions": [{"model_version": "m", "score": 0.5, "result": []}]},
 {"id": 2, "data": {"word1": "a", "word2": "b"}}, {"id": 3}]"""


def test_label_studio_as_it_exports(tmp_path):
    found = read(tmp_path, "label-studio", LABEL_STUDIO)
    evidence = {"scores": {"cosine": 0.8}, "sources": ("cosine",)}
    assert found[0] == record("漂亮", "美丽", S, annotator="label-studio-3", at=AT, seconds=2.5, **evidence)
    assert found[1] == record("漂亮", "美丽", K, annotator="bob@example.org", **evidence)
    assert found[2] == Reject(1, "The annotation has no choice and was not skipped.", found[2].text)
    assert found[3] == record("a", "b")
    assert found[4].line == 3


def test_label_studio_as_it_is_written():
    records = [
        record("漂亮", "美丽", S, annotator="ann", at=AT, seconds=2.5, scores={"cosine": 0.8}, sources=("cosine",)),
        record("漂亮", "美丽", K, annotator="bob", scores={"cosine": 0.8}, sources=("cosine",)),
    ]
    (task,) = json.loads(text_of("label-studio", records))
    assert task["data"] == {"word1": "漂亮", "word2": "美丽", "cosine": 0.8}
    first, second = task["annotations"]
    assert first["result"] == [
        {"id": "rel1", "from_name": "rel", "to_name": "pair", "type": "choices", "value": {"choices": ["synonym"]}}
    ]
    assert (first["lead_time"], first["created_at"], first["was_cancelled"]) == (2.5, "2024-05-01T12:00:00Z", False)
    assert (second["was_cancelled"], second["result"], second["ground_truth"]) == (True, [], False)


@pytest.mark.parametrize(("score", "choice", "sure"), [(0.3, "not", 0.7), (0.5, "synonym", 0.5), (0.9, "synonym", 0.9)])
def test_a_prediction_says_how_sure_its_choice_is(score, choice, sure):
    (task,) = json.loads(text_of("label-studio", [record("a", "b", N, annotator="ann", model_score=score)]))
    (prediction,) = task["predictions"]
    assert prediction["result"][0]["value"] == {"choices": [choice]}
    assert prediction["score"] == pytest.approx(sure)


def test_the_guide_has_the_labelling_interface_in_both_languages():
    guide = (Path(__file__).parents[4] / "docs/guide/synonyms.md").read_text("utf-8")
    assert guide.count(f"```xml\n{LABELLING_CONFIG}```") == 2


def test_solr_as_it_is_written():
    triangle = [record("漂亮", "美丽", S), record("美丽", "好看", S), record("漂亮", "好看", S)]
    tail = record("好看", "中看", S)
    assert text_of("solr", [*triangle, tail]) == "中看,好看\n好看,漂亮,美丽\n"
    assert text_of("solr", [*triangle, tail], chained=True) == "中看,好看,漂亮,美丽\n"
    assert text_of("solr", [record("a,b", "c=>d", S), record("#e", "f\\", S)]) == "\\#e,f\\\\\na\\,b,c\\=>d\n"
    assert text_of("solr", [record("a", "b", R), record("a", "c")]) == ""


def test_one_way_rules_put_the_commoner_word_on_the_right():
    records = [
        record("土豆", "马铃薯", S, ranks=(900, 100)),
        record("洋芋", "马铃薯", S, ranks=(5000, 100)),
        record("a", "b", S),
    ]
    # Nobody knows which of a and b is the commoner: they stay equivalent.
    assert text_of("solr-one-way", records) == "a,b\n土豆,洋芋 => 马铃薯\n"


@pytest.mark.parametrize("name", ["solr", "solr-one-way"])
@pytest.mark.parametrize(
    "rules",
    [
        "土豆,洋芋 => 马铃薯\n",
        "马铃薯 => 土豆,洋芋\n",
        "漂亮,美人 => 好看\n美丽 => 漂亮\n",
        "a => b\nb => a\n",
        "土豆 => 土豆,马铃薯\n",
        "土豆,洋芋 => 土豆,马铃薯\n",
        "a,b => a,b\n",
        "好看,漂亮,美丽\n土豆,洋芋 => 马铃薯\n",
        "a,b\na => b\n",
        "漂亮,好看,美丽\n",
        "美丽,好看,漂亮\n",
        "c,a,b\n",
    ],
)
def test_rules_keep_their_direction(tmp_path, name, rules):
    found = read(tmp_path, name, rules)
    assert text_of(name, found) == rules


def test_a_rule_before_its_set_keeps_both(tmp_path):
    assert text_of("solr", read(tmp_path, "solr", "a => b\na,b\n")) == "a,b\na => b\n"


def test_no_rank_turns_a_rule_round(tmp_path):
    found = read(tmp_path, "solr-one-way", "土豆,洋芋 => 马铃薯\n")
    for ranks in ((1, 2), (2, 1)):
        ranked = [replace(item, candidate=replace(item.candidate, ranks=ranks)) for item in found]
        assert text_of("solr-one-way", ranked) == "土豆,洋芋 => 马铃薯\n"


def test_rules_are_no_equivalents_that_chain(tmp_path):
    found = read(tmp_path, "solr", "a,b\nb => c\n")
    assert text_of("solr", found, chained=True) == "a,b\nb => c\n"


def test_a_rule_that_says_nothing_is_rejected(tmp_path):
    (found,) = read(tmp_path, "solr", "a => a\n")
    assert "has no effect" in found.reason


def test_solr_of_other_hands(tmp_path):
    text = "# 注释\n\n漂亮, 美丽 ,好看\n土豆,洋芋 => 马铃薯, 土豆\na\\,b,c\\=>d\n\\#e,f\n单独\na => b => c\n=> x\n"
    found = read(tmp_path, "solr", text)
    pairs = [item.candidate.pair for item in found if isinstance(item, Record)]
    assert pairs == [
        word_pair(*two)
        for two in [
            ("漂亮", "美丽"),
            ("漂亮", "好看"),
            ("美丽", "好看"),
            ("土豆", "马铃薯"),
            ("洋芋", "马铃薯"),
            ("洋芋", "土豆"),
            ("a,b", "c=>d"),
            ("#e", "f"),
        ]
    ]
    assert {item.verdict for item in found if isinstance(item, Record)} == {S}
    assert [item.line for item in found if isinstance(item, Reject)] == [7, 8, 9]


def test_splitting_respects_backslashes():
    assert split_rule("a\\,b,c", ",") == ["a\\,b", "c"]
    assert split_rule("a\\\\,b", ",") == ["a\\\\", "b"]
    assert split_rule("a\\=>b=>c", "=>") == ["a\\=>b", "c"]
    assert split_rule("", ",") == [""]
    assert split_rule("a\\", ",") == ["a\\"]


def test_constraint_files_are_two_words_a_line(tmp_path):
    records = [record("漂亮", "美丽", S), record("男", "女", A), record("x y", "z", S), record("a", "b", N)]
    assert text_of("attract", records) == "漂亮 美丽\n"
    assert text_of("repel", records) == "女 男\n"
    found = read(tmp_path, "repel", "en_big en_small\na b c\n\n")
    assert found[0] == record("en_big", "en_small", A)
    assert found[1].line == 2


def test_cilin_text(tmp_path):
    records = [
        record("人", "士", S),
        record("人", "人物", S),
        record("士", "人物", S),
        record("猫", "狗", R),
        record("x y", "z", S),
    ]
    text = text_of("cilin", records)
    assert text == "Zz01A01= 人 人物 士\nZz01A02# 狗 猫\n"
    found = read(tmp_path, "cilin", "Aa01A01= 人 士 人物\nAa01A02# 人类 生人\nAa01A03@ 人手\nBroken 人 士\n")
    assert [(item.candidate.pair, item.verdict) for item in found[:4]] == [
        (("人", "士"), S),
        (("人", "人物"), S),
        (("人物", "士"), S),
        (("人类", "生人"), R),
    ]
    assert found[4].line == 4


def test_codes_of_written_sets_are_all_different():
    many = "".join(format_named("cilin").write(record(f"a{i}", f"b{i}", S) for i in range(3000)))
    codes = [line.split("=")[0] for line in many.splitlines()]
    assert len(set(codes)) == 3000
    assert codes[98:100] == ["Zz01A99", "Zz01B01"]


def test_every_format_has_a_name_a_title_and_says_what_it_is_not():
    assert len({format_named(name).title() for name in FORMATS}) == len(FORMATS) == 11
    with pytest.raises(ExchangeError, match="xml"):
        format_named("xml")
    with pytest.raises(ExchangeError, match="no sets to merge"):
        format_named("csv", chained=True)
    with pytest.raises(ExchangeError, match="no sets to merge"):
        format_named("solr-one-way", chained=True)


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl", "prodigy", "doccano", "label-studio"])
def test_a_note_on_a_pair_without_a_verdict_is_kept(tmp_path, name):
    given = record("漂亮", "美丽", annotator="ann", at=AT, note="ask 王")
    (found,) = read(tmp_path, name, text_of(name, [given]))
    assert (found.verdict, found.annotator, found.note) == (None, "ann", "ask 王")


@pytest.mark.parametrize("source", ["my source", "词林 2018", "s'x", "=1+1", "a,b", 'say "x"'])
@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl", "prodigy", "doccano", "label-studio"])
def test_any_words_name_a_source(tmp_path, name, source):
    given = record("漂亮", "美丽", scores={source: 0.5}, sources=(source,))
    assert read(tmp_path, name, text_of(name, [given])) == [given]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('word1,word2,note\n好,棒,"never closed\n坏,差,\n', 2, "never closed; the file can't be read up to line 3"),
        ('word1,word2,note\n"好"x,棒,\n坏,差,\n', 2, "separator"),
        (f"word1,word2,note\n好,棒,{'a' * 200_000}\n坏,差,\n", 2, "131,072 characters"),
        ('word1,word2,note\n好,棒,"' + "a\n" * 100_000 + '"\n坏,差,\n', 2, "more than 131,072 characters, or a quote"),
    ],
)
def test_a_row_that_cannot_be_taken_apart_says_where_and_why(tmp_path, text, line, said):
    reject = next(item for item in read(tmp_path, "csv", text) if isinstance(item, Reject))
    assert reject.line == line
    assert said in reject.reason
