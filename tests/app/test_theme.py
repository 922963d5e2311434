import gc
import itertools
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import app
from app.scale import UiScale
from app.style import set_style
from app.theme import SYMBOL_HUES, THEME_CHOICES, Colours, Theme, ThemeName, contrast, theme_of
from app.theme_controller import ThemeController

# What the offscreen platform says whenever a window is shown or asked to come to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = get_args(ThemeName)
TEXT, SHAPE = 4.5, 3.0
"""The least contrast of words and of shapes: WCAG 2.1, success criteria 1.4.3 and 1.4.11."""


@pytest.fixture(params=NAMES)
def theme(request) -> Theme:
    return theme_of(request.param)


@pytest.fixture
def undressed(qapp):
    """Give the application back as it was."""
    palette, font, style = QPalette(qapp.palette()), qapp.font(), qapp.style().name()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def dressed(undressed):
    """Return a function that dresses the application and gives back the controller."""
    made = []

    def dress(choice="light", zoom=1.0) -> ThemeController:
        made.append(ThemeController(undressed, UiScale(zoom), choice))
        return made[-1]

    yield dress
    for controller in made:
        undressed.styleHints().colorSchemeChanged.disconnect(controller._on_scheme_changed)
        controller.setParent(None)


def test_the_small_pictures_of_a_sheet_outlive_whoever_put_it_on(undressed):
    def dress_and_forget():
        ThemeController(undressed, UiScale(), "light").close()

    dress_and_forget()
    gc.collect()
    pictures = re.findall(r"url\(\"?([^)\"]+)", undressed.styleSheet())
    assert len(pictures) > 3
    assert all(Path(picture).exists() for picture in pictures)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    # (1 + .05) / (.0722 + .05): pure blue has a luminance of .0722.
    assert contrast("#0000ff", "#ffffff") == pytest.approx(8.592, abs=1e-3)
    # 119/255 = .46667, ((.46667 + .055) / 1.055)^2.4 = .18447, 1.05 / .23447.
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=1e-3)


WORDS = ("text", "muted", "link", "warning", "yes", "no", "left_ink", "right_ink")


def test_words_can_be_read_on_every_ground_they_stand_on(theme):
    c = theme.colours
    grounds = {name: getattr(c, name) for name in ("window", "surface", "stage")}
    words = {name: getattr(c, name) for name in WORDS}
    pairs = [
        *((f"{word} on {ground}", words[word], grounds[ground]) for word in words for ground in grounds),
        *((f"text on {g}", c.text, getattr(c, g)) for g in ("button", "hover", "pressed", "selection")),
        *((f"muted on {g}", c.muted, getattr(c, g)) for g in ("hover", "selection")),
        *((f"words on {g}", c.on_accent, getattr(c, g)) for g in ("accent", "accent_hover", "accent_pressed")),
        *((f"words on {g}", c.on_verdict, getattr(c, g)) for g in ("yes", "neutral", "no")),
    ]
    weak = [(name, round(contrast(one, other), 2)) for name, one, other in pairs if contrast(one, other) < TEXT]
    assert weak == []


def test_symbols_can_be_read_on_every_ground_they_stand_on(theme):
    c = theme.colours
    assert len(c.symbols) == len(SYMBOL_HUES)
    words = dict(zip(SYMBOL_HUES, c.symbols, strict=True)) | {"attention_ink": c.attention_ink, "right": c.right_ink}
    weak = [
        (name, ground, round(contrast(colour, getattr(c, ground)), 2))
        for name, colour in words.items()
        for ground in ("window", "surface", "stage")
        if contrast(colour, getattr(c, ground)) < TEXT
    ]
    assert weak == []


def test_data_and_edges_stand_out_from_their_ground(theme):
    c = theme.colours
    data = {name: getattr(c, name) for name in ("left", "right", "yes", "neutral", "no", "solved", "faint")}
    data |= {f"series {index}": colour for index, colour in enumerate(c.series)}
    pairs = [(f"{name} on stage", colour, c.stage) for name, colour in data.items()]
    for edge in ("outline", "focus", "marker"):
        pairs += [(f"{edge} on {ground}", getattr(c, edge), getattr(c, ground)) for ground in ("window", "surface")]
    weak = [(name, round(contrast(one, other), 2)) for name, one, other in pairs if contrast(one, other) < SHAPE]
    assert weak == []


