"""A page of the policy gradient tab: its own file and one row; switcher, key, menu and settings follow from it."""

import json

import pytest

from tests.seams.copied import Copy

PAGE = """
from app.page import Explanation
from app.policy_gradient.page import PolicyPage


class ToyPage(PolicyPage):
    page_id = "policy_gradient.toy"

    def __init__(self, look, session):
        super().__init__(look)
        self.session = session

    def explain(self):
        return Explanation(self.page_id)

    def save_state(self):
        return {}

    def restore_state(self, state):
        pass
"""
ROW = (
    '    PageSpec("policy_gradient.toy", "pg_page_toy", N_("Toy"), "curve", "F10",'
    ' "app.policy_gradient.toy.page:ToyPage"),\n'
)

WINDOW = """
import json
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from app.application import Laboratory, new_application

application = new_application()
laboratory = Laboratory(application)
window = laboratory.window
window.open("policy_gradient")
window.show()
window.activateWindow()
assert QTest.qWaitForWindowActive(window)
tab = window.tab("policy_gradient")
changes = []
tab.page_changed.connect(lambda: changes.append(tab.page.page_id))
button = tab.findChild(QToolButton, "page_toy")
said = {"button": [button.text().strip(), button.key], "visible": button.isVisible(), "first": tab.page.page_id}
QTest.keyClick(window, Qt.Key.Key_F10)
said["shares_the_run"] = tab.page.session is tab.session
said["details_offered"] = window.actions_table["pg_details"].isEnabled()
said["remembered"] = tab.save_settings()["page"]
QTest.keyClick(window, Qt.Key.Key_F2)
QTest.mouseClick(button, Qt.MouseButton.LeftButton)
said["marked"] = button.isChecked()
window.actions_table["pg_page_live"].trigger()
said["back"] = window.actions_table["pg_details"].isEnabled()
said["in_menu"] = any(
    action.text() == "Toy\\tF10" for menu in window.menuBar().actions() for action in menu.menu().actions()
)
said["changes"] = changes
tab.restore_settings({"page": "toy"})
said["recalled"] = tab.page.page_id
laboratory.close()
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    copy = Copy(tmp_path_factory.mktemp("toy"))
    copy.add_file("app/policy_gradient/toy/__init__.py", "")
    copy.add_file("app/policy_gradient/toy/page.py", PAGE)
    copy.add_row("app/policy_gradient/pages.py", ')  # fmt: skip\n"""All pages', ROW)
    return copy


def test_a_new_page_is_found_by_button_key_and_menu(copy):
    toy, live = "policy_gradient.toy", "policy_gradient.live"
    assert json.loads(copy.run("-c", WINDOW)) == {
        "button": ["Toy", "F10"], "visible": True, "first": live, "shares_the_run": True, "details_offered": False,
        "remembered": "toy", "marked": True, "back": True, "in_menu": True, "changes": [toy, live, toy, live, toy],
        "recalled": toy,
    }  # fmt: skip
