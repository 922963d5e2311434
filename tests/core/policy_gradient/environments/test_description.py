"""What is written down about an environment is what gymnasium says of it."""

import gymnasium
import numpy as np
import pytest

from core.policy_gradient.environments.description import CARTPOLE, describe


@pytest.mark.parametrize("env_id", [CARTPOLE, "CartPole-v0"])
@pytest.mark.filterwarnings("ignore:.*out of date.*")
def test_the_numbers_are_the_environment_s_own(env_id):
    known, env = describe(env_id), gymnasium.make(env_id)
    assert known.env_id == env.spec.id == env_id
    assert (known.solved_at, known.max_steps) == (env.spec.reward_threshold, env.spec.max_episode_steps)
    assert known.evaluate_from < known.solved_at
    assert len(known.observations) == env.observation_space.shape[0]
    assert len(known.actions) == env.action_space.n
    ends = [env.unwrapped.x_threshold, None, env.unwrapped.theta_threshold_radians, None]
    limits = [number.limit and number.limit / number.factor for number in known.observations]
    assert limits == [end if end is None else pytest.approx(end) for end in ends]
    assert all(number.limit is None or number.limit < number.reach for number in known.observations)
    assert np.isclose(known.observations[2].factor, np.degrees(1.0))
    env.close()


def test_the_exact_id_decides_and_of_another_nothing_is_known():
    assert describe("CartPole-v0").max_steps == 200
    for other in ("CartPole-v2", "CartPole-", "Acrobot-v1"):
        unknown = describe(other)
        assert (unknown.observations, unknown.actions, unknown.solved_at, unknown.max_steps) == ((), (), None, None)
        assert not unknown.zero_last_reward
