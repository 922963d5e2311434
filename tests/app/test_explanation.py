"""The panel that explains a page stands beside the page in front, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.explain.glossary_dialog import GlossaryDialog
from app.explain.panel import ExplainPanel
from app.tabs import TABS


def panel_of(window):
    return window.findChild(ExplainPanel)


def test_e_opens_the_panel_beside_the_page_and_closes_it(laboratory, qtbot):
    window = laboratory.window
    assert panel_of(window) is None  # nobody pays for it who does not want it
    qtbot.keyClick(window, Qt.Key.Key_E)
    panel = panel_of(window)
    assert panel.isVisible()
    assert panel.page is window.open_tab.page
    assert panel.geometry().left() >= window.open_tab.geometry().right()
    panel.close_button.click()
    assert not panel.isVisible()
    assert panel.page is None  # and the page is asked for nothing
    assert not window.actions_table["explain"].isChecked()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("tab", [tab.id for tab in TABS])
def test_the_panel_follows_the_tab_in_front(laboratory, qtbot, tab):
    window = laboratory.window
    window.actions_table["explain"].trigger()
    window.open(tab)
    qtbot.waitUntil(lambda: window.open_tab.page is not None, timeout=20_000)
    qtbot.waitUntil(lambda: panel_of(window).page is window.open_tab.page, timeout=20_000)
    assert panel_of(window).page.page_id.startswith(f"{tab}.")


def test_an_open_panel_is_open_at_the_next_start(start):
    first = start()
    first.window.actions_table["explain"].trigger()
    first.close()
    assert panel_of(start().window).isVisible()


def test_the_glossary_opens_from_help(laboratory):
    laboratory.window.actions_table["glossary"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, GlossaryDialog)
    assert dialog.findChild(QLineEdit) is not None
    dialog.reject()
