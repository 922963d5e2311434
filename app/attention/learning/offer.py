"""From a page whose small model nobody has trained to the page where it is trained."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.attention.session import AttentionSession
from app.attention.views.base import View
from core.attention.learned.folders import files_of

TRAINING_VIEW: Final = "learning"


def train_what_is_missing(session: AttentionSession, view: View) -> None:
    """Bring Train live onto the stage with the first model chosen that ``view`` lacks; if it lacks none, show it."""
    options = session.options
    missing = next((name for name in view.small_models(options) if not files_of(name)), None)
    if missing is None:  # it was trained meanwhile
        session.retry()
    else:
        session.want(view=TRAINING_VIEW, learning=replace(options.learning, model=missing))
