"""Tiny random models of each family, built on the spot and saved as folders."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
import transformers as hf
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

LINES = [
    "the cat sat on the mat",
    "我 去 银行 取 钱",
    "attention is all you need",
    "银行 行长 走 了",
    "你好 世界",
]
LETTERS = sorted(set("".join(LINES)) - {" "})
SMALL = {"vocab_size": 300}


def wordpiece() -> hf.PreTrainedTokenizerFast:
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    tokenizer = Tokenizer(models.WordPiece({v: i for i, v in enumerate(vocab)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return hf.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )


def byte_level(*, roberta: bool) -> hf.PreTrainedTokenizerFast:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {v: i for i, v in enumerate(["<s>", "<pad>", "</s>", "<unk>", *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocab, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    if roberta:
        tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return hf.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    )


def unigram() -> hf.PreTrainedTokenizerFast:
    pieces = [
        ("<pad>", 0.0),
        ("</s>", 0.0),
        ("<unk>", 0.0),
        ("▁", -2.0),
        *((letter, -4.0) for letter in LETTERS),
    ]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)]
    )
    return hf.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    )


def marian_tokenizer(folder: Path) -> hf.MarianTokenizer:
    import json

    import sentencepiece

    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(LINES * 20), "utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus),
        model_prefix=str(folder / "source"),
        vocab_size=60,
        minloglevel=2,
        hard_vocab_limit=False,
    )
    (folder / "source.model").rename(folder / "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    model = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
    pieces = ["</s>", "<unk>", *(model.id_to_piece(i) for i in range(3, model.get_piece_size())), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(pieces)}), "utf-8")
    warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
    return hf.MarianTokenizer(
        source_spm=str(folder / "source.spm"),
        target_spm=str(folder / "target.spm"),
        vocab=str(folder / "vocab.json"),
    )


def build(family: str, folder: Path, **changes: int) -> Path:
    """Save a tiny model of ``family`` with its tokenizer into ``folder``; T5 with ``changes`` of its config."""
    torch.manual_seed(0)
    tokenizer: hf.PreTrainedTokenizerBase
    model: hf.PreTrainedModel
    small = {"vocab_size": 400, "hidden_size": 24, "num_hidden_layers": 3, "num_attention_heads": 4}
    if family == "bert":
        tokenizer = wordpiece()
        model = hf.BertModel(hf.BertConfig(**small, intermediate_size=32, max_position_embeddings=64))
    elif family == "roberta":
        tokenizer = byte_level(roberta=True)
        model = hf.RobertaModel(
            hf.RobertaConfig(**small, intermediate_size=32, max_position_embeddings=66, type_vocab_size=1)
        )
    elif family == "gpt2":
        tokenizer = byte_level(roberta=False)
        model = hf.GPT2LMHeadModel(
            hf.GPT2Config(
                vocab_size=400, n_embd=24, n_layer=3, n_head=4, n_positions=64, bos_token_id=0, eos_token_id=2
            )
        )
    elif family == "llama":
        tokenizer = byte_level(roberta=False)
        model = hf.LlamaForCausalLM(
            hf.LlamaConfig(
                **small,
                intermediate_size=32,
                num_key_value_heads=2,
                max_position_embeddings=64,
                bos_token_id=0,
                eos_token_id=2,
            )
        )
    elif family == "t5":
        tokenizer = unigram()
        model = hf.T5ForConditionalGeneration(
            hf.T5Config(
                vocab_size=400,
                d_model=24,
                d_kv=6,
                d_ff=32,
                num_heads=4,
                decoder_start_token_id=0,
                eos_token_id=1,
                pad_token_id=0,
                **{"num_layers": 3, "num_decoder_layers": 2, **changes},
            )
        )
    elif family == "marian":
        tokenizer = marian_tokenizer(folder)
        vocab = len(tokenizer)
        model = hf.MarianMTModel(
            hf.MarianConfig(
                vocab_size=vocab,
                d_model=24,
                encoder_layers=3,
                decoder_layers=2,
                encoder_attention_heads=4,
                decoder_attention_heads=4,
                encoder_ffn_dim=32,
                decoder_ffn_dim=32,
                max_position_embeddings=64,
                pad_token_id=vocab - 1,
                decoder_start_token_id=vocab - 1,
                eos_token_id=0,
                forced_eos_token_id=0,
            )
        )
    else:
        raise ValueError(family)
    # Random weights of transformers are so small that every softmax comes out even; larger ones make maps.
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim == 2 and "embed" not in name and "shared" not in name:
                weight.mul_(8)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


FAMILIES = ("bert", "roberta", "gpt2", "llama", "t5", "marian")
