"""What is written down about an environment is what gymnasium says of it."""

import gymnasium
import numpy as np
import pytest

from core.policy_gradient.environments.description import (
    CARTPOLE,
    OFFERED,
    EnvironmentFacts,
    ObservationDescription,
    ObservationField,
    describe,
)
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.environments.requirement import Requirement


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
    for other in ("CartPole-v2", "CartPole-", "Pendulum-v1"):
        unknown = describe(other)
        assert (unknown.observations, unknown.actions, unknown.solved_at, unknown.max_steps) == ((), (), None, None)
        assert not unknown.zero_last_reward


# Box2D's binding was made by an older SWIG, which Python 3.12 and later warn of
@pytest.mark.filterwarnings("ignore:builtin type .* has no __module__:DeprecationWarning")
@pytest.mark.parametrize("known", OFFERED, ids=lambda known: known.env_id)
def test_what_the_window_offers_is_as_it_is_described(known):
    if known.requirement is not None and known.requirement.missing():
        pytest.skip(known.requirement.missing())
    environment = Environment(known.env_id, 0, picture=False)
    facts = environment.facts
    spec = environment.env.spec
    environment.close()
    assert known.n_obs == environment.shape.n_obs == sum(field.size for field in facts.fields)
    assert len(known.actions) == facts.n_actions
    assert len(known.sides) in (0, facts.n_actions)
    assert known.solved_at == facts.solved_at
    assert known.max_steps in (None, spec.max_episode_steps)
    states = [one.states for one in known.observations if one.states]
    assert states == [field.size for field in facts.fields if field.is_one_hot]


def test_an_environment_s_own_word_completes_what_is_known_and_names_stay_where_they_fit():
    lake = describe("FrozenLake-v1")
    same = lake.completed(EnvironmentFacts((ObservationField("", 16, is_one_hot=True),), 4, 0.7, 100))
    assert (same.observations, same.actions) == (lake.observations, lake.actions)
    large = lake.completed(EnvironmentFacts((ObservationField("", 64, is_one_hot=True),), 4, None, 9))
    assert large.observations == (ObservationDescription("s1", states=64),)
    assert (large.actions, large.solved_at, large.max_steps) == (lake.actions, None, 9)
    own = describe("own:Thing-v0").completed(
        EnvironmentFacts((ObservationField("at", 3, is_one_hot=True, first=1), ObservationField("hand.0", 2)), 5)
    )
    assert own.observations == (
        ObservationDescription("at", states=3, first=1),
        ObservationDescription("hand.0 1"),
        ObservationDescription("hand.0 2"),
    )
    assert own.actions == ()
    plain = describe("own:Thing-v0").completed(EnvironmentFacts((ObservationField("", 2),), 2))
    assert [one.name for one in plain.observations] == ["s1", "s2"]


def test_what_is_missing_is_said_with_what_to_do():
    assert Requirement("gymnasium").missing() == ""
    assert Requirement("numpy", extra="team", since=(1, 0)).missing() == ""
    assert Requirement("no_such_module", extra="box2d").missing().endswith("pip install 'yaya-lab[box2d]'")
    assert Requirement("gymnasium", since=(99, 1)).missing() == "It needs gymnasium 99.1 or newer."
