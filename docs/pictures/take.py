"""Take the pictures of README.md: the real window at 1280 × 800, light, in English, on the display at hand.

    python -m docs.pictures.take [policy-gradient] [attention] [synonyms]

Where nobody sits at a display, one that lives in memory will do: ``Xvfb :9 -screen 0 1280x800x24 &`` and
``DISPLAY=:9`` before the line above.

What it writes, beside this file: ``policy-gradient.png``, ``attention.png``, ``synonyms.png`` and, where all three are
taken, the film ``yaya-lab.gif``, of the hands that the tour has too. It has a settings folder of its own; the person's
stay as they are.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.application import Laboratory, new_application
from app.attention.views.map import MapView
from app.policy_gradient.session import Phase
from app.scale import comfortable_zoom
from app.tour import attention, policy_run
from app.tour.driver import USUAL, Visitor
from app.tour.synonyms import gestures
from core.language import set_language

HERE: Final = Path(__file__).resolve().parent
PATIENCE: Final = 300.0
"""Seconds anything may take on a busy machine."""
FILM: Final = QSize(800, 500)
GROUNDS: Final = 16
FRAME: Final = 120
"""Milliseconds a frame of the film lasts. Browsers slow down what is quicker than 20."""
WORDS: Final = frozenset(
    (
        "电影",
        "英语",
        "电脑",
        "计算机",
        "西红柿",
        "番茄",
        "马铃薯",
        "土豆",
        "医生",
        "大夫",
        "自行车",
        "单车",
        "父亲",
        "爸爸",
        "眼镜",
    )
)
"""Of what the pair on the picture should be: everybody knows it."""
MOST_VERDICTS: Final = 120
FILMED_VERDICTS: Final = 5


def wait(until: Callable[[], bool], what: str) -> None:
    """Let the window live until something has come.

    Raises:
        TimeoutError: it has not come in ``PATIENCE`` seconds.
    """
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(what)
        QTest.qWait(20)
    QTest.qWait(400)


def seen(visitor: Visitor, size: QSize = USUAL) -> Image.Image:
    """Return what stands on the screen where the window is."""
    shot = visitor.window.screen().grabWindow(visitor.window.winId()).toImage()
    image = shot.convertToFormat(QImage.Format.Format_RGB888)
    data = bytes(image.constBits())
    picture = Image.frombytes("RGB", (image.width(), image.height()), data, "raw", "RGB", image.bytesPerLine())
    wanted = (size.width(), size.height())
    return picture if picture.size == wanted else picture.resize(wanted, Image.Resampling.LANCZOS)


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture."""
    picture.save(HERE / name, optimize=True)


def filmed(visitor: Visitor, frames: int) -> list[Image.Image]:
    """Let the window live for so many frames, and return them."""
    found = []
    for _frame in range(frames):
        QTest.qWait(FRAME)
        found.append(seen(visitor, FILM))
    return found


def training(visitor: Visitor) -> list[Image.Image]:
    """Play the article's agent: slowly seen at first, then quickly, until the curve has risen."""
    visitor.press("tab_1")
    session = policy_run.session_of(visitor)
    wait(lambda: session.phase is Phase.READY, "the first picture of the run")
    frames = [seen(visitor, FILM)]
    for speed, count in (("real", 14), ("fast", 24), ("turbo", 18)):
        visitor.click(f"speed_{speed}")
        if session.phase is not Phase.PLAYING:
            visitor.press("pg_play")
        frames += filmed(visitor, count)
    wait(lambda: len(session.state.durations) >= policy_run.MIDDLE, "150 episodes")
    visitor.click("speed_fast")
    QTest.qWait(1500)
    frames += filmed(visitor, 8)
    keep(seen(visitor), "policy-gradient.png")
    visitor.press("pg_play")
    return frames


