"""Files that are not what they should be: one sentence says so, whatever is asked of them, and nothing is half done."""

import argparse
import io
import sqlite3
import sys
from contextlib import closing

import numpy as np
import pytest

from core.synonyms.commands import mine, synonyms
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.english_files import read_english
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import Candidate, SynonymsError, WordPair
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.evaluation.small_pairs import with_few_resamples, write_labelled

WORDS = ["购买", "买", "采购", "汽车", "房子", "love", "hate", "like", "car", "auto", "big", "large"]
ROWS = np.random.default_rng(0).normal(size=(len(WORDS), 5)).astype("<f4")
TEXT = "".join(f"{word} {' '.join(f'{x:.4f}' for x in row)}\n" for word, row in zip(WORDS, ROWS, strict=True))
BINARY = b"12 5\n" + b"".join(f"{word} ".encode() + row.tobytes() for word, row in zip(WORDS, ROWS, strict=True))
EQUAL = "".join(f"{word} 1 2 3 4 5\n" for word in WORDS)

VECTORS = {
    "nothing": (b"", "is empty"),
    "no numbers": ("".join(f"{word} nan nan nan\n" for word in WORDS).encode(), "most of its lines are broken"),
    "other dimensions": (
        "".join(f"{word} {'0.5 ' * (2 + n % 5)}\n" for n, word in enumerate(WORDS)).encode(),
        "broken",
    ),
    "cut off": (BINARY[:-7], "is cut off"),
    "cut off with a header that fits": (b"11 5\n" + BINARY[5:-30], "is cut off"),
}


def call(verb, *arguments):
    parser = argparse.ArgumentParser()
    (mine if verb == "mine" else synonyms).add_arguments(parser)
    args = parser.parse_args([*([] if verb == "mine" else [verb]), *map(str, arguments)])
    out, err = io.StringIO(), io.StringIO()
    module = mine if verb == "mine" else __import__(f"core.synonyms.commands.{verb}", fromlist=["run"])
    return module.run(args, out=out, err=err), out.getvalue(), err.getvalue()


def refused(verb, *arguments):
    """Return the one sentence with which a command refuses."""
    code, out, err = call(verb, *arguments)
    assert code in {1, 2}
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert "Error" not in err
    assert "Errno" not in err
    return err


@pytest.fixture
def labelled(tmp_path, monkeypatch):
    with_few_resamples(monkeypatch)
    return write_labelled(tmp_path)


