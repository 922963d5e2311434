"""What a dropped file is, told by its content; strangers' files are nothing, and nothing of them is run."""

from __future__ import annotations

import json
import os
import pickle

import numpy as np
import pytest
from safetensors.numpy import save_file

from app.documents.file_kind import FileKind
from app.documents.recognise import recognise
from core.attention.requests import AttentionRequest, Source
from core.attention.session_file import Session, save_session
from core.lecture.lecture import Lecture, Scene
from core.lecture.lecture_file import write_lecture
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.runs.config_file import POLICY_FORMAT
from core.policy_gradient.runs.folder import save_run
from core.policy_gradient.runs.history import RunHistory
from tests.app.synonyms.small_store import make_store


def text(content, encoding="utf-8"):
    return lambda path: path.write_bytes(content.encode(encoding))


def model(path):
    path.mkdir()
    (path / "config.json").write_text('{"model_type": "bert"}')


def arrays(path):
    with path.open("wb") as file:
        np.savez(file, weights=np.ones((1, 1)), tokens=np.array(["a"]))


def checkpoint(**header):
    return lambda path: save_file({"w": np.zeros(2, np.float32)}, path, metadata=header)


def huge_lecture(path):
    scenes = [{"page": "attention.map", "caption": "x" * 10_000_000}]
    path.write_text(json.dumps({"kind": "yaya-lab lecture", "version": 1, "scenes": scenes}))


class Evil:
    def __reduce__(self):
        return os.mkdir, ("executed",)


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (text("我昨天在银行取了钱。"), FileKind.TEXT),
        (text("我昨天在银行取了钱。\r\n第二行，也是。", "gb18030"), FileKind.TEXT),
        (text("Hello, world\nand more"), FileKind.TEXT),
        (text("漂亮,美丽,synonym\n高,矮,antonym\n"), FileKind.PAIRS),
        (text("漂亮\t美丽\n高\t矮\n"), FileKind.PAIRS),
        (text('{"word1": "漂亮", "word2": "美丽"}\n{"word1": "高", "word2": "矮"}\n'), FileKind.PAIRS),
        (text('[{"data": {"word1": "漂亮"}, "annotations": []}]'), FileKind.PAIRS),
        (lambda path: make_store(str(path)), FileKind.STORE),
        (model, FileKind.MODEL),
        (lambda path: save_run(path, RunHistory(ARTICLE)), FileKind.RUN),
        (checkpoint(format=POLICY_FORMAT), FileKind.CHECKPOINT),
        (lambda path: save_session(path, Session((AttentionRequest(Source("a")),))), FileKind.SESSION),
        (lambda path: write_lecture(path, Lecture("L", "en", (Scene("attention.map"),))), FileKind.LECTURE),
        (arrays, FileKind.ARRAYS),
        (text('{"tokens": ["a"], "weights": [[1.0]]}'), FileKind.ARRAYS),
        (huge_lecture, FileKind.LECTURE),
    ],
)
def test_it_is_told_by_what_is_in_it(tmp_path, make, kind):
    make(tmp_path / "file")
    assert recognise(tmp_path / "file") is kind


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(pickle.dumps(Evil())),
        text("<html><script>alert(1)</script></html>"),
        text('{"kind": "something else", "version": 99}'),
        text("{" * 100_000),
        text(""),
        lambda path: path.write_bytes(bytes(range(256)) * 40),
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)),
        checkpoint(format="somebody else's"),
        lambda path: path.write_bytes((2**60).to_bytes(8, "little") + b"{"),
        lambda path: path.mkdir(),
        os.mkfifo,
        lambda path: path.symlink_to("/dev/zero"),
        lambda _path: None,
    ],
    ids=[
        "pickle",
        "html",
        "json",
        "deep",
        "empty",
        "binary",
        "png",
        "weights",
        "header",
        "folder",
        "pipe",
        "zero",
        "none",
    ],
)
def test_everything_else_is_nothing_and_nothing_of_it_is_run(tmp_path, monkeypatch, make):
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "file")
    assert recognise(tmp_path / "file") is None
    assert not (tmp_path / "executed").exists()
