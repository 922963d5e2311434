"""What is said about a page: a text file a language; its symbols: a row each. The panel needs to be told nothing."""

import pytest

from app.explain import symbols, texts
from app.explain.panel import ExplainPanel
from app.panel import Look
from app.scale import UiScale
from app.theme_controller import ThemeController
from core.language import set_language
from tests.app.explain.conftest import FakePage, ScriptedBackground
from tests.widgets import follow_language

POND = symbols.Symbol(
    "pond", "attention", "ρ", r"\rho", "teal", "●", "Pond", "How many ducks there are.", "Basic concepts"
)
TEXTS = {
    "en": "# A pond\n\nDucks {pond} swim. Count each [[token]].\n\n$$ \\sym{pond}=1 $$\n\n> 池塘。\n>\n> — here",
    "zh_CN": "# 池塘\n\n鸭子 {pond} 在游。数一数[[token|词元]]。\n\n$$ \\sym{pond}=1 $$\n\n> 池塘。\n>\n> — 此处",
}


@pytest.fixture
def look(qapp):
    """The light theme at its usual size."""
    scale = UiScale(1.0)
    return Look(ThemeController(qapp, scale, "light"), scale)


@pytest.fixture
def pond(monkeypatch, tmp_path):
    """Write the two files and the row."""
    monkeypatch.setitem(symbols.SYMBOLS, POND.id, POND)
    monkeypatch.setitem(symbols.LATEX, POND.id, POND.latex)
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    for language, text in TEXTS.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "attention.pond.md").write_text(text, encoding="utf-8")
    yield
    texts.page_text.cache_clear()


def test_two_files_and_a_row_explain_a_page(pond, look, qtbot):
    background = ScriptedBackground()
    panel = ExplainPanel(look, background)
    qtbot.addWidget(panel)
    page = FakePage("attention.pond", pond="17")
    panel.show_page(page)
    background.runs[-1].succeed()
    (view,) = panel.formulas
    assert view.has_picture
    assert view.fill_of(0) == POND.colour(look.theme.theme.colours)
    (row,) = panel.symbols.rows
    assert row.value.text == "17"
    page.symbol_pointed.emit("pond")
    assert view.lit == panel.prose.lit == panel.symbols.lit == "pond"
    set_language("zh_CN")
    follow_language(panel)
    assert "鸭子" in panel.prose.text
