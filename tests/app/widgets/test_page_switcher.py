"""The buttons of the pages stand flush with what is below them, and every page keeps to its stage."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QPushButton, QStackedWidget

from app.policy_gradient.pages import PAGES as POLICY_PAGES
from app.synonyms.pages import PAGES as SYNONYMS_PAGES
from app.theme import THEME_NAMES
from app.widgets.page_switcher import PageSwitcher
from tests.widgets import take_turns

CHOICES = (QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QPushButton)


def place(widget, within):
    return QRect(widget.mapTo(within, QPoint()), widget.size())


def left_edges(tab, switcher):
    """Where the choices below the buttons begin."""
    side = switcher.parentWidget()
    return [
        place(widget, tab).left()
        for kind in CHOICES
        for widget in side.findChildren(kind)
        if widget.isVisible() and not switcher.isAncestorOf(widget)
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    "theme", ["projector", *(pytest.param(name, marks=pytest.mark.long) for name in THEME_NAMES if name != "projector")]
)
def test_the_chosen_page_does_not_stick_out(laboratory, qtbot, theme):
    window = laboratory.window
    laboratory.look.theme.choose(theme)
    window.tab("synonyms").restore_settings({"mined": "finished"})  # nothing is to be gathered here
    for size in ((1024, 768), (1280, 800)):
        window.resize(*size)
        for tab_id, pages in (("policy_gradient", POLICY_PAGES[:1]), ("synonyms", SYNONYMS_PAGES)):
            window.open(tab_id)
            tab = window.open_tab
            qtbot.waitUntil(lambda tab=tab: any(one.isVisible() for one in tab.findChildren(PageSwitcher)))
            for spec in pages:
                window.actions_table[spec.action].trigger()
                take_turns()
                name = (spec.name, size)
                switcher = tab.findChild(PageSwitcher)
                button = place(switcher.buttons[spec], tab)
                assert switcher.buttons[spec].isChecked(), name
                if switcher.isVisible() and (edges := left_edges(tab, switcher)):
                    assert button.left() == min(edges), name
                    assert switcher.buttons[spec].width() >= switcher.buttons[spec].minimumSizeHint().width(), name
                for stack in tab.findChildren(QStackedWidget):
                    page = stack.currentWidget()
                    if page is not None and page.isVisible():
                        assert page.geometry() == stack.rect(), (*name, type(page).__name__)
                        assert tab.rect().contains(place(page, tab)), (*name, type(page).__name__)
