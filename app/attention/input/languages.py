"""From which language into which a translator between many translates."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, _

_NAMES: Final = {"from_language": N_("Language of the text"), "to_language": N_("Language it writes in")}


class LanguageBoxes(Panel):
    """Two menus of the codes that the model's tokenizer has.

    Signals:
        wanted: changed fields of the options, by name.
    """

    wanted = Signal(dict)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._codes: tuple[str, ...] = ()
        self.boxes = {name: QComboBox() for name in _NAMES}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for name, box in self.boxes.items():
            label = PlainLabel()
            label.setBuddy(box)
            self.bind_text(label.setText, _NAMES[name])
            self.bind_text(box.setAccessibleName, _NAMES[name])
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.activated.connect(lambda at, name=name: self.wanted.emit({name: self._codes[at - 1] if at else None}))
            self._column.addWidget(label)
            self._column.addWidget(box)
        self._restyle(look.theme.theme)

    def show_languages(self, codes: tuple[str, ...], source: str | None, target: str | None) -> None:
        """Offer ``codes`` and show what is chosen; None is what the model does by itself."""
        if codes != self._codes:
            self._codes = codes
            self._fill()
        for box, code in zip(self.boxes.values(), (source, target), strict=True):
            box.setCurrentIndex(codes.index(code) + 1 if code in codes else 0)

    def _fill(self) -> None:
        for box in self.boxes.values():
            chosen = max(0, box.currentIndex())
            with QSignalBlocker(box):
                box.clear()
                box.addItem(_("the model's own choice"))
                box.addItems(list(self._codes))
                box.setCurrentIndex(min(chosen, len(self._codes)))

    def _retranslate(self) -> None:
        self._fill()

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.25))
