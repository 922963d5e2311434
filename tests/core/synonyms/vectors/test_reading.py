"""Every format gives the same vectors; every fault is told with its line."""

import gzip
import os
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.synonyms import cache_folder, shipped
from core.synonyms.pairs import SynonymsError, clean_word, is_word
from core.synonyms.vectors import Problem, VectorFile, load_vectors, look_at_vectors, read_vectors, stream
from core.synonyms.vectors import formats as formats_module
from core.synonyms.vectors import text as text_module

WORDS = ["的", "增加", "new york", "1998"]
ROWS = np.array([[0.5, -1.25, 3.0], [1e-3, 2.0, -0.0], [7.0, 8.5, 9.0], [0.0, 0.25, 1.0]], dtype=np.float32)


def text_of(words, rows, header):
    lines = [f"{word} {' '.join(map(repr, row.tolist()))}" for word, row in zip(words, rows, strict=True)]
    return "\n".join(([f"{len(words)} {rows.shape[1]}"] if header else []) + lines) + "\n"


def binary_of(words, rows, ending=b"\n"):
    records = b"".join(
        word.encode() + b" " + row.astype("<f4").tobytes() + ending for word, row in zip(words, rows, strict=True)
    )
    return f"{len(words)} {rows.shape[1]}\n".encode() + records