def looking(visitor: Visitor) -> list[Image.Image]:
    """Read the sentence of the guide, pin its second 行, and walk through lines and the three steps."""
    visitor.press("tab_2")
    session = attention.session_of(visitor)
    wait(lambda: session.state.map is not None and not session.is_busy, "the first map")
    matrix = attention.tab_of(visitor).view(MapView).matrix
    frames = filmed(visitor, 4)
    for key in (*[Qt.Key.Key_Down] * 7, *[Qt.Key.Key_Right] * 4):
        QTest.keyClick(matrix, key)
        frames += filmed(visitor, 1)
    wait(lambda: not session.is_busy, "all heads")
    keep(seen(visitor), "attention.png")
    for view in ("at_view_links", "at_view_steps"):
        visitor.press(view)
        QTest.qWait(400)
        frames += filmed(visitor, 10)
    return frames


def judging(visitor: Visitor) -> list[Image.Image]:
    """Judge pairs, the likeliest first, up to one of words that everybody knows."""
    visitor.press("tab_3")
    wait(lambda: gestures.is_built(visitor), "the pages")
    session = gestures.session_of(visitor)
    wait(lambda: not gestures.mining_of(visitor).is_working, "the end of the mining")
    wait(lambda: session.state.card is not None, "a pair")
    frames: list[Image.Image] = []
    for verdict in range(MOST_VERDICTS):
        wait(lambda: session.state.card is not None, "a pair")
        row = session.state.card.row  # type: ignore[union-attr]  # it was awaited
        if {row.word1, row.word2} & WORDS:
            break
        if verdict < FILMED_VERDICTS:
            wait(lambda: session.state.evidence is not None, "what is known of the pair")
            frames += filmed(visitor, 5)
        visitor.press("syn_synonym")
    wait(lambda: session.state.evidence is not None, "what is known of the pair")
    QTest.qWait(2000)
    keep(seen(visitor), "synonyms.png")
    return [*frames, *filmed(visitor, 8)]


def palette_of(frame: Image.Image) -> Image.Image:
    """Return a picture with the colours of ``frame``: its grounds as they are, and the most different of the others."""
    levels = frame.tobytes()
    counted = Counter(zip(levels[::3], levels[1::3], levels[2::3], strict=True))
    grounds = [level for colour, _count in counted.most_common(GROUNDS) for level in colour]
    others = frame.quantize(256 - GROUNDS, Image.Quantize.MAXCOVERAGE).getpalette() or []
    made = Image.new("P", (1, 1))
    made.putpalette((grounds + others)[: 3 * 256])
    return made


def keep_film(parts: list[list[Image.Image]]) -> None:
    """Write the film. Each part has colours of its own: those that are rare, of points and marks, mean something."""
    pages = []
    for frames in parts:
        few = palette_of(frames[-1])
        pages += [frame.quantize(palette=few, dither=Image.Dither.NONE) for frame in frames]
    pages[0].save(
        HERE / "yaya-lab.gif", save_all=True, append_images=pages[1:], loop=0, optimize=True,
        duration=[FRAME] * (len(pages) - 1) + [2000],
    )  # fmt: skip


PICTURES: Final = {
    "policy-gradient": training,
    "attention": looking,
    "synonyms": judging,
}


def main() -> None:
    """Take those that are named, or all."""
    set_language("en")
    application = new_application()
    laboratory = Laboratory(application)
    window, scale = laboratory.window, laboratory.look.scale
    scale.set_zoom(comfortable_zoom(USUAL, round(scale.line / scale.factor)))
    window.resize(USUAL)
    laboratory.show()
    window.move(0, 0)
    window.activateWindow()
    visitor = Visitor(laboratory, "en")
    try:
        wait(window.isActiveWindow, "the keyboard's attention for the window")
        parts = [PICTURES[name](visitor) for name in sys.argv[1:] or PICTURES]
        if len(parts) == len(PICTURES):
            keep_film(parts)
    finally:
        laboratory.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="yaya-lab-pictures-") as home:
        os.environ |= {"YAYA_LAB_HOME": home, "YAYA_LANG": "en", "USER": "Yaya"}
        main()
