import gc
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette

from app.icons import FOLDER, ICON_NAMES, LOGO, TintedFiles, coloured_icon, icon, icon_pixmap, svg_text, window_icon
from app.theme import theme_of

SIDE = 96
"""Four pixels for each unit of the 24 × 24 grid."""


def picture(name, colour="#000000") -> QImage:
    return icon_pixmap(name, colour, QSize(SIDE, SIDE)).toImage()


def ink(image: QImage) -> list[tuple[int, int]]:
    return [
        (x, y)
        for y, x in itertools.product(range(image.height()), range(image.width()))
        if image.pixelColor(x, y).alpha() > 40
    ]


def middle_colour(pixmap) -> QColor:
    """The most opaque pixel's colour: antialiased rims are mixtures."""
    image = pixmap.toImage()
    return max(
        (image.pixelColor(x, y) for y, x in itertools.product(range(image.height()), range(image.width()))),
        key=QColor.alpha,
    )


def test_every_drawing_has_a_name_and_every_name_a_drawing():
    assert {path.stem for path in FOLDER.glob("*.svg")} == {*ICON_NAMES, LOGO.stem}


@pytest.mark.parametrize("name", ICON_NAMES)
def test_an_icon_is_drawn_within_its_box_and_in_one_colour(qapp, name):
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert not re.search(r"#[0-9a-fA-F]{3,8}|rgb\(", source), "only currentColor"
    marks = ink(picture(name))
    assert len(marks) > SIDE, "the picture is all but empty"
    xs, ys = [x for x, _ in marks], [y for _, y in marks]
    assert min(*xs, *ys) >= 4, "one unit of air on the left and above"
    assert max(*xs, *ys) < SIDE - 4, "one unit of air on the right and below"


def test_no_two_icons_look_the_same(qapp):
    pictures = {}
    for name in ICON_NAMES:
        pictures.setdefault(bytes(picture(name).constBits()), []).append(name)
    assert [names for names in pictures.values() if len(names) > 1] == []


def test_an_icon_follows_the_palette_without_being_made_anew(qapp):
    before = QPalette(qapp.palette())
    try:
        made = QIcon(icon("stop"))
        gc.collect()
        for name in ("light", "dark"):
            theme = theme_of(name)
            qapp.setPalette(theme.palette())
            assert middle_colour(made.pixmap(32, 32)).name() == theme.colours.text
            assert middle_colour(made.pixmap(32, 32, QIcon.Mode.Disabled)).name() == theme.colours.disabled
        primary = icon("stop", QPalette.ColorRole.HighlightedText)
        assert middle_colour(primary.pixmap(32, 32)).name() == theme.colours.on_accent
    finally:
        qapp.setPalette(before)


def test_a_copy_that_is_added_to_lives_on_its_own(qapp):
    # Adding to a shared icon makes Qt clone the engine; freed too early, the next lines crash.
    badge = icon_pixmap("dot", "#0072b2", QSize(8, 8))
    copies = []
    for _ in range(50):
        copies.append(QIcon(icon("stop")))
        copies[-1].addPixmap(badge)
    gc.collect()
    assert {middle_colour(copy.pixmap(32, 32)).name() for copy in copies} == {
        qapp.palette().buttonText().color().name()
    }
    copies.clear()
    gc.collect()
    assert middle_colour(QIcon(icon("stop")).pixmap(16, 16)).alpha() == 255


def test_a_checked_button_shows_the_other_drawing(qapp):
    toggle = icon("play", checked="pause")
    off = toggle.pixmap(QSize(48, 48), QIcon.Mode.Normal, QIcon.State.Off).toImage()
    on = toggle.pixmap(QSize(48, 48), QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert off == icon("play").pixmap(48, 48).toImage()
    assert on == icon("pause").pixmap(48, 48).toImage()
    assert on != off


def test_an_icon_is_sharp_on_a_dense_screen(qapp):
    assert icon("play").pixmap(QSize(16, 16), 3.0).size() == QSize(48, 48)
    pixmap = icon_pixmap("play", "#123456", QSize(16, 16), 2.0)
    assert (pixmap.size(), pixmap.devicePixelRatio()) == (QSize(32, 32), 2.0)


def test_an_icon_in_a_theme_colour_keeps_it(qapp):
    assert middle_colour(coloured_icon("stop", "#0072b2").pixmap(32, 32)).name() == "#0072b2"


def test_the_duck_is_yellow_and_there_in_every_size(qapp):
    made = window_icon()
    assert {size.width() for size in made.availableSizes()} == {16, 24, 32, 48, 64, 128, 256}
    image = made.pixmap(64, 64).toImage()
    duck_yellow = QColor(theme_of("light").colours.accent)
    assert sum(image.pixelColor(x, y) == duck_yellow for x, y in ink(image)) > 300
    assert len(ink(image)) < 64 * 64 * 0.8, "the ground is transparent"


def test_pictures_for_the_style_sheet_are_files_in_the_colour(qapp):
    files = TintedFiles()
    path = files.path("check", "#abcdef")
    assert path == files.path("check", "#abcdef")
    assert Path(path).read_text(encoding="utf-8") == svg_text("check", "#abcdef")
    assert "#abcdef" in svg_text("check", "#abcdef")
    assert "currentColor" not in svg_text("check", "#abcdef")


def test_the_files_go_with_the_process(tmp_path):
    code = "from app.theme_controller import _files; from PySide6.QtGui import QGuiApplication as App; app = App([]); "
    code += "print(_files().path('check', '#abcdef'))"
    changed = {**os.environ, "TMPDIR": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", code], env=changed, capture_output=True, text=True, check=True)
    assert told.stdout.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_without_a_temporary_folder_the_plain_drawings_serve(qapp, monkeypatch):
    files = TintedFiles()
    monkeypatch.setattr(files._folder, "isValid", lambda: False, raising=False)
    monkeypatch.setattr("app.icons.Path.write_text", _disk_full)
    assert files.path("dash", "#fedcba") == (FOLDER / "dash.svg").as_posix()


def _disk_full(*_args, **_kwargs):
    raise OSError(28, "No space left on device")


def test_an_icon_of_no_size_is_empty_and_no_complaint(qapp):
    assert icon("folder").pixmap(QSize(0, 12)).isNull()
