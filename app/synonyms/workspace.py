"""What the pages of the synonyms tab share."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from typing import Final

from app.background import Background
from app.panel import Look
from app.synonyms.annotation.session import LabelSession
from app.synonyms.saved_choices import can_name
from app.synonyms.sources.mining import Mining
from app.synonyms.wishes import Wishes
from core.language import _
from core.paths import data_folder
from core.synonyms.names import clean_name

STORE_NAME: Final = "synonyms.db"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Given to each page when it is made.

    Attributes:
        look: colours and sizes.
        background: the workers.
        session: the store, the queue and the card.
        mining: what fills the store.
        wishes: what one page wants of another.
    """

    look: Look
    background: Background
    session: LabelSession
    mining: Mining
    wishes: Wishes = field(default_factory=Wishes)


def usual_address() -> str:
    """Return the address of the store that is opened unless another was."""
    return str(data_folder() / STORE_NAME)


def default_annotator() -> str:
    """Return the name of who sits at this machine, if it can name an annotator."""
    try:
        name = clean_name(getpass.getuser())
    except (OSError, KeyError, ImportError):  # a machine that does not know its users
        return _("me")
    return name if can_name(name) else _("me")
