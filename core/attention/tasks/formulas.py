"""Formulas as pictures."""

from __future__ import annotations

from collections.abc import Iterator

from core.attention.requests import FormulasRequest
from core.formulas import Typeset, typeset


def typeset_formulas(request: FormulasRequest) -> Iterator[Typeset]:
    """Typeset the formulas of ``request``."""
    yield from typeset(request.formulas, request.symbols)