@pytest.fixture
def english(tmp_path):
    path = tmp_path / "english.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def simlex(tmp_path):
    path = tmp_path / "SimLex-999.txt"
    pairs = [(one, other) for one in WORDS[5:] for other in WORDS[5:] if one < other]
    path.write_text("".join(f"{one}\t{other}\t{n % 10}\n" for n, (one, other) in enumerate(pairs)), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("verb", ["evaluate", "simlex", "why", "mine", "retrain"])
def test_vectors_that_are_none_are_said(verb, name, tmp_path, labelled, simlex, judged):
    content, said = VECTORS[name]
    vectors = tmp_path / "vectors"
    vectors.write_bytes(content)
    more = {
        "evaluate": ("--pairs", labelled[0]),
        "simlex": ("--simlex", simlex, "--no-wordnet"),
        "why": ("医生", "医师"),
        "mine": ("--db", f"sqlite:///{(tmp_path / 'new.db').as_posix()}"),
        "retrain": ("--db", judged(Verdict.SYNONYM)),
    }
    assert said in refused(verb, *more[verb], "--vectors", vectors)
    assert not (tmp_path / "new.db").exists()


def test_words_that_stand_twice_and_rows_of_other_dimensions_are_told_and_passed_over(labelled, tmp_path):
    pairs, vectors = labelled
    sound = vectors.read_text(encoding="utf-8")
    first = sound.splitlines(keepends=True)[0]
    vectors.write_text(sound + first + "词 0.5 0.5\n" + "语 nan 0.1 0.2 0.3 0.4\n", encoding="utf-8")
    code, out, err = call("evaluate", "--pairs", pairs, "--vectors", vectors, "--methods", "cosine")
    assert (code, err.splitlines()[0]) == (0, "Malformed lines in v.txt: 3.")
    assert [line.partition(":")[0].strip() for line in err.splitlines()[1:]] == ["line 17", "line 18", "line 19"]
    assert "cosine" in out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("一\t丁\t0\ttrain", "lines 1 and 17 contradict each other about 一 / 丁"),
        ("丁\t一\t0\ttrain", "lines 1 and 17 contradict"),
        ("丁\t一\t0\ttest", "lines 1 and 17 contradict"),
        ("一\t一\t1\ttrain", "two different words"),
        ("一\t七\tnan\ttrain", "line 17: expected"),
    ],
)
def test_labels_that_contradict_each_other_are_said_with_their_lines(line, said, labelled):
    pairs, vectors = labelled
    pairs.write_text(pairs.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert said in refused("evaluate", "--pairs", pairs, "--vectors", vectors)


@pytest.mark.parametrize("label", ["0", "1", ""])
@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.learns_pairs])
def test_what_leaves_nothing_to_learn_from_is_said(name, label, labelled, tmp_path):
    """All words of the training stand in the test, or only synonyms are left, or only others."""
    words = [chr(0x4E00 + n) for n in range(16)]
    lines = [f"{words[n]}\t{words[(n + step) % 8]}\t{n % 2}\t{part}\n" for n in range(8) for step, part in _TWICE]
    lines += [f"{words[n]}\t{words[n + 1]}\t{label}\ttrain\n" for n in range(8, 15) if label]
    pairs, corpus = tmp_path / "overlapping.tsv", tmp_path / "corpus.txt"
    pairs.write_text("".join(lines), encoding="utf-8")
    corpus.write_text("一/n 和/c 丁/n 好/a 。/w\n", encoding="utf-8")
    given = ("--pairs", pairs, "--vectors", labelled[1], "--corpus", corpus, "--methods", name)
    assert f"{METHODS[name].label} learns from pairs of synonyms and from others" in refused("evaluate", *given)


_TWICE = ((3, "train"), (1, "test"))


def test_vectors_of_other_words_are_said(labelled, english):
    assert "knows no pair of the test" in refused("evaluate", "--pairs", labelled[0], "--vectors", english)
    assert "knows too few of Cilin's words" in refused("evaluate", "--vectors", english, "--methods", "cosine")
    ratings = english.with_name("ratings.txt")
    ratings.write_text("old\tnew\t1\n", encoding="utf-8")
    assert "know 0 of 1 pairs" in refused("simlex", "--vectors", labelled[1], "--simlex", ratings, "--no-wordnet")


@pytest.mark.parametrize("content", ["", " \n\n", "。。。！\n，，\n", "\x00\x01\x02"])
@pytest.mark.parametrize("verb", ["evaluate", "mine"])
def test_a_corpus_without_a_sentence_is_said(verb, content, labelled, tmp_path):
    corpus = tmp_path / "corpus.txt"
    corpus.write_text(content, encoding="utf-8")
    given = {
        "evaluate": ("--pairs", labelled[0], "--methods", "patterns"),
        "mine": ("--db", f"sqlite:///{(tmp_path / 'new.db').as_posix()}", "--sources", "cosine"),
    }
    said = refused(verb, *given[verb], "--vectors", labelled[1], "--corpus", corpus)
    assert "contains no sentences" in said or "is not a text file" in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("love\thate\t9.5\nlove\thate\t0.5\n", "contradict each other about hate / love"),
        ("hate\tlike\tnan\n", "expected word, word and score"),
        ("hate\tlike\tinf\n", "expected word, word and score"),
        (None, "names no pairs"),
    ],
)
def test_ratings_that_contradict_each_other_or_are_no_numbers_are_said(more, said, english, simlex):
    content = "word1\tword2\tPOS\tSimLex999\n" if more is None else simlex.read_text(encoding="utf-8") + more
    simlex.write_text(content, encoding="utf-8")
    assert said in refused("simlex", "--vectors", english, "--simlex", simlex, "--no-wordnet")