NO_BLANKS = [word.replace(" ", "_") for word in WORDS]
FORMATS = {
    "word2vec.txt": text_of(WORDS, ROWS, header=True).encode(),
    "glove.txt": text_of(WORDS, ROWS, header=False).encode(),
    "windows.vec": text_of(WORDS, ROWS, header=True).replace("\n", " \r\n").encode(),
    "tabs.txt": text_of(WORDS, ROWS, header=False).replace(" 0.5", "\t0.5").encode(),
    "no_newline.txt": text_of(WORDS, ROWS, header=True).rstrip().encode(),
    "word2vec.txt.gz": gzip.compress(text_of(WORDS, ROWS, header=True).encode()),
    "word2vec.bin": binary_of(NO_BLANKS, ROWS),
    "word2vec_tight.bin": binary_of(NO_BLANKS, ROWS, ending=b""),
    "word2vec.bin.gz": gzip.compress(binary_of(NO_BLANKS, ROWS)),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_words_and_numbers(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FORMATS[name])
    vectors = load_vectors(path)
    assert list(vectors.words) == (NO_BLANKS if ".bin" in name else WORDS)
    np.testing.assert_array_equal(vectors.matrix, ROWS)
    assert (vectors.dim, vectors.report.problems, vectors.report.name) == (3, (), name)


def test_lookups_in_both_directions(tmp_path):
    path = tmp_path / "v.txt"
    path.write_bytes(FORMATS["glove.txt"])
    vectors = load_vectors(path)
    assert vectors.rank("增加") == 2
    assert vectors.rank("没有") is None
    assert vectors.vector("没有") is None
    np.testing.assert_array_equal(vectors.vector("new york"), ROWS[2])
    assert vectors.words[-1] == "1998"
    assert vectors.words[1:3] == ["增加", "new york"]
    with pytest.raises(IndexError):
        vectors.words[4]
    assert list(vectors.words) == vectors.words[:]
    assert "的" in vectors
    assert 3 not in vectors.words


def test_cosines_by_hand(small_vectors):
    assert small_vectors.cosine("增加", "减少") == pytest.approx(0.8)
    assert small_vectors.cosine("添加", "减少") == pytest.approx((0.8 * 3 + 0.6 * 4) / 5)
    assert small_vectors.cosine("医生", "医师") == pytest.approx(0.8)
    assert small_vectors.cosine("增加", "没有") is None


def test_a_vector_of_zeros_is_like_nothing(tmp_path):
    path = tmp_path / "v.txt"
    path.write_text("a 0 0\nb 1 0\n", encoding="utf-8")
    vectors = load_vectors(path)
    assert vectors.cosine("a", "b") == 0.0
    assert vectors.report.problems == (Problem(1, "zero", "a"),)


def test_faults_are_told_with_their_lines(tmp_path):
    path = tmp_path / "v.txt"
    lines = [
        b"6 2",
        b"a 1 2",
        b"b 1",
        b"c 1 nan",
        b"d 1e17 1",
        b"\xff 1 2",
        b"a 5 6",
        b"e 3 4",
        b"f 5 6",
        b"g 7 8",
    ]
    path.write_bytes(b"\n".join(lines))
    vectors = load_vectors(path)
    assert list(vectors.words) == ["a", "e", "f", "g"]
    np.testing.assert_array_equal(vectors.matrix, [[1, 2], [3, 4], [5, 6], [7, 8]])
    assert sorted(vectors.report.problems, key=lambda problem: problem.line) == [
        Problem(3, "columns", "b 1"),
        Problem(4, "number", "c"),
        Problem(5, "number", "d"),
        Problem(6, "encoding", "\ufffd 1 2"),
        Problem(7, "duplicate", "a"),
        Problem(8, "surplus", ""),
    ]
    assert vectors.report.counts["number"] == 2
    assert load_vectors(path).report == vectors.report  # the cache remembers


@pytest.mark.parametrize("number", ["x", "nan", "-inf", "1e39", "1e17", "1,5", ""])
def test_only_sensible_numbers_are_taken(tmp_path, number):
    path = tmp_path / "v.txt"
    path.write_text(f"a 1 2\nb 1 {number}\nc 3 4\n", encoding="utf-8")
    vectors = load_vectors(path)
    assert list(vectors.words) == ["a", "c"]
    assert [problem.line for problem in vectors.report.problems] == [2]


def test_the_tiniest_vector_counts_as_zero(tmp_path):
    path = tmp_path / "v.txt"
    path.write_text("a 0 1e-45\nb 1 0\n", encoding="utf-8")
    assert load_vectors(path).inverse_norms.tolist() == [0.0, 1.0]


def test_columns_that_make_up_for_each_other_are_still_found(tmp_path):
    path = tmp_path / "v.txt"
    path.write_text("a 1 2 3\nb 1  3\nc 1-2 3 4\nd 4 5 6\n", encoding="utf-8")
    vectors = load_vectors(path)
    assert list(vectors.words) == ["a", "d"]
    assert {problem.line for problem in vectors.report.problems} == {2, 3}


def test_faults_of_a_binary_file_are_told_with_the_word(tmp_path):
    path = tmp_path / "v.bin"
    rows = np.array([[1, 2], [3, 4], [np.inf, 4], [5, 6], [7, 8]], dtype=np.float32)
    path.write_bytes(binary_of(["a", "b", "c", "a", "d"], rows) + b"more")
    vectors = load_vectors(path)
    assert list(vectors.words) == ["a", "b", "d"]
    assert {(problem.line, problem.fault) for problem in vectors.report.problems} == {
        (3, "number"),
        (4, "duplicate"),
        (6, "surplus"),
    }


def tiny_chunks(monkeypatch, size):
    monkeypatch.setattr(stream, "_CHUNK", size)


@pytest.mark.parametrize("chunk", [1, 2, 7, 64])
@pytest.mark.parametrize("name", FORMATS)
def test_where_the_pieces_are_cut_does_not_matter(tmp_path, monkeypatch, name, chunk):
    tiny_chunks(monkeypatch, chunk)
    path = tmp_path / name
    path.write_bytes(FORMATS[name])
    np.testing.assert_array_equal(load_vectors(path).matrix, ROWS)


floats = st.floats(-(2.0**50), 2.0**50, width=32)
words = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8).map(clean_word).filter(is_word)


