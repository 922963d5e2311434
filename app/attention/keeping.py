"""Keeping what is on the stage: pictures as on screen, numbers as files, and the session to open again."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QRectF, QSaveFile, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from app.attention.caption import caption
from app.attention.session import AttentionSession
from app.attention.stage import Stage
from app.attention.wish import Wish
from app.panel import Look
from app.sentence import Sentence
from core.attention.errors import AttentionError
from core.attention.session import Session, load_session, save_session
from core.language import N_, _

SHARPNESS: Final = 2.0
"""Pixels of a saved picture for each on the screen."""
PICTURES: Final = (".png", ".svg")
NUMBERS: Final = (".csv", ".npz", ".json")


class Keeper(QObject):
    """The verbs that write and read files.

    Signals:
        told: kind and text of a message for the person at the screen.
        opened: a session that was read, as a ``Wish``.
    """

    told = Signal(str, object)
    opened = Signal(object)

    def __init__(self, look: Look, session: AttentionSession, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._session = session
        self._stage = stage
        self._window = parent
        session.kept.connect(self._on_kept)

    def ask_where_to_keep(self) -> None:
        """Ask for a file and keep the stage in it; its ending says as what."""
        kinds = ";;".join(
            (
                _("Picture as on screen (*.png)"),
                _("Drawing as on screen (*.svg)"),
                _("Table of the weights (*.csv)"),
                _("Arrays of all heads (*.npz)"),
                _("Everything, for programs (*.json)"),
            )
        )
        name, _kind = QFileDialog.getSaveFileName(self._window, _("Keep the stage"), "attention.png", kinds)
        if name:
            self.keep(Path(name))

    def keep(self, path: Path) -> None:
        """Write the stage to ``path``: pictures here, numbers in the worker, which has all of them."""
        path = path if path.suffix else path.with_suffix(".png")
        ending = path.suffix.lower()
        if self._stage.page is self._stage.notice:
            self.told.emit("error", Sentence(N_("There is nothing to keep yet.")))
        elif ending in PICTURES:
            self._write(path, self._png() if ending == ".png" else self._svg())
        elif ending in NUMBERS:
            self._session.keep(path)
        else:
            self.told.emit("error", Sentence(N_("Choose a name that ends in .png, .svg, .csv, .npz or .json.")))

    def copy(self) -> None:
        """Put the stage into the clipboard as a picture."""
        QGuiApplication.clipboard().setImage(self.picture())
        self.told.emit("success", Sentence(N_("The picture is in the clipboard.")))

    def picture(self) -> QImage:
        """Return the stage with its scale and caption, two pixels for each on the screen."""
        size = self._size()
        image = QImage(size * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.setText("Description", "\n".join(self._caption()))
        painter = QPainter(image)
        self._draw(painter, size, SHARPNESS)
        painter.end()
        return image

    def ask_where_to_save(self) -> None:
        """Ask for a file and save the session in it."""
        name, _kind = QFileDialog.getSaveFileName(
            self._window, _("Save the session"), "attention-session.json", _("Session (*.json)")
        )
        if name:
            self.save_session(Path(name))

    def save_session(self, path: Path) -> None:
        """Write what is being looked at, to be opened again."""
        path = path if path.suffix else path.with_suffix(".json")
        wish = self._session.wish
        requests = [wish.attention()]
        if wish.view == "compare":
            compared = wish.comparison()
            requests = [compared.first, compared.second]
        try:
            save_session(path, Session(tuple(requests), {"wish": wish.to_dict()}))
        except AttentionError as error:
            self.told.emit("error", str(error))
        else:
            self._tell(path, None)

    def ask_what_to_open(self) -> None:
        """Ask for a session's file and open it."""
        name, _kind = QFileDialog.getOpenFileName(self._window, _("Open a session"), "", _("Session (*.json)"))
        if name:
            self.open_session(Path(name))

    def open_session(self, path: Path) -> None:
        """Take up a saved session; a broken file changes nothing."""
        try:
            session = load_session(path)
        except AttentionError as error:
            self.told.emit("error", str(error))
            return
        kept = session.view.get("wish")
        request = session.requests[0]
        wish = (
            Wish.from_dict(kept)
            if isinstance(kept, dict)
            else Wish(
                text=request.source.text,
                second=request.source.pair or "",
                paired=request.source.pair is not None,
                model=request.source.model,
                unit=request.unit,
                stack=request.stack,
                reading=request.reading,
                layer=request.layer,
                head=request.head,
                specials=request.specials,
            )
        )
        self.opened.emit(wish)

    def _caption(self) -> list[str]:
        return caption(self._session.state, self._session.wish)

    def _size(self) -> QSize:
        page, em = self._stage.page.size(), self._look.scale.em
        height = page.height() + em(2.25) * self._has_bar() + em(1.25) * len(self._caption()) + em(1)
        return QSize(page.width() + em(1), height)

    def _has_bar(self) -> bool:
        return not self._stage.bar.isHidden() and self._stage.bar.isVisibleTo(self._stage)

    def _draw(self, painter: QPainter, size: QSize, ratio: float) -> None:
        """Draw the view, below it the scale of colours, below that the caption."""
        em, colours = self._look.scale.em, self._look.theme.theme.colours
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(colours.stage))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(em(0.5), em(0.25))
        self._stage.draw(painter, ratio)
        y = self._stage.page.height()
        if self._has_bar():
            self._stage.draw_bar(painter, QRectF(0, y + em(0.25), em(14), em(1.75)))
            y += em(2.25)
        painter.setPen(QColor(colours.text))
        painter.setFont(self._look.scale.font("caption"))
        for line in self._caption():
            room = QRectF(0, y, size.width() - em(1), em(1.25))
            fitted = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitted)
            y += em(1.25)

    def _write(self, path: Path, content: QByteArray) -> None:
        """Put a whole new file in the place of the old one, or leave that as it is."""
        file = QSaveFile(str(path))
        done = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == content.size() and file.commit()
        self._tell(path, None if done else file.errorString())

    def _png(self) -> QByteArray:
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.picture())
        return content

    def _svg(self) -> QByteArray:
        content, size, lines = QByteArray(), self._size(), self._caption()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRect(0, 0, size.width(), size.height()))
        generator.setTitle(lines[0])
        generator.setDescription("\n".join(lines))
        painter = QPainter(generator)
        self._draw(painter, size, SHARPNESS)
        painter.end()
        return content

    def _on_kept(self, path: object, problem: object) -> None:
        assert isinstance(path, Path)
        self._tell(path, str(problem) if problem else None)

    def _tell(self, path: Path, problem: str | None) -> None:
        if problem is None:
            self.told.emit("success", Sentence(N_("Saved as {path}."), {"path": path}))
        else:
            message = N_("{path} was not saved: {reason}. Choose another place.")
            self.told.emit("error", Sentence(message, {"path": path, "reason": problem}))
