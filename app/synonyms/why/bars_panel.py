"""Patterns with their counts, and features with their shares: a title over bars that scroll."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.why.share_bars import ShareBars, ShareRow
from app.theme import Theme
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import N_, _, ngettext
from core.synonyms.methods.registry import METHODS
from core.synonyms.why.reasons import Contributions, FoundPattern, FoundPatterns
from core.visible import visible

_FEATURES: Final = {
    "difference": N_("Difference |u − v|"),
    "product": N_("Product u ∘ v"),
    "own characters": N_("Characters only one word has"),
    "spelling": N_("How both are written"),
    "english": N_("English meanings"),
    "frequency": N_("Frequency"),
}
"""What features that are no methods are called."""


def feature_name(feature: str) -> str:
    """Return what a feature is called."""
    return METHODS[feature].label if feature in METHODS else _(_FEATURES.get(feature, feature))


class BarsPanel(Panel):
    """What a method of patterns or features has to say."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._found: FoundPatterns | Contributions | None = None
        self.title, self.bars = PlainLabel(), ShareBars(look)
        self.title.setWordWrap(True)
        set_style(self.title, kind="caption")
        page = QWidget()
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(page, stage=True)
        self._list = QVBoxLayout(page)
        self._list.addWidget(self.bars)
        self._list.addStretch()
        scroll = page_scroll(page)
        self.scroll_bar = scroll.verticalScrollBar()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(scroll, 1)
        self._restyle(look.theme.theme)

    def show_reason(self, found: FoundPatterns | Contributions | None) -> None:
        """Show ``found``."""
        self._found = found
        self._retranslate()

    def _retranslate(self) -> None:
        found = self._found
        rows: tuple[ShareRow, ...] = ()
        if isinstance(found, FoundPatterns):
            self.title.setText(_patterns_title(found))
            rows = _pattern_rows(found)
        elif found is not None:
            words = _("What each feature adds to the log-odds, compared with usual pairs of training (Shapley values).")
            self.title.setText(words)
            rows = _feature_rows(found)
        self.bars.show_rows(rows)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.5))
        self._list.setContentsMargins(0, 0, em(0.5), 0)


def _patterns_title(found: FoundPatterns) -> str:
    if not found.sentences:
        return _("No sentence of the corpora holds both words. Of such pairs the method says the same of all.")
    n = found.sentences
    read = ngettext("{n} sentence with both words was read.", "{n} sentences with both words were read.", n).format(n=n)
    if not found.found:
        return f"{read} " + _("None of its patterns was frequent enough to be learnt.")
    return f"{read} " + _("Beside each pattern: in how many of them, and in training, of how many pairs = and ≠.")


def _pattern_rows(found: FoundPatterns) -> tuple[ShareRow, ...]:
    if not found.sentences:
        return (ShareRow(_("Log-odds of such pairs"), found.score, is_part=False),)
    return (
        ShareRow(_("Without any pattern (b)"), found.bias, is_part=False),
        *(ShareRow(visible(each.pattern.text), each.share, _counts(each)) for each in found.found),
        ShareRow(_("Log-odds of synonyms"), found.score, is_part=False),
    )


def _counts(each: FoundPattern) -> str:
    return f"×{each.sentences}   ={each.pattern.with_synonyms:,}   ≠{each.pattern.with_others:,}"


def _feature_rows(found: Contributions) -> tuple[ShareRow, ...]:
    return (
        ShareRow(_("Usual pairs"), found.base, is_part=False),
        *(ShareRow(feature_name(part.feature), part.share) for part in found.parts),
        ShareRow(_("Log-odds of synonyms"), found.score, is_part=False),
    )