@settings(deadline=None, max_examples=40)
@given(data=st.data(), dim=st.integers(2, 6), listed=st.lists(words, min_size=1, max_size=8, unique=True))
def test_text_is_read_as_it_was_written(tmp_path_factory, data, dim, listed):
    rows = np.array(
        data.draw(st.lists(st.lists(floats, min_size=dim, max_size=dim), min_size=len(listed), max_size=len(listed))),
        dtype=np.float32,
    )
    folder = tmp_path_factory.mktemp("any")
    for name, content in (
        ("v.txt", text_of(listed, rows, header=True).encode()),
        ("v.bin", binary_of(listed, rows)),
    ):
        path = folder / name
        path.write_bytes(content)
        vectors = load_vectors(path)
        assert list(vectors.words) == listed
        np.testing.assert_array_equal(vectors.matrix, rows)


HOSTILE = {
    "empty": b"",
    "blank": b"\n\n \n",
    "prose": b"It was the best of times\nit was the worst\n",
    "json": b'[{"a": 1}]',
    "zip": b"PK\x03\x04" + bytes(100),
    "pickle": b"\x80\x04\x95" + bytes(100),
    "fasttext_bin": struct.pack("<I", 793712314) + bytes(100),
    "tar": bytes(257) + b"ustar" + bytes(300),
    "tar_gz": gzip.compress(b"x" * 257 + b"ustar" + bytes(300)),
    "numpy": b"\x93NUMPY" + bytes(100),
    "damaged_gzip": gzip.compress(os.urandom(1000))[:200],
    "half_gzip": gzip.compress(FORMATS["word2vec.txt"])[:-9],
    "ten_million_columns": b"a" + b" 1" * 10_000_000,
    "ten_million_columns_announced": b"3 10000000\na 1 2\n",
    "no_columns": b"3 0\na\nb\nc\n",
    "no_words": b"0 100\n",
    "terabytes_announced": b"999999999999 300\na 1 2\n",
    "terabytes_announced_gz": gzip.compress(b"999999999999 300\n" + b"a" + b" 1" * 300),
    "cut_off_text": b"4 2\na 1 2\nb 3 4\nc 5 6\n",
    "cut_off_binary": binary_of(NO_BLANKS, ROWS)[:-6],
    "other_dim_than_announced": binary_of(NO_BLANKS * 50, np.tile(ROWS, (50, 1))).replace(b"200 3", b"200 2", 1),
    "mostly_broken": b"a 1 2\n" + b"b\n" * 9,
    "random": os.urandom(50_000).replace(b"\x1f\x8b", b"ab"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_clear_line(tmp_path, home, name):
    path = tmp_path / f"{name}.vec"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(SynonymsError) as caught:
        load_vectors(path)
    message = str(caught.value)
    assert f"{name}.vec" in message
    assert "\n" not in message
    assert len(message) < 200
    assert not list((home / "data" / "vectors").iterdir())


@pytest.mark.parametrize("chunk", [4 << 20, 300_000])
def test_an_overlong_line_is_left_out_and_told_by_its_number(tmp_path, monkeypatch, chunk):
    tiny_chunks(monkeypatch, chunk)
    path = tmp_path / "v.txt"
    path.write_bytes(b"a 1 2\nb 3 4\nc" + b" 1" * 1_000_000 + b"\nd 5 6\ne 7 8\nf" + b" 1" * 200_000)
    vectors = load_vectors(path)
    assert list(vectors.words) == ["a", "b", "d", "e"]
    np.testing.assert_array_equal(vectors.matrix, [[1, 2], [3, 4], [5, 6], [7, 8]])
    assert [(each.line, each.fault) for each in vectors.report.problems] == [(3, "long"), (6, "long")]


def test_a_broken_first_line_does_not_say_what_the_others_are(tmp_path):
    path = tmp_path / "glove.txt"
    path.write_bytes(b"bad 1 2 3\n" + b"".join(b"w%d 1 2 3 4 5 6 7 8\n" % n for n in range(5)))
    vectors = load_vectors(path)
    assert list(vectors.words) == ["w0", "w1", "w2", "w3", "w4"]
    assert vectors.dim == 8
    assert vectors.report.problems == (Problem(1, "columns", "bad 1 2 3"),)


@pytest.mark.parametrize("header", [b"", b"2 2\n"])
def test_a_byte_order_mark_belongs_to_no_word(tmp_path, header):
    path = tmp_path / "v.vec"
    path.write_bytes(b"\xef\xbb\xbf" + header + "漂亮 1 2\n美丽 3 4\n".encode())
    assert list(load_vectors(path).words) == ["漂亮", "美丽"]


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "_LOOKED_AT", 1 << 20)
    tiny_chunks(monkeypatch, 1 << 18)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"".join(b"w%d 1 1 1 1 1 1 1 1 1 1\n" % (i % 2) for i in range(500_000))))
    with pytest.raises(SynonymsError, match="unpacks to over 40 times"):
        load_vectors(path)


