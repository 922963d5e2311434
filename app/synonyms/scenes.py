"""What a scene of a lecture can name of the synonyms tab: its pages.

Nothing is run on them: what is mined or judged is kept, and a lecture changes nothing that is kept.
"""

from __future__ import annotations

from typing import Final

from app.synonyms.pages import PAGES

PAGE_IDS: Final = tuple(spec.id for spec in PAGES)
