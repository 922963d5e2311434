"""Signs and colours of the verdicts can be told apart and read."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.synonyms.verdict_style import DISPUTED, VERDICT_LOOKS, colour_of, draw_sign, text_colour_of
from app.theme import THEME_NAMES, contrast, theme_of
from core.synonyms.verdicts import Verdict
from tests.pictures import extent, inked, seen, strokes, where


def test_no_two_verdicts_share_a_sign_and_every_sign_reads_on_its_ground(look):
    looks = list(VERDICT_LOOKS.values())
    assert list(VERDICT_LOOKS) == list(Verdict)
    assert len({each.sign for each in looks}) == len(looks)
    colours = look.theme.theme.colours
    for each in looks:
        ground = getattr(colours, each.ink) if each.filled else colours.button
        ink = colours.on_verdict if each.filled else getattr(colours, each.ink)
        assert contrast(ink, ground) >= 3, each.word


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_verdict_can_be_read_in_the_rows_of_a_table(name):
    colours = theme_of(name).colours
    for each in (*VERDICT_LOOKS.values(), DISPUTED):
        for ground in (colours.surface, colours.window):
            assert contrast(text_colour_of(each, colours), ground) >= 4.5, each.word


@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_a_sign_is_a_disc_or_a_ring_of_its_verdicts_colour_with_its_own_letter(worn, verdict):
    drawn, colours = DISPUTED if verdict is None else VERDICT_LOOKS[verdict], worn.theme.theme.colours
    picture = QImage(48, 48, QImage.Format.Format_RGB32)
    picture.fill(QColor(colours.stage))
    painter = QPainter(picture)
    draw_sign(painter, QRectF(0, 0, 48, 48), drawn, colours, worn.scale.font())
    painter.end()
    pixels = seen(picture)
    disc = where(pixels, colour_of(drawn, colours))
    assert extent(strokes(pixels, colour_of(drawn, colours), colours.stage, 0.9)).width == pytest.approx(48, abs=2)
    assert disc[1:4, 24].any()
    assert disc[6:9, 24].all() == drawn.filled  # inside the rim
    assert inked(pixels[14:34, 14:34], colour_of(drawn, colours) if drawn.filled else colours.stage).any()


def test_no_two_verdicts_look_the_same_even_without_colour(worn):
    pictures = []
    for drawn in (*VERDICT_LOOKS.values(), DISPUTED):
        picture = QImage(48, 48, QImage.Format.Format_RGB32)
        picture.fill(QColor("#ffffff"))
        painter = QPainter(picture)
        black = replace(worn.theme.theme.colours, **{drawn.ink: "#000000", "on_verdict": "#ffffff"})
        draw_sign(painter, QRectF(0, 0, 48, 48), drawn, black, worn.scale.font())
        painter.end()
        pictures.append(where(seen(picture), "#000000", near=90))
    for one, other in combinations(pictures, 2):
        assert (one ^ other).sum() > 40
