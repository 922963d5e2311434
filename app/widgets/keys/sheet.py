"""The F1 sheet: every key of the program, read from the table of actions."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.action import LECTURE, LECTURING, PRESENTING, WINDOW
from app.actions import ACTIONS, ActionSpec, Context, without_dots
from app.panel import Look
from app.style import set_style
from app.tabs import TABS
from app.widgets.keys.cap import KeyCaps
from app.widgets.plain import PlainLabel
from core.language import N_, _


class KeySheet(QDialog):
    """Lists actions with their keys, by where they are offered; the open tab's come first."""

    def __init__(self, look: Look, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        em = look.scale.em
        page = QWidget()
        columns = QVBoxLayout(page)
        columns.setContentsMargins(em(1), em(1), em(1), em(0.5))
        columns.setSpacing(em(1))
        here = context.partition(".")[0]
        headings = [(tab.id, tab.title) for tab in TABS] + [
            (PRESENTING, N_("Presentation")),
            (LECTURE, N_("A lecture is open")),
            (LECTURING, N_("A lecture is being given")),
            (WINDOW, N_("Everywhere")),
        ]
        last = (PRESENTING, LECTURE, LECTURING, WINDOW)
        for heading, title in sorted(headings, key=lambda each: (each[0] != here, each[0] in last)):
            specs = _rows(heading, context if heading == here else None)
            if specs:
                columns.addWidget(_section(_(title), specs, look))
        columns.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, em(0.75), em(0.75))
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        self.resize(page.sizeHint().width() + em(4), min(page.sizeHint().height() + em(5), em(34)))


def _rows(heading: str, context: Context | None) -> list[ActionSpec]:
    """Return what a tab, or the window, offers by keys.

    Args:
        heading: whose rows.
        context: the page in front, if it is one of them: what other pages offer is left out. Without one, what
            several pages offer is listed once, as the first of them has it.
    """
    rows = [spec for spec in ACTIONS if spec.keys and spec.context.partition(".")[0] == heading]
    if context is not None:
        return [spec for spec in rows if spec.is_offered_in(context)]
    first: dict[tuple[str, str], ActionSpec] = {}
    for spec in rows:
        first.setdefault((spec.text, spec.group), spec)
    return list(first.values())


def _section(title: str, specs: list[ActionSpec], look: Look) -> QWidget:
    em = look.scale.em
    section = QWidget()
    grid = QGridLayout(section)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(em(2))
    grid.setVerticalSpacing(em(0.25))
    heading = PlainLabel(title)
    set_style(heading, kind="title")
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, spec in enumerate(specs, start=1):
        name = PlainLabel(without_dots(_(spec.text)))
        name.setMinimumWidth(em(16))  # the keys of all sections begin on one line
        grid.addWidget(name, row, 0)
        caps = KeyCaps(look, spec.keys)
        name.setBuddy(caps)
        grid.addWidget(caps, row, 1)
    grid.setColumnStretch(1, 1)
    return section
