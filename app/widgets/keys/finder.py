"""F1: everything there is to do with its keys. Who knows what it is called types it; Enter does it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.action import LECTURE, LECTURING, PRESENTING, ActionSpec, Context
from app.actions import Actions
from app.overrides import called_by_qt
from app.panel import Look
from app.style import set_style
from app.widgets.fields.clearable_edit import ClearableEdit
from app.widgets.keys.cap import KeyCaps
from app.widgets.keys.findable import Section, matches, sections, title_of
from app.widgets.plain import PlainLabel
from core.language import _

_WIDE: Final = 46
"""Width of the window, in lines of text, from which the sections stand in two columns."""
_STEPS: Final = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10,
}  # fmt: skip


@called_by_qt
class ActionFinder(QDialog):
    """Lists all actions with their keys, those of the page in front first, and does the one that is chosen.

    While nothing is typed they stand by sections, in two columns where there is room; what is found is one list, and
    each row says whose it is.

    Signals:
        chosen: id of the action that is to be done; the dialog is on its way out by then.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        """Lay all actions out.

        Args:
            look: colours and sizes.
            context: the page in front, or its tab.
            actions: which say what can be done now, and what is on.
            parent: the window that is lain over.
        """
        super().__init__(parent)
        self.setWindowTitle(_("Find an action"))
        self._look = look
        self._current: _Row | None = None
        self.field = ClearableEdit(look)
        self.field.setAccessibleName(_("Find an action"))
        self.field.setPlaceholderText(_("Type what you want to do, or a key"))
        self.field.textChanged.connect(self._show_matches)
        self.field.installEventFilter(self)
        self._nothing = PlainLabel(_("Nothing is called that. Try another word, in English or in Chinese."))
        self._nothing.setWordWrap(True)
        set_style(self._nothing, kind="muted")
        room = parent.size() if parent is not None else self.screen().availableSize()
        has_two = room.width() >= look.scale.em(_WIDE)
        self._sections = [_SectionView(look, section, actions) for section in sections(context)]
        self._lay_out(2 if has_two else 1)
        for row in self._rows:
            row.entered.connect(partial(self._point_at, row))
            row.pressed.connect(partial(self._choose, row))
        self._show_matches("")
        em = look.scale.em
        self.resize(min(em(52) if has_two else em(28), room.width()), min(em(36), room.height()))

    @property
    def found(self) -> list[ActionSpec]:
        """What is listed, from above."""
        return [row.spec for row in self._rows if not row.isHidden()]

    def _lay_out(self, many: int) -> None:
        em = self._look.scale.em
        page = QWidget()
        beside = QHBoxLayout(page)
        beside.setContentsMargins(em(0.5), em(0.5), em(0.5), em(0.5))
        beside.setSpacing(em(1.5))
        self._beside, self._columns = beside, [QVBoxLayout() for _number in range(many)]
        heights = [0] * many
        for column in self._columns:
            beside.addLayout(column, 1)
            column.addStretch()
        self._parted: list[list[_SectionView]] = [[] for _column in self._columns]
        for view in self._sections:
            shortest = heights.index(min(heights))
            self._parted[shortest].append(view)
            heights[shortest] += view.sizeHint().height() + em(1)
        self._rows = [row for column in self._parted for view in column for row in view.rows]
        widest = max(row.where.sizeHint().width() for row in self._rows), max(row.keys_width for row in self._rows)
        for row in self._rows:
            row.align_where(*widest)
        self._scroll = QScrollArea()
        self._scroll.setWidget(page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em(0.75), em(0.75), em(0.75), em(0.75))
        layout.addWidget(self.field)
        layout.addWidget(self._nothing)
        layout.addWidget(self._scroll, 1)

    def _arrange(self, *, is_found: bool) -> None:
        """Put the sections into their columns; what was found stands in one."""
        em = self._look.scale.em
        parted = [self._sections, *([] for _other in self._columns[1:])] if is_found else self._parted
        for number, (column, views) in enumerate(zip(self._columns, parted, strict=True)):
            column.setSpacing(0 if is_found else em(1))
            self._beside.setStretch(number, 1 if views else 0)
            for at, view in enumerate(views):
                view.show_where(is_found)
                column.insertWidget(at, view)  # which takes it from the column where it was
        self._beside.setSpacing(0 if is_found else em(1.5))
        self._rows = [row for views in parted for view in views for row in view.rows]

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        """Walk through what is listed, and do it, while the field goes on having the keyboard."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._current is not None:
                self._choose(self._current)
            return True
        step = next((by for key, by in _STEPS.items() if key == event.key()), 0)
        if step:
            self._walk(step)
        return bool(step)

    @Slot(str)
    def _show_matches(self, wanted: str) -> None:
        self._arrange(is_found=bool(wanted.strip()))
        for view in self._sections:
            view.show_matches(wanted)
        listed = [row for row in self._rows if not row.isHidden()]
        self._nothing.setVisible(not listed)
        self._point_at(next((row for row in listed if row.can_be_done), None))
        self._scroll.verticalScrollBar().setValue(0)

    def _walk(self, by: int) -> None:
        rows = [row for row in self._rows if not row.isHidden() and row.can_be_done]
        if rows:
            at = rows.index(self._current) if self._current in rows else 0
            self._point_at(rows[min(max(at + by, 0), len(rows) - 1)])
            assert self._current is not None  # it has just been pointed at
            self._scroll.ensureWidgetVisible(self._current, 0, self._look.scale.em(2))

    def _point_at(self, row: _Row | None) -> None:
        if row is not None and not row.can_be_done:
            return
        for each in (self._current, row):
            if each is not None:
                set_style(each, current=each is row)
        self._current = row

    def _choose(self, row: _Row) -> None:
        if row.can_be_done:
            self.accept()
            self.chosen.emit(row.spec.id)


class _SectionView(QWidget):
    """A heading and its rows."""

    def __init__(self, look: Look, section: Section, actions: Actions) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._heading = heading = PlainLabel(_(section.title))
        heading.setContentsMargins(look.scale.em(0.375), 0, 0, look.scale.em(0.25))
        set_style(heading, kind="title")
        column.addWidget(heading)
        self.rows = [_Row(look, spec, actions, section) for spec in section.rows]
        for row in self.rows:
            column.addWidget(row)

    def show_where(self, on: bool) -> None:
        """Say on each row whose it is, and not above them."""
        self._heading.setVisible(not on)
        for row in self.rows:
            row.where.setVisible(on)

    def show_matches(self, wanted: str) -> None:
        """List the rows that ``wanted`` means, and nothing at all where there are none."""
        for row in self.rows:
            row.setVisible(matches(row.spec, wanted))
        self.setVisible(any(not row.isHidden() for row in self.rows))


@called_by_qt
class _Row(QFrame):
    """One thing to do: its name, whether it is on, its keys; and whose it is, where that does not stand above it.

    Attributes:
        where: says whose it is.
        keys_width: width of its keys, in pixels.

    Signals:
        entered: the mouse has come over it.
        pressed: it was clicked.
    """

    entered = Signal()
    pressed = Signal()

    def __init__(self, look: Look, spec: ActionSpec, actions: Actions, section: Section) -> None:
        super().__init__()
        em, action = look.scale.em, actions[spec.id]
        self.spec = spec
        self.can_be_done = (
            action.isEnabled() if section.is_here else spec.context not in (PRESENTING, LECTURE, LECTURING)
        )
        set_style(self, row=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(em(0.375), em(0.125), em(0.375), em(0.125))
        row.setSpacing(em(1))
        name = PlainLabel(f"{title_of(spec)} ✓" if spec.checkable and action.isChecked() else title_of(spec))
        caps = KeyCaps(look, spec.keys)
        name.setBuddy(caps)
        self.keys_width = caps.sizeHint().width()
        self.where = PlainLabel(_(section.title))
        set_style(self.where, kind="muted")
        self.where.hide()
        for part in (name, self.where, caps):
            part.setEnabled(self.can_be_done)
        row.addWidget(name, 1)
        row.addWidget(self.where)
        row.addWidget(caps)

    def align_where(self, where: int, keys: int) -> None:
        """Let the words that say whose it is begin where those of all rows begin, in pixels of the widest."""
        self.where.setFixedWidth(where + keys - self.keys_width)

    def enterEvent(self, _event: QEvent) -> None:
        """It is what a click would do."""
        self.entered.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Be pressed."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()
