"""The shipped dictionaries are read once for all tests of mining; nothing changes them."""

from __future__ import annotations

from functools import cache

import pytest

from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin

_cedict = cache(Cedict.from_file)
_cilin = cache(Cilin.from_tree)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    monkeypatch.setattr(Cedict, "from_file", _cedict)
    monkeypatch.setattr(Cilin, "from_tree", _cilin)
