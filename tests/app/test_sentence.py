from app.sentence import Sentence, shorten
from core.language import set_language


def test_a_sentence_is_said_in_the_language_in_use():
    sentence = Sentence("The log is in {folder}.", {"folder": "/pond"})
    assert str(sentence) == "The log is in /pond."
    set_language("zh_CN")
    assert str(sentence) == "日志位于 /pond。"


def test_a_sentence_within_a_sentence_is_translated_too():
    outer = Sentence("The log is in {folder}.", {"folder": Sentence("Settings")})
    set_language("zh_CN")
    assert str(outer) == "日志位于 设置。"


def test_a_cut_text_keeps_to_its_length():
    assert shorten("abc", 3) == "abc"
    assert shorten("abcd", 3) == "ab…"
