"""The lectures that come with the program: whole, in both languages, and given by PageDown alone."""

import itertools
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.tabs import known_to_lectures
from core.language import LANGUAGES
from core.lecture.lecture_file import read_lecture
from core.lecture.shipped import SHIPPED
from tests.painted import words_painted
from tests.widgets import take_turns

SECTIONS = {
    "policy-gradient": (
        "1 什么是强化学习", "2 强化学习的问题要素", "3 Gym简介", "4 Policy Gradient实战", "5 总结", "6 参考",
    ),
    "attention": (
        "摘要", "简介", "基本概念", "Multi-dimensional Attention", "Soft Attention 和 Hard Attention",
        "Global Attention 和 Local Attention", "Hierarchical Attention", "Attention Over Attention",
        "Memory-based Attention", "Self-Attention", "评价指标：定量指标", "评价指标：定性指标", "结论", "引用",
    ),
    "synonyms": (
        "1 中文同义词挖掘简介", "2 词对的数据来源", "3 词对数据的解决思路", "4 同义语句的数据来源",
        "5 同义语句数据的解决思路", "其他",
    ),
}  # fmt: skip
"""The headings of each article, in their order."""
NAMES = [one.name for one in SHIPPED]
_END = re.compile(r"[.!?](?:\s|$)|[。！？]")
PATIENCE = 60_000
SIZES = {"en": (1024, 768), "zh_CN": (1920, 1080)}
"""English words are the longer ones, and have the less room."""


def lecture(name, language):
    shipped = next(one for one in SHIPPED if one.name == name)
    return read_lecture(shipped.path(language), known_to_lectures())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_section_of_the_article_has_its_scene_with_a_sentence_and_notes(name, language):
    given = lecture(name, language)
    assert given.language == language
    assert tuple(dict.fromkeys(scene.section for scene in given.scenes)) == SECTIONS[name]
    for scene in given.scenes:
        assert len(_END.findall(scene.caption)) == 1, scene.caption
        assert _END.search(scene.caption).end() == len(scene.caption)
        assert 2 <= len(_END.findall(scene.notes)) <= 5, scene.notes
        assert bool(re.search("[\u4e00-\u9fff]", scene.caption)) == (language == "zh_CN")


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_show_the_same(name):
    first, second = (lecture(name, language) for language in LANGUAGES)
    assert [scene.page for scene in first.scenes] == [scene.page for scene in second.scenes]
    assert [scene.run for scene in first.scenes] == [scene.run for scene in second.scenes]


USUAL = {("attention", "zh_CN"), ("synonyms", "en")}
"""Of these six lectures two are given in each run of the tests, in both languages and sizes."""


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param(*given, marks=() if given in USUAL else pytest.mark.long)
        for given in itertools.product(NAMES, LANGUAGES)
    ],
)
def test_a_lecture_is_given_from_the_first_scene_to_the_last_by_one_key(laboratory, qtbot, name, language, monkeypatch):
    window = laboratory.window
    window.tab("synonyms").restore_settings({"mined": "finished"})  # nothing is to be gathered here
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    monkeypatch.setattr(type(window), "setWindowState", lambda _window, _state: None)  # the screen here has one size
    laboratory.look.theme.choose("projector")
    laboratory.use_language(language)
    window.resize(*SIZES[language])
    window.actions_table[f"lecture_shipped_{name}"].trigger()
    scenes = window.lectures.document.scenes
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F5)
    for number, scene in enumerate(scenes, start=1):
        assert window.lectures.player.index == number - 1
        assert window.lectures.caption_bar.caption == scene.caption
        qtbot.waitUntil(lambda: window.open_tab.page is not None, timeout=PATIENCE)
        assert window.open_tab.page.page_id == scene.page
        assert window.messages.text == ""
        take_turns()
        assert window.lectures.caption_bar.hasFocus(), f"scene {number} has taken the keys"
        for words in words_painted(window):
            assert words.height >= window.height() / 50, (number, words)
            assert words.missing < 2, (number, words)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert window.lectures.player.index == len(scenes) - 1
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not window.lectures.is_running
    window.lectures.stage.leave()
    take_turns()
