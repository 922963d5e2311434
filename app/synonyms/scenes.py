"""What a scene of a lecture can name of the synonyms tab: its pages, and what runs on them.

Nothing is run that is kept: what is mined or judged stays as it is. What a method learns, the worker forgets.
"""

from __future__ import annotations

from typing import Final

from app.synonyms.pages import PAGES
from core.language import N_
from core.lecture.known import RunSpec

PAGE_IDS: Final = tuple(spec.id for spec in PAGES)

LEARN: Final = RunSpec("learn", N_("Let the method learn"), pages=("synonyms.why",))

RUNS: Final = (LEARN,)
