"""What a scene runs when its page is there, chosen by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox

from app.panel import Look, Panel
from app.tabs import TABS, tab_named
from core.language import _
from core.lecture.known import RunSpec
from core.lecture.lecture import Scene

_USUAL: Final = 150
"""What a number is before one is chosen: the article trains for that many episodes."""


class RunChoice(Panel):
    """A list of what the scene's page can run, and the number that it takes.

    Signals:
        chosen: what is to be run, as a scene holds it, or None.
    """

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._specs: tuple[RunSpec, ...] = ()
        self._scene: Scene | None = None
        self.box, self.number = QComboBox(), QSpinBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        row.addWidget(self.number)
        self.box.activated.connect(self._on_chosen)
        self.number.editingFinished.connect(self._on_chosen)
        self.show_scene(None)

    def show_scene(self, scene: Scene | None) -> None:
        """Offer what the page of ``scene`` can run, and show what it runs."""
        self._scene = scene
        runs = tab_named(scene.tab).runs if scene is not None and scene.tab in {tab.id for tab in TABS} else ()
        self._specs = tuple(spec for spec in runs if scene is not None and (not spec.pages or scene.page in spec.pages))
        run: Mapping[str, Any] = (scene.run if scene is not None else None) or {}
        at = next((n for n, spec in enumerate(self._specs, start=1) if spec.do == run.get("do")), 0)
        with QSignalBlocker(self.box), QSignalBlocker(self.number):
            self.box.clear()
            self.box.addItems([_("Runs nothing"), *(_(spec.title) for spec in self._specs)])
            self.box.setCurrentIndex(at)
            self._show_number(next((value for name, value in run.items() if name != "do"), _USUAL))
        self.box.setAccessibleName(_("What the scene runs"))
        self.setVisible(bool(self._specs))

    def _show_number(self, value: int) -> None:
        spec = self._spec
        self.number.setVisible(spec is not None and bool(spec.numbers))
        if spec is not None and spec.numbers:
            _name, least, largest = spec.numbers[0]
            self.number.setRange(least, largest)
            self.number.setValue(value)
            self.number.setAccessibleName(_(spec.title))

    @property
    def _spec(self) -> RunSpec | None:
        at = self.box.currentIndex()
        return self._specs[at - 1] if 0 < at <= len(self._specs) else None

    @Slot()
    def _on_chosen(self) -> None:
        spec = self._spec
        if spec is None:
            self.chosen.emit(None)
            return
        with QSignalBlocker(self.number):
            self._show_number(self.number.value() if self.number.isVisible() else _USUAL)
        self.chosen.emit({"do": spec.do, **{name: self.number.value() for name, _least, _most in spec.numbers}})

    def _retranslate(self) -> None:
        self.show_scene(self._scene)
