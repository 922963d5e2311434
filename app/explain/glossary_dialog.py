"""Help > Glossary: every term with its explanation, found by typing a part of either."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.explain.glossary import Term, glossary
from app.panel import Look
from app.style import set_style
from app.widgets.fields.clearable_edit import ClearableEdit
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import _, current_language


class TermEntry(QWidget):
    """One term in the list."""

    def __init__(self, term: Term, look: Look) -> None:
        super().__init__()
        self.term = term
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.scale.em(0.125))
        for text, bold in ((term.name, True), (term.meaning, False)):
            label = PlainLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)  # <s> is a term
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if bold:
                label.setFont(look.scale.font(bold=True))
            layout.addWidget(label)


class GlossaryDialog(QDialog):
    """Lists the terms by subject; typing leaves those that have all words typed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Glossary"))
        em = look.scale.em
        self.search = ClearableEdit(look)
        self.search.setPlaceholderText(_("Search the glossary"))
        self.search.setAccessibleName(_("Search the glossary"))
        self.search.textChanged.connect(self._on_search)
        self.entries: list[TermEntry] = []
        self._headings: dict[str, QLabel] = {}
        self._none = PlainLabel(_("No matching term."))
        set_style(self._none, kind="muted")
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, em(0.5), em(0.75), em(0.5))
        self._column.setSpacing(em(0.75))
        self._fill(look)
        scroll = page_scroll(page, is_column=True, focus=Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(_("Glossary"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em(0.75), em(0.75), em(0.75), em(0.75))
        layout.setSpacing(em(0.5))
        for part in (self.search, scroll, buttons):
            layout.addWidget(part)
        self.resize(em(30), em(34))
        self._on_search("")

    def _fill(self, look: Look) -> None:
        for term in glossary(current_language()).values():
            if term.subject not in self._headings:
                heading = PlainLabel(term.subject)
                set_style(heading, kind="title")
                self._headings[term.subject] = heading
                self._column.addWidget(heading)
            entry = TermEntry(term, look)
            self.entries.append(entry)
            self._column.addWidget(entry)
        self._column.addWidget(self._none)
        self._column.addStretch(1)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        wanted = _folded(text).split()
        found = set()
        for entry in self.entries:
            words = _folded(f"{entry.term.id} {entry.term.name} {entry.term.meaning}")
            entry.setVisible(all(each in words for each in wanted))
            if not entry.isHidden():
                found.add(entry.term.subject)
        for subject, heading in self._headings.items():
            heading.setVisible(subject in found)
        self._none.setVisible(not found)


def _folded(text: str) -> str:
    """Return ``text`` as it is compared: in one case, and full-width letters as narrow ones."""
    return unicodedata.normalize("NFKC", text).casefold()
