"""What a view brings to the sidebar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from app.attention.options import ViewOptions
from app.panel import Panel
from app.widgets.fields.index_slider import IndexSlider
from core.attention.requests import Stack
from core.attention.results import ModelCard

_UNKNOWN = 12
"""Places of a slider while nothing is known of the model."""


class Controls(Panel):
    """Controls of one view; the sidebar shows them while the view is on the stage.

    Signals:
        wanted: changed fields of the options, by name.
    """

    wanted = Signal(dict)

    def show_options(self, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        """Show ``options``, with what is known of the models."""
        raise NotImplementedError

    def remember_models(self, names: Sequence[str]) -> None:
        """Offer models that were opened before."""

    @property
    def layers(self) -> IndexSlider | None:
        """What walks through the layers while the view is on the stage; None leaves that to the sidebar."""
        return None


def size_of(card: ModelCard | None, stack: Stack | None) -> tuple[int, int]:
    """Return how many layers and heads there are to choose from."""
    return (_UNKNOWN, _UNKNOWN) if card is None else (card.layers_of(stack), card.heads_of(stack))


def symbol_sizes(card: ModelCard, stack: Stack | None = None) -> dict[str, str]:
    """Return what the symbols of a model's sizes stand for, as far as they are known."""
    heads = card.heads_of(stack)
    sizes = {"n_head": str(heads)}
    return sizes | {"d_k": str(card.width // card.heads)} if card.width else sizes
