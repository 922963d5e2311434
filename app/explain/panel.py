"""The panel that explains a page, beside its stage: sentences, formulas, symbols with their values, the article.

What is pointed at in one of them is lit in all of them and on the page; what is pointed at on the page is lit here.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.background import Background
from app.explain.article import ArticlePassage
from app.explain.formula_view import FormulaView
from app.explain.prose import Prose
from app.explain.stepper import Stepper
from app.explain.symbol_list import SymbolHeading, SymbolList
from app.explain.symbols import SYMBOLS
from app.explain.texts import PageText, page_text
from app.explain.typesetter import Typesetter
from app.icons import icon
from app.page import Page
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import N_, current_language

LEAST_WIDTH = 17.0
"""In lines of body text."""


class ExplainPanel(Panel):
    """Explains one page at a time.

    Signals:
        closed: its button was pressed; whoever shows it takes it away.
    """

    closed = Signal()

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        """Explain nothing yet.

        Args:
            look: colours and sizes.
            background: has a lane called ``app.explain.LANE``.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._page: Page | None = None
        self._text: PageText | None = None
        self._typesetter = Typesetter(background, self)
        self._title, self._nothing, self._problem = PlainLabel(), PlainLabel(), PlainLabel()
        self._heading = SymbolHeading(look)
        self.close_button = QToolButton()
        self.prose, self.symbols, self.article = Prose(look), SymbolList(look), ArticlePassage(look)
        self.formulas: list[FormulaView] = []
        self._lay_out()
        self._wire()
        self._restyle(look.theme.theme)
        self._show_text()

    @property
    def page(self) -> Page | None:
        """The page that is explained."""
        return self._page

    def show_page(self, page: Page | None) -> None:
        """Explain ``page`` from now on, or nothing."""
        if page is self._page:
            return
        if self._page is not None:
            self._page.light_symbol("")
            self._page.symbol_pointed.disconnect(self._on_pointed_on_page)
            self._page.explanation_changed.disconnect(self._on_explanation_changed)
        self._page = page
        self._light("")
        if page is not None:
            page.symbol_pointed.connect(self._on_pointed_on_page)
            page.explanation_changed.connect(self._on_explanation_changed)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_text()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its formulas allow."""
        return QSize(self.look.scale.em(LEAST_WIDTH), self.look.scale.em(8))

    def sizeHint(self) -> QSize:
        """A comfortable column."""
        return QSize(self.look.scale.em(LEAST_WIDTH + 3), self.look.scale.em(30))

    def _lay_out(self) -> None:
        set_style(self._title, kind="title")
        set_style(self._nothing, kind="muted")
        set_style(self._problem, kind="caption")
        for label in (self._title, self._nothing, self._problem):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._formula_column = QVBoxLayout()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self.prose)
        self._column.addLayout(self._formula_column)
        for part in (self._problem, self._heading, self.symbols, self.article):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._scroll = page_scroll(self._content, is_column=True)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(self._head)
        self._outer.addWidget(self._scroll, 1)

    def _wire(self) -> None:
        self.bind_text(self._nothing.setText, N_("This page has no explanation yet."))
        self.bind_text(self.setAccessibleName, N_("Explanation of the page"))
        self.bind_text(self.prose.setAccessibleName, N_("Page and its settings"))
        self.bind_text(self.symbols.setAccessibleName, N_("Symbols and their current values"))
        self.bind_text(self.close_button.setToolTip, N_("Close explanation"))
        self.bind_text(self.close_button.setAccessibleName, N_("Close explanation"))
        self.close_button.setIcon(icon("close"))
        self.close_button.clicked.connect(self.closed)
        self._typesetter.arrived.connect(self._on_arrived)
        self._typesetter.failed.connect(self._on_failed)
        for part in (self.prose, self.symbols):
            self._follow_stepper(part)

    def _follow_stepper(self, part: Stepper) -> None:
        part.pointed.connect(self._on_pointed_here)
        part.stepped.connect(self._on_stepped)

    def _show_text(self) -> None:
        """Write what there is to say about the page, in the language in use."""
        said = self._page.explain() if self._page is not None else None
        self._text = text = page_text(said.page, current_language()) if said else None
        self._title.setText(text.title if text else "")
        self._nothing.setVisible(text is None)
        self._problem.hide()
        for part in (self.prose, self._heading, self.symbols, self.article):
            part.setVisible(text is not None)
        self.prose.show_prose(text.prose if text else ())
        self._show_formulas(text.formulas if text else ())
        if text:
            self.article.show_passage(text.quotes, text.source)
            self._typesetter.want(text.formulas)
        self._show_pictures()
        self._show_values(said.values if said else {})

    def _show_formulas(self, formulas: tuple[str, ...]) -> None:
        if [view.formula for view in self.formulas] == list(formulas):
            return
        for view in self.formulas:
            self._formula_column.removeWidget(view)
            view.hide()
            view.deleteLater()
        self.formulas = [FormulaView(self.look, formula) for formula in formulas]
        before: QWidget = self.prose
        for view in self.formulas:
            self._formula_column.addWidget(view)
            view.show()  # a layout would do so a turn later, and Tab pass it by until then
            self._follow_stepper(view)
            QWidget.setTabOrder(before, view)
            before = view
        QWidget.setTabOrder(before, self.symbols)

    def _show_values(self, values: Mapping[str, str]) -> None:
        """Show the numbers of now."""
        named = self._text.symbols if self._text else ()
        more = tuple(symbol for symbol in values if symbol in SYMBOLS and symbol not in named)
        self.symbols.show_symbols((*named, *more))
        self.symbols.show_values(values)

    def _light(self, symbol: str) -> None:
        for part in (self.prose, self.symbols, *self.formulas):
            part.light(symbol)

    @Slot(str)
    def _on_pointed_here(self, symbol: str) -> None:
        self._light(symbol)
        if self._page is not None:
            self._page.light_symbol(symbol)

    @Slot(str)
    def _on_pointed_on_page(self, symbol: str) -> None:
        self._light(symbol)

    @Slot()
    def _on_explanation_changed(self) -> None:
        assert self._page is not None
        said = self._page.explain()
        if self._text is None or said.page != self._text.page:
            self._show_text()
        else:
            self._show_values(said.values)

    @Slot(QRect)
    def _on_stepped(self, place: QRect) -> None:
        """Bring what the keyboard has come to into view."""
        part = self.sender()
        if isinstance(part, Stepper):
            centre = part.mapTo(self._content, place.center())
            self._scroll.ensureVisible(centre.x(), centre.y(), 0, place.height() // 2 + self.look.scale.em(1))

    @Slot()
    def _on_arrived(self) -> None:
        self._problem.hide()
        self._show_pictures()

    @Slot(str)
    def _on_failed(self, why: str) -> None:
        self._problem.setText(why)
        self._problem.show()

    def _show_pictures(self) -> None:
        for view in self.formulas:
            if picture := self._typesetter.picture(view.formula):
                view.show_picture(picture)

    def _retranslate(self) -> None:
        self._show_text()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._outer.setContentsMargins(em(0.75), em(0.5), em(0.25), em(0.5))
        self._outer.setSpacing(em(0.5))
        self._column.setContentsMargins(0, 0, em(0.75), em(0.5))
        self._column.setSpacing(em(0.75))
        self._formula_column.setSpacing(em(0.5))
        self.updateGeometry()
