"""Comparison: two models, two heads or two sentences, and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from app.attention.drawing.labels import named
from app.attention.input.head_set_field import HeadSetField
from app.attention.input.model_menu import ModelMenu
from app.attention.options import ViewOptions
from app.attention.pictures.comparison import ComparisonPicture
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from app.attention.state import AttentionState, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.base import EVERY_CONTROL, Shown, View
from app.attention.views.controls import Controls, size_of, symbol_sizes
from app.panel import Look
from app.style import set_style
from app.widgets.fields.index_slider import IndexSlider
from app.widgets.plain import PlainLabel
from core.attention.export.caption import DOT, colours, provenance, text_line
from core.attention.interventions import Span
from core.attention.requests import AttentionRequest
from core.attention.results import AttentionMap, Comparison, ModelCard, Token
from core.language import N_, _, listed

COMPARISON = Place("comparison", Comparison)


class OtherMapControls(Controls):
    """Which model, layer and head the map is compared with."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.model = ModelMenu(look, with_same=True)
        self.layer = IndexSlider(look, N_("Compared layer"), N_("mean of all"))
        self.head = IndexSlider(look, N_("Compared head"), N_("mean of all"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        label = PlainLabel()
        self.bind_text(label.setText, N_("Compare with"))
        column.addWidget(label)
        self.off = HeadSetField(look, N_("Switched off in the second map"))
        self.masking, self._masked = QPushButton(), PlainLabel()
        self._masked.setWordWrap(True)
        self._masked.setTextFormat(Qt.TextFormat.PlainText)
        set_style(self._masked, kind="caption")
        for widget in (self.model, self.layer, self.head, self.off, self.masking, self._masked):
            column.addWidget(widget)
        self._options = ViewOptions()
        self._picked: Span | None = None
        self.off.chosen.connect(lambda chosen: self.wanted.emit({"other_off": chosen}))
        self.masking.clicked.connect(self._on_mask)
        self._retranslate()
        self.model.chosen.connect(self._on_model)
        self.layer.chosen.connect(lambda index: self.wanted.emit({"other_layer": index}))
        self.head.chosen.connect(lambda index: self.wanted.emit({"other_head": index}))

    def show_options(self, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        """Show the second side of ``options``."""
        layers, heads = size_of(cards.get(options.other_model or options.model), options.other_stack)
        self.model.show_model(options.other_model)
        self.layer.show_index(options.other_layer, layers)
        self.head.show_index(options.other_head, heads)
        self.off.show_set(options.other_off)
        self._options = options
        self._write_mask()

    def show_picked(self, token: Token | None) -> None:
        """Offer to mask ``token``, or to show it again; a special token stands nowhere in the text."""
        self._picked = None if token is None or not token.is_typed else (token.sentence, token.start, token.end)
        self._write_mask()

    def _retranslate(self) -> None:
        self._write_mask()

    def _write_mask(self) -> None:
        options = self._options
        is_masked = self._picked in options.other_masked
        self.masking.setText(_("Show the picked token again") if is_masked else _("Mask the picked token"))
        self.masking.setEnabled(self._picked is not None or bool(options.other_masked))
        if self._picked is None and options.other_masked:
            self.masking.setText(_("Mask nothing"))
        texts = (options.text, options.second)
        names = [texts[sentence][first:last] for sentence, first, last in options.other_masked if sentence < 2]
        self._masked.setText(_("masked: {tokens}").format(tokens=listed(names)) if names else "")
        self._masked.setVisible(bool(names))

    @Slot()
    def _on_mask(self) -> None:
        masked = self._options.other_masked
        if self._picked is None:
            masked = ()
        elif self._picked in masked:
            masked = tuple(span for span in masked if span != self._picked)
        else:
            masked = (*masked, self._picked)
        self.wanted.emit({"other_masked": masked})

    def remember_models(self, names: Sequence[str]) -> None:
        """Offer models that were opened before."""
        self.model.show_recent(list(names))

    @Slot(str, bool)
    def _on_model(self, name: str, download: bool) -> None:
        self.wanted.emit({"other_model": name or None, "download": download})


class ComparisonView(View):
    """Two maps side by side and their difference.

    Attributes:
        picture_of_maps: all of it.
    """

    least_width = 29
    controls = EVERY_CONTROL - {"across"}

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.picture_of_maps = ComparisonPicture(look, selection)
        maps = self.picture_of_maps
        for matrix, symbol in ((maps.first, "alpha"), (maps.second, "alpha"), (maps.difference, "delta")):
            matrix.link_symbols(self.symbol_links, "q", "k", symbol)
        self._controls = OtherMapControls(look)
        selection.changed.connect(self._tell_explanation)
        selection.hovered.connect(self._tell_explanation)
        selection.changed.connect(self._on_picked)

    @property
    def widget(self) -> ComparisonPicture:
        """All of it."""
        return self.picture_of_maps

    @property
    def own_controls(self) -> OtherMapControls:
        """The second side."""
        return self._controls

    @property
    def maps(self) -> tuple[Matrix, ...]:
        """All three."""
        found = self.picture_of_maps
        return found.first, found.second, found.difference

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """Both maps."""
        return (Wanted(COMPARISON, options.comparison(state.cards)),)

    def main_map(self, shown: Shown) -> AttentionMap | None:
        """The first map."""
        found = shown[COMPARISON]
        return found.first if found is not None else None

    def _show(self, shown: Shown) -> None:
        found, options = shown[COMPARISON], shown.options
        if self._is_new(found, options.colormap, options.scale):
            self.picture_of_maps.show_comparison(found, options.colormap, options.scale)
        elif found is not None:
            self.selection.follow(found.first.rows, found.first.columns)

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw the maps with titles and scales."""
        self.picture_of_maps.draw(painter, ratio)

    def caption(self, shown: Shown) -> list[str]:
        """How each map was made, and the colours they share."""
        found, scale = shown[COMPARISON], shown.options.scale
        if found is None:
            return super().caption(shown)
        sides = ((_("first map"), found.first), (_("second map"), found.second))
        lines = [f"{side}: {text_line(one.texts)}{DOT}{provenance(one)}" for side, one in sides]
        if found.difference.size:
            lines.append(_("third map: first minus second"))
        shared = _("colour from 0 to the largest weight of both maps")
        return [*lines, shared if scale == "relative" else colours(scale)]

    def saved_requests(self, options: ViewOptions) -> tuple[AttentionRequest, ...]:
        """Both maps."""
        both = options.comparison(self.shown.state.cards if self.shown is not None else {})
        return both.first, both.second

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """Query, key and both weights of what is under the mouse or pinned."""
        found = shown[COMPARISON]
        if found is None:
            return {}
        values = symbol_sizes(found.first.card)
        row, column = self.selection.shown.row, self.selection.shown.column
        if row is not None and row < len(found.first.rows):
            values["q"] = named(found.first.rows[row])
        if column is not None and column < len(found.first.columns):
            values["k"] = values["v"] = named(found.first.columns[column])
        if {"q", "k"} <= values.keys():
            both = (found.first, found.second) if found.difference.size else (found.first,)
            values["alpha"] = ", ".join(f"{float(one.weights[row, column]):.4f}" for one in both)
            if found.difference.size:
                values["delta"] = f"{float(found.difference[row, column]):+.4f}".replace("-", "−")
        return values

    @Slot()
    def _on_picked(self) -> None:
        """The key that is picked, else the query, may be masked."""
        found = self.shown[COMPARISON] if self.shown is not None else None
        pinned, token = self.selection.pinned, None
        if found is not None and pinned.column is not None and pinned.column < len(found.first.columns):
            token = found.first.columns[pinned.column]
        elif found is not None and pinned.row is not None and pinned.row < len(found.first.rows):
            token = found.first.rows[pinned.row]
        self._controls.show_picked(token)
