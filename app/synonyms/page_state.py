"""What the pages have in common when they say, and take up, what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.synonyms.annotation.session import LabelSession
from core.visible import visible

if TYPE_CHECKING:
    from core.synonyms.store import Row

_LARGEST_ID = 2**63 - 1


def pair_values(word1: str, word2: str, cosine: float | None) -> dict[str, str]:
    """Return what the symbols of a pair stand for: its words u and v, and their cosine where it is known."""
    values = {"u": visible(word1), "v_word": visible(word2)}
    if cosine is not None:
        values["cos"] = f"{cosine:.2f}".replace("-", "−")
    return values


def find_pair(session: LabelSession, saved: object, then: Callable[[int], None]) -> None:
    """Go on with the id of a saved pair (id and both words), if the open store holds that pair under that id."""
    store = session.store
    if store is None or not isinstance(saved, list) or len(saved) != 3 or not is_id(saved[0]):
        return

    def look(rows: list[Row]) -> None:
        if session.store is store and any([row.word1, row.word2] == saved[1:] for row in rows):
            then(saved[0])

    # Whoever reads it next says what is wrong.
    session.calls.call(partial(store.table_query().rows, [saved[0]]), look, lambda _error: None)


def is_id(value: object) -> bool:
    """Return whether a JSON value can be the id of a pair."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST_ID


def without(values: object, name: str) -> dict[str, Any]:
    """Return the JSON object ``values`` but for one of its names; empty where it is no object."""
    return {key: value for key, value in values.items() if key != name} if isinstance(values, Mapping) else {}
