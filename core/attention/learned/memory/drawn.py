"""Stories by number, of few enough sentences to be looked at."""

from __future__ import annotations

from typing import Final

from core.attention.learned.memory.stories import Story, stories
from core.attention.learned.memory.words import SpokenLanguage, say

_LONGEST: Final = 12
_FIRST_SEED: Final = 100_000
"""Far from the seed by which the stories to learn from were drawn."""


def drawn_story(task: str, number: int) -> Story:
    """Return the story of a number with a question of ``task``, always the same."""
    return next(story for story in stories(task, _FIRST_SEED + number) if len(story.facts) <= _LONGEST)


def told(story: Story, language: SpokenLanguage) -> tuple[str, str]:
    """Return a story and its question as they are typed."""
    blank = " " if language == "en" else ""
    return blank.join(say(fact, language) for fact in story.facts), say(story.question, language)
