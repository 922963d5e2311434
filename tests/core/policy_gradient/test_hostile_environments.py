"""Whatever an environment of others does, ``train`` says so in one sentence and keeps what was done until then."""

from __future__ import annotations

import argparse
import io
import json
import random
import signal
import sys
import time

import gymnasium as gym
import numpy as np
import pytest
import torch
from gymnasium.vector import AutoresetMode, VectorEnv

from core.policy_gradient.checkpoint import load_checkpoint
from core.policy_gradient.commands import train as cli
from core.policy_gradient.config import FAST, TrainConfig
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.errors import EnvironmentFailedError
from core.policy_gradient.events import EpisodeFinished, Frame
from core.policy_gradient.train import Training
from tests.core.policy_gradient.hostile import (
    ENV_ID,
    Hostile,
    drawing_from_everywhere,
    raising,
    registered,
    replacing,
)


def train(*arguments, env_id=ENV_ID):
    """Run the command; return its exit code and what it wrote to standard output and standard error."""
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    given = ["--env", env_id, "--episodes", "70", "--eval-episodes", "2", *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    return cli.run(parser.parse_args(given), out=out, err=err), out.getvalue(), err.getvalue()


def last_line(text):
    """Return the last line, without what a progress bar left before it."""
    return text.splitlines()[-1].split("\r")[-1]


SILENT, LONG = ValueError(), ValueError("one\ntwo\r\nthree")
ENDINGS = [
    ("step", SILENT, "ValueError."),
    ("step", LONG, "ValueError: one two three."),
    ("step", OSError("杆倒了 \x1b[31m"), "OSError: 杆倒了 [31m."),
    ("step", SystemExit(3), "SystemExit: 3."),
    ("step", GeneratorExit(), "GeneratorExit."),
    ("step", RuntimeError("x" * 5000), "…."),
    ("reset", KeyError("obs"), "KeyError: 'obs'."),
    ("reset", SystemExit(), "SystemExit."),
]


@pytest.mark.sweep(5)
@pytest.mark.parametrize(("call", "error", "words"), ENDINGS)
@pytest.mark.parametrize("preset", ["article", "fast"])
def test_what_was_done_is_kept_when_an_environment_raises_at_episode_60(tmp_path, call, error, words, preset):
    files = [tmp_path / name for name in ("run.json", "weights.safetensors", "video.mp4")]
    at_once = ("--preset", preset, "--n-envs", 1, "--batch", 5)
    with registered(episode=60, **{call: raising(error)}):
        code, _out, err = train(
            "--json", files[0], "--checkpoint", files[1], "--video", files[2], "--evaluate-every", 2, *at_once
        )
    assert code == 1
    said = last_line(err)
    assert said.startswith(f"The environment Hostile-v0 failed in {call}() (episode 60, step ")
    assert said.endswith(words)
    content = json.loads(files[0].read_text("utf-8"))
    assert content["durations"] == [3] * 59
    assert (content["ending"], content["error"], content["interrupted"]) == ("failed", said, False)
    assert content["weights"]["kind"] == "best"
    assert load_checkpoint(files[1]).config.env_id == ENV_ID
    assert files[2].read_bytes()[4:8] == b"ftyp"


def test_a_keyboard_interrupt_of_an_environment_is_taken_for_ctrl_c_and_keeps_what_was_done(tmp_path):
    with registered(episode=60, step=raising(KeyboardInterrupt())):
        code, _out, _err = train("--json", tmp_path / "run.json")
    assert code == 130
    content = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert (len(content["durations"]), content["ending"]) == (59, "interrupted")


@pytest.mark.parametrize("episode", [0, 1], ids=["before the first reset, too", "once it was played"])
def test_an_environment_that_can_not_be_closed_loses_nothing(tmp_path, episode):
    with registered(close=raising(RuntimeError("stuck")), episode=episode):
        code, _out, _err = train("--json", tmp_path / "run.json")
    assert code == 0
    assert len(json.loads((tmp_path / "run.json").read_text("utf-8"))["durations"]) == 70


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"step": replacing(1, float("nan"))}, "the reward is nan"),
        ({"step": replacing(1, -np.inf)}, "the reward is -inf"),
        ({"step": replacing(1, 1e300)}, "the reward is 1e+300"),
        ({"step": replacing(1, None)}, "the reward is NoneType"),
        ({"step": replacing(1, "1")}, "the reward is str"),
        ({"step": replacing(1, np.ones(2))}, "the reward is float64 (2,)"),
        ({"step": replacing(2, None)}, "terminated is NoneType"),
        ({"step": replacing(2, np.zeros(2, bool))}, "terminated is bool (2,)"),
        ({"step": replacing(3, 2)}, "truncated is int"),
        ({"step": replacing(3, "no")}, "truncated is str"),
        ({"step": replacing(0, np.array([0.0, np.nan]))}, "number 2 of the observation is nan"),
        ({"step": replacing(0, np.array([1e300, 0.0]))}, "number 1 of the observation is 1e+300"),
        ({"step": replacing(0, np.zeros(3))}, "shape (3,)"),
        ({"step": replacing(0, np.zeros((1, 2)))}, "shape (1, 2)"),
        ({"step": replacing(0, {"a": 1})}, "the observation is dict"),
        ({"step": replacing(0, [[1], [1, 2]])}, "the observation is list"),
        ({"step": lambda _env, given: given[:4]}, "step() must return five values"),
        ({"step": lambda _env, given: list(given)[:1]}, "step() must return five values"),
        ({"step": lambda _env, _given: None}, "step() must return five values"),
        ({"reset": lambda _env, given: given[0]}, "reset() must return two values"),
        ({"reset": replacing(0, np.array([np.inf, 0.0]))}, "number 1 of the observation is inf"),
        ({"reset": replacing(0, 4)}, "shape ()"),
        ({"make": raising(RuntimeError("no licence"))}, "can't be made: RuntimeError: no licence"),
        ({"make": raising(SystemExit("gone"))}, "can't be made: SystemExit: gone"),
        ({"action_space": gym.spaces.Box(-1, 1, (1,))}, "two or more discrete actions"),
        ({"action_space": gym.spaces.MultiDiscrete([2, 2])}, "two or more discrete actions"),
        ({"action_space": gym.spaces.Tuple([gym.spaces.Discrete(2)])}, "two or more discrete actions"),
        ({"action_space": None}, "two or more discrete actions"),
        ({"observation_space": gym.spaces.Discrete(5)}, "shape (2,), and its space says ()"),
        ({"observation_space": gym.spaces.Dict(a=gym.spaces.Discrete(2))}, "float32 (2,); a dict is needed"),
        ({"observation_space": gym.spaces.Box(0, 255, (8, 8, 3), np.uint8)}, "it observes pictures (Box(8, 8, 3)"),
        ({"observation_space": gym.spaces.Dict(a=gym.spaces.Text(3))}, "it observes in a: text"),
        ({"observation_space": gym.spaces.Sequence(gym.spaces.Discrete(2))}, "no fixed number of numbers"),
        ({"observation_space": gym.spaces.Discrete(10**9)}, "1000000000 numbers in an observation"),
        ({"observation_space": "numbers"}, "numbers, which has no fixed number of numbers"),
    ],
)
def test_what_can_not_be_played_is_refused_before_anything_is_learned(tmp_path, changes, words):
    with registered(**changes):
        code, out, err = train("--json", tmp_path / "run.json")
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("--env: ")
    assert err.count("\n") == 1
    assert not (tmp_path / "run.json").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (replacing(1, float("nan")), "the reward is nan"),
        (replacing(0, np.array([np.nan, 0.0])), "number 1 of the observation is nan"),
        (replacing(0, np.zeros(4)), "shape (4,), and its space says (2,)"),
        (replacing(2, np.zeros(3, bool)), "terminated is bool (3,)"),
    ],
)
@pytest.mark.parametrize("preset", ["article", "fast"])
def test_what_goes_wrong_later_names_episode_step_and_value(change, words, preset):
    with registered(episode=4, step=lambda env, given: change(env, given) if env.steps == 2 else given):
        code, _out, err = train("--preset", preset, "--n-envs", 1)
    assert code == 1
    assert "(episode 4, step 2): " in last_line(err)
    assert words in last_line(err)
    assert "learning rate" not in last_line(err)


