import argparse
import io
import json

import numpy as np
import pytest

from core.synonyms.commands import simlex as command
from core.synonyms.evaluation.simlex import check_simlex, read_simlex
from core.synonyms.lexicons.english import EnglishLexicon, EnglishSet
from core.synonyms.methods.attract_repel import AttractRepelConfig
from core.synonyms.pairs import SynonymsError, WordPair, word_pair
from core.synonyms.progress import finish
from core.synonyms.vectors import with_vectors

WORDS = [chr(ord("a") + n) * 3 for n in range(24)]


@pytest.fixture
def simlex(tmp_path):
    """Twelve pairs as SimLex-999.txt is published: the first six alike, the others not."""
    lines = ["word1\tword2\tPOS\tSimLex999\tconc(w1)\n"]
    lines += [f"{WORDS[n]}\t{WORDS[n + 1]}\tN\t{9 if n < 12 else 1}\t3\n" for n in range(0, 24, 2)]
    path = tmp_path / "SimLex-999.txt"
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def vectors(tmp_path):
    return with_vectors(WORDS, np.random.default_rng(3).normal(size=(24, 8)), tmp_path / "english")


LEXICON = EnglishLexicon(
    "WordNet",
    tuple(EnglishSet(f"{n}-n", (WORDS[n], WORDS[n + 1]), False) for n in range(0, 12, 2)),
    frozenset(word_pair(WORDS[n], WORDS[n + 1]) for n in range(12, 24, 2)),
)


def test_synonyms_and_antonyms_bring_vectors_nearer_to_people(simlex, vectors):
    told = read_simlex(simlex)
    assert (told.pairs[0], told.scores[0], len(told.pairs)) == (WordPair("aaa", "bbb"), 9.0, 12)
    config = AttractRepelConfig(epochs=20, batch=6)
    figures = finish(check_simlex(told, vectors, LEXICON, config))
    assert figures.after > 0.8 > figures.before
    assert (figures.pairs, figures.synonyms, figures.antonyms) == (12, 6, 6)
    alone = finish(check_simlex(told, vectors, None, config))
    assert (alone.before, alone.after) == (figures.before, None)


def test_people_may_be_asked_about_a_pair_in_either_order(tmp_path):
    """As in SimLex-999 itself: it asks for sly and strange, and for strange and sly."""
    path = tmp_path / "both.txt"
    path.write_text("sly\tstrange\t1.97\nstrange\tsly\t2.07\n", encoding="utf-8")
    assert read_simlex(path).scores == (1.97, 2.07)


def test_vectors_of_another_language_and_a_wrong_line_are_said(simlex, small_vectors, tmp_path):
    with pytest.raises(SynonymsError, match="know 0 of 12 pairs"):
        finish(check_simlex(read_simlex(simlex), small_vectors, None, AttractRepelConfig()))
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("old\tnew\t1.58\nbig\tlarge\n", encoding="utf-8")
    with pytest.raises(SynonymsError, match="line 2"):
        read_simlex(wrong)


def test_the_command_tells_and_writes(simlex, tmp_path):
    path, figures = tmp_path / "v.txt", tmp_path / "figures.json"
    rows = np.random.default_rng(3).normal(size=(24, 8))
    lines = [f"{word} {' '.join(map(str, row))}\n" for word, row in zip(WORDS, rows, strict=True)]
    path.write_text("".join(lines), encoding="utf-8")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    given = ["--vectors", str(path), "--simlex", str(simlex), "--no-wordnet", "--json", str(figures)]
    out, err = io.StringIO(), io.StringIO()
    assert command.run(parser.parse_args(given), out=out, err=err) == 0
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert (told["pairs"], told["after"]) == (12, None)
    assert f"{told['before']:.3f}" in out.getvalue()
    given[3] = str(tmp_path / "absent.txt")
    assert command.run(parser.parse_args(given), out=out, err=err) == 1
    assert err.getvalue().count("\n") == 1
