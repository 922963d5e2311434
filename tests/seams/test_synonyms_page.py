"""A page of the synonyms tab: its class and a row; button, key, menu, F1 sheet and settings have it.

In a process of its own: the table of actions is made of the rows when the program is imported.
"""

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel

from app.synonyms.page import SynonymsPage
from tests.app.synonyms.small_store import make_store
from tests.program import environment

ROOT = Path(__file__).parents[2]


class PondPage(SynonymsPage):
    """Shows a duck."""

    page_id = "synonyms.pond"

    def __init__(self, workspace):
        super().__init__(workspace.look)
        self.sidebar = QLabel("Ducks")
        self.visits = 0
        QLabel("Duck", self)

    def entered(self):
        """Count who comes."""
        self.visits += 1


PROGRAM = """
import json, sys
from app.page_spec import PageSpec
from app.synonyms import pages
pages.PAGES = (*pages.PAGES, PageSpec(
    "synonyms.pond", "syn_pond", "Pond", "info", "F13", "tests.seams.test_synonyms_page:PondPage"
))
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from app.application import Laboratory, new_application
from app.widgets.keys.cap import KeyCaps
from app.widgets.keys.finder import ActionFinder

application = new_application()
laboratory = Laboratory(application)
laboratory.show()
window = laboratory.window
tab = window.tab("synonyms")
tab.restore_settings({"store": sys.argv[1], "mined": "finished"})
window.open("synonyms")
found = {}

def look():
    if not tab.pages:
        QTimer.singleShot(20, look)
        return
    page = tab.pages["pond"]
    QTest.keyClick(window, Qt.Key.Key_F13)
    found["key"] = tab.page is page and page.visits == 1
    QTest.keyClick(window, Qt.Key.Key_F2)
    window.findChild(QToolButton, "page_pond").click()
    found["button"] = tab.page is page and page.visits == 2
    action = window.actions_table["syn_pond"]
    found["menu"] = any(action in menu.menu().actions() for menu in window.menuBar().actions() if menu.menu())
    sheet = ActionFinder(window.look, "synonyms.pond", window.actions_table, window)
    found["sheet"] = ("F13",) in [caps.keys for caps in sheet.findChildren(KeyCaps)]
    found["settings"] = tab.save_settings()["page"]
    laboratory.close()
    application.quit()

QTimer.singleShot(0, look)
application.exec()
print(json.dumps(found))
"""


def test_a_row_brings_button_key_menu_sheet_and_settings(tmp_path):
    store = make_store(tmp_path / "small.db")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(store)], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=100,
        env=environment(tmp_path / "home", QT_QPA_PLATFORM="offscreen"), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == {"key": True, "button": True, "menu": True, "sheet": True, "settings": "pond"}
