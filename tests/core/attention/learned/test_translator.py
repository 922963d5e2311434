"""What is typed: cut into words the model knows, translated, or refused with what would work."""

from __future__ import annotations

import numpy as np
import pytest

from core.attention.errors import ModelError, NotAvailableError, TextError
from core.attention.learned.translation.as_map import attention_map
from core.attention.learned.translation.segment import known_words, nearest_text, nearest_word, with_end
from core.attention.learned.translation.translator import Translator
from core.attention.learned.vocabulary import SPECIALS, Vocabulary
from core.language import set_language

WORDS = Vocabulary([*SPECIALS, "我", "我们", "昨天", "买", "了", "书", "的", "。", "，", "电", "电脑"])


def test_a_text_is_cut_into_known_words_the_longest_where_it_matters():
    assert known_words("我们昨天买了电脑。", WORDS) == (["我们", "昨天", "买", "了", "电脑", "。"], [])


def test_blanks_part_words_and_marks_may_be_typed_in_english():
    assert known_words("我 们", WORDS) == (["我"], ["们"])
    assert known_words("我,我们.", WORDS) == (["我", "，", "我们", "。"], [])


def test_strange_characters_are_told_together():
    assert known_words("我买了香蕉和书", WORDS) == (["我", "买", "了", "书"], ["香蕉和"])


def test_a_sentence_gets_its_full_stop():
    assert with_end(["我"], WORDS) == ["我", "。"]
    assert with_end(["我", "。"], WORDS) == ["我", "。"]


def test_the_nearest_word_shares_characters_and_there_may_be_none():
    assert nearest_word("电视", WORDS) == "电"
    assert nearest_word("xyz", WORDS) is None


def test_the_nearest_text_shares_most_words():
    assert nearest_text(["a", "b"], {"ac": ["a", "c"], "abc": ["a", "b", "c"], "": []}) == "abc"


@pytest.mark.long
def test_an_unknown_word_is_said_in_a_sentence_with_what_works(trained):
    translator = Translator.load(trained())
    with pytest.raises(TextError) as told:
        translator.translate("xyz买了书")
    known = translator.source.known
    assert str(told.value).startswith(f'This model knows {known} words; "xyz" is not one.')
    assert "This works: " in str(told.value)
    set_language("zh_CN")
    with pytest.raises(TextError) as told:
        translator.translate("xyz买了书")
    assert str(known) in str(told.value)
    assert "This" not in str(told.value)


def test_nothing_and_too_much_are_refused(trained):
    translator = Translator.load(trained())
    with pytest.raises(TextError, match="nothing to translate"):
        translator.translate("  ")
    with pytest.raises(TextError, match="41 words; this model knows sentences of up to 40"):
        translator.translate("我 " * 40)


@pytest.mark.long
def test_a_translation_has_a_row_of_weights_a_word(trained, small_corpus):
    translator = Translator.load(trained(score="general"))
    source = small_corpus.test[0].zh
    translated = translator.translate("".join(source))
    assert translated.source == source
    assert translated.weights.shape == (len(translated.target), len(source))
    assert len(translated.probabilities) == len(translated.target)
    np.testing.assert_allclose(translated.weights.sum(axis=1), 1, rtol=1e-5)
    shown = attention_map(translated, trained(score="general").record)
    assert [unit.label for unit in shown.columns] == list(source)
    assert shown.weights.shape == (len(shown.rows), len(shown.columns))


@pytest.mark.long
def test_a_model_that_guesses_says_so(trained, small_corpus):
    translated = Translator.load(trained()).translate("".join(small_corpus.test[0].zh))
    assert translated.note.startswith("The model guesses")  # three steps have taught it nothing


def test_without_attention_there_is_no_map(trained, small_corpus):
    saved = trained(score="none")
    translated = Translator.load(saved).translate("".join(small_corpus.test[0].zh))
    assert translated.weights is None
    with pytest.raises(NotAvailableError, match="no attention"):
        attention_map(translated, saved.record)


def test_a_damaged_record_is_refused_in_a_sentence(trained):
    saved = trained()
    saved.record.config["model"]["hidden"] = "many"
    with pytest.raises(ModelError, match="its record is damaged"):
        Translator.load(saved)
