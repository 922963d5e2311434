"""What is to be mined, and what is wrong with it."""

from pathlib import Path

import pytest

from app.synonyms.sources.mining_form import MiningForm
from core.synonyms.mining.config import MineConfig


@pytest.fixture
def form(qtbot, look):
    form = MiningForm(look)
    qtbot.addWidget(form)
    form.show_store("x.db")
    return form


def test_the_form_gives_back_what_it_shows(form):
    config = MineConfig("x.db", limit=700, sources=("gloss",), nearest=5, min_cosine=0.5, lexicons=(Path("a.txt"),))
    form.show_config(config)
    assert form.config() == config


def test_no_source_is_refused_in_words(form, qtbot):
    for box in form.sources.values():
        box.setChecked(False)
    started = []
    form.start_wanted.connect(started.append)
    form.start.click()
    assert started == []
    assert "Available candidate sources" in form.problem.text()


def test_vectors_say_what_they_hold_before_they_are_read(form, tmp_path, monkeypatch):
    file = tmp_path / "tiny.txt"
    file.write_text("3 2\n医生 1 0\n医师 0.9 0.1\n护士 0 1\n", encoding="utf-8")
    form.vectors.show_paths((file,))
    form.vectors.changed.emit()
    assert form.about_vectors.text().startswith("3 words × 2")
    assert form.index.isHidden()
    monkeypatch.setattr("app.synonyms.sources.mining_form.INDEX_PAYS_FROM", 3)
    form.vectors.changed.emit()
    assert not form.index.isHidden()


def test_a_file_that_holds_no_vectors_is_said_at_once(form, tmp_path):
    file = tmp_path / "book.txt"
    file.write_bytes(b"\x00\x01" * 500)
    form.vectors.show_paths((file,))
    form.vectors.changed.emit()
    assert "book.txt" in form.about_vectors.text()
    assert form.index.isHidden()
