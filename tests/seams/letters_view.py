"""A toy view of the attention tab: how often each letter stands in the text. Its own file, all of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout

from app.attention.state import Slot, Wanted
from app.attention.views.base import View
from app.attention.views.controls import Controls
from core.attention.requests import Source
from core.attention.results import Answer
from core.attention.tasks import TASKS, TaskSpec


@dataclass(frozen=True, slots=True)
class LettersRequest:
    source: Source


@dataclass(frozen=True, slots=True)
class Letters(Answer):
    counts: dict[str, int]


def count_letters(request):
    yield Letters(dict(Counter(request.source.text)))


def table(shown):
    yield ["letter", "times"]
    yield from (list(pair) for pair in shown.counts.items())


TASKS[LettersRequest] = TaskSpec("tests.seams.letters_view:count_letters", "tests.seams.letters_view:table")
LETTERS = Slot("letters", Letters)


class LettersControls(Controls):
    def __init__(self, look):
        super().__init__(look)
        self.box = QCheckBox("Capitals too")
        QVBoxLayout(self).addWidget(self.box)

    def show_options(self, options, cards):
        pass


class LettersView(View):
    controls = frozenset({"unit"})

    def __init__(self, spec, look, selection):
        super().__init__(spec, look, selection)
        self.label = QLabel()
        self.letters_controls = LettersControls(look)

    @property
    def widget(self):
        return self.label

    @property
    def own_controls(self):
        return self.letters_controls

    def wants(self, options, _state):
        return (Wanted(LETTERS, LettersRequest(options.source)),)

    def _show(self, shown):
        found = shown[LETTERS]
        self.label.setText("" if found is None else ", ".join(f"{a} {n}" for a, n in found.counts.items()))

    def draw(self, painter, _ratio):
        painter.drawText(10, 20, self.label.text())

    def caption(self, shown):
        return [*super().caption(shown), "letters counted"]

    def symbol_values(self, shown):
        found = shown[LETTERS]
        return {} if found is None else {"d_k": str(len(found.counts))}
