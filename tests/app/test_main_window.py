import json
import re

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QMenu, QWidget

from app.about import about_text
from app.theme import theme_of
from resources.translations import update

CONTEXTS = ("policy_gradient", "attention", "synonyms")


def every_text(window):
    """Everything a person, or a screen reader, can read in the window."""
    texts = {window.windowTitle()}
    for widget in window.findChildren(QWidget):
        texts |= {widget.toolTip(), widget.accessibleName()}
        if isinstance(widget, (QLabel, QAbstractButton)):
            texts.add(widget.text())
        if isinstance(widget, QMenu):
            texts.add(widget.title())
        if isinstance(widget, QComboBox):
            texts |= {widget.itemText(index) for index in range(widget.count())}
    texts |= {action.text().partition("\t")[0] for action in window.findChildren(QAction)}
    return {re.sub(r"\s+", " ", text) for text in texts if text}


def test_switching_the_language_leaves_no_word_of_the_other(laboratory):
    window = laboratory.window
    for context in CONTEXTS:
        window.open(context)
    translations = {str(m.id): str(m.string) for m in update.read() if m.id and m.id != m.string}
    laboratory.use_language("zh_CN")
    left = every_text(window) & set(translations)
    assert left == set()
    laboratory.use_language("en")
    # A word that is English for one message may be the Chinese of another (RMSprop); those are no leftovers.
    left = every_text(window) & (set(translations.values()) - set(translations))
    assert left == set()


def test_every_control_has_a_name_for_those_who_do_not_see_it(laboratory):
    for context in CONTEXTS:
        laboratory.window.open(context)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for widget in laboratory.window.findChildren(kind)
        if not (widget.accessibleName() or widget.toolTip() or getattr(widget, "text", str)())
        and not widget.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight"))
        and not (widget.objectName() == "go_on" and widget.isHidden())  # it gets its words when it is shown
    ]
    assert nameless == []


@pytest.mark.parametrize("zoom", [*(pytest.param(zoom, marks=pytest.mark.long) for zoom in (0.7, 1.0)), 3.0])
def test_every_theme_and_zoom_can_be_worn_while_the_window_is_open(laboratory, zoom):
    laboratory.look.scale.set_zoom(zoom)
    for theme in ("light", "dark", "projector", "system"):
        laboratory.look.theme.choose(theme)
        assert not laboratory.window.grab().isNull()
        assert laboratory.look.scale.zoom == zoom


@pytest.mark.long
def test_f9_walks_through_all_themes(laboratory):
    seen = set()
    for _press in range(3):
        laboratory.window.actions_table["theme_next"].trigger()
        seen.add(laboratory.look.theme.theme.name)
    assert seen == {"light", "dark", "projector"}
    laboratory.window.actions_table["theme_system"].trigger()
    assert laboratory.settings.theme == "system"


@pytest.mark.long
def test_shift_f9_shows_pictures_as_on_paper_and_the_next_start_does_too(start):
    laboratory = start()
    laboratory.look.theme.choose("light")
    action = laboratory.window.actions_table["on_paper"]
    assert not action.isEnabled(), "a light window has its pictures on paper anyway"
    laboratory.look.theme.choose("dark")
    pictures = laboratory.look.of_pictures.theme
    assert (action.isEnabled(), pictures.theme.name) == (True, "dark")
    action.trigger()
    assert pictures.theme.colours.stage == theme_of("light").colours.stage
    assert laboratory.look.theme.theme.name == "dark", "the window stays as it was"
    laboratory.close()
    again = start()
    assert again.window.actions_table["on_paper"].isChecked()
    again.look.theme.choose("dark")
    assert again.look.of_pictures.theme.theme.name == "light"


def test_presentation_hides_menus_and_choices_and_comes_back(laboratory):
    window = laboratory.window
    tab = window.tab("policy_gradient")
    stage = tab.page.environment_view.width()
    window.resize(1280, 800)
    window.actions_table["present"].trigger()
    assert not window.menuBar().isVisible()
    assert not tab.sidebar.isVisible()
    assert tab.page.environment_view.width() > stage
    window.actions_table["present"].trigger()
    assert window.menuBar().isVisible()
    assert tab.sidebar.isVisible()