def test_a_bomb_that_begins_harmlessly_is_not_unpacked_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "_LOOKED_AT", 1 << 20)
    tiny_chunks(monkeypatch, 1 << 18)
    path = tmp_path / "bomb.gz"
    rows = np.random.default_rng(0).normal(size=(8000, 50))
    sound = text_of([f"w{n}" for n in range(8000)], rows, header=False).encode()
    path.write_bytes(gzip.compress(sound + b"a" + b" 0" * 49 + b" 1\n" + (b"b" + b" 0" * 50 + b"\n") * 80_000))
    told = []
    with pytest.raises(SynonymsError, match="unpacks to over 40 times"):
        told.extend(progress.items for progress in read_vectors(path))


def test_folders_and_absent_files_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "absent.vec"):
        with pytest.raises(SynonymsError, match="can't be read"):
            load_vectors(path)


def test_reading_stopped_halfway_leaves_nothing(tmp_path, home, monkeypatch):
    tiny_chunks(monkeypatch, 16)
    path = tmp_path / "v.txt"
    path.write_bytes(FORMATS["glove.txt"])
    reading = read_vectors(path)
    progress = next(reading)
    assert 0 < progress.total == len(FORMATS["glove.txt"])
    reading.close()
    assert not list((home / "data" / "vectors").iterdir())


def test_the_second_reading_opens_the_cache(tmp_path, monkeypatch):
    path = tmp_path / "v.txt"
    path.write_bytes(FORMATS["glove.txt"])
    first = load_vectors(path)
    assert list(read_vectors(path)) == []  # no progress: nothing is read
    assert load_vectors(path).folder == first.folder


def test_a_changed_file_is_read_anew_and_its_old_cache_goes(tmp_path, home):
    path = tmp_path / "v.txt"
    path.write_text("a 1 2\nb 3 4\n", encoding="utf-8")
    load_vectors(path)
    path.write_text("a 1 2\nc 3 4\nd 1 1\n", encoding="utf-8")
    assert list(load_vectors(path).words) == ["a", "c", "d"]
    assert len(list((home / "data" / "vectors").iterdir())) == 1


@pytest.mark.parametrize("victim", ["matrix.f32", "words.txt", "meta.json", "norms.npy", "words.hashes.npy"])
def test_a_damaged_cache_is_made_anew(tmp_path, victim):
    path = tmp_path / "v.txt"
    path.write_bytes(FORMATS["glove.txt"])
    folder = load_vectors(path).folder
    damaged = folder / victim
    damaged.write_bytes(damaged.read_bytes()[:-5])
    np.testing.assert_array_equal(load_vectors(path).matrix, ROWS)


def test_a_full_disk_is_said_before_writing(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_folder.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 10})())
    path = tmp_path / "v.txt"
    path.write_bytes(FORMATS["glove.txt"])
    with pytest.raises(SynonymsError, match="MB are free"):
        load_vectors(path)


