"""Which translator is asked: one of those that come along, one that was trained here, or one from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent

from app.attention.mechanisms.learned.controls import StepControls
from app.attention.mechanisms.options import MechanismOptions
from app.dialogs import ask_for_file
from app.panel import Look
from app.widgets.sidebar import ChoiceBox
from core.attention.learned.folders import ENDING, Named, named, own_folder, own_translators
from core.attention.tasks.learned.requests import TranslatorName
from core.language import N_, _

TRANSLATORS: Final[dict[TranslatorName, str]] = {
    "additive": N_("Additive"),
    "general": N_("General"),
    "general-after": N_("General, asked after the step"),
    "dot": N_("Dot product"),
    "location": N_("Location"),
    "local-m": N_("General in a window, local-m"),
    "local-p": N_("General in a window, local-p"),
    "hard": N_("Hard: one word drawn"),
    "dates": N_("Dates and numbers to ISO"),
}
_OPEN: Final = Path()
"""Stands for the entry that asks for a file."""


class TranslatorControls(StepControls):
    """Controls of a page that translates."""

    def __init__(self, look: Look, title: str) -> None:
        """Make controls; ``title`` says what a step is, marked with ``N_``."""
        self.translators = ChoiceBox()
        self._shown = MechanismOptions()
        super().__init__(look, title)
        self.add_titled("translator", N_("Model with attention"), self.translators, self._show_translator)
        self.translators.activated.connect(self._on_chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """Offer what has been trained here meanwhile."""
        super().showEvent(event)
        self._show_translator(self._shown)

    def _show_translator(self, options: MechanismOptions) -> None:
        self._shown = options
        opened = Path(options.opened) if options.opened else None
        own = {one.path: one for one in own_translators()}
        if opened is not None and opened not in own:
            own[opened] = named(opened) or Named(opened, opened.name, 0)
        entries: list[tuple[str, object]] = [(_(words), name) for name, words in TRANSLATORS.items()]
        entries += [(_("{name}, seed {seed}").format(name=one.name, seed=one.seed), path) for path, one in own.items()]
        with QSignalBlocker(self.translators):
            self.translators.offer([*entries, (_("Open a trained model…"), _OPEN)])
            self.translators.choose(opened or options.translator)

    def _on_chosen(self) -> None:
        value = self.translators.value
        if value == _OPEN:
            self._show_translator(self._shown)
            kinds = f"{_('Trained models')} (*{ENDING})"
            ask_for_file(self, _("Open a trained model"), self._take, folder=str(own_folder()), kinds=kinds)
        elif isinstance(value, Path):
            self._take(value)
        else:
            self.changed(translator=value, opened="")

    def _take(self, weights: Path) -> None:
        self.changed(opened=str(weights))

    def _retranslate(self) -> None:
        super()._retranslate()
        self._show_translator(self._shown)
