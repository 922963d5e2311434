"""What every part of the window shares: it can be translated, restyled and measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget

from app.scale import UiScale
from app.theme import Theme, ThemeController
from core.language import _


@dataclass(frozen=True, slots=True)
class Look:
    """Where a widget finds colours and sizes."""

    theme: ThemeController
    scale: UiScale


class Panel(QWidget):
    """A widget whose words follow the language and whose colours and sizes follow the theme.

    Subclasses bind words with :meth:`say`, and override :meth:`retranslate` for words that depend on values and
    :meth:`restyle` for colours and sizes. Both are called once when the window is shown first.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._sayings: list[tuple[Callable[[str], object], str]] = []
        look.theme.changed.connect(self._on_theme_changed)

    def say(self, setter: Callable[[str], object], message: str) -> None:
        """Call ``setter`` with the translation of ``message`` (marked with ``N_``), now and at each change."""
        self._sayings.append((setter, message))
        setter(_(message))

    def retranslate(self) -> None:
        """Renew words that depend on values."""

    def restyle(self, theme: Theme) -> None:
        """Renew what depends on colours and sizes."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            for setter, message in self._sayings:
                setter(_(message))
            self.retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        self.restyle(theme)