def test_limits_leave_room_for_every_published_file():
    assert formats_module.MAX_DIM >= 2048
    assert formats_module.MAX_LINE >= 25 * formats_module.MAX_DIM
    assert text_module.MAX_LINE == formats_module.MAX_LINE


def test_the_shipped_vectors_are_those_that_were_measured():
    path = shipped.WIKIPEDIA_VECTORS.path()
    vectors = load_vectors(path)
    assert (len(vectors), vectors.dim, vectors.report.problems) == (125_796, 100, ())
    raw = path.read_bytes()
    start = raw.index("\n中国 ".encode()) + len("\n中国 ".encode())
    np.testing.assert_array_equal(vectors.vector("中国"), np.frombuffer(raw[start : start + 400], "<f4"))
    assert vectors.rank("中国") == 18
    assert vectors.cosine("增加", "减少") == pytest.approx(0.90, abs=0.005)
    assert vectors.cosine("医生", "护士") == pytest.approx(0.79, abs=0.005)


def test_a_look_tells_what_a_file_announces(tmp_path):
    path = tmp_path / "v.bin"
    path.write_bytes(FORMATS["word2vec.bin"])
    assert look_at_vectors(path) == VectorFile("binary", 4, 3, len(FORMATS["word2vec.bin"]), cached=False)
    load_vectors(path)
    assert look_at_vectors(path).cached
    path = tmp_path / "glove.txt"
    path.write_bytes(FORMATS["glove.txt"])
    assert (look_at_vectors(path).kind, look_at_vectors(path).words) == ("text", None)
    path.write_bytes(HOSTILE["zip"])
    with pytest.raises(SynonymsError, match="unpack it first"):
        look_at_vectors(path)


ROW = "{} 0.1 0.2 0.3\n"


def read_of(tmp_path, content):
    path = tmp_path / "v.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_vectors(path)


@pytest.mark.parametrize("header", ["", "4 3\n"])
def test_words_are_cleaned_as_pairs_clean_them(tmp_path, header):
    given = ["\uf914", "\u6a02", "漂\u200b亮", "猫"]
    vectors = read_of(tmp_path, header + "".join(map(ROW.format, given)))
    assert list(vectors.words) == ["\u6a02", "漂亮", "猫"]
    assert vectors.report.counts == {"duplicate": 1}
    path = tmp_path / "v.bin"
    path.write_bytes(binary_of(given, np.ones((4, 3), np.float32)))
    assert list(load_vectors(path).words) == ["\u6a02", "漂亮", "猫"]


def test_what_is_no_word_to_a_pair_is_none_here(tmp_path):
    vectors = read_of(tmp_path, "".join(map(ROW.format, ["a\u0001b", "\u3000", "\u200b", *"猫狗鱼"])))
    assert list(vectors.words) == list("猫狗鱼")
    assert vectors.report.counts == {"word": 3}


@pytest.mark.parametrize("header", ["", "4 3\n"])
def test_a_row_with_a_number_too_many_is_no_word_with_a_blank(tmp_path, header):
    rows = ["狗 0.1 0.2 0.3\n", "猫 0.1 0.1 0.2 0.3\n", "new york 0.1 0.2 0.3\n", "鱼 1e-3 0.1 0.2 0.3\n"]
    vectors = read_of(tmp_path, header + "".join(rows))
    assert list(vectors.words) == ["狗", "new york"]
    assert [(each.line - bool(header), each.fault) for each in vectors.report.problems] == [
        (2, "columns"),
        (4, "columns"),
    ]


