"""Choosing files: one, or a list of them, with what was chosen in view."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.dialogs import ask_for_file, ask_for_files
from app.icons import icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel, plain_tip
from core.language import _, listed

_SHOWN: Final = 3
"""File names written out; more are counted."""


class FilePicker(Panel):
    """A place for files: what is there, a button to choose, one to take away.

    Signals:
        changed: other files were chosen.
    """

    changed = Signal()

    def __init__(
        self, look: Look, title: str, nothing: str, *, several: bool = False, parent: QWidget | None = None
    ) -> None:
        """Make an empty place.

        Args:
            look: colours and sizes.
            title: what is chosen, marked with ``N_``.
            nothing: what counts while nothing is chosen, marked with ``N_``.
            several: any number of files.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._title, self._nothing, self._several = title, nothing, several
        self.paths: tuple[Path, ...] = ()
        self._names = PlainLabel()
        self._names.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.choose_button = QToolButton()
        self.choose_button.setIcon(icon("folder"))
        self.choose_button.clicked.connect(self._choose)
        self._remove = QToolButton()
        self._remove.setIcon(icon("close"))
        self._remove.clicked.connect(self._clear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._names, 1)
        self._row.addWidget(self._remove)
        self._row.addWidget(self.choose_button)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_paths(self, paths: tuple[Path, ...]) -> None:
        """Show ``paths`` as chosen."""
        self.paths = paths
        self._retranslate()

    def show_nothing(self, nothing: str) -> None:
        """Say that ``nothing``, marked with ``N_``, counts while nothing is chosen."""
        self._nothing = nothing
        self._retranslate()

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(0.125))
        for button in (self.choose_button, self._remove):
            button.setIconSize(self.look.scale.icon_size(1.0))

    def _retranslate(self) -> None:
        names = [path.name for path in self.paths]
        if len(names) > _SHOWN:
            names = [*names[:_SHOWN], _("and {n} more").format(n=len(names) - _SHOWN)]
        self._names.setText(listed(names) if names else _(self._nothing))
        set_style(self._names, kind="" if names else "muted")
        self._names.setToolTip(plain_tip("\n".join(str(path) for path in self.paths)))
        self._remove.setVisible(bool(names))
        self._remove.setToolTip(_("Clear the chosen files"))
        self._remove.setAccessibleName(_("{title}: clear").format(title=_(self._title)))
        self.choose_button.setToolTip(_("Choose…"))
        self.choose_button.setAccessibleName(_("{title}: choose").format(title=_(self._title)))

    @Slot()
    def _choose(self) -> None:
        if self._several:
            ask_for_files(self, _(self._title), self._on_chosen)
        else:
            ask_for_file(self, _(self._title), lambda path: self._on_chosen((path,)))

    def _on_chosen(self, paths: tuple[Path, ...]) -> None:
        self.show_paths(paths)
        self.changed.emit()

    @Slot()
    def _clear(self) -> None:
        self.show_paths(())
        self.changed.emit()