def test_a_picture_of_the_tab_is_saved_and_a_failure_is_said(laboratory, tmp_path):
    laboratory.window.screenshot.save(tmp_path / "duck")
    assert not QImage(str(tmp_path / "duck.png")).isNull()
    assert "duck.png" in laboratory.window.messages.text
    laboratory.window.screenshot.save(tmp_path / "no" / "such" / "folder.png")
    assert "can't be saved" in laboratory.window.messages.text


def test_a_picture_of_the_tab_goes_through_links_keeps_modes_and_spares_databases(laboratory, tmp_path):
    old, link, store = tmp_path / "old.png", tmp_path / "link.png", tmp_path / "work.db"
    old.write_bytes(b"old")
    old.chmod(0o640)
    link.symlink_to(old)
    laboratory.window.screenshot.save(link)
    assert link.is_symlink()
    assert not QImage(str(old)).isNull()
    assert old.stat().st_mode & 0o777 == 0o640
    content = b"SQLite format 3\0" + bytes(84)
    store.write_bytes(content)
    laboratory.window.screenshot.save(store)
    assert store.read_bytes() == content
    assert "a database is there" in laboratory.window.messages.text
    assert sorted(path.name for path in tmp_path.glob("[!.]*.*")) == ["link.png", "old.png", "work.db"]


def test_a_tab_is_built_when_it_is_opened_and_not_before(laboratory):
    window = laboratory.window
    assert {tab.context for tab in window._bar.tabs} == {"policy_gradient"}
    window.open("synonyms")
    assert {tab.context for tab in window._bar.tabs} == {"policy_gradient", "synonyms"}
    window.open("no such tab")
    assert window.open_tab.context == "synonyms"


@pytest.mark.parametrize("name", ["keys", "glossary", "about"])
def test_a_dialog_holds_nothing_up_and_goes_when_it_is_closed(laboratory, qtbot, name):
    window = laboratory.window
    before = len(window.findChildren(QDialog))
    for _time in range(3):
        window.actions_table[name].trigger()  # returns at once
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        assert dialog.isVisible()
        dialog.reject()
        qtbot.waitUntil(lambda: len(window.findChildren(QDialog)) == before)


@pytest.mark.parametrize("name", ["keys", "glossary", "about"])
def test_the_program_may_end_under_an_open_dialog(laboratory, name):
    laboratory.window.actions_table[name].trigger()
    laboratory.close()


def test_about_names_program_parts_and_licences(laboratory):
    text = about_text()
    for part in ("PySide6", "torch", "gymnasium", "MIT", "Open Font"):
        assert part in text


def test_broken_settings_are_said_and_the_program_starts(start, own_home):
    (own_home / "settings").mkdir(parents=True)
    (own_home / "settings" / "settings.json").write_text("{")
    laboratory = start()
    assert "settings-unreadable.json" in laboratory.window.messages.text


def test_a_settings_folder_that_cannot_be_made_is_said_and_the_program_goes_on(start, own_home):
    own_home.mkdir(parents=True)
    (own_home / "settings").write_text("in the way")
    laboratory = start()
    laboratory.window.tab("policy_gradient").session.set_speed("slow")
    laboratory.window.close()
    assert "can't be saved" in laboratory.window.messages._text.text()


def test_presentation_ends_as_it_began(laboratory, qtbot):
    window, table = laboratory.window, laboratory.window.actions_table
    choices = window.tab("policy_gradient").sidebar
    window.showMaximized()
    table["pg_choices"].setChecked(False)
    table["present"].trigger()
    assert window.isFullScreen()
    table["pg_choices"].setChecked(True)  # a look in between
    table["present"].trigger()
    assert window.isMaximized()
    assert not window.isFullScreen()
    assert not choices.isVisible()
    table["pg_choices"].setChecked(True)
    window.showNormal()
    table["present"].trigger()
    table["present"].trigger()
    assert not window.isMaximized()
    assert choices.isVisible()


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_a_hall_can_read_the_smallest_type_of_a_presentation(laboratory, size, monkeypatch):
    window, scale = laboratory.window, laboratory.look.scale
    monkeypatch.setattr(type(window), "setWindowState", lambda _window, _state: None)  # the screen here has one size
    window.resize(*size)
    before = scale.factor
    window.actions_table["present"].trigger()
    assert QFontMetrics(scale.font("caption")).height() >= window.height() / 50
    window.resize(2 * size[0], 2 * size[1])  # carried to a larger screen
    assert QFontMetrics(scale.font("caption")).height() >= window.height() / 50
    window.actions_table["present"].trigger()
    assert scale.factor == before