def test_ink_can_be_read_on_any_colour(theme):
    grounds = [*theme.colours.attention, theme.colours.left, theme.colours.right, "#767676", "#808080"]
    assert all(contrast(theme.ink_on(ground), ground) >= TEXT for ground in grounds)


def test_attention_grows_evenly_from_white_to_deep_red():
    ramps = {theme_of(name).colours.attention for name in NAMES}
    assert len(ramps) == 1, "a map means the same in every theme"
    ramp = ramps.pop()
    assert ramp[0] == "#ffffff"
    lightness = [oklab(linear(colour))[0] for colour in ramp]
    steps = [lighter - darker for lighter, darker in itertools.pairwise(lightness)]
    assert min(steps) > 0.02, "always darker"
    assert max(steps) < 4.5 * min(steps), "without a jump"
    deepest = QColor(ramp[-1])
    assert deepest.red() > 2 * max(deepest.green(), deepest.blue())


# Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", severity 1.0, on linear RGB.
SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def oklab(rgb) -> tuple[float, float, float]:
    """Ottosson (2020), "A perceptual color space for image processing"."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def distance(one: str, other: str, sight: str) -> float:
    seen = [
        oklab([sum(k * part for k, part in zip(row, linear(colour), strict=True)) for row in SIGHTS[sight]])
        for colour in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_stay_apart_for_every_eye(theme, sight):
    # Red and green of equal lightness merge for a deuteranope: the measure sees it.
    assert distance("#c00000", "#556b00", "deuteranopia") < 0.06 < distance("#c00000", "#556b00", "usual")
    c = theme.colours
    assert distance(c.left, c.right, sight) > 0.2
    assert distance(c.left_ink, c.right_ink, sight) > 0.2
    for one, other in itertools.combinations((c.yes, c.neutral, c.no), 2):
        assert distance(one, other, sight) > 0.07
    for one, other in itertools.combinations(c.series, 2):
        assert distance(one, other, sight) > 0.09


def test_hues_of_symbols_stay_apart_and_leave_reserved_ones_alone(theme):
    """Ten hues cannot stay far apart for every eye: that is what each symbol's letter and mark are for."""
    c = theme.colours
    for one, other in itertools.combinations((*c.symbols, c.attention_ink, c.right_ink), 2):
        assert distance(one, other, "usual") > 0.05
    for one in c.symbols:
        assert all(distance(one, reserved, "usual") > 0.04 for reserved in (c.left, c.right, c.yes, c.neutral, c.no))


def test_every_colour_is_written_as_qt_and_style_sheets_read_it(theme):
    for field in fields(Colours):
        value = getattr(theme.colours, field.name)
        for colour in (value,) if isinstance(value, str) else value:
            assert re.fullmatch(r"#[0-9a-f]{6}", colour), field.name


def test_every_role_of_the_palette_is_set_in_every_group(qapp, theme):
    palette = theme.palette()
    roles = [r for r in QPalette.ColorRole if r not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles)]
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    assert len(roles) >= 20
    assert [(g, r) for g in groups for r in roles if not palette.isBrushSet(g, r)] == []
    assert palette.window().color().name() == theme.colours.window


def test_a_projector_gets_thicker_pens_larger_type_and_more_contrast():
    light, projector = theme_of("light"), theme_of("projector")
    assert projector.pen_scale > light.pen_scale
    assert projector.enlargement > light.enlargement
    for name in ("text", "muted", "left", "right", "yes", "no", "outline"):
        assert contrast(getattr(projector.colours, name), projector.colours.stage) > contrast(
            getattr(light.colours, name), light.colours.stage
        )


