"""What tests of every part of the window need."""

import pytest

from app.panel import Look
from app.scale import UiScale
from app.theme import THEME_NAMES
from app.theme_controller import ThemeController


@pytest.fixture
def look(qapp):
    """The light theme at its usual size, gone with the test; the application is as it was before."""
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    scale = UiScale(1.0)
    theme = ThemeController(qapp, scale, "light")
    yield Look(theme, scale)
    theme.deleteLater()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture(params=THEME_NAMES)
def worn(look, request):
    """Each theme in turn: light, dark, and the larger one for the projector."""
    look.theme.choose(request.param)
    return look


@pytest.fixture(scope="session")
def material(tmp_path_factory):
    """Vectors and sentences of a few words, so that looking up takes no reading of millions."""
    from core.synonyms.evidence.gather import EvidenceConfig

    folder = tmp_path_factory.mktemp("material")
    vectors = folder / "tiny.txt"
    words = ("医生", "医师", "护士", "美丽", "漂亮", "电脑", "计算机")
    rows = [f"{word} {n / 10:.2f} {1 - n / 10:.2f} 0.5" for n, word in enumerate(words)]
    vectors.write_text(f"{len(words)} 3\n" + "\n".join(rows) + "\n", encoding="utf-8")
    corpus = folder / "corpus.txt"
    corpus.write_text("医生和医师是同一种职业。\n她很美丽，也很漂亮。\n", encoding="utf-8")
    return EvidenceConfig(vectors=vectors, corpora=(corpus,))
