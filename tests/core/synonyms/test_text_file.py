"""Small text files are read in any encoding that can be told, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.synonyms.evaluation.pair_file import read_pair_file
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.pairs import SynonymsError
from core.synonyms.text_file import read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_told_by_the_text(tmp_path, encoding):
    path = tmp_path / "words.txt"
    path.write_text("漂亮\n美丽\n", encoding=encoding)
    assert read_text(path).split() == ["漂亮", "美丽"]


@pytest.mark.parametrize("read", [read_text, Cilin.from_text, read_pair_file])
def test_a_text_that_may_be_in_two_encodings_is_refused(tmp_path, read):
    path = tmp_path / "words.txt"
    path.write_bytes("Aa01A01= café thé naïf\n".encode("cp1252"))
    with pytest.raises(SynonymsError, match=r"words\.txt.*Save it as UTF-8"):
        read(path)


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/full"])
def test_a_device_is_no_text(name):
    if not Path(name).exists():
        pytest.skip("no such device here")
    with pytest.raises(SynonymsError, match="larger than 256 MB"):
        read_text(Path(name))
