"""Text from outside commands no terminal."""

from __future__ import annotations

import argparse
import io

import pytest

from core.command_line import Progress, end, say
from core.synonyms.commands import import_
from core.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("漂亮 é 👩‍🔬 a\u3000b", "漂亮 é 👩‍🔬 a\u3000b"),
        ("\x1b[2J", "␛[2J"),
        ("a\r\nb\tc\x07\x7f", "a␍␊b␉c␇␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u202eb\u200f\u2028", "a<U+202E>b<U+200F><U+2028>"),
        ("\u2066a\u2069\u2067\u2068\u061c", "<U+2066>a<U+2069><U+2067><U+2068><U+061C>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_commands_is_shown(text, shown):
    assert visible(text) == shown
    said = io.StringIO()
    say(said, text)
    end(said, text, 1)
    assert said.getvalue() == f"{shown}\n{shown}\n"


def test_progress_shows_names_as_they_stand():
    said = io.StringIO()
    with Progress(said, elsewhere="names") as progress:
        progress.show("\x1b]0;x\x07")
    assert said.getvalue() == "␛]0;x␇\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "word1,word2,\x1b[31mlabel\n漂亮,美丽,synonym\n"),
        ("\x1b[31m.csv", "nothing\n"),
        ("b.csv", "word1,word2,label\n漂亮,\x1b[2J,synonym\n好,棒,\x9b\n好,坏,not\n"),
    ],
)
def test_an_import_of_escapes_prints_none(tmp_path, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    import_.run(
        parser.parse_args(["--db", str(tmp_path / "a.db"), "--format", "csv", str(tmp_path / name)]), out=out, err=err
    )
    said = out.getvalue() + err.getvalue()
    assert said
    assert all(char == "\n" or char.isprintable() for char in said)
