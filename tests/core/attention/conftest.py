"""Models that tests share: the two real ones, and tiny random ones of each family."""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"  # no test asks a network, whatever it opens

import pytest
import torch
import transformers

from core.attention.encoders.e5 import E5
from core.attention.encoders.minilm import MiniLM
from core.attention.tasks import reading
from core.attention.tasks.model_cache import ModelCache
from tests.core.attention.tiny import build

torch.set_num_threads(1)
transformers.utils.logging.disable_progress_bar()  # its bars leave a thread behind


@pytest.fixture(scope="session")
def e5():
    return E5()


@pytest.fixture(scope="session")
def minilm():
    return MiniLM()


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory):
    """Build the tiny model of a family once."""
    built = {}

    def folder(family):
        if family not in built:
            built[family] = build(family, tmp_path_factory.mktemp(family))
        return built[family]

    return folder


@pytest.fixture
def cache(monkeypatch, e5, minilm):
    """A cache of its own on which the two real models lie ready."""
    ready = {"e5": e5, "minilm": minilm}
    made = ModelCache(lambda name, **_rest: ready[name])
    monkeypatch.setattr(reading, "model_cache", lambda: made)
    return made