def test_choosing_a_theme_dresses_the_application_and_says_so_once(undressed, dressed):
    controller = dressed("light")
    heard = []
    controller.changed.connect(heard.append)
    controller.choose("dark")
    controller.choose("dark")
    assert [theme.name for theme in heard] == ["dark"]
    assert controller.choice == "dark"
    assert undressed.palette().window().color().name() == theme_of("dark").colours.window
    undressed.setStyleSheet("")  # which hides the style below it
    assert undressed.style().name() == "fusion"


def test_a_projector_enlarges_and_the_way_back_does_not_shrink(undressed, dressed):
    controller = dressed("light")
    points = undressed.font().pointSizeF()
    controller.choose("projector")
    assert undressed.font().pointSizeF() == pytest.approx(points * 1.25, abs=0.02)
    controller.choose("light")
    assert undressed.font().pointSizeF() == points


def test_following_the_system(undressed, dressed, monkeypatch):
    monkeypatch.setattr("app.theme_controller.system_scheme", lambda _hints: Qt.ColorScheme.Dark)
    controller = dressed("system")
    assert controller.theme.name == "dark"
    heard = []
    controller.changed.connect(heard.append)
    monkeypatch.setattr("app.theme_controller.system_scheme", lambda _hints: Qt.ColorScheme.Unknown)
    undressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert [theme.name for theme in heard] == ["light"]
    controller.choose("dark")
    undressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert controller.theme.name == "dark", "who chose dark is not asked again"
    assert set(THEME_CHOICES) == {"system", *NAMES}


def test_zooming_makes_the_worn_theme_larger(undressed, dressed, qtbot):
    controller = dressed("light")
    button = QPushButton("开始")
    qtbot.addWidget(button)
    button.ensurePolished()
    before, sheet = button.sizeHint(), undressed.styleSheet()
    controller._scale.set_zoom(2.0)
    assert undressed.styleSheet() != sheet
    assert button.sizeHint().height() == pytest.approx(2 * before.height(), rel=0.1)
    assert button.iconSize().height() == controller._scale.em(1)


def _pixel(widget: QWidget, x: float, y: float) -> str:
    """The colour at a place given as shares of the width and height."""
    image = widget.grab().toImage()
    return image.pixelColor(QPoint(int(image.width() * x), int(image.height() * y))).name()


def test_variants_look_different(theme, dressed, qtbot):
    dressed(theme.name)
    c = theme.colours
    button, field, caption, title = QPushButton("    "), QLineEdit(), QLabel("Aa"), QLabel("Aa")
    for widget in (button, field, caption, title):
        qtbot.addWidget(widget)
        widget.ensurePolished()
    assert _pixel(button, 0.5, 0.5) == c.button
    set_style(button, primary=True)
    assert _pixel(button, 0.5, 0.5) == c.accent
    set_style(button, primary=False)
    assert _pixel(button, 0.5, 0.5) == c.button
    assert _pixel(field, 0, 0.5) == c.outline
    set_style(field, invalid=True)
    assert _pixel(field, 0, 0.5) == c.no
    set_style(caption, kind="caption")
    set_style(title, kind="title")
    assert caption.sizeHint().height() < QLabel("Aa").sizeHint().height() < title.sizeHint().height()


