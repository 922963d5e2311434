"""The widget in which the swarm is painted."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.policy_gradient.drawing.picture import Picture
from app.policy_gradient.drawing.swarm import SwarmScene, paint_swarm
from core.language import _, ngettext
from core.policy_gradient.environments.description import CARTPOLE, EnvironmentDescription, describe
from core.policy_gradient.events import Copies


class SwarmView(Picture):
    """All carts of the batch under way, as the newest snapshot has them."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._known = describe(CARTPOLE)
        self._copies: Copies | None = None
        self._painted: Copies | None = None
        self.frames_painted = 0
        self._restyle(self.look.theme.theme)
        self._retranslate()

    @property
    def copies(self) -> Copies | None:
        """What is shown."""
        return self._copies

    def show_copies(self, copies: Copies | None, known: EnvironmentDescription) -> None:
        """Show ``copies`` of an environment that has a cart; nothing of any other."""
        self._copies, self._known = copies if known.cart is not None else None, known
        self._retranslate()

    def scene(self) -> SwarmScene | None:
        """Return what is painted."""
        copies, cart = self._copies, self._known.cart
        if copies is None or cart is None:
            return None
        since = np.where(copies.alive, -1.0, (copies.step - copies.ended) * cart.step_seconds)
        return SwarmScene(copies.obs, since)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Picture of all carts at once"))
        copies = self._copies
        if copies is not None:
            standing = int(copies.alive.sum())
            words = ngettext("{n} of {count} carts stands", "{n} of {count} carts stand", standing)
            self.setAccessibleDescription(words.format(n=standing, count=len(copies.obs)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the swarm, or the bare ground."""
        painter = QPainter(self)
        scene = self.scene()
        if scene is None:
            painter.fillRect(self.rect(), self._style.colours.stage)
        else:
            paint_swarm(painter, QRectF(self.rect()), self._known, scene, self._style)
            if self._copies is not self._painted:
                self._painted = self._copies
                self.frames_painted += 1
        painter.end()
