import json

import pytest

from core.synonyms import shipped
from core.synonyms.lexicons.cilin import RELATED, SYNONYMS, Cilin
from core.synonyms.pairs import SynonymsError, word_pair

TEXT = """Aa01A01= 人 士 人物
Aa01A02= 人类 生人
Aa01B03# 工人 农民
Ab01A01= 人 男人
Ab02A01@ 孤儿
Ih05A01= 增加 增添 增加
"""


@pytest.fixture
def cilin(tmp_path):
    path = tmp_path / "cilin.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Cilin.from_text(path)


def test_codes_and_senses(cilin):
    assert cilin.codes("人") == ("Aa01A01=", "Ab01A01=")
    assert cilin.codes("没有") == ()
    assert "孤儿" in cilin
    assert len(cilin) == 11


def test_synonyms_come_from_all_senses_and_leave_out_the_word(cilin):
    assert cilin.synonyms("人") == ("士", "人物", "男人")
    assert cilin.synonyms("工人") == ()


def test_relation_is_that_of_a_shared_set(cilin):
    assert cilin.relation("人", "男人") == SYNONYMS
    assert cilin.relation("工人", "农民") == RELATED
    assert cilin.relation("人", "人类") is None
    assert cilin.relation("人", "没有") is None


@pytest.mark.parametrize(
    ("one", "other", "prefix", "level"),
    [
        ("人", "士", "Aa01A01", 5),
        ("人", "人类", "Aa01A", 4),
        ("人", "农民", "Aa01", 3),
        ("男人", "孤儿", "Ab", 2),
        ("士", "孤儿", "A", 1),
        ("士", "增加", "", 0),
    ],
)
def test_the_deepest_shared_level(cilin, one, other, prefix, level):
    assert cilin.shared_prefix(one, other) == prefix
    assert cilin.shared_level(one, other) == cilin.shared_level(other, one) == level


def test_pairs_come_once_and_can_be_capped(cilin):
    assert len(list(cilin.pairs())) == 3 + 1 + 1 + 1
    assert len(list(cilin.pairs(max_set=2))) == 1 + 1 + 1 + 1
    assert list(cilin.pairs(RELATED)) == [word_pair("工人", "农民")]


def test_text_is_read_back_as_it_was_written(cilin, tmp_path):
    path = tmp_path / "again.txt"
    path.write_text(cilin.to_text(), encoding="gb18030")
    assert Cilin.from_text(path).sets == cilin.sets


def test_a_tree_gives_codes_and_headings(tmp_path):
    path = tmp_path / "tree.json"
    leaf = {"tag": "人士", "sub": {"01=": ["人", "士"], "02#": ["工", "农"]}}
    tree = {"A": {"tag": "人", "sub": {"a": {"tag": "泛称", "sub": {"01": {"tag": "人", "sub": {"A": leaf}}}}}}}
    path.write_text(json.dumps(tree), encoding="utf-8")
    cilin = Cilin.from_tree(path)
    assert cilin.sets == {"Aa01A01=": ("人", "士"), "Aa01A02#": ("工", "农")}
    assert cilin.headings["Aa"] == "泛称"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"A": 1}', b'{"A": {"tag": "x", "sub": {"9": ["a"]}}}', b"[" * 100_000, b"\xff"],
)
def test_what_is_no_tree_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "tree.json"
    path.write_bytes(content)
    with pytest.raises(SynonymsError) as caught:
        Cilin.from_tree(path)
    assert "tree.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("line", ["人 士", "Aa01A01 人", "Aa01A01=", "aa01A01= 人", "Aa01A01= " + "人 " * 10_001])
def test_a_broken_line_is_named_by_its_number(tmp_path, line):
    path = tmp_path / "own.txt"
    path.write_text(f"Aa01A01= 人 士\n\n{line}\n", encoding="utf-8")
    lexicon = Cilin.from_text(path)
    assert lexicon.synonyms("人") == ("士",)
    assert [(each.line, each.text) for each in lexicon.faulty] == [(3, line.strip()[:40])]
    # A file of mostly such lines is no thesaurus.
    path.write_text(f"Aa01A01= 人 士\n\n{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(SynonymsError, match=r"own\.txt, line 3"):
        Cilin.from_text(path)


def test_an_empty_or_absent_thesaurus_is_refused(tmp_path):
    (tmp_path / "empty.txt").write_text("\n \n", encoding="utf-8")
    with pytest.raises(SynonymsError, match="no synonym set"):
        Cilin.from_text(tmp_path / "empty.txt")
    with pytest.raises(SynonymsError, match="can't be read"):
        Cilin.from_text(tmp_path / "absent.txt")


def test_the_shipped_tree_is_the_one_that_was_measured():
    cilin = Cilin.from_tree(shipped.CILIN.path())
    assert len(cilin) == 77_431
    signs = [code[-1] for code in cilin.sets]
    assert (signs.count("="), signs.count("#"), signs.count("@")) == (9_988, 3_447, 4_374)
    assert cilin.shared_level("增加", "减少") == 3
    assert cilin.relation("医生", "医师") == SYNONYMS
    assert cilin.relation("医生", "护士") is None


def test_one_bad_byte_costs_one_word(tmp_path):
    path = tmp_path / "c.txt"
    path.write_bytes(TEXT.encode().replace("生人".encode(), "生人".encode()[:-1] + b"\xff"))
    found = Cilin.from_text(path)
    assert found.codes("人") == ("Aa01A01=", "Ab01A01=")
    assert found.sets["Aa01A02="] == ("人类",)
    assert [each.line for each in found.faulty] == [2]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", TEXT),
        ("utf-16", TEXT),
        ("utf-8-sig", TEXT),
        ("big5", "Aa01A01= 漂亮 美麗 好看\nAa01A02= 聰明 機靈\n"),
    ],
)
def test_the_encoding_is_found(tmp_path, encoding, text):
    path = tmp_path / "c.txt"
    path.write_bytes(text.encode(encoding))
    found = Cilin.from_text(path)
    assert found.to_text() == text
    assert not found.faulty


def test_words_that_no_pair_could_hold_do_not_stop_its_pairs(tmp_path):
    path = tmp_path / "c.txt"
    path.write_text("Aa01A01= \uf914 \u6a02 a\u0001b 漂\u200b亮 漂亮 \u200b\n", "utf-8")
    found = Cilin.from_text(path)
    assert list(found.pairs()) == [word_pair("\u6a02", "漂亮")]
    assert [each.line for each in found.faulty] == [1]


def test_a_code_that_names_two_sets_joins_no_words(tmp_path):
    path = tmp_path / "own.txt"
    path.write_text("Aa01A01= 人 士\nAa01A02= 猫 猫咪\nAa01A01= 狗 犬\n", encoding="utf-8")
    found = Cilin.from_text(path)
    assert found.synonyms("人") == ("士",)
    assert [(each.line, each.text) for each in found.faulty] == [(3, "Aa01A01= 狗 犬")]
    path.write_text("Aa01A01= 人 士\n" + "Aa01A01= 狗 犬\n" * 2, encoding="utf-8")
    with pytest.raises(SynonymsError, match=r"own\.txt, line 2: the code"):
        Cilin.from_text(path)