LAKE, HAND = gym.spaces.Discrete(4), gym.spaces.Dict(at=gym.spaces.Discrete(3), near=gym.spaces.Box(-1, 1, (2,)))


@pytest.mark.parametrize(
    ("space", "right", "wrong", "words"),
    [
        (LAKE, 3, 4, "the observation is 4, and its space says from 0 to 3"),
        (LAKE, 0, -1, "the observation is -1"),
        (LAKE, 1, float("nan"), "a whole number is needed"),
        (LAKE, 1, {"at": 1}, "the observation is dict"),
        (HAND, {"at": 2, "near": [0, 1]}, {"at": 3, "near": [0, 1]}, "the field at of the observation is 3"),
        (HAND, {"at": 2, "near": [0, 1]}, {"at": 2}, "the observation has no near"),
        (HAND, {"at": 2, "near": [0, 1]}, {"at": 0, "near": [0, np.inf]}, "number 2 of the field near"),
        (HAND, {"at": 2, "near": [0, 1]}, 7, "the observation is int; a dict is needed"),
    ],
)
def test_states_and_fields_that_go_wrong_later_are_named(tmp_path, space, right, wrong, words):
    path = tmp_path / "run.json"
    changes = {"observation_space": space, "reset": replacing(0, right)}

    def step(env, given):
        return replacing(0, wrong if (env.episode, env.steps) == (4, 2) else right)(env, given)

    with registered(step=step, **changes):
        code, _out, err = train("--json", path)
    assert code == 1
    assert "(episode 4, step 2): " in last_line(err)
    assert words in last_line(err)
    assert json.loads(path.read_text("utf-8"))["durations"] == [3] * 3


