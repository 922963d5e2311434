"""The ``train`` command: its file, its words and its exit codes."""

from __future__ import annotations

import argparse
import io
import json
import sys

import pytest

from core.policy_gradient.checkpoint import load_checkpoint
from core.policy_gradient.commands import train as cli
from core.policy_gradient.config import ARTICLE, FAST, HYPERPARAMETERS, TrainConfig
from core.policy_gradient.train import Training

PROMISED = {
    "config",
    "seed",
    "durations",
    "updates",
    "solved_episode",
    "greedy_mean",
    "env_steps",
    "seconds",
    "env_steps_per_second",
}


def parse(*arguments):
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return parser.parse_args(list(map(str, arguments)))


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    code = cli.run(parse(*arguments), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_the_file_holds_what_was_promised(tmp_path):
    file = tmp_path / "run.json"
    code, out, err = run("--preset", "article", "--episodes", 12, "--seed", 3, "--eval-episodes", 5, "--json", file)
    assert code == 0
    content = json.loads(file.read_text(encoding="utf-8"))
    assert set(content) >= PROMISED
    assert TrainConfig.from_dict(content["config"]).seed == content["seed"] == 3
    assert len(content["durations"]) == 12
    assert content["updates"] == 2
    assert content["env_steps"] == sum(content["durations"])
    assert content["solved_episode"] is None
    assert content["greedy_mean"] > 0
    assert content["env_steps_per_second"] == pytest.approx(content["env_steps"] / content["seconds"])
    assert content["interrupted"] is False
    assert out.startswith(f"12 episodes, 2 updates, {content['env_steps']} steps in ")
    assert "/12 " in err
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_fast_solves_and_keeps_weights_and_video(tmp_path):
    files = {name: tmp_path / name for name in ("run.json", "best.safetensors", "best.mp4")}
    code, out, _err = run(
        "--preset", "fast", "--until-solved", "--json", files["run.json"],
        "--checkpoint", files["best.safetensors"], "--video", files["best.mp4"],
    )  # fmt: skip
    assert code == 0
    content = json.loads(files["run.json"].read_text(encoding="utf-8"))
    assert content["solved_episode"] == len(content["durations"])
    assert content["greedy_mean"] >= 475
    assert f"Solved at episode {content['solved_episode']}." in out
    assert load_checkpoint(files["best.safetensors"]).config == FAST
    assert files["best.mp4"].read_bytes()[4:8] == b"ftyp"


def test_every_hyperparameter_has_an_option():
    given = {
        "--preset": "fast", "--env": "Acrobot-v1", "--seed": "5", "--episodes": "7", "--learning-rate": "0.02",
        "--gamma": "0.9", "--batch": "3", "--n-envs": "2",
        "--hidden": "8,8", "--optimizer": "adam", "--reduction": "sum",
        "--solved-at": "-90", "--solved-window": "10", "--eval-episodes": "4", "--evaluate-from": "-300",
        "--evaluate-every": "3", "--env-kwargs": '{"a": 1}', "--max-episode-steps": "99",
        "--baseline": "step", "--entropy-bonus": "0.01",
    }  # fmt: skip
    flags = ["--zero-last-reward", "--no-until-solved", "--scale-observations", "--no-reward-to-go", "--no-normalise"]
    config = cli.config_from(parse(*(word for pair in given.items() for word in pair), *flags))
    assert config == TrainConfig(
        preset="fast", env_id="Acrobot-v1", seed=5, episodes=7, learning_rate=0.02, gamma=0.9, batch_episodes=3,
        n_envs=2, hidden=(8, 8), optimizer="adam", reduction="sum", zero_last_reward=True, until_solved=False,
        solved_at=-90.0, solved_window=10, eval_episodes=4, evaluate_from=-300.0, evaluate_every=3,
        env_kwargs='{"a": 1}', max_episode_steps=99, scale_observations=True,
        baseline="step", entropy_bonus=0.01, reward_to_go=False, normalise=False,
    )  # fmt: skip
    assert len(given) + len(flags) == len(HYPERPARAMETERS)


def test_without_options_it_is_the_article():
    assert cli.config_from(parse()) == ARTICLE


def test_until_solved_gives_the_article_time_unless_a_limit_is_named():
    assert cli.config_from(parse("--until-solved")).episodes == 5000
    assert cli.config_from(parse("--until-solved", "--episodes", 300)).episodes == 300
    assert cli.config_from(parse("--until-solved", "--preset", "fast")) == FAST


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--learning-rate", "0"),
        ("--learning-rate=-1", None),
        ("--learning-rate", "nan"),
        ("--learning-rate", "fast"),
        ("--gamma", "1.01"),
        ("--gamma=-0.5", None),
        ("--batch", "0"),
        ("--episodes", "0"),
        ("--preset", "slow"),
        ("--optimizer", "lion"),
        ("--env", "CartPoole-v1"),
        ("--env", "Pendulum-v1"),
        ("--json", "/no/such/folder/run.json"),
        pytest.param(
            "--checkpoint",
            "/proc/weights",  # where nobody can make a file, the administrator included
            marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux has such a folder"),
        ),
        ("--video", "episode.avi"),
    ],
)
def test_wrong_use_is_one_line_that_names_the_option(option, value):
    code, out, err = run(*([option] if value is None else [option, value]))
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(option.split("=")[0] + ": ")