def test_vectors_that_are_all_alike_give_no_order(english, simlex):
    english.write_text(EQUAL, encoding="utf-8")
    assert "no order to compare" in refused("simlex", "--vectors", english, "--simlex", simlex, "--no-wordnet")


SYNSET = "00000001 03 n 02 car 0 auto 0 000 | a\n"
CIRCLE = (
    "00000001 03 n 01 car 0 002 @ 00000002 n 0000 ~ 00000002 n 0000 | a\n"
    "00000002 03 n 02 auto 0 motorcar 0 003 @ 00000001 n 0000 ~ 00000001 n 0000 ! 00000002 n 0101 | b\n"
)
WORDNETS = {
    "cut within a synset": ("00000001 03 n 05 car 0 auto\n", "data.noun, line 1 is no synset"),
    "cut in its second line": (SYNSET + "0000", "data.noun, line 2 is no synset"),
    "no text": (bytes(range(128, 256)), "data.noun, line 1 is no synset"),
    "nothing": ("", "its files are empty"),
    "a number of words that is none": (SYNSET.replace(" 02 ", " -1 "), "line 1 is no synset"),
}


def wordnet(folder, nouns):
    folder.mkdir()
    for part in ("noun", "verb", "adj", "adv"):
        content = nouns if part == "noun" else ""
        (folder / f"data.{part}").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.parametrize(("verb", "name"), [*(("simlex", name) for name in WORDNETS), ("mine", "no text")])
def test_a_damaged_wordnet_is_said_with_its_line(verb, name, tmp_path, english, simlex):
    content, said = WORDNETS[name]
    folder = wordnet(tmp_path / "wordnet", content)
    assert said in refused(verb, *given_english(verb, tmp_path, english, simlex, folder))


def given_english(verb, tmp_path, english, simlex, folder):
    if verb == "simlex":
        return "--vectors", english, "--simlex", simlex, "--wordnet", folder
    store = f"sqlite:///{(tmp_path / 'new.db').as_posix()}"
    return "--db", store, "--vectors", english, "--sources", "translated", "--english", folder, "--no-sentences"


@pytest.mark.parametrize("content", [None, b"", b"no database, but a text of some length", b"CREATE"])
def test_a_store_of_wn_that_is_none_is_said(content, tmp_path, english, simlex):
    folder = tmp_path / "wn"
    folder.mkdir()
    if content is None:
        with closing(sqlite3.connect(folder / "wn.db")) as connection:
            connection.execute("CREATE TABLE synsets (id TEXT)")
    else:
        (folder / "wn.db").write_bytes(content)
    assert "it is no store of wn" in refused("simlex", *given_english("simlex", tmp_path, english, simlex, folder))


@pytest.mark.parametrize("verb", ["simlex", "mine"])
def test_words_above_each_other_in_a_circle_are_read_like_any_others(verb, tmp_path, english, simlex):
    code, _out, err = call(verb, *given_english(verb, tmp_path, english, simlex, wordnet(tmp_path / "wn", CIRCLE)))
    assert (code, err) == (0, "")