def plain_curve(**changes):
    with registered(**changes):
        return [event for event in Training(CONFIG) if isinstance(event, EpisodeFinished)]


CONFIG = TrainConfig(env_id=ENV_ID, episodes=8, eval_episodes=2, zero_last_reward=False)


@pytest.mark.parametrize(
    "change",
    [
        replacing(1, 1),
        replacing(1, np.float32(1)),
        replacing(1, np.array(1.0)),
        replacing(1, np.array([1.0])),
        replacing(1, [1]),
        replacing(1, True),
        replacing(2, lambda _env, given: np.bool_(given)),
        replacing(2, lambda _env, given: np.array(given)),
        replacing(2, lambda _env, given: np.array([given])),
        replacing(2, lambda _env, given: int(given)),
        replacing(3, np.array([False])),
        replacing(0, lambda _env, given: given.tolist()),
        replacing(0, lambda _env, given: given.astype(np.float64)),
        replacing(0, lambda _env, given: torch.from_numpy(given)),
        replacing(4, None),
    ],
)
def test_other_ways_to_say_the_same_are_understood(change):
    assert plain_curve(step=change) == plain_curve()


class HandsOutItsBuffer(Hostile):
    """Gives the array it goes on writing to."""

    def _obs(self):
        if not hasattr(self, "_buffer"):
            self._buffer = np.zeros(2, np.float32)
        self._buffer[:] = super()._obs()
        return self._buffer


@pytest.mark.parametrize("preset", [CONFIG, FAST.for_environment(ENV_ID)])
def test_a_buffer_that_is_handed_out_is_copied(preset):
    learned = []
    for entry_point in (Hostile, HandsOutItsBuffer):
        with registered(entry_point=entry_point):
            config = TrainConfig.from_dict(preset.to_dict() | {"episodes": 12, "batch_episodes": 4, "eval_episodes": 2})
            training = Training(config)
            list(training)
        learned.append([parameter.detach().clone() for parameter in training.policy.parameters()])
    assert all(torch.equal(one, other) for one, other in zip(*learned, strict=True))


class BufferedVector(VectorEnv):
    """A vectorised form that writes all its answers into the arrays it gave before."""

    metadata = {"autoreset_mode": AutoresetMode.NEXT_STEP}  # noqa: RUF012  as gymnasium's own have it

    def __init__(self, num_envs, max_episode_steps=None, **_given):
        self.num_envs = num_envs
        self.single_observation_space = gym.spaces.Box(-10, 10, (2,), np.float32)
        self.single_action_space = gym.spaces.Discrete(2)
        self.action_space = gym.spaces.MultiDiscrete([2] * num_envs)
        self.state = np.zeros((2, num_envs))
        self._given = (
            np.zeros((num_envs, 2), np.float32), np.zeros(num_envs), np.zeros(num_envs, bool), np.zeros(num_envs, bool),
        )  # fmt: skip
        self._limit, self._steps = max_episode_steps, 0

    def reset(self, *, seed=None, options=None):  # noqa: ARG002  gymnasium's signature
        self._steps = 0
        self._given[0][:] = 0
        return self._given[0], {}

    def step(self, actions):
        self._steps += 1
        obs, rewards, terminated, _truncated = self._given
        obs[:] = self._steps
        rewards[:] = actions + 1.0
        terminated[:] = self._steps == 3
        return (*self._given, {})


