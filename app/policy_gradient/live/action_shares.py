"""π(·|s) of more than two actions: of each its name, its probability and a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.panel import Look, Panel
from app.policy_gradient.live.action_probability import ProbabilityBar
from app.policy_gradient.live.gauges import NumberGrid
from app.policy_gradient.live.symbols import action_name
from app.style import set_style
from app.theme import Colours, Theme
from app.widgets.live_label import LiveLabel
from app.widgets.plain import PlainLabel
from core.language import _
from core.policy_gradient.environments.description import EnvironmentDescription


def action_colour(colours: Colours, described: EnvironmentDescription, action: int) -> str:
    """Return the colour of an action: left and right have their own, all others that of the policy."""
    side = described.sides[action] if action < len(described.sides) else 0
    if side:
        return colours.left if side < 0 else colours.right
    return SYMBOLS["theta"].colour(colours)


class ShareBar(Panel):
    """A probability as the filled part of a bar."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._share = 0.0
        self._described = EnvironmentDescription("")
        self._action = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_action(self, described: EnvironmentDescription, action: int) -> None:
        """Stand for this action from now on."""
        self._described, self._action = described, action
        self.update()

    def show_share(self, share: float) -> None:
        """Fill ``share`` of the bar, from 0 to 1."""
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        """As high as a third of a line."""
        return QSize(self.look.scale.em(3), self.look.scale.em(0.5))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        colours = self.look.theme.theme.colours
        painter.fillRect(self.rect(), QColor(colours.border))
        filled = QRectF(0, 0, self.width() * self._share, self.height())
        painter.fillRect(filled, QColor(action_colour(colours, self._described, self._action)))
        painter.end()


class ActionShares(NumberGrid):
    """A cell for every action."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._described = EnvironmentDescription("")
        self._shares: tuple[float, ...] = ()
        self._titles: list[QLabel] = []
        self._values: list[LiveLabel] = []
        self._bars: list[ShareBar] = []

    def show_environment(self, described: EnvironmentDescription, n_actions: int) -> None:
        """Show so many actions of this environment from now on."""
        if described == self._described and n_actions == len(self._values):
            return
        self._described = described
        self.clear_cells()
        self._titles, self._values, self._bars = [], [], []
        for action in range(n_actions):
            title, value, bar = PlainLabel(), LiveLabel("100.0%"), ShareBar(self.look)
            bar.show_action(described, action)
            set_style(title, kind="caption")
            self.add_cell(title, value, bar)
            self._titles.append(title)
            self._values.append(value)
            self._bars.append(bar)
        self._shares = ()
        self._retranslate()
        self._restyle(self.look.theme.theme)
        self.show_shares(())

    def show_shares(self, shares: tuple[float, ...]) -> None:
        """Show π(·|s), one for each action; empty where it is not known yet."""
        self._shares = shares
        for action, (value, bar) in enumerate(zip(self._values, self._bars, strict=True)):
            share = shares[action] if shares else None
            value.show_text("–" if share is None else f"{share:.1%}")
            bar.show_share(share or 0.0)

    def texts(self) -> list[tuple[str, str]]:
        """Return what is shown of each action: its name, and its probability."""
        return [(title.text(), value.text) for title, value in zip(self._titles, self._values, strict=True)]

    def _retranslate(self) -> None:
        for action, (title, value, bar) in enumerate(zip(self._titles, self._values, self._bars, strict=True)):
            name = action_name(self._described, action)
            title.setText(f"π({name}|s)")
            value.call(_('Probability of "{action}"').format(action=name))
            bar.setAccessibleName(value.accessibleName())
        super()._retranslate()

    def _restyle(self, theme: Theme) -> None:
        for value in self._values:
            value.use_font(tabular(self.look.scale.font()))
        super()._restyle(theme)


class PolicyView(Panel):
    """π(·|s) of the state in the picture: one bar from both sides for two actions, a bar each for more."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.bar = ProbabilityBar(look)
        self.shares = ActionShares(look)
        self.shares.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.bar)
        column.addWidget(self.shares)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_environment(self, described: EnvironmentDescription, n_actions: int) -> None:
        """Show actions of this environment from now on; ``n_actions`` is 0 where it is not known how many."""
        count = n_actions or len(described.actions) or 2
        self.bar.show_actions(described.actions)
        self.shares.show_environment(described, count if count > 2 else 0)
        self.bar.setVisible(count == 2)
        self.shares.setVisible(count > 2)

    def show_policy(self, right: float | None, shares: tuple[float, ...]) -> None:
        """Show π.

        Args:
            right: π(1|s); None where it is not known yet.
            shares: π(·|s) where there are more than two actions, else empty.
        """
        self.bar.show_probability(right)
        if len(shares) in {0, len(self.shares.texts())}:
            self.shares.show_shares(shares)
