"""Help > Guide: the guide to the tab in front, to be read beside the window."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QImage, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTabBar, QTextBrowser, QVBoxLayout, QWidget

from app.overrides import called_by_qt
from app.panel import Look, Themed
from app.tabs import TABS
from app.theme import Theme
from core.language import Language, _, current_language

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "guide"
"""It comes with the sources; an installation without them has none."""
_HEADINGS: Final[dict[Language, str]] = {"en": "English", "zh_CN": "中文"}
_OTHER_PART: Final = re.compile(r"^## ", re.MULTILINE)


def guide_text(tab_id: str, language: Language) -> str:
    """Return the guide to a tab in one language, as Markdown.

    Raises:
        OSError: there is none.
    """
    text = (FOLDER / f"{tab_id.replace('_', '-')}.md").read_text(encoding="utf-8")
    title = text.partition("\n")[0]
    _before, found, part = text.partition(f"\n## {_HEADINGS[language]}\n")
    return f"{title}\n{_OTHER_PART.split(part)[0]}" if found else text


def has_guide() -> bool:
    """Return whether the guides are here."""
    return FOLDER.is_dir()


class GuideWindow(Themed, QDialog):
    """Shows one guide at a time; the window beside it can be used meanwhile.

    Signals:
        missing: the guide can't be read; why not.
    """

    missing = Signal(object)

    def __init__(self, look: Look, tab_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.follow(look)
        self._ids = [tab.id for tab in TABS]
        self._bar = QTabBar()
        for tab in TABS:
            self._bar.addTab(_(tab.title))
        self.browser = _Browser()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.browser, 1)
        self._bar.setCurrentIndex(self._ids.index(tab_id))
        self._bar.currentChanged.connect(self._show)
        self._retranslate()
        self._restyle(look.theme.theme)
        em = look.scale.em
        self.resize(em(42), em(40))

    @property
    def tab_id(self) -> str:
        """Whose guide is shown."""
        return self._ids[self._bar.currentIndex()]

    def showEvent(self, event: QShowEvent) -> None:
        """Make the pictures as wide as there is room, now that it is known."""
        super().showEvent(event)
        self._show()

    @Slot()
    def _show(self) -> None:
        try:
            text = guide_text(self.tab_id, current_language())
        except OSError as error:
            self.missing.emit(error)
            return
        self.browser.show_markdown(text)

    def _retranslate(self) -> None:
        self.setWindowTitle(_("Guide"))
        self.browser.setAccessibleName(_("Guide"))
        for index, tab in enumerate(TABS):
            self._bar.setTabText(index, _(tab.title))
        self._show()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self.browser.document().setDefaultFont(self.look.scale.font())
        self.browser.document().setDocumentMargin(em(1))
        self._show()


@called_by_qt
class _Browser(QTextBrowser):
    """Shows pictures no wider than itself, and opens in the system's browser what lies elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.anchorClicked.connect(self._follow)

    def show_markdown(self, text: str) -> None:
        """Show ``text``; where a line of code has no room, it goes on below."""
        self.setMarkdown(text)
        block = self.document().firstBlock()
        while block.isValid():
            shape = block.blockFormat()
            if shape.nonBreakableLines():
                shape.setNonBreakableLines(False)
                QTextCursor(block).setBlockFormat(shape)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the guide as wide as there is room."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image = QImage(str(FOLDER / QUrl(name).path()))
        room = self.viewport().width() - round(2.5 * self.document().documentMargin())
        if image.width() > room > 0:
            ratio = self.devicePixelRatioF()
            image = image.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return image

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        if link.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(link)
        elif link.hasFragment():
            self.scrollToAnchor(link.fragment())