class WithState(Hostile):
    state = (0.0, 0.0)


def test_rows_of_a_vectorised_form_are_those_of_their_steps():
    gym.register("Buffered-v0", entry_point=WithState, vector_entry_point=BufferedVector)
    try:
        environments = VectorEnvironment("Buffered-v0", 2, 0)
        assert environments.is_vectorised
        first, (rewards, terminated, _truncated) = environments.obs, environments.step(np.array([0, 1]))
        environments.step(np.array([1, 1]))
        environments.step(np.array([1, 1]))
        assert (first.tolist(), rewards.tolist(), terminated.tolist()) == ([[0, 0]] * 2, [1, 2], [False] * 2)
        environments.close()
    finally:
        del gym.registry["Buffered-v0"]


@pytest.mark.parametrize("preset", ["article", "fast"])
def test_the_same_seed_gives_the_same_curve_wherever_chance_is_taken_from(preset):
    base = FAST if preset == "fast" else TrainConfig()
    config = TrainConfig.from_dict(
        base.for_environment(ENV_ID).to_dict() | {"episodes": 16, "batch_episodes": 4, "eval_episodes": 3}
    )
    curves = []
    for noise in range(2):
        random.seed(noise)
        np.random.seed(noise)  # noqa: NPY002  what others draw from
        with registered(step=drawing_from_everywhere):
            curves.append([event for event in Training(config) if isinstance(event, EpisodeFinished)])
        assert np.random.rand() == np.random.RandomState(noise).rand()  # noqa: NPY002  given back as it was
        assert random.random() == random.Random(noise).random()
    assert curves[0] == curves[1]
    with registered(step=drawing_from_everywhere):
        often = TrainConfig.from_dict(config.to_dict() | {"evaluate_every": 1})
        assert [event for event in Training(often) if isinstance(event, EpisodeFinished)] == curves[0]
        other = TrainConfig.from_dict(config.to_dict() | {"seed": 1})
        assert [event for event in Training(other) if isinstance(event, EpisodeFinished)] != curves[0]


def test_pictures_draw_from_nobody_s_chances():
    curves = []
    for watched in (False, True):
        noise = {"render": lambda _env, given: given + np.uint8(np.random.randint(9))}  # noqa: NPY002
        with registered(step=drawing_from_everywhere, **noise):
            training, curve = Training(CONFIG), []
            for event in training:
                if watched:
                    training.snapshot()
                curve += [event] if isinstance(event, EpisodeFinished) else []
        curves.append(curve)
    assert curves[0] == curves[1]


@pytest.mark.parametrize(
    ("render", "words"),
    [
        (lambda _env, given: given / 255, "the picture is float64 (20, 30, 3)"),
        (lambda _env, _given: np.zeros((20, 30, 4), np.uint8), "the picture is uint8 (20, 30, 4)"),
        (lambda _env, _given: np.zeros((20, 30), np.uint8), "the picture is uint8 (20, 30)"),
        (lambda _env, _given: None, "the picture is NoneType"),
        (lambda env, _given: np.zeros((20 + env.steps, 30, 3), np.uint8), "all must have one size"),
        (raising(RuntimeError("no display")), "RuntimeError: no display"),
        (raising(SystemExit()), "SystemExit"),
    ],
)
def test_a_film_that_can_not_be_made_is_refused_before_the_training(tmp_path, render, words):
    with registered(render=render):
        code, out, err = train("--video", tmp_path / "a.mp4", "--json", tmp_path / "run.json")
    assert (code, out) == (2, "")
    assert err.startswith("--video: ")
    assert words in err
    assert list(tmp_path.iterdir()) == []


class TakesNoRenderMode(Hostile):
    def __init__(self):
        super().__init__()


def test_an_environment_made_without_render_mode_is_played_without_pictures(tmp_path):
    with registered(entry_point=TakesNoRenderMode):
        assert train()[0] == 0
        code, _out, err = train("--video", tmp_path / "a.gif")
        training = Training(CONFIG)
        frame = training.snapshot()
        training.close()
    assert code == 2
    assert "has no pictures to record" in err
    assert isinstance(frame, Frame)
    assert (frame.image, frame.no_picture, len(frame.obs)) == (None, "", 2)


