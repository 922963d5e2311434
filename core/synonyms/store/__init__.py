"""Keeping candidates and decisions: SQLite for one desk, PostgreSQL for a team, the same code.

``schema`` says what is kept, ``migrations`` brings older stores up to it, ``database`` opens and waits,
``adding`` takes candidates in, ``judging`` keeps the history of decisions, ``people`` the annotators,
``window`` shows a million pairs, ``checking`` compares everything derived with the history; ``Store`` is the
door to all.
"""

from core.synonyms.store.errors import (
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreGoneError,
    StoreLockedError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreUnreachableError,
    StoreVersionError,
)
from core.synonyms.store.people import Annotator, Sharing
from core.synonyms.store.rows import Filter, Range, Row, Sort
from core.synonyms.store.store import Store
from core.synonyms.store.table_query import Window

__all__ = [
    "Annotator",
    "Filter",
    "Range",
    "Row",
    "Sharing",
    "Sort",
    "Store",
    "StoreDamagedError",
    "StoreError",
    "StoreFullError",
    "StoreGoneError",
    "StoreLockedError",
    "StoreMissingError",
    "StoreReadOnlyError",
    "StoreUnreachableError",
    "StoreVersionError",
    "Window",
]
