import argparse
import io
import json

import numpy as np
import pytest

from core.synonyms.commands import mine as mine_command
from core.synonyms.mining.config import MineConfig
from core.synonyms.pairs import COSINE, GLOSS, LEXICON
from core.synonyms.spreading import ALL_CORES
from core.synonyms.vectors import load_vectors


@pytest.fixture
def command(tmp_path):
    def call(*arguments):
        parser = argparse.ArgumentParser()
        mine_command.add_arguments(parser)
        out, err = io.StringIO(), io.StringIO()
        args = parser.parse_args(["--db", str(tmp_path / "p.db"), *map(str, arguments)])
        return mine_command.run(args, out=out, err=err), out.getvalue(), err.getvalue()

    return call


@pytest.fixture
def vectors(tmp_path):
    path = tmp_path / "v.txt"
    rows = np.random.default_rng(0).normal(size=(6, 4))
    words = ["增加", "增添", "医生", "医师", "土豆", "马铃薯"]
    path.write_text(
        "".join(f"{word} {' '.join(map(str, row))}\n" for word, row in zip(words, rows, strict=True)),
        encoding="utf-8",
    )
    assert len(load_vectors(path)) == 6
    return path


def test_it_mines_tells_and_goes_on(command, vectors, tmp_path):
    figures = tmp_path / "figures.json"
    usual = ("--vectors", vectors, "--no-sentences", "--sources", "gloss,characters", "--json", figures)
    code, out, _err = command(*usual)
    assert code == 0
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["added"] >= 2
    assert f"New pairs: {told['added']}" in out
    assert [stage["stage"] for stage in told["stages"]] == ["gloss", "characters"]
    code, out, _err = command(*usual)
    assert (code, out) == (0, "The store already has every pair of these settings; there is nothing to mine.\n")


def test_faulty_lines_are_told_with_their_numbers(command, vectors, tmp_path):
    with vectors.open("a", encoding="utf-8") as more:
        more.write("增加 1 2 3 4\n坏 1 2\n零 0 0 0 0\n")
    lexicon = tmp_path / "own.txt"
    lexicon.write_text("Aa01A01= 增加 增添\nnonsense\nAa01A02= 医生 医师\n", encoding="utf-8")
    figures = tmp_path / "figures.json"
    usual = ("--vectors", vectors, "--lexicon", lexicon, "--no-sentences", "--sources", "gloss", "--json", figures)
    code, _out, err = command(*usual)
    assert code == 0
    assert err.splitlines() == [
        "Malformed lines in v.txt: 3.",
        "  line 7: the word already appeared above; the first is kept | 增加",
        "  line 8: wrong number of columns | 坏 1 2",
        "  line 9: all its numbers are zero: the word is kept, and like no other | 零",
        "Malformed lines in own.txt: 1.",
        '  line 2: no code and words, such as "Aa01A01= 人 士 人物"; the line was passed over | nonsense',
    ]
    told = json.loads(figures.read_text(encoding="utf-8"))["faulty_lines"]
    assert [(file["name"], file["count"], file["first"][0]["line"]) for file in told] == [
        ("v.txt", 3, 7),
        ("own.txt", 1, 2),
    ]


def test_lines_of_a_word_list_that_are_no_words_are_told(command, vectors, tmp_path):
    listed = tmp_path / "words.txt"
    listed.write_bytes("增加\n医\t生\n".encode() + b"\xe5\xa2\n" + "土豆\n".encode() * 3)
    code, _out, err = command("--vectors", vectors, "--words", listed, "--no-sentences", "--sources", "characters")
    assert code == 0
    assert "Malformed lines in words.txt: 2." in err
    assert "line 2: it is not in the file's encoding or holds control characters" in err
    assert "line 3: " in err


def test_wrong_use_and_failures_are_one_line(command, tmp_path):
    code, out, err = command("--limit", "0")
    assert (code, out, err) == (2, "", "Total pairs: at least 1, not 0.\n")
    code, out, err = command("--words", tmp_path / "absent.txt")
    assert (code, err.count("\n")) == (2, 1)
    code, out, err = command("--vectors", tmp_path / "absent.vec")
    assert (code, out) == (1, "")
    assert "absent.vec can't be read" in err
    assert err.count("\n") == 1


def test_interrupting_says_that_nothing_is_lost(command, vectors, monkeypatch):
    def stopped(_config):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(mine_command, "mine", stopped)
    code, _out, err = command("--vectors", vectors)
    assert code == 130
    assert "are kept" in err


def test_options_reach_the_config(tmp_path):
    parser = argparse.ArgumentParser()
    mine_command.add_arguments(parser)
    words = tmp_path / "words.txt"
    words.write_text("\ufeff医生\n\n 土豆 \n", encoding="utf-8")
    usual = mine_command.config_from(parser.parse_args(["--db", "x"]), [])
    assert usual == MineConfig("x", processes=ALL_CORES)
    text = (
        f"--db x --limit 9 --vectors v --lexicon a b --corpus c --corpus d --words {words} "
        "--max-rank 7 --min-length 1 --nearest 3 --min-cosine .2 --no-sentences"
    )
    config = mine_command.config_from(parser.parse_args(text.split()), [])
    assert config.sources == (*usual.sources, LEXICON)
    assert [path.name for path in (*config.lexicons, *config.corpora)] == ["a", "b", "c", "d"]
    assert config.vocabulary.words == {"医生", "土豆"}
    assert (config.vocabulary.max_rank, config.vocabulary.min_length) == (7, 1)
    assert (config.limit, config.nearest, config.min_cosine, config.index_sentences) == (9, 3, 0.2, False)
    chosen = mine_command.config_from(parser.parse_args(["--db", "x", "--sources", "cosine, gloss"]), [])
    assert chosen.sources == (COSINE, GLOSS)
