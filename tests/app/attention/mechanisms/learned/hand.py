"""A view of a learned mechanism in front, with a hand that asks as the session would."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

from app.attention.options import ViewOptions
from app.attention.state import AttentionState
from tests.app.attention.conftest import shown_with
from tests.app.attention.mechanisms.learned.answers import answer_of_learned


class Hand:
    def __init__(self, view, **options):
        self.view = view
        self.options = ViewOptions(**options)
        view.options_wanted.connect(self._on_wanted)
        view.page.resize(900, 700)
        view.page.show()
        self.answer()

    def _on_wanted(self, changes):
        self.options = replace(self.options, **changes)
        self.answer()

    def answer(self):
        self.view.own.show_options(self.options, {})
        wanted = self.view.wants(self.options, AttentionState())[0]
        self.view.show(shown_with(self.options, (self.view.slot, answer_of_learned(wanted.request))))
        for picture in self.pictures:
            picture.grab()

    @property
    def pictures(self):
        return self.view.page.pictures

    @property
    def steps(self):
        return self.view.own.walk

    def lane(self, picture, kind, title=None):
        return next(lane for lane in picture.scene.lanes if isinstance(lane, kind) and title in (None, lane.title))

    def choose(self, field, value):
        box = self.view.own.fields[field]
        box.choose(value)
        box.activated.emit(box.currentIndex())

    def rest_on(self, key):
        picture = self.view.page.picture
        self.rest_at(QPointF(picture.axis.start + (key + 0.5) * picture.axis.cell, picture.height() / 2))

    def rest_at(self, place):
        for at in (place + QPointF(1, 0), place):
            QTest.mouseMove(self.view.page.picture, at.toPoint())