MEMBERS = '<MEMBERS><MEMBER name="buy"/><MEMBER name="purchase"/></MEMBERS>'
DEEP = 20_000
VERBNETS = {
    "not ended": ("<VNCLASS ID='a'><MEMBERS>", "is no VerbNet class"),
    "nothing": ("", "is no VerbNet class"),
    "another page": ("<html><body>404</body></html>", "name no verbs"),
    "an encoding that there isn't": ('<?xml version="1.0" encoding="none-8"?><VNCLASS/>', "unknown encoding"),
    "an entity that there isn't": (f'<!DOCTYPE a SYSTEM "a.dtd"><VNCLASS ID="a">{MEMBERS}&b;</VNCLASS>', "entity"),
    "entities": ('<!DOCTYPE a [<!ENTITY b "c">]><VNCLASS ID="&b;"/>', "defines entities of its own"),
    "entities in UTF-16": (
        f'<!DOCTYPE a [<!ENTITY b "c">]><VNCLASS ID="&b;">{MEMBERS}</VNCLASS>'.encode("utf-16"),
        "defines entities of its own",
    ),
}
LOOPS = {
    "a class within itself": f'<VNCLASS ID="a-1">{MEMBERS}<SUBCLASSES><VNSUBCLASS ID="a-1">{MEMBERS}'
    f'<SUBCLASSES><VNSUBCLASS ID="a-1">{MEMBERS}</VNSUBCLASS></SUBCLASSES></VNSUBCLASS></SUBCLASSES></VNCLASS>',
    "a file that includes itself": f'<VNCLASS ID="a-1" xmlns:xi="http://www.w3.org/2001/XInclude">{MEMBERS}'
    '<xi:include href="a.xml"/></VNCLASS>',
    "classes without end": f'<VNCLASS ID="a-1">{MEMBERS}{"<SUBCLASSES><VNSUBCLASS>" * DEEP}'
    f"{'</VNSUBCLASS></SUBCLASSES>' * DEEP}</VNCLASS>",
}


def verbnet(folder, content):
    folder.mkdir()
    (folder / "a.xml").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.parametrize("name", VERBNETS)
def test_a_damaged_verbnet_is_said(name, tmp_path):
    content, said = VERBNETS[name]
    with pytest.raises(SynonymsError, match=said) as error:
        read_english([verbnet(tmp_path / "verbnet", content)])
    assert "\n" not in str(error.value)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_files_of_verbnet_that_lead_to_each_other_are_said(tmp_path, english, simlex):
    folder = tmp_path / "verbnet"
    folder.mkdir()
    (folder / "a.xml").symlink_to(folder / "b.xml")
    (folder / "b.xml").symlink_to(folder / "a.xml")
    assert "a.xml is no VerbNet class" in refused("mine", *given_english("mine", tmp_path, english, simlex, folder))


@pytest.mark.parametrize("name", LOOPS)
def test_classes_within_each_other_are_read_like_any_others(name, tmp_path):
    (lexicon,) = read_english([verbnet(tmp_path / "verbnet", LOOPS[name])])
    assert {each.words for each in lexicon.sets} == {("buy", "purchase")}


def test_a_class_within_itself_gives_its_pairs_once(tmp_path, english, simlex):
    folder = verbnet(tmp_path / "verbnet", LOOPS["a class within itself"])
    given = given_english("mine", tmp_path, english, simlex, folder)
    code, out, err = call("mine", *given, "--min-length", "1")
    assert (code, err) == (0, "")
    assert "New pairs: 3" in out  # 买 / 购买 / 采购


@pytest.fixture
def judged(tmp_path):
    """Return a maker of stores in which ann says synonym of every pair, and bob what he is told to."""

    def make(bob):
        address = f"sqlite:///{(tmp_path / 'judged.db').as_posix()}"
        with Store(address) as store:
            store.add([Candidate(f"甲{n}", f"甲{n}乙") for n in range(20)])
            ids = store.table_query().ids().tolist()
            store.decide(ids, Verdict.SYNONYM, "ann")
            store.decide(ids, bob, "bob")
        return address

    return make


def test_judges_that_contradict_each_other_everywhere_are_said_and_one_of_them_can_be_chosen(judged):
    disputed = judged(Verdict.NOT)
    assert "The judges disagree about every pair" in refused("retrain", "--db", disputed)


def test_labels_of_one_sort_are_said(judged, labelled, monkeypatch):
    monkeypatch.setattr("core.synonyms.retraining.retrain._dictionary_pairs", _some_pairs)
    said = refused("retrain", "--db", judged(Verdict.SYNONYM), "--vectors", labelled[1], "--method", "classifier")
    assert "Too few labels to learn from" in said


def _some_pairs(_vectors, _config):
    yield from ()
    return LabelledPairs.of([(WordPair("子", "丑"), True, ""), (WordPair("寅", "卯"), False, "")])
