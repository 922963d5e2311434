"""Beside the stage: the sentence itself, all heads, lines, or the map in small, all about the same token."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.actions import ACTIONS
from app.attention.drawing.heatmap import MapContent
from app.attention.options import Order, ViewOptions
from app.attention.pictures.heads import HeadsPicture
from app.attention.pictures.heads_order import OrderBox
from app.attention.pictures.highlighted_text import HighlightedText
from app.attention.pictures.links import LinksPicture
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from app.attention.state import HEADS, AttentionState, Wanted
from app.attention.views.base import Picture, Shown, is_same
from app.attention.views.pair import linking_shown, pair_name, wanted_heads
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.keys.button import KeyPushButton
from app.widgets.plain import PlainLabel
from core.language import N_, _

_ROOMY: Final = 40
"""Lines of text the column must be high for a third picture."""
_TWO: Final = 19
"""Lines of text that must be left below the sentence for two pictures; with less, one has them for itself."""
_TITLES: Final = (
    N_("Sentence: average attention received"),
    N_("Sentence: what it attends to"),
    N_("Sentence: what attends to it"),
)


class EvidencePanel(Panel):
    """The column beside the stage.

    Signals:
        turn_wanted: look the other way along the token.
        order_wanted: another order of the heads.
        requests_changed: :meth:`wants` returns something else for the same options.
    """

    turn_wanted = Signal()
    order_wanted = Signal(str)
    requests_changed = Signal()

    def __init__(self, look: Look, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._selection = selection
        self._on_stage: Picture | None = None
        self._drawn: tuple[object, ...] = ()
        self._shown: Shown | None = None
        self.sentence = HighlightedText(look, selection)
        self.heads = HeadsPicture(look)
        self.links = LinksPicture(look, selection, most=150)
        self.small_map = Matrix(look, selection, compact=True)
        self._title = PlainLabel()
        self._turn = KeyPushButton(look)
        self._turn.show_key(next(spec.keys[0] for spec in ACTIONS if spec.id == "at_turn"))
        set_style(self._turn, quiet=True)
        self._turn.clicked.connect(self.turn_wanted)
        self.order = OrderBox(look)
        self.order.chosen.connect(self.order_wanted)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.sentence)
        self._links_head, self._map_head = PlainLabel(), PlainLabel()
        self._column = QVBoxLayout(self)
        self._assemble()
        selection.changed.connect(self._show_turn)
        selection.changed.connect(self._on_picked)
        selection.hovered.connect(self._show_title)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _assemble(self) -> None:
        title = self._title
        self.bind_text(self._links_head.setText, N_("Lines"))
        self.bind_text(self._map_head.setText, N_("Map"))
        for label in (title, self._links_head, self._map_head):
            set_style(label, kind="caption")
        top = QHBoxLayout()
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        title.setWordWrap(True)
        top.addWidget(title, 1)
        top.addWidget(self._turn)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(top)
        self._column.addWidget(self._scroll)
        for head, body, stretch in (
            (self._map_head, self.small_map, 4),
            (self.order, self.heads, 5),
            (self._links_head, self.links, 3),
        ):
            self._column.addWidget(head)
            self._column.addWidget(body, stretch)

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """All heads, once typing rests: they may cost several maps' time; and what orders them.

        The view asks for the map itself.
        """
        return Wanted(HEADS, options.heads(), at_rest=True), *wanted_heads(options, state, self._selection)

    def show_heads(self, shown: Shown) -> None:
        """Show all heads; the map follows with :meth:`show_map`."""
        self._shown = shown
        grid, options = shown[HEADS], shown.options
        drawn = (grid, options.colormap, options.scale)
        if not is_same(self._drawn, drawn):
            self._drawn = drawn
            self.heads.show_heads_grid(grid, options.colormap, options.scale)
        linking = linking_shown(shown, self._selection)
        self.heads.show_linking(linking)
        self.show_order(options.order)
        self.order.show_pair(pair_name(linking) if options.order == "pair" else "")
        self.heads.show_current(options.layer, options.head, options.set_shown)

    def _on_picked(self) -> None:
        """Another cell is another order."""
        if self._shown is not None and self._shown.options.order == "pair":
            self.show_heads(self._shown)
            self.requests_changed.emit()

    def show_order(self, order: Order) -> None:
        """Put the heads in another order."""
        self.heads.show_order(order)
        self.order.show_order(order)

    def show_content(self, content: MapContent | None, texts: tuple[str, ...]) -> None:
        """Show a map in every way this column has."""
        self.sentence.show_map(content, texts)
        self.links.show_map(content)
        self.small_map.show_map(content)
        self._arrange()

    def leave_out(self, picture: Picture | None) -> None:
        """Leave out what is on the stage already."""
        self._on_stage = picture
        self._arrange()

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.375))
        self._turn.setIconSize(self.look.scale.icon_size(0.875))
        self.setMinimumWidth(self.look.scale.em(13))
        self._arrange()

    def _retranslate(self) -> None:
        self._show_turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._arrange()
        self._show_turn()

    def _arrange(self) -> None:
        em = self.look.scale.em
        width = max(1, self._scroll.viewport().width())
        text = self.sentence.height_within(width, max(em(4), self.height() // 4))
        self._scroll.setFixedHeight(text)
        roomy, two = self.height() >= em(_ROOMY), self.height() - text >= em(_TWO)
        on_map, on_heads, on_links = (self._on_stage == one for one in ("map", "heads", "links"))
        for shown, widgets in (
            (not on_map and (two or on_heads), (self._map_head, self.small_map)),
            (not on_heads, (self.order, self.heads)),
            (not on_links and (roomy or (on_heads and two)), (self._links_head, self.links)),
        ):
            for widget in widgets:
                widget.setVisible(shown)

    def _show_turn(self) -> None:
        looks_from = self._selection.direction == "from"
        words = _("attends to") if looks_from else _("attended to by")
        self._turn.setText(words)
        self._turn.setToolTip(_("Swap query / key of the selected token"))
        self._turn.setAccessibleName(words)
        metrics = self._title.fontMetrics()
        longest = max(metrics.horizontalAdvance(_(title)) for title in _TITLES)
        beside = longest + self._turn.sizeHint().width() + self.look.scale.em(0.5) <= self.width()
        self._title.setMinimumHeight(0 if beside else 2 * metrics.lineSpacing())  # nothing below moves with the words
        self._show_title()

    def _show_title(self) -> None:
        """Say what the colours of the sentence mean just now."""
        along = self._selection.along
        self._title.setText(_(_TITLES[0 if along is None else 1 if along[0] == "from" else 2]))
