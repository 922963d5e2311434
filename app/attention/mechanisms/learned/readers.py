"""Whose vectors attention over attention has, an encoder's or a trained reader's; and texts that a reader knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker

from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.options import Reader
from app.attention.options import ViewOptions
from app.panel import Look
from app.widgets.sidebar import ChoiceBox
from core.attention.learned.cloze.typed import drawn_excerpt, drawn_story, has_blank, is_story
from core.attention.results import ModelCard
from core.language import N_

READERS: Final[dict[Reader, str]] = {
    "stories": N_("Reader of stories"),
    "newspaper": N_("Reader of the newspaper"),
    "encoder": N_("Pretrained encoder"),
}


def reader_of(options: ViewOptions) -> Reader:
    """Return whose vectors are shown: where nobody has chosen, the reader's of stories if it can read what is typed."""
    chosen = options.mechanism.reader
    if chosen is not None:
        return chosen
    return "stories" if options.has_second and is_story(options.text, options.second) else "encoder"


def can_read(reader: Reader, options: ViewOptions) -> bool:
    """Whether what is typed is of a reader's world, as far as can be seen without it."""
    if reader == "encoder":
        return True
    reads_story = options.has_second and is_story(options.text, options.second)
    return reads_story if reader == "stories" else has_blank(options.second) and not reads_story


def text_of(reader: Reader, number: int) -> tuple[str, str]:
    """Return the text of a number and its question, always the same; to an encoder all texts are alike."""
    return drawn_excerpt(number) if reader == "newspaper" else drawn_story(number)


class ReaderControls(MechanismControls):
    """Controls of a page whose vectors are an encoder's or a reader's."""

    def __init__(self, look: Look, another: Callable[[], None]) -> None:
        """Make controls; ``another`` is called for another text."""
        super().__init__(look)
        self.add_choice("reader", N_("Vectors"), [(words, reader) for reader, words in READERS.items()])
        self.add_button(N_("Another text"), another, primary=True)
        self.add_caption(N_("The first sentence is the text, the second the question, with ____ for the blank."))
        self.add_caption(N_("Readers read Chinese: short stories of who did what where, or news of January 1998."))
        self.finish()

    def show_options(self, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        """Show whose vectors they are, which what is typed may decide, and the layer of an encoder's."""
        super().show_options(options, cards)
        reader, box = reader_of(options), self.fields["reader"]
        assert isinstance(box, ChoiceBox)
        with QSignalBlocker(box):
            box.choose(reader)
        self.walk.setVisible(reader == "encoder")

    def _show_walk(self, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        if reader_of(options) == "encoder":
            super()._show_walk(options, cards)
        else:
            self.walk.show_index(None, 0)
