"""The decoder's input is the model's own: nothing before the words is dropped, and what it wrote isn't cut anew."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
import transformers as hf

from core.attention.encoders.opener import open_encoder
from core.attention.encoders.target import written_tokens
from tests.core.attention.families import build_family

SOURCE, TARGET = "the cat", "a mat"


def asked(folder, source, labels):
    """Return what the model itself hands to its decoder when it learns ``labels``, and the weights it has then."""
    model = hf.AutoModelForSeq2SeqLM.from_pretrained(folder, attn_implementation="eager").eval()
    seen = {}
    model.get_decoder().register_forward_pre_hook(lambda _m, _a, options: seen.update(options), with_kwargs=True)
    with torch.no_grad():
        out = model(torch.tensor(source)[None], labels=torch.tensor(labels)[None], output_attentions=True)
    return seen["input_ids"][0].tolist(), torch.cat(out.cross_attentions).numpy()


@pytest.mark.parametrize("family", ["Bart", "MBart", "M2M100"])
def test_a_typed_target_is_what_the_model_learns_with(family, tmp_path):
    folder = build_family(family, tmp_path, forced=0)
    encoder = open_encoder(str(folder))
    pieces = encoder.tokenize(SOURCE)
    labels = hf.AutoTokenizer.from_pretrained(folder)(text_target=TARGET)["input_ids"]
    ids, weights = asked(folder, pieces.ids, labels)
    stack = encoder.forward(pieces, (SOURCE, TARGET)).stack()
    assert [token.piece for token in stack.rows[:3]] == ["</s>", "<s>", "a"]
    assert encoder._target(TARGET).ids.tolist() == ids
    assert np.abs(stack.weights - weights).max() < 1e-5


@pytest.mark.parametrize(("begins", "forced"), [(False, 0), (True, 3), (False, 3), (True, None), (False, None)])
def test_the_token_that_must_come_first_stands_before_the_words(begins, forced, tmp_path):
    # Like the language of a translator: 3 stands for one, whatever the tokenizer puts there.
    folder = build_family("M2M100", tmp_path, begins=begins, forced=forced)
    encoder = open_encoder(str(folder))
    written = encoder.forward(encoder.tokenize(SOURCE), (SOURCE,))
    typed = encoder.forward(encoder.tokenize(SOURCE), (SOURCE, TARGET))
    spelled = {0: "<s>", 3: "<unk>"}
    if forced is not None:
        assert [token.piece for token in written.stack().rows[:2]] == ["</s>", spelled[forced]]
    first = ["</s>"] if forced is None and not begins else ["</s>", spelled[0 if forced is None else forced]]
    rows = typed.stack().rows
    assert [token.piece for token in rows if token.special] == first
    assert "".join(token.text for token in rows if not token.special) == "amat"


@pytest.mark.parametrize("told", ["config.json", "generation_config.json", "bos_token_id"])
def test_where_a_decoder_begins_may_stand_in_one_file_only(told, tmp_path):
    folder = build_family("Bart", tmp_path, forced=0)
    for name in ("config.json", "generation_config.json"):
        config = json.loads((folder / name).read_text())
        start = config.pop("decoder_start_token_id")
        for key in ("pad_token_id", "bos_token_id"):
            config.pop(key, None)
        if name == told:
            config["decoder_start_token_id"] = start
        elif told == "bos_token_id" and name == "generation_config.json":
            config["bos_token_id"] = start
        (folder / name).write_text(json.dumps(dict.fromkeys(("decoder_start_token_id", "pad_token_id")) | config))
    encoder = open_encoder(str(folder))
    for texts in ((SOURCE,), (SOURCE, TARGET)):
        rows = encoder.forward(encoder.tokenize(SOURCE), texts).stack().rows
        assert [token.piece for token in rows[:2]] == ["</s>", "<s>"]


def test_the_last_word_is_read_where_the_tokenizer_ends_no_text(tmp_path):
    folder = build_family("Bart", tmp_path)
    tokenizer = hf.AutoTokenizer.from_pretrained(folder)
    tokenizer.backend_tokenizer.post_processor = None
    tokenizer.save_pretrained(folder)
    encoder = open_encoder(str(folder))
    rows = encoder.forward(encoder.tokenize(SOURCE), (SOURCE, TARGET)).stack().rows
    assert "".join(token.text for token in rows if not token.special) == "amat"


@pytest.mark.parametrize("family", ["Bart", "MBart", "M2M100"])
def test_rows_of_what_a_model_wrote_are_the_pieces_it_wrote(family, tmp_path):
    folder = build_family(family, tmp_path, forced=0)
    encoder = open_encoder(str(folder))
    pieces = encoder.tokenize(SOURCE)
    encoded = encoder.forward(pieces, (SOURCE,))
    model = hf.AutoModelForSeq2SeqLM.from_pretrained(folder, attn_implementation="eager").eval()
    ids = model.generate(torch.tensor(pieces.ids)[None], do_sample=False, num_beams=1, max_new_tokens=32)[0].tolist()
    ids = ids[:-1] if ids[-1] == model.generation_config.eos_token_id else ids
    spelled = [str(encoder._tokenizer.convert_ids_to_tokens(number) or f"<{number}>") for number in ids]
    assert [token.piece for token in encoded.stack().rows] == spelled
    with torch.no_grad():
        out = model(torch.tensor(pieces.ids)[None], decoder_input_ids=torch.tensor(ids)[None], output_attentions=True)
    assert np.abs(encoded.stack().weights - torch.cat(out.cross_attentions).numpy()).max() < 1e-5


def test_pieces_keep_their_places_in_the_text_they_make():
    spelled = ["<s>", "a", " ", "a", "\xe6", "\x88\x91", "b"]
    parts = [b"", b"a", b" ", b"a", b"\xe6", b"\x88\x91", b"b"]

    def decode(ids):
        return b"".join(parts[number] for number in ids).decode(errors="replace")

    pieces, text = written_tokens(np.arange(7), [0], decode, lambda number: spelled[number])
    assert text == "a a我b"
    assert [token.text for token in pieces.tokens] == ["<s>", "a", "", "a", "我", "我", "b"]
    assert [token.special for token in pieces.tokens] == [True, *[False] * 6]