def test_what_an_empty_field_asks_for_can_be_read(theme, dressed, qtbot):
    """Left alone, a style sheet draws it with half the colour of what is typed: 3.2 : 1."""
    dressed(theme.name)
    field = QLineEdit()
    field.setPlaceholderText("■■■■■■■■")
    qtbot.addWidget(field)
    field.resize(200, field.sizeHint().height())
    image = field.grab().toImage()
    drawn = {image.pixelColor(x, image.height() // 2).name() for x in range(10, 60)}
    assert theme.colours.muted in drawn
    assert contrast(theme.colours.muted, theme.colours.surface) >= 4.5


@pytest.mark.parametrize("zoom", [0.7, 1.0, 1.5, 3.0])
def test_controls_of_one_row_are_equally_high(dressed, qtbot, zoom):
    dressed("light", zoom)
    page = QWidget()
    column = QVBoxLayout(page)
    controls = [QPushButton("鸭Åg"), QLineEdit("鸭Åg"), QComboBox(), QSpinBox(), QDoubleSpinBox()]
    for control in controls:
        column.addWidget(control)
    qtbot.addWidget(page)
    page.show()
    assert len({control.height() for control in controls}) == 1, [control.height() for control in controls]
    assert controls[0].height() > controls[0].fontMetrics().height()


def test_focus_does_not_move_anything(dressed, qtbot):
    dressed("light")
    for control in (QPushButton("a"), QLineEdit("a"), QComboBox(), QSpinBox(), QCheckBox("a"), QToolButton()):
        qtbot.addWidget(control)
        control.show()
        before = control.sizeHint()
        pictured = control.grab().toImage()
        control.activateWindow()
        control.setFocus()
        qtbot.waitUntil(control.hasFocus)
        assert control.sizeHint() == before, control
        assert control.grab().toImage() != pictured, f"focus cannot be seen on {control}"


def test_the_tab_in_front_shows_that_the_keyboard_speaks_to_it(theme, dressed, qtbot):
    dressed(theme.name)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(100, 100, 100, 100)  # away from where the mouse may be
    button, bar = QPushButton("a"), QTabBar()
    bar.addTab("one")
    bar.addTab("two")
    column.addWidget(button)
    column.addWidget(bar)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    before, place = bar.grab().toImage(), bar.tabRect(0)
    bar.setFocus()
    qtbot.waitUntil(bar.hasFocus)
    after = bar.grab().toImage()
    assert bar.tabRect(0) == place
    changed = sum(before.pixel(x, y) != after.pixel(x, y) for x in range(place.width()) for y in range(place.height()))
    assert changed > place.width() * place.height() / 2, "more than another shade of the line is to be seen"


def test_every_control_is_drawn_without_a_complaint_of_qt(theme, dressed, qtbot):
    dressed(theme.name, 0.7)
    page = QGroupBox("组 group")
    column = QVBoxLayout(page)
    menu = QMenu(page)
    menu.addAction("打开").setCheckable(True)
    tabs = QTabWidget()
    tabs.addTab(QTextEdit("x"), "one")
    bar = QProgressBar()
    bar.setValue(50)
    kinds = (QRadioButton("r"), QCheckBox("c"), QSlider(Qt.Orientation.Horizontal), QSlider(), bar, QTableWidget(3, 3))
    for control in (*kinds, tabs):
        column.addWidget(control)
    qtbot.addWidget(page)
    page.show()
    menu.ensurePolished()
    assert not menu.grab().toImage().isNull()
    shown = page.grab().toImage()
    page.setEnabled(False)
    assert page.grab().toImage() != shown, "what cannot be used looks like it"


SOURCES = sorted(Path(path) for folder in app.__path__ for path in Path(folder).rglob("*.py"))
COLOUR = re.compile(
    r"""["']\#(?:[0-9a-fA-F]{3,4}){1,2}["']|Qt(?:\.GlobalColor)?\.(?!transparent)(?:white|black|red|
    darkRed|green|darkGreen|blue|darkBlue|cyan|magenta|yellow|gray|darkGray|lightGray)\b|QColor\(\s*(?:\d|["'])|
    mk(?:Pen|Brush|Color)\(\s*(?:color\s*=\s*)?[("']""",
    re.VERBOSE,
)


def test_no_other_module_names_a_colour():
    for literal in (
        '"#a1b2c3"',
        "'#fff'",
        "Qt.GlobalColor.red",
        "Qt.white",
        "QColor(1, 2, 3)",
        'QColor("red")',
        "mkPen('k')",
    ):
        assert COLOUR.search(literal), f"the search is blind to {literal}"
    for harmless in ("Qt.GlobalColor.transparent", "QColor(colours.left)", '"#{}"', "mkPen(colours.left)"):
        assert not COLOUR.search(harmless), f"the search takes {harmless} for a colour"
    assert len(SOURCES) > 5
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in SOURCES
        if path.name != "theme.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if COLOUR.search(line)
    ]
    assert found == []
