import json
import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QRawFont

from app.fonts import FAMILY, FONT_FILES, SMALLEST_BODY, body_size, code_font, load_fonts, tabular, ui_font
from core.paths import RESOURCES

FOLDER = RESOURCES / "fonts"

BARE = """\
import json, sys
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QImage, QPainter, QRawFont
from app.fonts import load_fonts, ui_font

def drawn(character, font):
    image = QImage(64, 64, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(image.rect(), 0x84, character)
    painter.end()
    return bytes(image.constBits()).hex()

app = QGuiApplication([])
chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
without = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family(), 30)
report = {"system": chinese, "without": [drawn(c, without) for c in "鸭验"]}
report["message"] = load_fonts()
font = ui_font(30)
bold = QFont(font)
bold.setBold(True)
report |= {
    "with": [drawn(c, font) for c in "鸭验鸭"],
    "bold": drawn("鸭", bold),
    "unknown": drawn("\\U0002A6A5", font),
    "blank": drawn(" ", font),
    "body": font.pointSizeF(),
}
json.dump(report, sys.stdout)
"""


def test_the_shipped_family_is_what_qt_knows(qapp):
    assert load_fonts() is None
    assert FAMILY in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles(FAMILY))
    bold = QFont(FAMILY)
    bold.setBold(True)
    assert QFontInfo(bold).family() == FAMILY
    assert QFontInfo(bold).weight() == QFont.Weight.Bold, "a real cut, not smeared"


@pytest.mark.parametrize("name", FONT_FILES)
def test_each_cut_holds_gb2312_and_what_the_lectures_write(qapp, name):
    raw = QRawFont(str(FOLDER / name), 16)
    assert raw.isValid()
    gb2312 = [
        bytes((row, cell)).decode("gb2312")
        for row in (*range(0xA1, 0xAA), *range(0xB0, 0xF8))
        for cell in range(0xA1, 0xFF)
        if bytes((row, cell)).decode("gb2312", "ignore")
    ]
    assert len(gb2312) == 7445, "GB 2312-80 has 7,445 characters, 6,763 of them ideographs"
    lecture = "鸭验πθγαβλσΣ∑∏√∞≤≥≈≠±×÷·∈∂∇‖→←↑↓⇒↔…—“”‘’「」《》、。，！？：；（）▶■●▲▼★✓⌘⏎ǎěǐǒǔǚüāéìōÅß€№℃①⑩"
    missing = [character for character in [*gb2312, *lecture] if not raw.supportsCharacter(ord(character))]
    assert missing == []
    assert not raw.supportsCharacter(0x2A6A5), "the question can be answered with no"


@pytest.mark.parametrize("name", FONT_FILES)
def test_each_cut_holds_the_rare_characters_of_the_shipped_words_and_texts(qapp, name):
    raw = QRawFont(str(FOLDER / name), 16)
    rare = "邨磡祐濬薙埗潟惇砲瞭咲栢喆俶赟鲉鲀祇埼妳阇碁嶋啰氹迺镕塭辻堃勐珉"
    assert [character for character in rare if not raw.supportsCharacter(ord(character))] == []


@pytest.mark.parametrize("name", FONT_FILES)
def test_words_stand_in_the_middle_of_their_line(qapp, name):
    raw = QRawFont(str(FOLDER / name), 1000)
    middle = (raw.ascent() - raw.descent()) / 2
    assert (raw.ascent(), raw.descent()) == (1050, 288)
    assert abs(middle - raw.capHeight() / 2) < 20, "capitals"
    box = raw.boundingRect(raw.glyphIndexesForString("国")[0])
    assert abs(middle + box.center().y()) < 25, "ideographs; y grows downwards"


def test_figures_are_equally_wide_so_that_running_numbers_stand_still(qapp):
    load_fonts()
    for font in (tabular(ui_font(20)), tabular(QFont(FAMILY, 20))):
        metrics = QFontMetricsF(font)
        assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    plain = ui_font(20)
    assert [tag.toString() for tag in tabular(plain).featureTags()] in (["tnum"], [b"tnum"])
    assert plain.featureTags() == [], "the font given is left as it was"


def test_the_order_of_families_is_system_then_shipped_then_fuller(qapp):
    load_fonts()
    families = ui_font(12).families()
    assert families.count(FAMILY) == 1
    assert families.index(FAMILY) <= 1, "before any other Chinese font"
    installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    assert set(families[families.index(FAMILY) + 1 :]) <= installed
    assert ui_font(12).pointSizeF() == 12
    assert body_size() >= SMALLEST_BODY
    assert FAMILY in code_font(11).families()


def test_missing_and_damaged_files_are_said_in_one_sentence(qapp, tmp_path):
    said = str(load_fonts(tmp_path))
    assert all(name in said for name in (*FONT_FILES, str(tmp_path)))
    for name in FONT_FILES:
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / FONT_FILES[1]).write_bytes(b"not a font")
    said = str(load_fonts(tmp_path))
    assert FONT_FILES[1] in said
    assert FONT_FILES[0] not in said


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig decides only there")
def test_on_a_machine_without_any_chinese_font_chinese_is_drawn(tmp_path):
    latin = tmp_path / "latin"
    latin.mkdir()
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{latin}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>")
    answer = subprocess.run(
        [sys.executable, "-c", BARE],
        env={**os.environ, "FONTCONFIG_FILE": str(config), "QT_QPA_PLATFORM": "offscreen"},
        cwd=RESOURCES.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    report = json.loads(answer.stdout)
    assert report["system"] == [], "the machine of this test has a Chinese font: it would prove nothing"
    assert report["without"][0] == report["without"][1], "without the shipped fonts both are the same box"
    assert report["message"] is None
    duck, test, duck_again = report["with"]
    assert duck == duck_again
    assert len({duck, test, report["bold"], report["unknown"], report["blank"]}) == 5


def test_the_recipe_gives_the_shipped_fonts(tmp_path):
    pytest.importorskip("fontTools")
    from resources.fonts import make_subset

    try:
        source = make_subset.find_in_package(make_subset.SOURCE)
    except FileNotFoundError:
        pytest.skip("the package with the variable font is a build tool and is not installed")
    from fontTools.ttLib import TTFont

    made = make_subset.make(source, "Bold")
    made.save(tmp_path / "made.ttf")
    with TTFont(tmp_path / "made.ttf") as made, TTFont(FOLDER / "NotoSansSC-Bold.ttf") as shipped:
        assert made.getBestCmap() == shipped.getBestCmap()
        assert all(made["glyf"][name] == shipped["glyf"][name] for name in shipped.getGlyphOrder())
        assert made["head"].modified == shipped["head"].modified, "no date of the day"


def test_the_licence_travels_with_the_fonts():
    text = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    # The reserved name is Source; the family is named Noto and may keep its name.
    assert "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'" in text
    assert [part for part in ("PREAMBLE", "TERMINATION", "DISCLAIMER") if part not in text] == []
