"""What the Help menu opens."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.help import guide
from app.help.guide import GuideWindow, guide_text
from app.help.outline import OutlineDialog
from app.tabs import TABS
from core.language import LANGUAGES
from core.lecture.sections import sections
from core.lecture.shipped import SHIPPED


def close(dialog):
    dialog.reject()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_has_a_guide_in_both_languages(language):
    for tab in TABS:
        text = guide_text(tab.id, language)
        assert text.startswith("# ")
        assert "## " not in text.replace("### ", "")
        assert text.count("\n") > 40
        assert (text.count("的") > 40) == (language == "zh_CN")


def test_the_guide_follows_tab_and_language_and_its_pictures_fit(laboratory, qtbot):
    laboratory.window.open("attention")
    laboratory.window.actions_table["guide"].trigger()
    window = laboratory.window.findChild(GuideWindow)
    assert window.tab_id == "attention"
    assert "three steps" in window.browser.toPlainText()
    laboratory.use_language("zh_CN")
    assert "三步" in window.browser.toPlainText()
    qtbot.waitUntil(lambda: window.browser.document().size().height() > window.browser.height())
    assert window.browser.document().idealWidth() <= window.browser.viewport().width() + window.look.scale.em(0.5)
    laboratory.use_language("en")
    close(window)


def test_without_the_sources_the_guide_says_where_it_is(laboratory, monkeypatch, tmp_path):
    monkeypatch.setattr(guide, "FOLDER", tmp_path / "none")
    laboratory.window.actions_table["guide"].trigger()
    assert "docs/guide" in laboratory.window.messages.text


def test_each_section_of_each_article_leads_to_its_scene(laboratory):
    window = laboratory.window
    window.tab("synonyms").restore_settings({"mined": "finished"})  # nothing is to be gathered here
    window.actions_table["outline"].trigger()
    outline = window.findChild(OutlineDialog)
    assert len(outline.buttons) == 6 + 14 + 6
    titles = [button.text() for button in outline.buttons]
    assert titles[3] == "4 Policy gradient in practice"
    assert not any("\u4e00" <= letter <= "\u9fff" for title in titles for letter in title)
    outline.buttons[3].click()
    lectures = window.lectures
    first = next(one for one in sections(lectures.document.scenes) if one.heading.startswith("4"))
    assert lectures.document.path.name == f"{SHIPPED[0].name}.en.json"
    assert (lectures.player.index, lectures.is_running) == (first.first, False)
    assert window.open_tab.page.page_id == lectures.document.scenes[first.first].page
    lectures.stage.leave()
