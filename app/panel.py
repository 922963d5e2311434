"""What every part of the window shares: it can be translated, restyled and measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.motion.glide import Motion
from app.overrides import called_by_qt, caught_once
from app.scale import UiScale
from app.theme import Theme
from app.theme_controller import WornTheme
from core.language import _

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


@dataclass(frozen=True, slots=True)
class Look:
    """Where a widget finds colours and sizes, and whether things move."""

    theme: WornTheme
    scale: UiScale
    motion: Motion = field(default_factory=Motion)

    @property
    def of_pictures(self) -> Look:
        """The look of what is a picture from edge to edge: the window's, or as on paper."""
        return Look(self.theme.of_pictures, self.scale, self.motion)


class Themed(_Widget):
    """Mixed into a widget, before Qt's class: its words follow the language, its colours and sizes the theme.

    The constructor calls :meth:`follow` once. Subclasses bind words with :meth:`bind_text`, and override two hooks:
    ``_retranslate`` renews words that depend on values, ``_restyle`` renews what depends on colours and sizes.

    Attributes:
        look: where colours and sizes are found.
    """

    look: Look

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        called_by_qt(cls)

    def follow(self, look: Look) -> None:
        """Follow language and theme from now on."""
        self.look = look
        self._bound_texts: list[tuple[Callable[[str], object], str]] = []
        look.theme.changed.connect(self._on_theme_changed)

    def bind_text(self, setter: Callable[[str], object], message: str) -> None:
        """Call ``setter`` with the translation of ``message`` (marked with ``N_``), now and at each change."""
        self._bound_texts.append((setter, message))
        setter(_(message))

    def _retranslate(self) -> None:
        """Renew words that depend on values."""

    def _restyle(self, theme: Theme) -> None:
        """Renew what depends on colours and sizes."""

    @caught_once
    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            for setter, message in self._bound_texts:
                setter(_(message))
            self._retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        if isValid(self):  # what Qt has deleted hears of themes until Python has let it go, too
            self._restyle(theme)


class Panel(Themed, QWidget):
    """A themed widget of its own, as most parts of the window are."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