def test_a_failure_is_one_line(tmp_path, monkeypatch):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.policy_gradient.commands.outputs.write_json", full)
    weights, run_file = tmp_path / "weights.safetensors", tmp_path / "run.json"
    code, out, err = run("--episodes", 2, "--eval-episodes", 2, "--json", run_file, "--checkpoint", weights)
    assert code == 1
    assert "2 episodes," in out
    assert weights.exists()
    assert err.splitlines()[-1].endswith("run.json can't be written (No space left on device). Choose another place.")
    assert "Traceback" not in err

    args, err = parse("--episodes", 2, "--eval-episodes", 2, "--json", tmp_path / "run.json"), io.StringIO()
    args.debug = True
    assert cli.run(args, out=io.StringIO(), err=err) == 1
    assert "Traceback" in err.getvalue()


def test_ctrl_c_keeps_what_was_done(tmp_path, monkeypatch):
    original = Training._play_and_learn

    def interrupted(self):
        for event in original(self):
            yield event
            if len(self._durations) == 8:
                raise KeyboardInterrupt

    monkeypatch.setattr(Training, "_play_and_learn", interrupted)
    files = [tmp_path / name for name in ("run.json", "weights.safetensors", "video.gif")]
    code, out, _err = run("--json", files[0], "--checkpoint", files[1], "--video", files[2])
    assert code == 130
    content = json.loads(files[0].read_text(encoding="utf-8"))
    assert set(content) >= PROMISED
    assert len(content["durations"]) == 8
    assert (content["interrupted"], content["greedy_mean"], content["updates"]) == (True, None, 1)
    assert load_checkpoint(files[1]).config == ARTICLE
    assert content["weights"] == {"kind": "last", "episode": 8, "update": 1, "greedy_mean": None}
    assert (content["ending"], content["error"]) == ("interrupted", None)
    assert files[2].read_bytes().startswith(b"GIF89a")
    assert out.startswith("8 episodes, 1 update, ")


def test_the_help_can_be_written():
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    text = parser.format_help()
    assert "--learning-rate" in text
    assert "greater than 0 and at most 1" in " ".join(text.split())


def test_json_to_the_standard_output_is_json_alone():
    code, out, err = run("--episodes", 2, "--eval-episodes", 2, "--json", "/dev/stdout")
    assert code == 0
    assert len(json.loads(out)["durations"]) == 2
    assert err.splitlines()[-1].startswith("2 episodes, ")
