"""The look in one place: every colour of the program in three themes. ``app/theme_controller.py`` puts one on.

Chrome is coloured through palette roles, data through ``Colours``; no other module names a colour. Meaning
has one colour everywhere: left blue and right orange for actions, deep red for attention, green / grey / red
for verdicts, duck-yellow for the one thing to press next. The actions' hues are those of Okabe and Ito (2008,
"Color Universal Design"), moved in lightness until they stand out from their stage by 3 : 1 (WCAG 2.1,
1.4.11); text does by 4.5 : 1 (1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from PySide6.QtGui import QColor, QPalette

ThemeName = Literal["light", "dark", "projector"]
ThemeChoice = Literal["system", "light", "dark", "projector"]
"""What a person can choose: a theme, or to follow the system's light or dark."""

THEME_NAMES: Final[tuple[ThemeName, ...]] = get_args(ThemeName)
THEME_CHOICES: Final[tuple[ThemeChoice, ...]] = get_args(ThemeChoice)


DARK_INK: Final = "#000000"
LIGHT_INK: Final = "#ffffff"
"""Words on a ground that is data, such as a cell of a map: whichever of the two reads better, in every theme."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of one theme, as ``#rrggbb``: read by ``QColor``, by pyqtgraph and by style sheets alike.

    Attributes:
        window: the ground of the window.
        surface: what lies on it and is written into: fields, lists, menus, tips.
        stage: the ground of pictures and plots.
        button, hover, pressed: a button at rest, under the mouse, held down.
        border: hairlines that only part things.
        edge: the rim of a button, which its words and ground already show.
        groove, thumb: track of a slider; handle of a scroll bar.
        outline: edges of controls, which must be seen (3 : 1).
        text, muted, disabled: words, lesser words, words of what cannot be used now.
        accent, accent_hover, accent_pressed, on_accent: duck-yellow and the words on it.
        marker: the line under the tab in front.
        focus: the ring around what the keyboard speaks to.
        selection: ground of selected rows; words on it stay ``text``.
        link: words that lead elsewhere.
        left, right: the two actions of CartPole.
        left_ink, right_ink: words that name one of them, in its hue and dark or light enough to be read.
        yes, neutral, no: verdicts (synonym / related or unsure / not), success and failure.
        on_verdict: words and marks on a ground of one of the three.
        warning: words and marks that ask for care.
        series: curves that have no meaning of their own, in the order of use; the first is the main curve.
        faint: single points behind a mean (one episode's duration).
        symbols: hues of the formulas' symbols, in the order of ``SYMBOL_HUES``; each can be read as a word.
        attention_ink: words that name an attention weight, in its red.
        solved: the line that has to be reached.
        grid: lines of a plot's grid.
        attention: white (0) to deep red (1), evenly growing darker; the same in all themes, as on paper.
    """

    window: str
    surface: str
    stage: str
    button: str
    hover: str
    pressed: str
    border: str
    edge: str
    groove: str
    thumb: str
    outline: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    marker: str
    focus: str
    selection: str
    link: str
    left: str
    right: str
    left_ink: str
    right_ink: str
    yes: str
    neutral: str
    no: str
    on_verdict: str
    warning: str
    series: tuple[str, ...]
    symbols: tuple[str, ...]
    attention_ink: str
    faint: str
    solved: str
    grid: str
    attention: tuple[str, ...] = (
        "#ffffff", "#fdebe4", "#fcc9b5", "#f99a7c", "#f2694c", "#d93a2b", "#b1161c", "#67000d",
    )  # fmt: skip


_CURVES_ON_WHITE: Final = ("#1ca692", "#ae70ea", "#d97e35", "#0670a4", "#76344e", "#7f6800", "#6307d9")
"""Found by a search for the largest least distance between any two, for all four kinds of colour vision."""

BLACK: Final = "#000000"
WHITE: Final = "#ffffff"
"""A screen that is dark for a while; in every theme."""

SYMBOL_HUES: Final = ("rose", "brown", "olive", "moss", "teal", "navy", "indigo", "violet", "magenta", "slate")
"""Hues that stand for a symbol of the formulas and for nothing else. They alternate in lightness, too, and keep away
from the actions', the verdicts' and attention's; ``app/explain/symbols.py`` says which symbol has which."""

_LIGHT: Final = Colours(
    window="#f5f4f0", surface="#ffffff", stage="#ffffff",
    button="#ffffff", hover="#ebe9e2", pressed="#dedbd1", border="#dcd9d0",
    edge="#cbc7bc", groove="#dcd9d0", thumb="#c3bfb4", outline="#8a877e",
    text="#1f2226", muted="#5a5d63", disabled="#a19e97",
    accent="#f6c324", accent_hover="#ffd447", accent_pressed="#e3ae0c", on_accent="#2a2000",
    marker="#b58300", focus="#8a6100", selection="#fbeab4", link="#005a8f",
    left="#0072b2", right="#c67c00", left_ink="#0072b2", right_ink="#985e00",
    yes="#006b52", neutral="#72777e", no="#b3261e", on_verdict="#ffffff",
    warning="#8a5a00",
    series=("#1f2226", *_CURVES_ON_WHITE),
    symbols=(
        "#b2397c", "#5a210b", "#615608", "#4f713b", "#00707f", "#1d4a93", "#694fe0", "#410f5d", "#801571", "#3d4658",
    ),
    attention_ink="#b1161c",
    faint="#96938b", solved="#006b52", grid="#e7e5df",
)  # fmt: skip

