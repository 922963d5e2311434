"""A promise of F8: whoever switches the language finds every word as if the program had been started in it."""

import psutil
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from app.policy_gradient.session import Phase
from tests.widgets import take_turns

LOADING = 60_000
ASKED = ("text", "toolTip", "accessibleName", "accessibleDescription", "windowTitle", "title", "placeholderText")


def words(laboratory):
    """Return everything that stands in the window, or is told about it, in the order of its parts."""
    found = []
    for part in [laboratory.window, *laboratory.window.findChildren(QObject)]:
        if isinstance(part, (QWidget, QAction)) and not part.objectName().startswith("Scroll"):  # Qt's own, unseen
            for name in ASKED:
                told = getattr(part, name, "")
                words_of_it = told() if callable(told) else told
                if words_of_it:  # Qt makes parts of its own when it likes, without words
                    found.append((type(part).__name__, part.objectName(), name, words_of_it))
    tab = laboratory.window.tab("policy_gradient")
    plots = (tab.page.curves.durations, tab.page.curves.loss, tab.page.curves.entropy, tab.page.curves.grad_norm)
    found += [("axis", "", "", plot.item.getAxis("bottom").labelText) for plot in plots]
    found.append(("legend", "", "", tab.page.curves.durations.legend.accessibleName()))
    found.append(("stage", "", "", tab.page.environment_view.words))
    found.append(("bar", "", "", tab.page.probability.words(5000)))
    found.append(("action", "", "", tab.page.last_action.words()))
    return found


def at_the_start(_laboratory, _tab, _qtbot):
    pass


def edited(laboratory, tab, qtbot):
    qtbot.keyClick(tab.window(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(tab.session.state.durations) == 1 and tab.session.phase is Phase.PAUSED)
    laboratory.window.actions_table["pg_details"].trigger()
    for name, text in (("gamma", "0.9"), ("learning_rate", "0")):
        box = tab.findChild(QLineEdit, name)
        box.selectAll()
        qtbot.keyClicks(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)


def solved(_laboratory, tab, qtbot):
    qtbot.mouseClick(tab.sidebar._preset_buttons["fast"], Qt.MouseButton.LeftButton)
    tab.session.set_speed("turbo")
    qtbot.keyClick(tab.window(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)


def worker_lost(laboratory, tab, qtbot):
    psutil.Process(laboratory.background.worker_pids()["training"]).kill()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FAILED, timeout=LOADING)
    assert laboratory.window.messages.text


@pytest.mark.sweep(1)
@pytest.mark.parametrize("reach", [at_the_start, edited, solved, worker_lost])
def test_after_the_switch_every_word_is_as_if_it_had_been_chosen_before(start, qtbot, monkeypatch, tmp_path, reach):
    seen = {}
    for when in ("after", "before"):
        monkeypatch.setenv("YAYA_LAB_HOME", str(tmp_path / when))  # neither finds what the other remembered
        laboratory = start()
        laboratory.use_language("zh_CN" if when == "before" else "en")
        tab = laboratory.window.tab("policy_gradient")
        qtbot.waitUntil(lambda tab=tab: tab.session.phase is Phase.READY, timeout=LOADING)
        reach(laboratory, tab, qtbot)
        laboratory.use_language("zh_CN")
        take_turns()
        seen[when] = words(laboratory)
        laboratory.close()
    assert seen["after"] == seen["before"]
