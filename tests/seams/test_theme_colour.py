"""A theme colour: one field of ``Colours`` and a value in each theme; palettes, style sheet and widgets have it."""

from dataclasses import asdict, dataclass, replace

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame

from app import style, theme
from app.panel import Panel
from app.style import set_style

POND = {"light": "#123456", "dark": "#654321", "projector": "#0f0f0f"}


@dataclass(frozen=True, slots=True)
class WithPond(theme.Colours):
    """The colours of the program and one more."""

    pond: str = ""


@pytest.fixture
def pond(monkeypatch):
    themes = {
        name: replace(theme.theme_of(name), colours=WithPond(**asdict(theme.theme_of(name).colours), pond=POND[name]))
        for name in theme.THEME_NAMES
    }
    monkeypatch.setattr(theme, "_THEMES", themes)
    monkeypatch.setattr(style, "_SHEET", style._SHEET + '\nQFrame[pond="true"] { background: $pond; }\n')


class Duck(Panel):
    """Paints nothing; remembers the colour it was told last."""

    def _restyle(self, theme):
        self.colour = theme.colours.pond


def test_a_new_colour_is_painted_by_the_style_sheet_and_told_to_every_panel(pond, start, qtbot):
    laboratory = start()
    frame = QFrame(laboratory.window)
    set_style(frame, pond=True)
    frame.resize(40, 40)
    frame.show()
    duck = Duck(laboratory.look, laboratory.window)
    # Each theme is chosen from another one, so that each is put on.
    for name in (*theme.THEME_NAMES, theme.THEME_NAMES[0]):
        laboratory.look.theme.choose(name)
        assert duck.colour == POND[name]
        assert frame.grab().toImage().pixelColor(20, 20) == QColor(POND[name])
