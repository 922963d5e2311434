"""Icons of one hand: SVG drawings in ``currentColor``, painted in the palette's colour at any size.

An icon asks for its colour when it is painted, so a change of theme needs no new icons.
"""

from __future__ import annotations

import weakref
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from app.overrides import called_by_qt
from core.paths import RESOURCES

IconName = Literal[
    "anatomy", "attention", "book", "camera", "cart-pole", "check", "chevron-down", "chevron-left",
    "chevron-right", "chevron-up", "close", "copy", "curve", "dash", "dot", "duck", "error", "experiment",
    "export", "fast", "film", "filter", "flag", "fold-left", "fold-right", "folder", "hand", "help",
    "history", "import", "info", "keyboard", "language", "link", "loop", "moon", "network", "note",
    "paper", "parameters", "pause", "picture", "pin", "plane", "play", "plus", "presentation", "record", "redo",
    "reset", "save", "search", "seed", "settings", "skip", "slow", "speed", "step", "step-episode",
    "step-update", "stop", "sun", "swarm", "synonyms", "table", "trash", "turbo", "undo", "user", "warning",
    "zoom-in", "zoom-out",
]  # fmt: skip
"""Every icon there is; the file is ``resources/icons/<name>.svg``, drawn on a 24 × 24 grid."""

ICON_NAMES: Final[tuple[IconName, ...]] = get_args(IconName)
FOLDER: Final = RESOURCES / "icons"
LOGO: Final = FOLDER / "logo.svg"
"""The duck in its own colours: the window's icon."""


def icon(
    name: IconName,
    role: QPalette.ColorRole = QPalette.ColorRole.ButtonText,
    *,
    checked: IconName | None = None,
) -> QIcon:
    """Return the icon ``name``.

    Args:
        name: which drawing.
        role: whose colour of the application's palette it takes; ``HighlightedText`` on a primary button.
        checked: the drawing shown while the button is checked (``pause`` for ``play``).
    """
    return QIcon(_PaletteEngine(name, checked or name, role))


def coloured_icon(name: IconName, colour: str) -> QIcon:
    """Return the icon ``name`` in ``colour``, which it keeps: make it anew when the theme changes."""
    return QIcon(_ColourEngine(name, colour))


def window_icon() -> QIcon:
    """Return the duck for title bars and task bars, which want pixels of several sizes."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_draw(QSvgRenderer(str(LOGO)), QSize(side, side)))
    return made


def icon_pixmap(name: IconName, colour: str, size: QSize, pixel_ratio: float = 1.0) -> QPixmap:
    """Return the drawing ``name`` in ``colour`` (``#rrggbb``), ``size`` in device-independent pixels."""
    pixmap = _draw(_renderer(name, colour), size * pixel_ratio)
    pixmap.setDevicePixelRatio(pixel_ratio)
    return pixmap


def svg_text(name: IconName, colour: str) -> str:
    """Return the drawing's source with ``colour`` in place of ``currentColor``.

    Raises:
        OSError: the file is missing: the installation is broken.
    """
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)


class TintedFiles:
    """Small pictures as files, because a style sheet can only take them from files.

    They live in a temporary folder that goes with this object: keep it as long as a sheet names them. Where none can
    be made, the untinted drawings serve.
    """

    def __init__(self) -> None:
        self._folder = QTemporaryDir()
        # At the latest when the process ends: Python does not take apart then what modules hold.
        weakref.finalize(self, self._folder.remove)

    def path(self, name: IconName, colour: str) -> str:
        """Return the path, as style sheets write it, of the drawing ``name`` in ``colour``."""
        target = Path(self._folder.filePath(f"{name}-{colour.lstrip('#')}.svg"))
        if self._folder.isValid() and not target.exists():
            try:
                target.write_text(svg_text(name, colour), encoding="utf-8")
            except OSError:  # a full or read-only disk: black ticks are better than no window
                return (FOLDER / f"{name}.svg").as_posix()
        return target.as_posix() if self._folder.isValid() else (FOLDER / f"{name}.svg").as_posix()


@lru_cache(maxsize=512)
def _renderer(name: IconName, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg_text(name, colour).encode()))


def _draw(renderer: QSvgRenderer, size: QSize) -> QPixmap:
    pixmap = QPixmap(size)
    if size.isEmpty():  # a button squeezed to nothing while its page is laid out asks for an icon of no size
        return pixmap
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _paint(renderer, painter, QRect(QPoint(0, 0), size))
    painter.end()
    return pixmap


def _paint(renderer: QSvgRenderer, painter: QPainter, rect: QRect) -> None:
    """Draw into the largest square in the middle of ``rect``."""
    side = min(rect.width(), rect.height())
    square = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
    renderer.render(painter, square)


_given: list[QIconEngine] = []


def _given_to_qt(engine: QIconEngine) -> QIconEngine:
    """Keep ``engine`` until Qt has deleted it.

    PySide hands a clone to Qt without giving it away: Python would free it while an icon still paints with it.
    """
    _given[:] = [*filter(isValid, _given), engine]
    return engine


@called_by_qt
class _ColourEngine(QIconEngine):
    """Paints one drawing in one colour."""

    def __init__(self, name: IconName, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def colour(self, _mode: QIcon.Mode) -> str:
        return self._colour

    def drawing(self, _state: QIcon.State) -> IconName:
        return self._name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint(_renderer(self.drawing(state), self.colour(mode)), painter, rect)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _draw(_renderer(self.drawing(state), self.colour(mode)), size)

    def clone(self) -> QIconEngine:
        return _given_to_qt(_ColourEngine(self._name, self._colour))


@called_by_qt
class _PaletteEngine(_ColourEngine):
    """Paints in the application palette's colour of the moment, greyed while disabled."""

    def __init__(self, name: IconName, checked: IconName, role: QPalette.ColorRole) -> None:
        super().__init__(name, "")
        self._checked = checked
        self._role = role

    def colour(self, mode: QIcon.Mode) -> str:
        disabled = mode == QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        role = QPalette.ColorRole.ButtonText if disabled else self._role
        return QGuiApplication.palette().color(group, role).name()

    def drawing(self, state: QIcon.State) -> IconName:
        return self._checked if state == QIcon.State.On else self._name

    def clone(self) -> QIconEngine:
        return _given_to_qt(_PaletteEngine(self._name, self._checked, self._role))
