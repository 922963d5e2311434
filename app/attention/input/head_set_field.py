"""Where a set of layers and heads is typed: those whose mean is shown, or those that are switched off."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.fields.clearable_edit import ClearableEdit
from app.widgets.plain import PlainLabel
from core.attention.errors import AttentionError
from core.attention.head_set import HeadSet, read_head_set
from core.language import N_


class HeadSetField(Panel):
    """A line to type a set in, and what is wrong with it.

    Signals:
        chosen: the set; None where the line is empty.
    """

    chosen = Signal(object)

    def __init__(
        self, look: Look, name: str = N_("Mean of chosen layers and heads"), parent: QWidget | None = None
    ) -> None:
        """Make an empty line.

        Args:
            look: colours and sizes.
            name: what the set is for, marked with ``N_``.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._set: HeadSet | None = None
        label, self.field, self._problem = PlainLabel(), ClearableEdit(look), PlainLabel()
        label.setBuddy(self.field)
        self._problem.setWordWrap(True)
        set_style(self._problem, kind="caption")
        self.bind_text(label.setText, name)
        self.bind_text(self.field.setAccessibleName, name)
        self.bind_text(self.field.setPlaceholderText, N_("such as L3-5, H1,4"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (label, self.field, self._problem):
            self._column.addWidget(widget)
        self._problem.hide()
        self.field.textEdited.connect(self._on_typed)
        self._restyle(look.theme.theme)

    def show_set(self, chosen: HeadSet | None) -> None:
        """Show the set in force; one that is being typed keeps its spelling."""
        if chosen != self._set:
            self._set = chosen
            self.field.setText("" if chosen is None else str(chosen))
            self._problem.hide()

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.25))

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        try:
            self._set = read_head_set(text)
        except AttentionError as error:
            self._problem.setText(str(error))
            self._problem.show()
        else:
            self._problem.hide()
            self.chosen.emit(self._set)
