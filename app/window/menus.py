"""The menu bar, as the table of actions has it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QMenu

from app.action import WINDOW, Context
from app.actions import ACTIONS, Actions, menu_text
from app.panel import Look
from app.widgets.submenu import SubMenu

_NAMES = ("file", "run", "view", "lecture", "help")


class Menus(QObject):
    """Every row of the table in its menu, a line between groups.

    Args:
        window: whose menu bar it fills.
        look: colours and sizes.
        actions: what the rows do.
    """

    def __init__(self, window: QMainWindow, look: Look, actions: Actions) -> None:
        super().__init__(window)
        self._actions = actions
        self._menus: dict[str, QMenu] = {}
        for name in _NAMES:
            self._menus[name] = QMenu(window)
            window.menuBar().addMenu(self._menus[name])
            self._fill(name, look)

    def __getitem__(self, name: str) -> QMenu:
        """Return the menu of this name."""
        return self._menus[name]

    def insert(self, within: QMenu, name: str, before: str) -> None:
        """Put a menu into the menu ``name``, before the action ``before``."""
        self._menus[name].insertMenu(self._actions[before], within)

    def enter(self, context: Context) -> None:
        """Leave out a menu that has nothing of its own to offer in ``context``."""
        own = [spec for spec in ACTIONS if spec.menu == "run" and spec.context != WINDOW]
        self._menus["run"].menuAction().setVisible(any(spec.is_offered_in(context) for spec in own))

    def retranslate(self) -> None:
        """Title the menus in the current language."""
        for name, menu in self._menus.items():
            menu.setTitle(menu_text(name))

    def _fill(self, name: str, look: Look) -> None:
        menu = self._menus[name]
        within: dict[str, QMenu] = {}
        group: str | None = None
        for spec in ACTIONS:
            if spec.menu != name:
                continue
            if group not in (None, spec.group):
                menu.addSeparator()
            group = spec.group
            if spec.submenu and spec.submenu not in within:
                within[spec.submenu] = SubMenu(look, spec.submenu, menu)
                menu.addMenu(within[spec.submenu])
            within.get(spec.submenu, menu).addAction(self._actions[spec.id])
