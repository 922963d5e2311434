"""One moment of a recorded episode as the environment draws it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import EpisodeFinished
from core.policy_gradient.runs.replay import replay
from core.policy_gradient.runs.still import still
from core.policy_gradient.train import Training
from tests.core.policy_gradient.test_train import finish

CONFIG = replace(ARTICLE, episodes=1, eval_episodes=1)


def test_a_moment_looks_as_it_does_when_the_episode_is_played_to_it():
    record = next(event.record for event in Training(CONFIG) if isinstance(event, EpisodeFinished))
    _events, shown = finish(still(CONFIG, record, 7))
    assert (shown.episode, shown.step) == (1, 7)
    seventh = next(moment for moment in replay(CONFIG, record, pictures={7}) if moment.step == 7)
    assert np.array_equal(shown.image, seventh.picture)