@pytest.mark.parametrize("header", [0, 1])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda rows: rows.replace("\n", "\r"), "carriage return"),
        (lambda rows: rows.replace(".", ","), "decimal commas"),
        (lambda rows: rows.replace(".", ",").replace("\n", "\r\n"), "decimal commas"),
    ],
)
def test_other_ways_to_write_rows_are_named(tmp_path, header, make, said):
    content = make("3 3\n" * header + "".join(map(ROW.format, "猫狗鱼")))
    with pytest.raises(SynonymsError, match=said):
        read_of(tmp_path, content)
    with pytest.raises(SynonymsError, match=said):
        look_at_vectors(tmp_path / "v.txt")


def test_a_text_whose_first_row_is_broken_is_still_text(tmp_path):
    vectors = read_of(tmp_path, "4 3\n坏 x y z\n" + "".join(map(ROW.format, "猫狗鱼")))
    assert list(vectors.words) == list("猫狗鱼")


@pytest.mark.parametrize("stray", [b"\x00", b"\x7f", b"\x1b", b"\xff"])
@pytest.mark.parametrize("place", ["word", "number", "between"])
def test_a_stray_byte_breaks_a_line_and_does_not_make_text_binary(tmp_path, stray, place):
    rows = [ROW.format(word).encode() for word in "猫狗鱼鸭鸡"]
    at = {"word": 1, "number": 6, "between": 3}[place]
    rows[1] = rows[1][:at] + stray + rows[1][at:]
    vectors = read_of(tmp_path, b"5 3\n" + b"".join(rows))
    assert [word for word in vectors.words if word in "猫鱼鸭鸡"] == list("猫鱼鸭鸡")
    np.testing.assert_allclose(vectors.matrix, np.tile([0.1, 0.2, 0.3], (len(vectors.words), 1)), rtol=1e-6)


def test_many_broken_lines_do_not_make_text_binary(tmp_path):
    """Two lines in four hold a stray byte or too few numbers."""
    rows = [ROW.format(word).encode() for word in "猫狗鱼鸭"]
    rows[1] = rows[1].replace(b" 0.2", b" \x00 0.2")
    rows[2] = rows[2].replace(b" 0.2", b"")
    vectors = read_of(tmp_path, b"4 3\n" + b"".join(rows))
    assert list(vectors.words) == ["猫", "鸭"]
    np.testing.assert_allclose(vectors.matrix, [[0.1, 0.2, 0.3]] * 2, rtol=1e-6)


def test_floats_that_look_like_letters_are_still_floats(tmp_path):
    rows = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    rows[0] = np.frombuffer(b"1.5 2.5 3.5 ", dtype="<f4")
    path = tmp_path / "v.bin"
    path.write_bytes(binary_of([f"w{n}" for n in range(50)], rows, ending=b""))
    np.testing.assert_array_equal(load_vectors(path).matrix, rows)


@pytest.mark.parametrize("content", ["3 3\n", "0 3\n", "3 0\n", "1 1\n"])
def test_a_header_without_rows_is_one_sentence(tmp_path, content):
    for data in (content.encode(), gzip.compress(content.encode())):
        with pytest.raises(SynonymsError):
            read_of(tmp_path, data)


@pytest.mark.parametrize("header", ["", "4 3\n"])
def test_a_whole_number_too_many_is_no_part_of_a_word_among_whole_numbers(tmp_path, header):
    rows = ["狗 5 1 2 3\n", "猫 1 2 3\n", "windows 98 0.1 0.2 0.3\n", "鱼 4 5 6\n", "牛 7 8 9\n"]
    vectors = read_of(tmp_path, header.replace("4", "5") + "".join(rows))
    assert list(vectors.words) == ["猫", "windows 98", "鱼", "牛"]
    assert [(each.line - bool(header), each.fault) for each in vectors.report.problems] == [(1, "columns")]


def test_a_number_that_only_python_reads_is_none(tmp_path):
    vectors = read_of(tmp_path, "狗 0.1 0.2 1_0.5\n" + "".join(map(ROW.format, "猫鱼牛")))
    assert list(vectors.words) == list("猫鱼牛")
    assert sum(vectors.report.counts.values()) == 1
