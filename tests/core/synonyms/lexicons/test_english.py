import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.synonyms.lexicons import wordnet
from core.synonyms.lexicons.cedict import Cedict, Entry
from core.synonyms.lexicons.english import EnglishLexicon, EnglishSet
from core.synonyms.lexicons.english_files import has_english, read_english
from core.synonyms.lexicons.translated import Proposal, Translations, translated_pairs
from core.synonyms.lexicons.verbnet import read_verbnet
from core.synonyms.lexicons.wordnet import read_wordnet, synonym_pairs
from core.synonyms.pairs import SynonymsError, WordPair, word_pair

# Lines of WordNet 3.0's data.verb and data.adj, with fewer pointers.
VERBS = """  1 This software and database is being provided to you, the LICENSEE
00001740 29 v 04 breathe 0 take_a_breath 0 respire 0 suspire 3 002 * 00005041 v 0000 $ 00002325 v 0000 02 + 02 00 | draw
"""
ADJECTIVES = """00001740 00 a 01 able 0 001 ! 00002098 a 0101 | having the necessary means
00002098 00 a 01 unable 0 001 ! 00001740 a 0101 | not having the necessary means
00003000 00 s 02 galore(ip) 0 abounding 0 000 | existing in abundance
"""


@pytest.fixture
def princeton(tmp_path):
    folder = tmp_path / "wordnet"
    folder.mkdir()
    for part, content in {"noun": "", "verb": VERBS, "adj": ADJECTIVES, "adv": ""}.items():
        (folder / f"data.{part}").write_text(content, encoding="utf-8")
    return folder


def test_wordnets_files_give_sets_antonyms_and_pairs(princeton):
    lexicon = read_wordnet(princeton)
    assert lexicon.sets[0] == EnglishSet("00001740-v", ("breathe", "take a breath", "respire", "suspire"), True)
    assert lexicon.sets[-1] == EnglishSet("00003000-a", ("galore", "abounding"), False)
    assert lexicon.antonyms == {WordPair("able", "unable")}
    pairs = list(synonym_pairs(lexicon))
    assert pairs[0] == WordPair("breathe", "respire")
    assert len(pairs) == 4


def test_the_store_of_wn_gives_the_same(tmp_path):
    path = tmp_path / "wn.db"
    with closing(sqlite3.connect(path)) as store:
        store.executescript("""
            CREATE TABLE lexicons (rowid INTEGER PRIMARY KEY, language TEXT);
            CREATE TABLE synsets (rowid INTEGER PRIMARY KEY, id TEXT, lexicon_rowid INTEGER, pos TEXT);
            CREATE TABLE senses (rowid INTEGER PRIMARY KEY, lexicon_rowid INTEGER, entry_rowid INTEGER,
                synset_rowid INTEGER, synset_rank INTEGER);
            CREATE TABLE forms (entry_rowid INTEGER, form TEXT, rank INTEGER);
            CREATE TABLE relation_types (rowid INTEGER PRIMARY KEY, type TEXT);
            CREATE TABLE sense_relations (source_rowid INTEGER, target_rowid INTEGER, type_rowid INTEGER);
            INSERT INTO lexicons VALUES (1, 'en'), (2, 'fr');
            INSERT INTO synsets VALUES (1, 'oewn-1-v', 1, 'v'), (2, 'oewn-2-a', 1, 'a'), (3, 'fr-1', 2, 'v');
            INSERT INTO senses VALUES (1, 1, 1, 1, 0), (2, 1, 2, 1, 1), (3, 1, 3, 2, 0), (4, 2, 4, 3, 0);
            INSERT INTO forms VALUES (1, 'buy', 0), (1, 'bought', 1), (2, 'purchase', 0), (3, 'able', 0),
                (4, 'acheter', 0);
            INSERT INTO relation_types VALUES (7, 'antonym');
            INSERT INTO sense_relations VALUES (3, 1, 7);
        """)
    lexicon = read_wordnet(tmp_path)
    assert lexicon.sets == (
        EnglishSet("oewn-1-v", ("buy", "purchase"), True),
        EnglishSet("oewn-2-a", ("able",), False),
    )
    assert lexicon.antonyms == {WordPair("able", "buy")}


def test_where_there_is_no_wordnet_it_is_said_how_to_get_one(tmp_path, monkeypatch):
    monkeypatch.setattr(wordnet, "DEBIAN", tmp_path / "none")
    monkeypatch.setenv("WN_DATA_DIR", str(tmp_path / "nothing"))
    with pytest.raises(SynonymsError, match="apt install wordnet-base"):
        read_wordnet()


@pytest.mark.parametrize("content", ["00001740 29 v 04 breathe 0", "nonsense"])
def test_a_damaged_wordnet_is_said(princeton, content):
    (princeton / "data.verb").write_text(content, encoding="utf-8")
    with pytest.raises(SynonymsError, match="no WordNet that can be read"):
        read_wordnet(princeton)
    (princeton / "wn.db").write_bytes(b"no store at all, but long enough to be looked at as one")
    with pytest.raises(SynonymsError, match="no WordNet that can be read"):
        read_wordnet(princeton)


