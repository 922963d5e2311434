"""The map with what moves it: a slider from before to after, and a button that plays it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from app.icons import icon
from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.why.neighbour_map import NeighbourMapView
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.synonyms.why.reasons import NeighbourMap

_PLACES = 1000


class MapPanel(Panel):
    """A map, its slider, and what the picture leaves out.

    Signals:
        played: the button was pressed.
    """

    played = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.map = NeighbourMapView(look)
        self._found: NeighbourMap | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("before_after")
        self.slider.setRange(0, _PLACES)
        self.slider.setPageStep(_PLACES // 10)
        self.play = QPushButton()
        self.play.setObjectName("play_map")
        self.play.setIcon(icon("play"))
        self.before, self.after, self.note = PlainLabel(), PlainLabel(), PlainLabel()
        self.note.setWordWrap(True)
        set_style(self.note, kind="caption")
        self._row = QHBoxLayout()
        for widget, share in ((self.play, 0), (self.before, 0), (self.slider, 1), (self.after, 0)):
            self._row.addWidget(widget, share)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.map, 1)
        self._column.addLayout(self._row)
        self._column.addWidget(self.note)
        self.bind_text(self.before.setText, N_("Before"))
        self.bind_text(self.after.setText, N_("After"))
        self.bind_text(self.slider.setAccessibleName, N_("From before to after"))
        self.bind_text(self.play.setText, N_("Play"))
        self.play.clicked.connect(self.played)
        self.slider.valueChanged.connect(self._on_slid)
        self.map.moved.connect(self._on_moved)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_map(self, found: NeighbourMap | None) -> None:
        """Show ``found``."""
        self._found = found
        self.map.show_map(found)
        self._retranslate()

    @Slot(int)
    def _on_slid(self, value: int) -> None:
        self.map.stop()
        self.map.move_to(value / _PLACES)

    @Slot(float)
    def _on_moved(self, position: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(position * _PLACES))

    def _retranslate(self) -> None:
        found = self._found
        if found is None:
            self.note.setText("")
            return
        words = _("One plane for before and after; it shows {share:.0%} of how far all these points lie apart.")
        told = [words.format(share=found.shown)]
        still = [word.word for word in found.words[:2] if not word.is_moved]
        if len(still) == 2:
            told.append(_("Neither word was named in training: both stay where they were."))
        elif still:
            told.append(_("{word} was not named in training: it stays where it was.").format(word=still[0]))
        self.note.setText(" ".join(told))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.375))
        self._row.setSpacing(em(0.75))
        self.play.setIconSize(self.look.scale.icon_size(1))
