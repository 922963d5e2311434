"""A new model that comes with the program costs its file and one row: the menu and the command know it then."""

from __future__ import annotations

import argparse
import io

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from app.attention.input.model_menu import ModelMenu
from app.panel import Look
from app.scale import UiScale
from app.theme_controller import ThemeController
from core.attention import cli
from core.attention.encoders.base import Encoded, Pieces, Stacked
from core.attention.encoders.built_in import BUILT_IN, BuiltIn
from core.attention.results import ModelCard, Token
from tests.seams.rows import replace_everywhere

ROW = BuiltIn(
    "echo", "Echo of one layer", "Echo", ("en",), "none", "no licence", "tests.seams.test_builtin_model:Echo",
    prefix="say: ",
)  # fmt: skip


class Echo:
    """One layer of one head in which every letter looks at itself."""

    card = ModelCard(ROW.name, ROW.title, "encoder", layers=1, heads=1, width=2, limit=64, origin=ROW.origin)

    def tokenize(self, text, pair=None, *, prefix=False):  # noqa: ARG002  an echo has no use for them
        tokens = tuple(Token(letter, at, at + 1, special=False, piece=letter) for at, letter in enumerate(text))
        return Pieces(np.arange(len(tokens)), np.zeros(len(tokens), np.int64), tokens)

    def forward(self, pieces, texts):
        n = len(pieces)
        vectors = np.ones((1, 1, n, 2), np.float32)
        stack = Stacked(
            rows=pieces.tokens, columns=pieces.tokens, weights=np.eye(n, dtype=np.float32)[None, None],
            hidden=np.ones((2, n, 2), np.float32), queries=vectors, keys=vectors, values=vectors,
            scales=np.ones(1, np.float32), biases=(None,), output=None, causal=False,
        )  # fmt: skip
        return Encoded(self.card, texts, {"encoder": stack})


@pytest.fixture
def with_row(monkeypatch):
    replace_everywhere(monkeypatch, BUILT_IN, (*BUILT_IN, ROW))


def test_the_menu_offers_it(with_row, qtbot, qapp):
    scale = UiScale(1.0)
    theme = ThemeController(QApplication.instance(), scale, "light")
    menu = ModelMenu(Look(theme, scale))
    qtbot.addWidget(menu)
    names = [menu.itemData(index) for index in range(menu.count())]
    assert names[:3] == ["e5", "minilm", "echo"]
    assert menu.itemText(2) == "Echo"
    menu.show_model("echo")
    assert menu.recent == []
    theme.deleteLater()


def test_the_command_reads_with_it(with_row):
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    assert "e5|minilm|echo|FOLDER|ID" in parser.format_help()
    out, err = io.StringIO(), io.StringIO()
    assert cli.run(parser.parse_args(["ab", "--model", "echo", "--prefix"]), out=out, err=err) == cli.DONE
    assert "a → a 1.000" in out.getvalue()
    assert "Echo of one layer" in err.getvalue()
    assert "prefix" in err.getvalue()