def test_verbnet_classes_and_subclasses_are_sets(tmp_path):
    (tmp_path / "give-13.1.xml").write_text(
        '<VNCLASS ID="give-13.1"><MEMBERS><MEMBER name="give"/><MEMBER name="hand_over"/></MEMBERS><SUBCLASSES>'
        '<VNSUBCLASS ID="give-13.1-1"><MEMBERS><MEMBER name="sell"/></MEMBERS></VNSUBCLASS></SUBCLASSES></VNCLASS>',
        encoding="utf-8",
    )
    sets = read_verbnet(tmp_path).sets
    assert sets == (
        EnglishSet("give-13.1", ("give", "hand over"), True),
        EnglishSet("give-13.1-1", ("sell",), True),
    )


@pytest.mark.parametrize("content", ["<VNCLASS", "<!DOCTYPE a [<!ENTITY b 'c'>]><VNCLASS/>"])
def test_a_file_that_is_no_class_and_a_folder_without_any_are_said(tmp_path, content):
    with pytest.raises(SynonymsError, match="holds no VerbNet classes"):
        read_verbnet(tmp_path)
    (tmp_path / "give-13.1.xml").write_text(content, encoding="utf-8")
    with pytest.raises(SynonymsError, match=r"give-13\.1\.xml is no VerbNet class"):
        read_verbnet(tmp_path)


def test_what_is_chosen_is_known_by_what_is_in_it(princeton, tmp_path, monkeypatch):
    verbs = tmp_path / "verbnet"
    verbs.mkdir()
    file = verbs / "give-13.1.xml"
    file.write_text('<VNCLASS ID="give-13.1"><MEMBERS><MEMBER name="give"/></MEMBERS></VNCLASS>', encoding="utf-8")
    read = read_english([princeton, verbs, princeton / "data.noun", file])
    assert [lexicon.source for lexicon in read] == ["WordNet", "VerbNet", "WordNet", "VerbNet"]
    monkeypatch.setattr(wordnet, "DEBIAN", tmp_path / "nowhere")
    monkeypatch.setenv("WN_DATA_DIR", str(tmp_path / "nowhere"))
    assert has_english([verbs])
    assert not has_english([])
    with pytest.raises(SynonymsError, match="No WordNet is installed"):
        read_english([])
    with pytest.raises(SynonymsError, match="does not exist"):
        read_english([tmp_path / "gone"])


def test_chinese_pairs_keep_the_set_that_proposed_them():
    cedict = Cedict(
        [
            Entry("買", "买", "mai3", ("to buy", "to purchase")),
            Entry("購買", "购买", "gou4 mai3", ("to purchase",)),
            Entry("採購", "采购", "cai3 gou4", ("to purchase (for an office)", "buy")),
            Entry("能", "能", "neng2", ("able",)),
        ]
    )
    lexicon = EnglishLexicon(
        "WordNet", (EnglishSet("1-v", ("buy", "purchase"), True), EnglishSet("2-a", ("able",), False))
    )
    pairs = translated_pairs([lexicon], cedict)
    assert set(pairs) == {word_pair("买", "购买"), word_pair("买", "采购"), word_pair("购买", "采购")}
    assert pairs[word_pair("买", "购买")] == (Proposal("WordNet", "1-v", ("buy", "purchase")),)
    assert set(translated_pairs([lexicon], cedict, {"买", "购买"})) == {word_pair("买", "购买")}
    asked = Translations([lexicon], cedict)
    assert {pair: asked.proposals(pair) for pair in pairs} == pairs
    assert asked.proposals(word_pair("买", "能")) == ()


def test_a_lexicon_whose_words_refer_to_each_other_in_circles_is_read_like_any_other(princeton, tmp_path):
    circle = "00000001 00 a 01 odd 0 001 ! 00000001 a 0101 | its own opposite\n"
    (princeton / "data.adj").write_text(circle, encoding="utf-8")
    assert read_wordnet(princeton).antonyms == frozenset()
    cedict = Cedict(
        [Entry("甲", "甲", "jia3", ("see 乙[yi3]", "one")), Entry("乙", "乙", "yi3", ("see 甲[jia3]", "one"))]
    )
    assert [[each.word for each in entry.references()] for entry in cedict] == [["乙"], ["甲"]]
    lexicon = EnglishLexicon("WordNet", (EnglishSet("1-n", ("one", "one"), False),))
    assert set(translated_pairs([lexicon], cedict)) == {word_pair("甲", "乙")}


@pytest.mark.parametrize("ending", ["", ".db", ".xml"])
@pytest.mark.parametrize("name", ["x" * 5000, "名" * 100, "gone"], ids=["long", "many bytes", "gone"])
def test_a_place_that_no_file_has_is_one_sentence(name, ending):
    with pytest.raises(SynonymsError, match="does not exist"):
        read_english([Path(name + ending)])
