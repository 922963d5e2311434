"""The languages of a translator that knows many: NLLB, M2M100, mBART and their kin.

Such a model is told the language of a text by a token of the tokenizer's, and the language to write in by the token
that its decoder is made to begin with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.attention.errors import NotAvailableError
from core.language import _, listed


def languages_of(tokenizer: Any, known: int) -> dict[str, int]:
    """Return the codes of the languages, as the tokenizer calls them, and the number of each one's token.

    Args:
        tokenizer: of transformers.
        known: how many tokens the model knows.
    """
    if not hasattr(tokenizer, "set_src_lang_special_tokens"):
        return {}
    told = getattr(tokenizer, "lang_code_to_id", None)
    if not told:  # NLLB has them among its special tokens only
        standard = {str(token) for token in tokenizer.special_tokens_map.values() if isinstance(token, str)}
        codes = [str(token) for token in tokenizer.all_special_tokens if str(token) not in standard]
        told = {code: tokenizer.convert_tokens_to_ids(code) for code in codes}
    return {code: int(number) for code, number in dict(told).items() if number is not None and number < known}


class Languages:
    """From which language into which a translator translates.

    Args:
        tokenizer: of transformers; it is told the languages.
        known: how many tokens the model knows.
        forced: the token the model begins with unless another language is chosen; None for none.
    """

    def __init__(self, tokenizer: Any, known: int, forced: int | None) -> None:
        self._tokenizer, self._default_forced = tokenizer, forced
        self._numbers: Mapping[str, int] = languages_of(tokenizer, known)
        self._defaults = (getattr(tokenizer, "src_lang", None), getattr(tokenizer, "tgt_lang", None))
        self.forced = forced

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages, in the order of the tokenizer."""
        return tuple(self._numbers)

    def choose(self, source: str | None, target: str | None, model: str) -> None:
        """Translate from ``source`` into ``target`` from now on; None for what the model does by itself.

        Raises:
            NotAvailableError: the model doesn't know one of them.
        """
        for code in (source, target):
            if code is not None and code not in self._numbers:
                raise NotAvailableError(
                    _("{model} doesn't know the language {code}; it knows: {codes}.").format(
                        model=model, code=code, codes=listed(self._numbers) or "–"
                    )
                )
        if self._numbers:
            self._tokenizer.src_lang = source or self._defaults[0]
            self._tokenizer.tgt_lang = target or self._defaults[1]
        self.forced = self._default_forced if target is None else self._numbers[target]
