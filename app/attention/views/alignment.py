"""Alignment: which tokens of two sentences mean each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout

from app.attention.drawing.labels import named
from app.attention.options import By, ViewOptions
from app.attention.pictures.alignment import AlignmentPicture
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from app.attention.state import AttentionState, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.base import Shown, View, typed_line
from app.attention.views.controls import Controls, size_of
from app.panel import Look
from app.style import set_style
from app.widgets.fields.index_slider import IndexSlider
from app.widgets.plain import PlainLabel
from core.attention.export.caption import DOT, colours, head_name, layer_name, model_parts, unit_name
from core.attention.results import Alignment, ModelCard
from core.language import N_, _

ALIGNMENT = Place("alignment", Alignment)
MIDDLE_REASON: Final = N_(
    "The middle layers align translations best: early ones know spelling, the last ones the task."
)


class StatesControls(Controls):
    """After which layer the vectors are compared."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.states = IndexSlider(look, N_("Vectors after layer"), N_("the middle layer"))
        reason = PlainLabel()
        reason.setWordWrap(True)
        set_style(reason, kind="caption")
        self.bind_text(reason.setText, MIDDLE_REASON)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.states)
        column.addWidget(reason)
        self.states.chosen.connect(lambda index: self.wanted.emit({"states": index}))

    def show_options(self, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        """Show the layer of ``options``."""
        self.states.show_index(options.states, size_of(cards.get(options.model), options.stack)[0] + 1)

    @property
    def layers(self) -> IndexSlider:
        """The layer after which vectors are compared."""
        return self.states


class AlignmentView(View):
    """Links between two sentences, and the map they are read from. What is picked counts the units of both.

    Attributes:
        picture_of_both: all of it.
    """

    least_width = 29
    controls = frozenset({"unit", "colormap", "scale"})

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        self.picture_of_both = AlignmentPicture(look)
        super().__init__(spec, look, self.picture_of_both.selection)
        self._elsewhere = selection
        both = self.picture_of_both
        both.links.link_symbols(self.symbol_links, (("u",), ("v_word",)), "cos")
        both.matrix.link_symbols(self.symbol_links, "u", "v_word", "cos")
        self._controls = StatesControls(look)
        self.picture_of_both.token_chosen.connect(selection.pin_place)
        self.picture_of_both.by_chosen.connect(self._on_by)
        self.selection.changed.connect(self._tell_explanation)
        self.selection.hovered.connect(self._tell_explanation)

    @property
    def widget(self) -> AlignmentPicture:
        """All of it."""
        return self.picture_of_both

    @property
    def own_controls(self) -> StatesControls:
        """After which layer the vectors are compared."""
        return self._controls

    @property
    def maps(self) -> tuple[Matrix, ...]:
        """The map."""
        return (self.picture_of_both.matrix,)

    def wants(self, options: ViewOptions, _state: AttentionState) -> tuple[Wanted, ...]:
        """The alignment, once there are two sentences."""
        return (Wanted(ALIGNMENT, options.alignment()),) if options.has_second else ()

    def what_is_missing(self, options: ViewOptions) -> str:
        """The second sentence."""
        if options.has_second:
            return ""
        return _("An alignment needs two sentences: type the second one below the first.")

    def position(self, shown: Shown) -> tuple[str, str] | None:
        """How many units were compared."""
        found = shown[ALIGNMENT]
        if found is None:
            return None
        words = _("Rows × columns: {rows} × {columns}").format(rows=len(found.rows), columns=len(found.columns))
        return words, words

    def _show(self, shown: Shown) -> None:
        found, options = shown[ALIGNMENT], shown.options
        if self._is_new(found, options.colormap, options.by, options.scale):
            pinned = self._elsewhere.pinned_token()
            self.picture_of_both.show_alignment(found, options.colormap, options.by, pinned, options.scale)

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw links, map and scale."""
        self.picture_of_both.draw(painter, ratio)

    def caption(self, shown: Shown) -> list[str]:
        """After which layer the vectors were compared, and what the map shows."""
        found, options = shown[ALIGNMENT], shown.options
        if found is None:
            return super().caption(shown)
        after = _("vectors after {layer} of {layers} layers").format(layer=found.layer, layers=found.card.layers)
        parts = model_parts(found.card, found.card.stacks[0], prefixed=options.source.is_prefixed)
        links = _("Lines and circles: pairs whose vectors are each other's most similar.")
        if options.by == "attention" and found.attention.size:
            where = layer_name(max(found.layer - 1, 0), found.card.layers)
            drawn = _("The map: mean attention across the pair, both directions, {layer}, {head}.").format(
                layer=where, head=head_name(None, found.card.heads)
            )
        else:
            drawn = _("The map: cosine of the vectors.")
        return [
            typed_line(options),
            DOT.join([*parts, after, unit_name(options.unit), colours(options.scale)]),
            f"{links} {drawn}",
        ]

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """The two tokens under the mouse or pinned, and the weight between them."""
        found = shown[ALIGNMENT]
        if found is None:
            return {}
        values = {"n_head": str(found.card.heads), "d_k": str(found.card.width // found.card.heads)}
        row, column = self.selection.shown.row, self.selection.shown.column
        if row is not None and row < len(found.rows):
            values["q"] = named(found.rows[row])
        if column is not None and column < len(found.columns):
            values["k"] = named(found.columns[column])
        if {"q", "k"} <= values.keys() and found.attention.size:
            values["alpha"] = f"{float(found.attention[row, column]):.4f}"
        return values

    @Slot(str)
    def _on_by(self, by: By) -> None:
        self.options_wanted.emit({"by": by})
