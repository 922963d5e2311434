import gzip

import pytest

from core.synonyms import shipped
from core.synonyms.lexicons import cedict as cedict_module
from core.synonyms.lexicons.cedict import Cedict, Reference, readable
from core.synonyms.pairs import SynonymsError

TEXT = """# CC-CEDICT
#! date=2023-11-07T06:42:16Z
傳統 传统 [chuan2 tong3] /tradition/traditional/
一下兒 一下儿 [yi1 xia4 r5] /erhua variant of 一下[yi1 xia4]/
不材 不材 [bu4 cai2] /untalented/I/me (humble)/also written 不才[bu4 cai2]/
今體詩 今体诗 [jin1 ti3 shi1] /same as 近體詩|近体诗[jin4 ti3 shi1]/
三自 三自 [San1 zi4] /abbr. for 三自愛國教會|三自爱国教会[San1 zi4], Movement/
北大 北大 [Bei3 Da4] /Peking University (abbr. for 北京大學|北京大学[Bei3 jing1 Da4 xue2])/
大雪 大雪 [da4 xue3] /see also 雪[xue3]/overseas 海外[hai3 wai4]/
張 张 [zhang1] /to open up/
張 张 [Zhang1] /surname Zhang/
行 行 [hang2] /row/line/
行 行 [xing2] /to walk/line/
"""


@pytest.fixture
def cedict(tmp_path):
    path = tmp_path / "cedict.u8"
    path.write_text(TEXT, encoding="utf-8")
    return Cedict.from_file(path)


@pytest.mark.parametrize(
    ("gloss", "text"),
    [
        ("abbr. for 航空母艦|航空母舰[hang2 kong1 mu3 jian4]", "abbr. for 航空母舰 (háng kōng mǔ jiàn)"),
        ("CL:個|个[ge4],位[wei4]", "CL:个 (gè), 位 (wèi)"),
        ("see 卡拉OK|卡拉OK[ka3 la1 O K], karaoke", "see 卡拉OK (kǎ lā O K), karaoke"),
        ("Taiwan pr. [tu3 gai3]", "Taiwan pr. (tǔ gǎi)"),
        ("square brackets [ ]", "square brackets [ ]"),
    ],
)
def test_a_gloss_is_shown_in_simplified_writing_with_tone_marks(gloss, text):
    assert readable(gloss) == text


def test_entries_glosses_and_readings(cedict):
    assert len(cedict) == 11
    assert cedict.release == "2023-11-07T06:42:16Z"
    assert cedict.entries("传统")[0].traditional == "傳統"
    assert cedict.glosses("行") == ("row", "line", "to walk")
    assert cedict.pinyin("行") == ("háng", "xíng")
    assert cedict.pinyin("没有") == ()
    assert "傳統" not in cedict


def test_a_surname_is_no_reading_of_its_own(cedict):
    assert cedict.pinyin("张") == ("zhāng",)
    assert cedict.pinyin("北大") == ("Běi Dà",)


def test_references_name_word_and_relation(cedict):
    found = {entry.simplified: list(entry.references()) for entry in cedict}
    assert found["一下儿"] == [Reference("一下", "variant", "erhua variant of")]
    assert found["不材"] == [Reference("不才", "same", "also written")]
    assert found["今体诗"] == [Reference("近体诗", "same", "same as")]
    assert found["三自"] == [Reference("三自爱国教会", "abbreviation", "abbr. for")]
    assert found["北大"] == [Reference("北京大学", "abbreviation", "abbr. for")]
    assert found["大雪"] == [Reference("雪", "see", "see also")]  # "overseas" does not see 海外
    assert found["传统"] == []


def test_a_packed_file_reads_the_same(cedict, tmp_path):
    path = tmp_path / "cedict.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert list(Cedict.from_file(path)) == list(cedict)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(cedict_module, "_MAX_TEXT_BYTES", 1 << 20)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(bytes(5 << 20)))
    with pytest.raises(SynonymsError, match=r"bomb\.gz unpacks to more"):
        Cedict.from_file(path)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"hello\nworld\n", gzip.compress(TEXT.encode())[:-20], b"\x1f\x8bxx"]
)
def test_what_is_no_dictionary_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "other.txt"
    path.write_bytes(content)
    with pytest.raises(SynonymsError, match=r"other\.txt is not a CC-CEDICT dictionary"):
        Cedict.from_file(path)


def test_the_shipped_dictionary_is_the_one_that_was_measured():
    cedict = Cedict.from_file(shipped.CEDICT.path())
    assert len(cedict) == 122_143
    assert cedict.pinyin("绿色") == ("lǜ sè",)
    assert "to increase" in cedict.glosses("增加")