_DARK: Final = Colours(
    window="#1e2023", surface="#282b2f", stage="#17181b",
    button="#313539", hover="#3b3f44", pressed="#25282b", border="#3a3d42",
    edge="#454a50", groove="#43474c", thumb="#555a61", outline="#7f848b",
    text="#ebe8e1", muted="#a9acb1", disabled="#6c7076",
    accent="#f6c324", accent_hover="#ffd447", accent_pressed="#dba90f", on_accent="#2a2000",
    marker="#f6c324", focus="#f6c324", selection="#483e1c", link="#7cc4f0",
    left="#56b4e9", right="#e69f00", left_ink="#56b4e9", right_ink="#e69f00",
    yes="#7ae9c6", neutral="#999fa7", no="#f2675a", on_verdict="#17181b",
    warning="#eab54e",
    series=("#ebe8e1", "#4fb97f", "#c45cbe", "#00cdf8", "#ff7d0e", "#fdcb00", "#757bff", "#8b8069"),
    symbols=(
        "#e89fb5", "#f4bf8c", "#f9e03f", "#b9feaa", "#13c8b9", "#8fc8f8", "#a6a1fd", "#cba1fa", "#f88ae2", "#dadaff",
    ),
    attention_ink="#f99a7c",
    faint="#64686e", solved="#7ae9c6", grid="#2c2e32",
)  # fmt: skip

_PROJECTOR: Final = Colours(
    window="#ffffff", surface="#ffffff", stage="#ffffff",
    button="#f2f1ed", hover="#e4e2da", pressed="#d2cfc4", border="#b5b2a9",
    edge="#8a877e", groove="#c9c6bd", thumb="#8a877e", outline="#5a5850",
    text="#000000", muted="#3c3e42", disabled="#85827b",
    accent="#ffc400", accent_hover="#ffd447", accent_pressed="#e0a800", on_accent="#1a1400",
    marker="#8a6100", focus="#6b4a00", selection="#ffe08a", link="#004a78",
    left="#005f9e", right="#b05f00", left_ink="#005f9e", right_ink="#9c5400",
    yes="#00553f", neutral="#666b72", no="#a8100a", on_verdict="#ffffff",
    warning="#6f4700",
    series=("#000000", *_CURVES_ON_WHITE),
    symbols=(
        "#a02c6c", "#511903", "#544a00", "#3f632c", "#005f6e", "#123f85", "#5c41d6", "#360650", "#760c67", "#323a4c",
    ),
    attention_ink="#a8100a",
    faint="#94918a", solved="#00553f", grid="#d9d7d0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """One way the program looks.

    Attributes:
        name: which.
        dark: light words on a dark ground.
        colours: all of them.
        pen_scale: strokes of data are this many times as wide as usual.
        enlargement: everything is this many times as large as usual.
    """

    name: ThemeName
    dark: bool
    colours: Colours
    pen_scale: float = 1.0
    enlargement: float = 1.0

    def palette(self) -> QPalette:
        """Return every role of Qt's palette in every group. Needs a ``QGuiApplication``."""
        return _palette(self.colours, dark=self.dark)

    def ink_on(self, ground: str) -> str:
        """Return near-black or white, whichever reads better on ``ground`` (``#rrggbb``)."""
        return max(("#16181b", "#ffffff"), key=lambda ink: contrast(ink, ground))


_THEMES: Final[dict[ThemeName, Theme]] = {
    "light": Theme("light", dark=False, colours=_LIGHT),
    "dark": Theme("dark", dark=True, colours=_DARK),
    "projector": Theme("projector", dark=False, colours=_PROJECTOR, pen_scale=1.75, enlargement=1.25),
}


def theme_of(name: ThemeName) -> Theme:
    """Return the theme called ``name``."""
    return _THEMES[name]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.1 defines it, from 1 (equal) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of a ``#rrggbb`` (WCAG 2.1, sRGB)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette(colours: Colours, *, dark: bool) -> QPalette:
    role = QPalette.ColorRole
    usual = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.window,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Text: colours.text,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.BrightText: colours.no,
        role.Light: colours.hover if dark else colours.surface,
        role.Midlight: colours.hover,
        role.Mid: colours.border,
        role.Dark: colours.outline,
        role.Shadow: colours.stage if dark else colours.outline,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.link,
        role.LinkVisited: colours.link,
    }
    unusable = {
        role.WindowText: colours.disabled,
        role.Text: colours.disabled,
        role.ButtonText: colours.disabled,
        role.PlaceholderText: colours.disabled,
        role.ToolTipText: colours.disabled,
        role.Link: colours.disabled,
        role.LinkVisited: colours.disabled,
        role.Base: colours.window,
        role.Button: colours.window,
        role.Highlight: colours.border,
        role.HighlightedText: colours.muted,
        role.Accent: colours.border,
    }
    palette = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        roles = usual | unusable if group == QPalette.ColorGroup.Disabled else usual
        for which, colour in roles.items():
            palette.setColor(group, which, QColor(colour))
    return palette
