"""Signs and colours of the verdicts can be told apart and read."""

import pytest

from app.synonyms.verdict_style import DISPUTED, VERDICT_LOOKS, text_colour_of
from app.theme import THEME_NAMES, contrast, theme_of
from core.synonyms.verdicts import Verdict


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
