"""Help > The articles: every section of the three articles, and from each the way to its scene."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.panel import Look
from app.style import set_style
from app.tabs import known_to_lectures
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel, without_keys
from core.language import _, current_language
from core.lecture.errors import LectureError
from core.lecture.lecture_file import read_lecture
from core.lecture.sections import Section, sections
from core.lecture.shipped import SHIPPED, ShippedLecture

_WIDE: Final = 46
"""Width of the window, in lines of text, from which the articles stand beside each other."""


class OutlineDialog(QDialog):
    """Lists the sections of each article; pressing one asks for its scene.

    Attributes:
        buttons: of the sections, from above.

    Signals:
        chosen: name of the lecture, and the number of the section's first scene; the dialog is on its way out by then.
    """

    chosen = Signal(str, int)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The articles, section by section"))
        self._look = look
        self.buttons: list[QPushButton] = []
        em, room = look.scale.em, parent.size()
        is_wide = room.width() >= em(_WIDE)
        page = QWidget()
        beside = (QHBoxLayout if is_wide else QVBoxLayout)(page)
        beside.setContentsMargins(0, em(0.25), em(0.75), em(0.25))
        beside.setSpacing(em(1))
        for shipped in SHIPPED:
            beside.addWidget(self._column(shipped), 1)
        scroll = page_scroll(page, is_column=True)
        hint = PlainLabel(_("A section opens its scene of the lecture; Shift+F5 gives the lecture from there."))
        hint.setWordWrap(True)
        set_style(hint, kind="muted")
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em(0.75), em(0.75), em(0.75), em(0.75))
        layout.setSpacing(em(0.5))
        for part in (hint, scroll, close):
            layout.addWidget(part)
        layout.setStretch(1, 1)
        self.resize(QSize(em(60 if is_wide else 26), em(38)).boundedTo(room))

    def _column(self, shipped: ShippedLecture) -> QWidget:
        em, column = self._look.scale.em, QWidget()
        column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # all are of one width
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em(0.125))
        try:
            lecture = read_lecture(shipped.path(current_language()), known_to_lectures())
        except LectureError as error:
            broken = PlainLabel(str(error))
            broken.setWordWrap(True)
            layout.addWidget(broken)
            return column
        title = PlainLabel(lecture.title)
        title.setWordWrap(True)
        title.setContentsMargins(em(0.75), 0, 0, em(0.25))
        set_style(title, kind="title")
        layout.addWidget(title)
        for section in sections(lecture.scenes):
            layout.addWidget(self._button(shipped, section))
            caption = PlainLabel(section.caption)
            caption.setWordWrap(True)
            caption.setContentsMargins(em(0.75), 0, 0, em(0.5))
            set_style(caption, kind="caption")
            layout.addWidget(caption)
        layout.addStretch(1)
        return column

    def _button(self, shipped: ShippedLecture, section: Section) -> QPushButton:
        button = QPushButton(without_keys(section.title))
        button.setAutoDefault(False)
        button.setAccessibleDescription(section.caption)
        set_style(button, quiet=True, leading=True)
        button.clicked.connect(partial(self._choose, shipped.name, section.first))
        self.buttons.append(button)
        return button

    def _choose(self, name: str, first: int, _checked: bool = False) -> None:
        self.accept()
        self.chosen.emit(name, first)