def test_no_ring_is_drawn_around_a_corner_button_while_presenting(laboratory, qtbot):
    window, present = laboratory.window, laboratory.window.actions_table["present"]
    window.activateWindow()
    corner = set(window._corner_buttons)
    first, _second = window._corner_buttons
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(first.hasFocus)
    present.trigger()
    page = window.open_tab.page
    assert QApplication.focusWidget() in (page, *page.findChildren(QWidget))
    seen = set()
    for _press in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert window.rect().intersects(QRect(focused.mapTo(window, QPoint()), focused.size()))
        assert focused.isVisible()
        seen.add(focused)
    assert len(seen) > 1
    assert not seen & corner
    present.trigger()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert first.hasFocus()


@pytest.mark.long
def test_a_tab_opened_during_the_presentation_takes_part(laboratory):
    window, table = laboratory.window, laboratory.window.actions_table
    window.open("attention")
    table["present"].trigger()
    window.open("policy_gradient")
    assert not window.tab("policy_gradient").sidebar.isVisible()
    table["present"].trigger()
    assert window.tab("policy_gradient").sidebar.isVisible()


def test_escape_leaves_the_presentation_and_does_nothing_else(laboratory, qtbot):
    window, present = laboratory.window, laboratory.window.actions_table["present"]
    window.activateWindow()
    box = window.findChild(QLineEdit, "gamma")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not present.isChecked()
    present.trigger()
    qtbot.keyClick(window.tab("policy_gradient").page.environment_view, Qt.Key.Key_Escape)
    assert not present.isChecked()
    assert window.menuBar().isVisible()


def test_escape_belongs_first_to_what_has_the_focus(laboratory, qtbot):
    class Greedy(QLineEdit):
        def keyPressEvent(self, event):
            event.accept()

    window, present = laboratory.window, laboratory.window.actions_table["present"]
    present.trigger()
    greedy = Greedy(window.centralWidget())
    greedy.show()
    qtbot.keyClick(greedy, Qt.Key.Key_Escape)
    assert present.isChecked()


def test_a_tab_that_cannot_use_what_it_remembered_opens_nevertheless(start, own_home, monkeypatch):
    def stumble(_tab, _remembered):
        raise ZeroDivisionError("half a duck")

    monkeypatch.setattr("app.policy_gradient.tab.PolicyGradientTab.restore_settings", stumble)
    window = start().window
    assert window.open_tab.context == "policy_gradient"
    assert '"Policy gradient"' in window.messages.text
    assert "half a duck" in (own_home / "log" / "yaya-lab.log").read_text(encoding="utf-8")


def test_settings_that_cannot_be_kept_are_said_at_the_start(start, own_home, qtbot):
    own_home.mkdir(parents=True)
    (own_home / "settings").write_text("in the way")
    messages = start().window.messages
    qtbot.waitUntil(lambda: "can't be saved" in messages.text, timeout=5_000)


@pytest.mark.parametrize("action", ["language_next", "theme_next", "zoom_in"])
def test_a_changed_look_is_saved_before_the_program_ends(laboratory, own_home, qtbot, action):
    path = own_home / "settings" / "settings.json"
    qtbot.waitUntil(path.exists, timeout=5_000)
    before = json.loads(path.read_text(encoding="utf-8"))
    laboratory.window.actions_table[action].trigger()
    name = action.split("_")[0]
    qtbot.waitUntil(lambda: json.loads(path.read_text(encoding="utf-8"))[name] != before[name], timeout=5_000)


def test_closing_saves_once(start, monkeypatch):
    laboratory = start()
    saved = []
    monkeypatch.setattr(laboratory._file, "save", saved.append)
    laboratory.window.close()
    laboratory.close()
    laboratory.close()
    assert len(saved) == 1
