"""What the policy thinks: π of the state in the picture as a bar, and the action that led there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.policy_gradient.live.symbols import action_name
from app.theme import Theme
from core.language import _
from core.policy_gradient.environments.description import CARTPOLE, EnvironmentDescription, describe
from core.policy_gradient.events import Transition

RIGHT: Final = 1
"""The second action, in CartPole the one to the right; its probability is the one that is shown."""


def _names(actions: tuple[str, ...]) -> tuple[str, str]:
    """Return what the second action and all others are called; by its number where it has no name."""
    return (_(actions[0]), _(actions[1])) if len(actions) == 2 else ("0", "1")


class ProbabilityBar(Panel):
    """π(left|s) in blue from the left, π(right|s) in orange from the right, of the state in the picture."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._right: float | None = None
        self._actions = describe(CARTPOLE).actions
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def show_actions(self, actions: tuple[str, ...]) -> None:
        """Call the actions so (marked with ``N_``); empty where their names are not known."""
        self._actions = actions
        self._retranslate()

    def show_probability(self, right: float | None) -> None:
        """Show π(right|s); None where it is not known yet."""
        if right != self._right:
            self._right = right
            self._retranslate()

    def sizeHint(self) -> QSize:
        """Two lines: words, and the bar."""
        return QSize(self.look.scale.em(20), self.look.scale.em(2.5))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        _other, name = _names(self._actions)
        if self._right is None:
            self.setAccessibleName(_('Probability of "{action}": not known yet').format(action=name))
        else:
            words = _('Probability of "{action}": {value:.1%}')
            self.setAccessibleName(words.format(action=name, value=self._right))
        self.update()

    def words(self, width: int) -> tuple[str, str]:
        """Return what stands over the left and the right end of a bar ``width`` pixels wide.

        Where there is no room for both in full, only arrows and numbers are left.
        """
        left, right = ("–", "–") if self._right is None else (f"{1 - self._right:.1%}", f"{self._right:.1%}")
        first, second = _names(self._actions)
        full = f"← π({first}|s) {left}", f"π({second}|s) {right} →"
        metrics = QFontMetrics(tabular(self.look.scale.font()))
        if sum(metrics.horizontalAdvance(text) for text in full) + self.look.scale.em(1) <= width:
            return full
        return f"← {left}", f"{right} →"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two words and the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, colours = self.look.scale, self.look.theme.theme.colours
        bar = QRectF(0, self.height() - scale.em(1), self.width(), scale.em(1))
        where = QRectF(0, 0, self.width(), bar.top() - scale.em(0.125))
        painter.setPen(Qt.PenStyle.NoPen)
        if self._right is None:
            painter.setBrush(QColor(colours.border))
            painter.drawRect(bar)
        else:
            split = bar.width() * (1 - self._right)
            painter.setBrush(QColor(colours.left))
            painter.drawRect(QRectF(bar.left(), bar.top(), split, bar.height()))
            painter.setBrush(QColor(colours.right))
            painter.drawRect(QRectF(bar.left() + split, bar.top(), bar.width() - split, bar.height()))
        middle = bar.center().x()
        painter.setPen(QPen(QColor(colours.window), max(1, scale.em(0.125))))
        painter.drawLine(QPointF(middle, bar.top()), QPointF(middle, bar.bottom()))
        painter.setFont(tabular(scale.font()))
        left_words, right_words = self.words(self.width())
        painter.setPen(QColor(colours.left_ink))
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, left_words)
        painter.setPen(QColor(colours.right_ink))
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, right_words)
        painter.end()


class LastAction(Panel):
    """The action that led to the state in the picture, and the probability it had in the state before.

    It stands apart from π, which is that of the state in the picture: the two belong to different states.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._step: Transition | None = None
        self._described = describe(CARTPOLE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def show_environment(self, described: EnvironmentDescription) -> None:
        """Show actions of this environment from now on."""
        self._described = described
        self._retranslate()

    @property
    def side(self) -> int:
        """Where the action goes: -1 to the left, 1 to the right, 0 to neither, or before the first."""
        if self._step is None:
            return 0
        if self._step.action < len(self._described.sides):
            return self._described.sides[self._step.action]
        return 0 if self._step.probabilities else 2 * self._step.action - 1  # of two, one from each end of the bar

    def show_step(self, step: Transition | None) -> None:
        """Show the action of ``step``; None before the first."""
        if step is not self._step:
            self._step = step
            self._retranslate()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.look.scale.em(12), self.look.scale.em(1.125))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, str, str]:
        """Return the name of the reading, the action with its arrow, and how likely it was."""
        step = self._step
        if step is None:
            return _("Last action:"), "–", ""
        name = action_name(self._described, step.action)
        action = {-1: f"← {name}", 0: name, 1: f"{name} →"}[self.side]
        probability = step.probability_right if step.action == RIGHT else 1 - step.probability_right
        if step.probabilities:  # more than two actions
            probability = step.probabilities[step.action]
        return _("Last action:"), action, _("with π = {value:.1%}").format(value=probability)

    def _retranslate(self) -> None:
        self.setAccessibleName(" ".join(part for part in self.words() if part))
        self.setToolTip(
            _(
                "The action that led to this frame, with its probability at the time. The bar above "
                "shows the next action."
            )
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the line, the action in its colour."""
        painter = QPainter(self)
        scale, colours = self.look.scale, self.look.theme.theme.colours
        ink = {-1: colours.left_ink, 0: colours.muted if self._step is None else colours.text, 1: colours.right_ink}
        x = 0
        for text, colour, bold in zip(
            self.words(), (colours.muted, ink[self.side], colours.muted), (0, 1, 0), strict=True
        ):
            font = tabular(scale.font(bold=bool(bold)))
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, self.width() - x))
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(
                QRectF(x, 0, self.width() - x, self.height()),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                shown,
            )
            x += metrics.horizontalAdvance(shown) + scale.em(0.375)
        painter.end()
