import json
import os

import pytest

from core.synonyms.lexicons.opened import open_cedict, open_cilin
from core.synonyms.pairs import SynonymsError

ENTRY = "醫生 医生 [yi1 sheng1] /doctor/\n"
LEAF = {"A": {"tag": "人士", "sub": {"01=": ["人", "士"]}}}
TREE = json.dumps({"A": {"tag": "人", "sub": {"a": {"tag": "泛称", "sub": {"01": {"tag": "人", "sub": LEAF}}}}}})


def test_a_dictionary_is_read_once(tmp_path):
    path = tmp_path / "cedict.txt"
    path.write_text(ENTRY, encoding="utf-8")
    first = open_cedict(path)
    assert first.words == ("医生",)
    assert open_cedict(path) is first


def test_a_file_that_was_changed_is_read_again(tmp_path):
    path = tmp_path / "cedict.txt"
    path.write_text(ENTRY, encoding="utf-8")
    first = open_cedict(path)
    path.write_text(ENTRY.replace("医生", "医师"), encoding="utf-8")
    os.utime(path, ns=(1, 1))  # some disks tell the time in steps longer than this test takes
    assert open_cedict(path).words == ("医师",)
    assert first.words == ("医生",)


def test_the_tree_too(tmp_path):
    path = tmp_path / "tree.json"
    path.write_text(TREE, encoding="utf-8")
    first = open_cilin(path)
    assert first.synonyms("人") == ("士",)
    assert open_cilin(path) is first


def test_what_cannot_be_read_is_said_every_time(tmp_path):
    for _turn in range(2):
        with pytest.raises(SynonymsError, match="absent"):
            open_cedict(tmp_path / "absent.txt")
        with pytest.raises(SynonymsError, match="absent"):
            open_cilin(tmp_path / "absent.json")
