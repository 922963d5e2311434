"""Opening a store, and the queue of its pairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import QueueConfig

if TYPE_CHECKING:  # both bring SQLAlchemy, which loads when the first store is opened
    from core.synonyms.queue.queue import Queue
    from core.synonyms.store import Store

PATIENCE: Final = 0.012
"""Seconds the window stands still for another program that holds the store; then the entry waits without it."""


ANSWER_WITHIN: Final = 10.0
"""Seconds after which a server that has not answered the window is given up and tried anew."""


def is_server(address: str) -> bool:
    """Return whether the store at ``address`` is on a server, which may take any time to answer."""
    return "://" in address and not address.startswith("sqlite")


def open_store(config: QueueConfig, *, create: bool) -> tuple[Store, Queue]:
    """Open the store of ``config`` with its queue; neither is open if one of them cannot be.

    Args:
        config: the queue, and the address of its store.
        create: make a new store where there is none.

    Raises:
        SynonymsError: the store cannot be opened or read.
    """
    from core.synonyms.store import Store

    store = Store(config.store, create=create, patience=PATIENCE, answer_within=ANSWER_WITHIN)
    try:
        return store, open_queue(store, config)
    except SynonymsError:
        store.close()
        raise


def open_queue(store: Store, config: QueueConfig) -> Queue:
    """Return the queue of ``config`` in ``store``; what was judged since midnight counts as today's.

    Its annotator is called there as the store knows them.

    Raises:
        SynonymsError: the store cannot be read.
    """
    from core.synonyms.queue.queue import Queue

    config = replace(config, annotator=store.spelled(config.annotator))
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return Queue(store, config, day_began=midnight)
