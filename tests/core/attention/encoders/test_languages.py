"""A translator between many languages is told which: by the token before the text, and the one it begins with."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import transformers as hf

from core.attention.encoders.huggingface import HuggingFaceEncoder
from core.attention.encoders.translators.languages import Languages, languages_of
from core.attention.errors import NotAvailableError
from core.attention.export.caption import provenance
from core.attention.requests import AttentionRequest, Source
from core.attention.results import AttentionMap
from core.attention.tasks import reading
from core.attention.tasks.attention_map import attend
from core.attention.tasks.model_cache import ModelCache
from tests.core.attention.families import SIZES
from tests.core.attention.tiny import LETTERS

TEXT = "the cat sat"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A tiny mBART with its fifty-two languages."""
    path = tmp_path_factory.mktemp("mbart50")
    torch.manual_seed(0)
    vocab = [("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0), ("▁", -2.0), *((letter, -4.0) for letter in LETTERS)]
    tokenizer = hf.MBart50Tokenizer(vocab=vocab, src_lang="en_XX", tgt_lang="en_XX")
    model = hf.MBartForConditionalGeneration(hf.MBartConfig(**SIZES["MBart"]))
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim == 2 and "embed" not in name and "shared" not in name:
                weight.mul_(8)
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def encoder(folder):
    return HuggingFaceEncoder(str(folder))


@pytest.fixture
def shown(monkeypatch, encoder):
    made = ModelCache(lambda _name, **_rest: encoder)
    monkeypatch.setattr(reading, "model_cache", lambda: made)

    def show(**choices):
        request = AttentionRequest(Source(TEXT, model="mbart", **choices), "piece", specials=True)
        return next(step for step in attend(request) if isinstance(step, AttentionMap))

    return show


def test_the_languages_are_those_of_the_tokenizer(encoder):
    assert {"en_XX", "zh_CN", "fr_XX"} <= set(encoder.card.languages)
    assert languages_of(hf.AutoTokenizer, 10) == {}


def test_text_and_decoder_begin_with_their_languages(shown, folder):
    found = shown(from_language="fr_XX", to_language="zh_CN")
    assert found.columns[0].piece == "fr_XX"
    assert [row.piece for row in found.rows[:2]] == ["</s>", "zh_CN"]
    assert "from fr_XX · into zh_CN" in provenance(found)

    tokenizer = hf.AutoTokenizer.from_pretrained(folder, src_lang="fr_XX")
    model = hf.AutoModelForSeq2SeqLM.from_pretrained(folder, attn_implementation="eager").eval()
    ids = tokenizer(TEXT, return_tensors="pt")["input_ids"]
    forced = tokenizer.convert_tokens_to_ids("zh_CN")
    written = model.generate(ids, do_sample=False, num_beams=1, max_new_tokens=32, forced_bos_token_id=forced)
    with torch.no_grad():
        out = model(ids, decoder_input_ids=written[:, : len(found.rows)], output_attentions=True)
    assert np.allclose(found.weights, torch.cat(out.cross_attentions).mean(dim=(0, 1)), atol=1e-5)


def test_a_typed_translation_is_read_in_its_language(shown):
    found = shown(pair="the mat", to_language="zh_CN")
    assert [row.piece for row in found.rows[:2]] == ["</s>", "zh_CN"]
    assert "".join(row.text for row in found.rows if not row.special) == "themat"


def test_another_choice_leaves_nothing_behind(shown):
    before = shown(pair="the mat")
    shown(from_language="fr_XX", to_language="zh_CN")
    again = shown(pair="the mat", from_language=None)
    assert before.columns[0].piece == again.columns[0].piece == "en_XX"
    assert [row.piece for row in before.rows] == [row.piece for row in again.rows]


def test_a_language_it_does_not_know_is_told(shown, minilm):
    with pytest.raises(NotAvailableError, match=r"doesn't know the language klingon; it knows: .*zh_CN"):
        shown(to_language="klingon")
    with pytest.raises(NotAvailableError, match="no languages to choose"):
        list(ModelCache(lambda _name, **_rest: minilm).document(Source(TEXT, model="minilm", to_language="zh_CN")))


def test_codes_that_are_special_tokens_only_are_found():
    """As NLLB's tokenizer has them."""

    class Tokenizer:
        def __init__(self):
            self.special_tokens_map = {"eos_token": "</s>"}

        all_special_tokens = ("</s>", "eng_Latn", "zho_Hans", "far_Away")
        src_lang, tgt_lang = "eng_Latn", None

        def set_src_lang_special_tokens(self, _code):
            pass

        def convert_tokens_to_ids(self, code):
            return {"</s>": 2, "eng_Latn": 7, "zho_Hans": 8, "far_Away": 900}[code]

    tokenizer = Tokenizer()
    languages = Languages(tokenizer, 400, None)
    assert languages.codes == ("eng_Latn", "zho_Hans")
    languages.choose(None, "zho_Hans", "NLLB")
    assert (tokenizer.src_lang, tokenizer.tgt_lang, languages.forced) == ("eng_Latn", "zho_Hans", 8)
    languages.choose(None, None, "NLLB")
    assert (tokenizer.tgt_lang, languages.forced) == (None, None)
