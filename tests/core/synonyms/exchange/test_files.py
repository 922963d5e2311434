"""Hostile and broken files: one clear sentence each, and quickly."""

from __future__ import annotations

import errno
import gzip
import os
import stat
import tracemalloc

import pytest

from core.synonyms.exchange import files
from core.synonyms.exchange.files import TextFile, replacing
from core.synonyms.exchange.formats import format_named
from core.synonyms.exchange.record import ExchangeError, Record, Reject

HEADER = "word1,word2,label\n"


def read(path, name="csv", encoding="auto"):
    return list(format_named(name).read(TextFile(path, encoding)))


def refused(path, name="csv"):
    with pytest.raises(ExchangeError) as caught:
        read(path, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_big5_keeps_its_words_and_says_that_it_was_guessed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes((HEADER + "漂亮,美麗,synonym\n").encode("big5"))
    source = TextFile(path)
    assert (source.encoding, source.is_guessed, source.is_doubtful) == ("big5", True, False)
    assert [item.candidate.pair for item in read(path)] == [("漂亮", "美麗")]
    assert [item.candidate.pair for item in read(path, encoding="big5")] == [("漂亮", "美麗")]
    path.write_bytes((HEADER + "漂亮,美麗,synonym\n").encode())
    assert not TextFile(path).is_guessed


def test_one_bad_byte_of_one_long_line_costs_one_record(tmp_path):
    tasks = ", ".join(f'{{"data": {{"word1": "漂亮", "word2": "美丽{n}"}}}}' for n in "甲乙丙丁")
    path = tmp_path / "a.json"
    path.write_bytes(f"[{tasks}]".encode().replace("乙".encode(), b"\xff"))
    found = read(path, "label-studio")
    assert [type(item) for item in found] == [Record, Reject, Record, Record]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"])
def test_the_encoding_is_found(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes((HEADER + "漂亮,好看,synonym\n" * 3).encode(encoding))
    source = TextFile(path)
    assert source.encoding == encoding
    assert [item.candidate.pair for item in read(path)] == [("好看", "漂亮")] * 3


def test_a_few_bad_bytes_spoil_their_lines_alone(tmp_path):
    path = tmp_path / "a.csv"
    good = "漂亮,美丽,synonym\n".encode()
    path.write_bytes(HEADER.encode() + good * 20 + b"\xff\xfe\x80,\xe7\xbe,synonym\n" + good)
    found = read(path)
    assert [item.line for item in found if isinstance(item, Reject)] == [22]
    assert sum(isinstance(item, Record) for item in found) == 21


def test_invalid_utf_8_throughout_is_rejected_line_by_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(HEADER.encode() + b"\xff\xff\xff,\x80\x80,synonym\n" * 5)
    assert [type(item) for item in read(path, encoding="utf-8")] == [Reject] * 5


def test_ten_million_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"word1,word2" + b"," * 10_000_000 + b"\n")
    tracemalloc.start()
    assert "longer than" in refused(path)
    assert tracemalloc.get_traced_memory()[1] < 50e6
    tracemalloc.stop()


@pytest.mark.sweep(2)
@pytest.mark.parametrize("name", ["csv", "jsonl", "label-studio", "solr"])
def test_a_gzip_bomb(tmp_path, name, monkeypatch):
    monkeypatch.setattr(files, "SIZE_LIMIT", 20 << 20)
    monkeypatch.setattr(files, "WHOLE_LIMIT", 10 << 20)
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(b"word1,word2\n")
        for _ in range(40):
            file.write(b"a,b\n" * (1 << 18))
    assert path.stat().st_size < 200_000
    said = refused(path, name)
    assert "Split it" in said


def test_a_bomb_without_a_line_end(tmp_path):
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(8):
            file.write(b"\x20" * (1 << 20))
    assert "longer than" in refused(path)


def test_a_gzip_file_cut_short_or_broken(tmp_path):
    path = tmp_path / "a.csv.gz"
    whole = gzip.compress((HEADER + "漂亮,美丽,synonym\n" * 1000).encode())
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged gzip file" in refused(path)
    path.write_bytes(whole[:20] + b"\xff" * 50 + whole[70:])
    assert "damaged gzip file" in refused(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\x00", "open it as a store"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (b"", "must name the columns"),
        (b"\n\n", "must name the columns"),
        (b"a,b\n1,2\n", "must name the columns"),
        (b'"word1,word2\n' + b"x" * 200_000, "a quote opened here is never closed"),
    ],
)
def test_a_file_of_another_kind(tmp_path, content, said):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert said in refused(path)


@pytest.mark.parametrize("content", [b"", b"{}", b"[", b'{"a": 1}', b"[" * 100_000, b"word1,word2\n", b"\xff\xff"])
def test_no_label_studio_export(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content)
    assert "not a Label Studio export" in refused(path, "label-studio")


def test_an_unclosed_quote_is_rejected_and_does_not_swallow_the_file_silently(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + 'a,b,synonym\n"c,d,not\n' + "e,f,synonym\n" * 20_000, "utf-8")
    found = read(path)
    rejects = [item for item in found if isinstance(item, Reject)]
    assert rejects[0].line == 3
    assert "quote opened here is never closed" in rejects[0].reason


def test_a_missing_file_and_a_folder(tmp_path):
    assert "cannot be read" in refused(tmp_path / "nothing.csv")
    assert "cannot be read" in refused(tmp_path)


def test_a_set_of_thousands_is_no_set(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(",".join(f"w{i}" for i in range(5000)) + "\na,b\n", "utf-8")
    found = read(path, "solr")
    assert isinstance(found[0], Reject)
    assert len(found) == 2
    path.write_text("Aa01A01= " + " ".join(f"w{i}" for i in range(5000)) + "\n", "utf-8")
    assert [type(item) for item in read(path, "cilin")] == [Reject]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")
    target = replacing(path)
    target.__enter__().write("new")
    assert not target.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert path.read_text("utf-8") == "old"
    with replacing(path, "utf-8-sig") as target:
        target.write("新")
    assert path.read_bytes() == b"\xef\xbb\xbf" + "新".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_is_missing_or_closed_is_said(tmp_path):
    with pytest.raises(ExchangeError, match="cannot be written"), replacing(tmp_path / "no" / "a.txt"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExchangeError, match="cannot be written"), replacing(tmp_path / "folder") as target:
        target.write("x")
    assert stat.S_ISDIR((tmp_path / "folder").stat().st_mode)


def test_a_full_disk_is_said_and_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExchangeError, match="No space left"), replacing(path) as target:
        target.write("new")
    assert path.read_text("utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]