def test_a_picture_that_fails_on_screen_says_why_and_the_run_goes_on():
    with registered(episode=3, render=raising(RuntimeError("no display"))):
        training = Training(CONFIG)
        reasons = [training.snapshot().no_picture for event in training if isinstance(event, EpisodeFinished)]
    assert reasons[0] == reasons[1] == ""
    assert "failed in render() (episode 3, step 3): RuntimeError: no display" in reasons[2]
    assert len(reasons) == 8


class OldReset(gym.Env):
    observation_space = gym.spaces.Box(-1, 1, (2,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def reset(self):
        return np.zeros(2, np.float32)

    def step(self, action):  # noqa: ARG002  gymnasium's signature
        return np.zeros(2, np.float32), 0.0, True, {}


def test_the_older_interface_is_named():
    with registered(entry_point=OldReset):
        code, _out, err = train()
    assert code == 2
    assert "reset(*, seed=None, options=None) is needed, and its reset takes ()" in err


class FewCopies(Hostile):
    alive = 0

    def __init__(self, **given):
        if FewCopies.alive == 2:
            raise RuntimeError("no third copy")
        super().__init__(**given)
        FewCopies.alive += 1

    def close(self):
        FewCopies.alive -= 1


def test_examiners_that_can_not_be_made_are_missed_before_the_training():
    with registered(entry_point=FewCopies):
        code, out, err = train("--eval-episodes", 5)
    assert (code, out) == (2, "")
    assert "no third copy" in err
    assert err.count("\n") == 1


def test_an_environment_without_end_is_cut_off_and_says_where_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "SAY_EVERY", 0.0)
    with registered(length=10**9):
        code, _out, err = train("--episodes", 1, "--eval-episodes", 8, "--json", tmp_path / "run.json")
    assert code == 0
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["durations"] == [10_000]
    assert "episode 1, step " in err
    assert "greedy episodes: 0 of 8, step " in err


def test_a_slow_step_is_waited_for():
    with registered(step=lambda env, given: (time.sleep(0.02), given)[1] if env.steps == 1 else given):
        assert train("--episodes", 2)[0] == 0


@pytest.fixture
def own_module(tmp_path, monkeypatch):
    """A package of somebody's own, which registers its environment when it is imported."""
    (tmp_path / "somebodys_own.py").write_text(
        "import gymnasium\n"
        "from tests.core.policy_gradient.hostile import Hostile\n"
        "gymnasium.register('CartPole-v3', entry_point=Hostile, reward_threshold=2.5)\n"
        "gymnasium.register('somebody/Plain', entry_point=Hostile)\n",
        "utf-8",
    )
    (tmp_path / "broken_module.py").write_text("import sys\nsys.exit('no')\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "somebodys_own"
    for env_id in ("CartPole-v3", "somebody/Plain"):
        gym.registry.pop(env_id, None)
    sys.modules.pop("somebodys_own", None)


def test_an_environment_of_one_s_own_module_is_played_by_its_own_rule(own_module, tmp_path):
    code, out, _err = train("--json", tmp_path / "run.json", env_id=f"{own_module}:CartPole-v3")
    assert code == 0
    content = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert content["config"]["env_id"] == f"{own_module}:CartPole-v3"
    assert content["config"]["zero_last_reward"] is False
    assert content["solved_rule"] == {"at": 2.5, "by": "training", "episodes": 100, "source": "environment"}
    assert "average 2.5 (the environment's own threshold)" in out
    assert train(env_id=f"{own_module}:somebody/Plain")[0] == 0


@pytest.mark.parametrize(
    ("env_id", "words"),
    [
        ("no_such_module:Thing-v0", "no module no_such_module"),
        ("broken_module:Thing-v0", "can't be imported: SystemExit: no"),
        ("somebodys_own:Other-v0", "no environment somebodys_own:Other-v0"),
        ("a:b:c", "no module a:b"),
        ("CartPole-v1-v2", "no environment"),
        ("::", "no module"),
    ],
)
@pytest.mark.usefixtures("own_module")
def test_an_id_that_leads_nowhere_is_one_line(env_id, words):
    code, out, err = train(env_id=env_id)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


@pytest.mark.parametrize("env_id", ["gymnasium.envs.classic_control:CartPole-v1", "CartPole"])
def test_other_names_of_cartpole_are_cartpole(tmp_path, env_id):
    train("--json", tmp_path / "one.json", "--episodes", 6, env_id=env_id)
    train("--json", tmp_path / "other.json", "--episodes", 6, env_id="CartPole-v1")
    one, other = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("one.json", "other.json"))
    assert one["config"] == other["config"]
    assert one["durations"] == other["durations"]


class Counts(gym.Env):
    """One number, the steps taken; ends never by itself; what it is made with is what it pays."""

    observation_space = gym.spaces.Box(-1e6, 1e6, (1,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def __init__(self, pay=1.0, render_mode=None):
        self.pay, self.render_mode, self.steps = pay, render_mode, 0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed, options=options)
        self.steps = 0
        return np.zeros(1, np.float32), {}

    def step(self, action):  # noqa: ARG002  gymnasium's signature
        self.steps += 1
        return np.array([self.steps], np.float32), self.pay, False, False, {}


@pytest.fixture
def counts():
    wrapper = gym.wrappers.TransformReward.wrapper_spec(func=lambda reward: 10 * reward)
    gym.register("Counts-v0", entry_point=Counts, max_episode_steps=50, additional_wrappers=(wrapper,))
    yield "Counts-v0"
    del gym.registry["Counts-v0"]


@pytest.mark.parametrize("preset", ["article", "fast"])
def test_options_limit_and_the_wrappers_of_the_specification_are_in_force_and_written_down(counts, tmp_path, preset):
    path, weights = tmp_path / "run.json", tmp_path / "weights.safetensors"
    code, _out, _err = train(
        "--preset", preset, "--episodes", 8, "--batch", 4, "--env-kwargs", '{"pay": 2.5}', "--max-episode-steps", 7,
        "--json", path, "--checkpoint", weights, env_id=counts,
    )  # fmt: skip
    assert code == 0
    content = json.loads(path.read_text("utf-8"))
    assert (content["durations"], content["returns"]) == ([7] * 8, [175.0] * 8)
    assert (content["config"]["env_kwargs"], content["config"]["max_episode_steps"]) == ({"pay": 2.5}, 7)
    assert load_checkpoint(weights).config.env_kwargs == '{"pay": 2.5}'


@pytest.mark.parametrize(
    ("typed", "option", "words"),
    [
        ('{"wages": 1}', "--env-kwargs", 'Counts-v0 has no option "wages"'),
        ("{pay: 1}", "--env-kwargs", "a JSON object, such as"),
        ("[1]", "--env-kwargs", "a JSON object, such as"),
        ('{"pay": NaN}', "--env-kwargs", "a JSON object, such as"),
        ('{"render_mode": "human"}', "--env-kwargs", "render_mode is set by the program"),
    ],
)
def test_options_that_can_not_be_are_one_line(counts, typed, option, words):
    code, out, err = train("--env-kwargs", typed, env_id=counts)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"{option}: ")
    assert words in err


def test_until_solved_without_a_threshold_is_refused():
    with registered(reward_threshold=float("nan")):
        code, _out, err = train("--until-solved")
        assert code == 2
        assert err.startswith("--until-solved: ")
        assert "--solved-at" in err
        code, out, _err = train("--until-solved", "--solved-at", 2, "--solved-window", 5)
        assert (code, "Solved at episode 5." in out) == (0, True)
        assert "says from where on it counts as solved" in train("--episodes", 2)[1]


@pytest.mark.filterwarnings("ignore:.*out of date.*")
def test_cartpole_v0_counts_as_solved_by_its_own_threshold(tmp_path):
    code, out, _err = train(
        "--preset", "fast", "--until-solved", "--episodes", 6400, "--eval-episodes", 20, "--json", tmp_path / "a.json",
        env_id="CartPole-v0",
    )  # fmt: skip
    assert code == 0
    content = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert content["solved_episode"] is not None
    assert content["solved_rule"]["at"] == 195
    assert "average 195" in out


def test_json_on_the_standard_output_is_alone_even_beside_an_environment_that_prints(capsys):
    with registered(step=lambda _env, given: (print("hello"), given)[1]):
        parser = argparse.ArgumentParser()
        cli.add_arguments(parser)
        code = cli.run(parser.parse_args(["--env", ENV_ID, "--episodes", "2", "--eval-episodes", "1", "--json", "-"]))
    assert code == 0
    assert len(json.loads(capsys.readouterr().out)["durations"]) == 2


def test_where_ctrl_c_is_another_s_to_handle_a_keyboard_interrupt_is_the_environment_s_own():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in a worker
    try:
        with (
            registered(episode=4, step=raising(KeyboardInterrupt())),
            pytest.raises(EnvironmentFailedError, match=r"episode 4, step 1\): KeyboardInterrupt"),
        ):
            list(Training(CONFIG))
    finally:
        signal.signal(signal.SIGINT, before)
