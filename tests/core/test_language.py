"""The catalogue is whole: nothing untranslated, nothing stale, the compiled file as new as its source."""

import gettext
import re
import string

import pytest

from core.language import _, current_language, in_a_row, listed, ngettext, set_language, system_language
from resources.translations import update


@pytest.fixture(scope="module")
def catalogue():
    return update.read()


def test_every_message_of_the_sources_is_in_the_catalogue_and_none_is_left_over(catalogue):
    sources = {m.id for m in update.extract() if m.id}
    known = {m.id for m in catalogue if m.id}
    assert sources - known == set(), "run: python resources/translations/update.py"
    assert known - sources == set(), "run: python resources/translations/update.py"


def test_every_message_is_translated(catalogue):
    assert update.untranslated(catalogue) == []


def test_the_compiled_catalogue_is_current(catalogue):
    with update.MO.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    words = {_texts(m.id)[0]: _texts(m.string)[-1] for m in catalogue if m.id}
    plurals = {_texts(m.id)[0]: m.id for m in catalogue if m.pluralizable}
    said = {text: compiled.ngettext(*plurals[text], 2) if text in plurals else compiled.gettext(text) for text in words}
    assert said == words, "run: python resources/translations/update.py"
    held = {key if isinstance(key, str) else key[0] for key in compiled._catalog} - {""}
    assert held == set(words), "run: python resources/translations/update.py"


def _texts(text):
    return text if isinstance(text, tuple) else (text,)


def _fields(texts):
    return [
        {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name} for text in _texts(texts)
    ]


def test_translations_have_the_same_values_to_fill_in(catalogue):
    for message in catalogue:
        if message.id:
            assert _fields(message.id)[-1] == _fields(message.string)[-1], message.id


def test_one_is_singular_and_every_other_number_plural():
    set_language("en")
    said = [ngettext("{n} pair", "{n} pairs", n).format(n=n) for n in (0, 1, 2)]
    assert said == ["0 pairs", "1 pair", "2 pairs"]
    set_language("zh_CN")
    assert [ngettext("{n:,} new pair", "{n:,} new pairs", n).format(n=n) for n in (0, 1, 2)] == [
        "新词对 0 个", "新词对 1 个", "新词对 2 个",
    ]  # fmt: skip


def test_english_has_straight_quotes(catalogue):
    # The typeface of Chinese draws the curved ones as wide as a character.
    assert [m.id for m in catalogue if m.id and re.search("[“”]", str(m.id))] == []


def test_a_verdict_has_one_name_in_chinese(catalogue):
    other = [m.id for m in catalogue if m.id and re.search("判断|答案|结论", str(m.string))]
    assert [text for text in other if re.search("verdict|judg|decision|label", str(text), re.IGNORECASE)] == []


def test_chinese_is_chinese(catalogue):
    # What is the same in both languages is written here on purpose.
    same = {m.id for m in catalogue if m.id and not re.search(r"[\u4e00-\u9fff]", str(m.string))}
    words = {text: re.sub(r"\{[^}]*\}", "", text) for text in same}  # the names of values are no words
    assert [text for text, rest in words.items() if re.search(r"[a-z]{4,}", rest)] == []


def test_the_language_can_be_switched_there_and_back():
    set_language("zh_CN")
    assert _("Quit") == "退出"
    assert current_language() == "zh_CN"
    set_language("en")
    assert _("Quit") == "Quit"


@pytest.mark.parametrize(
    ("wish", "language"), [("zh_CN.UTF-8", "zh_CN"), ("zh_TW", "zh_CN"), ("en_GB", "en"), ("de", "en")]
)
def test_the_system_chooses_the_first_language(monkeypatch, wish, language):
    monkeypatch.setenv("YAYA_LANG", wish)
    assert system_language() == language


def test_sentences_in_a_row_are_parted_as_each_language_parts_them():
    assert in_a_row(["One.", "Two."]) == "One. Two."
    set_language("zh_CN")
    assert in_a_row(["一。", "二。"]) == "一。二。"


def test_names_are_parted_as_each_language_parts_them():
    assert listed(["cosine", "csls"]) == "cosine, csls"
    set_language("zh_CN")
    assert listed(["cosine", "csls"]) == "cosine、csls"
    set_language("en")
