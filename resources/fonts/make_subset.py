"""Make the two Chinese fonts this program ships: ``python -m resources.fonts.make_subset``.

The source is the variable Noto Sans SC inside the package ``justmytype-intl-cjk``
(``pip install .[fonts]``): read as a file, never imported, needed only to make the fonts anew. The
same source and the same fontTools give the same bytes. docs/adr/0003 tells why a subset is shipped.
"""

from __future__ import annotations

import argparse
import unicodedata
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from core.synonyms.shipped import CILIN, NEGATIVE_REVIEWS, PEOPLES_DAILY, POSITIVE_REVIEWS, WIKIPEDIA_VECTORS
from core.synonyms.vectors import load_vectors

FAMILY: Final = "Noto Sans SC"
STYLES: Final = {"Regular": 400, "Bold": 700}
PACKAGE: Final = "justmytype-intl-cjk"
SOURCE: Final = "NotoSansSC[wght].ttf"
LICENCE: Final = "notosanssc/OFL.txt"

FEATURES: Final = ["ccmp", "locl", "liga", "kern", "mark", "halt", "palt", "tnum"]
"""Layout features kept where the font has them: what text needs, nothing for vertical setting or ruby."""

ASCENT: Final = 1050
DESCENT: Final = 288
"""Line extent in thousandths of an em. The source says 1160 / 288, which sets its letters (cap height 733)
and ideographs (centred at 380) visibly below the middle of every button; 1050 / 288 centres both."""

_BLOCKS: Final = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A: names, pinyin with macrons
    (0x01CD, 0x01DC),  # pinyin's carons
    (0x0251, 0x0261),  # pinyin's ɑ and ɡ
    (0x02C6, 0x02DD),  # spacing accents, the tone marks of bopomofo
    (0x0300, 0x030C),  # combining accents
    (0x0370, 0x03FF),  # Greek: the formulas' letters
    (0x0400, 0x045F),  # Cyrillic, which GB2312 has too
    (0x1E00, 0x1EFF),  # Latin Extended Additional: ḿ and others of pinyin
    (0x2000, 0x206F),  # dashes, quotes, blanks of known width
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x218F),  # letterlike symbols, fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),  # technical symbols: ⌘ ⌥ ⏎
    (0x2460, 0x24FF),  # circled numbers
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x27BF),  # symbols and ticks
    (0x2900, 0x2BFF),  # further arrows
    (0x3000, 0x303F),  # CJK punctuation
    (0x3040, 0x30FF),  # kana
    (0x3105, 0x312F),  # bopomofo
    (0x3200, 0x33FF),  # enclosed ideographs and units
    (0xFE30, 0xFE6F),  # compatibility forms of punctuation
    (0xFF00, 0xFFEF),  # fullwidth and halfwidth forms
)


def characters_of_material() -> set[int]:
    """Return the Chinese characters of the shipped words and texts: what the synonyms tab may have to show.

    Some 900 of them are not in GB2312: 邨, 祐, 镕, 妳.
    """
    texts = [CILIN, PEOPLES_DAILY, POSITIVE_REVIEWS, NEGATIVE_REVIEWS]
    found = set().union(*(text.path().read_text(encoding="utf-8", errors="ignore") for text in texts))
    found.update(*load_vectors(WIKIPEDIA_VECTORS.path()).words)
    return {ord(character) for character in found if unicodedata.name(character, "").startswith("CJK UNIFIED")}


def wanted_characters() -> set[int]:
    """Return the code points to keep: all of GB2312, the blocks above, and what the material needs."""
    wanted = {point for first, last in _BLOCKS for point in range(first, last + 1)} | characters_of_material()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:  # an unassigned cell of the 94 × 94 square
                continue
    return wanted


def find_in_package(ending: str) -> Path:
    """Return the path of the package's file whose name ends in ``ending``.

    Raises:
        FileNotFoundError: the package is not installed, or lays its files out differently.
    """
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.as_posix().endswith(ending):
            return Path(str(file.locate()))
    raise FileNotFoundError(f"No {ending} in the package {PACKAGE}. Install it with: pip install .[fonts]")


def make(source: Path, style: str) -> TTFont:
    """Return ``source`` cut down to the wanted characters and frozen at the weight of ``style``."""
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        name_languages=[0x409],
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, "vhea", "vmtx"],
    )
    font = TTFont(BytesIO(source.read_bytes()), recalcTimestamp=False, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": STYLES[style]}, inplace=True)
    _set_line(font)
    _set_names(font, style)
    return font


def _set_line(font: TTFont) -> None:
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, -DESCENT, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, -DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, DESCENT


def _set_names(font: TTFont, style: str) -> None:
    """Name the static instance: the variable font's own names say Thin, its default."""
    bold = style == "Bold"
    names = font["name"]
    version = str(names.getDebugName(5)).split(";")[0]
    for name_id in (16, 17, 21, 22, 25):
        names.removeNames(nameID=name_id)
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    for name_id, text in (
        (1, FAMILY),
        (2, style),
        (3, f"{version};subset;{postscript}"),
        (4, FAMILY if style == "Regular" else f"{FAMILY} {style}"),
        (5, f"{version}; subset and line extent by Yaya Lab"),
        (6, postscript),
    ):
        names.setName(text, name_id, 3, 1, 0x409)
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = STYLES[style]
    os2.fsSelection = (os2.fsSelection & ~0b110_0001) | (0b10_0000 if bold else 0b100_0000)
    head.macStyle = 1 if bold else 0


def main() -> None:
    """Write both fonts and their licence."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--source", type=Path, help=f"another {SOURCE}; its OFL.txt is taken from the package")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    arguments = parser.parse_args()
    source = arguments.source or find_in_package(SOURCE)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        target = arguments.out / f"NotoSansSC-{style}.ttf"
        make(source, style).save(target)
        print(f"{target}: {target.stat().st_size / 1e6:.2f} MB")
    (arguments.out / "OFL.txt").write_bytes(find_in_package(LICENCE).read_bytes())


if __name__ == "__main__":
    main()
