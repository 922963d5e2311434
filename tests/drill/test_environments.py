"""Environments that are right but for some random things: trained in, or refused in one sentence that names them."""

from __future__ import annotations

import argparse
import io
import json
import math

import gymnasium as gym
import numpy as np

from core.policy_gradient.commands import train as cli
from tests.core.policy_gradient.hostile import ENV_ID, drawing_from_everywhere, raising, registered, replacing
from tests.drill.plan import cases, marks

pytestmark = marks("environments")

VALUES = (
    None, True, 0, 1, -1, 2**70, 1.5, math.nan, math.inf, -math.inf, 1e300, 5e-324, "1", "", b"1", (), [], {}, [1],
    [[1, 2]], np.float16(1), np.float64(1e39), np.array(1.0), np.array([1.0]), np.ones(2), np.ones((1, 2)),
    np.zeros(0), np.array(["a", "b"]), np.array([None, 1], object), np.array([1, 2]), np.zeros(2, bool),
    np.zeros(2, complex), object(), lambda _env, given: given, lambda env, _given: env,
)  # fmt: skip
ERRORS = (
    ValueError(), ValueError("a\nb\r\nc"), KeyError("x"), OSError(28, "No space left"), SystemExit(3), AssertionError(),
    RecursionError("deep"), MemoryError(), StopIteration(), GeneratorExit(),
    UnicodeDecodeError("utf-8", b"x", 0, 1, "?"),
    RuntimeError("\x1b[31m" + "y" * 3000),
)  # fmt: skip
SPACES = (
    gym.spaces.Discrete(2), gym.spaces.Discrete(5, start=3), gym.spaces.Discrete(1), gym.spaces.Box(-1, 1, (2,)),
    gym.spaces.Box(-1, 1, (0,)), gym.spaces.Box(0, 255, (3,), np.uint8), gym.spaces.Box(-1, 1, ()),
    gym.spaces.MultiBinary(3), gym.spaces.Text(4), None, "Discrete(2)", gym.spaces.MultiDiscrete([2, 3]),
    gym.spaces.Dict(a=gym.spaces.Discrete(2), b=gym.spaces.Box(-1, 1, (2,))),
    gym.spaces.Sequence(gym.spaces.Discrete(2)),
    gym.spaces.Tuple([gym.spaces.Discrete(3), gym.spaces.Text(2)]),
)  # fmt: skip


def changes_of(random):
    """Return one to three random changes of an environment."""
    changes = {}
    for _change in range(random.randint(1, 3)):
        where = random.choice(["step", "step", "reset", "close", "make", "render", "observation_space", "action_space"])
        if where.endswith("space"):
            changes[where] = random.choice(SPACES)
        elif random.random() < 0.3:
            changes[where] = raising(random.choice(ERRORS))
        elif where == "step" and random.random() < 0.1:
            changes[where] = drawing_from_everywhere
        elif where in ("step", "reset"):
            last = 4 if where == "step" else 1
            changes[where] = replacing(random.randint(0, last), random.choice(VALUES))
        else:
            value = random.choice(VALUES)
            changes[where] = lambda _env, _given, value=value: value
    late = random.choice([1, 1, 3, 12])
    if "step" in changes and late > 1:
        step, at = changes["step"], random.randint(1, 3)
        changes["step"] = lambda env, given: step(env, given) if env.steps == at else given
    return changes | {"episode": late, "length": random.randint(1, 5)}


def test_an_environment_is_trained_in_or_refused_in_one_sentence(tmp_path, figures):
    figures.update(environments=0, trained=0, failed=0, refused=0)
    for case, random in cases("environments", least=100):
        file = tmp_path / f"{case}.json"
        given = ["--env", ENV_ID, "--episodes", "20", "--eval-episodes", "2", "--json", str(file)]
        given += ["--preset", random.choice(["article", "fast"])]
        if random.random() < 0.2:
            given += ["--video", str(tmp_path / f"{case}.gif")]
        parser = argparse.ArgumentParser()
        cli.add_arguments(parser)
        out, err = io.StringIO(), io.StringIO()
        with registered(**changes_of(random)):
            code = cli.run(parser.parse_args(given), out=out, err=err)
        figures["environments"] += 1
        figures[{0: "trained", 1: "failed", 2: "refused"}[code]] += 1
        said = err.getvalue()
        assert "Traceback" not in said + out.getvalue(), f"case {case}: {said}"
        if code:
            last = said.rstrip("\n").splitlines()[-1].split("\r")[-1]
            assert last, f"case {case}: {said!r}"
            assert "\x1b[31m" not in last, f"case {case}: {last}"
            assert "Hostile-v0" in last or last.startswith(("--env: ", "--video: ")), f"case {case}: {last}"
            assert len(last) < 700, f"case {case}: {last}"
        if file.exists():
            json.loads(file.read_text("utf-8"), parse_constant=no_json)


def no_json(name):
    raise AssertionError(f"{name} is no JSON")
