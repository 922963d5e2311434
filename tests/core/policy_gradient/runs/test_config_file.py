"""A run is repeated from the file it wrote, and a file that holds no run is refused in one line."""

from __future__ import annotations

import argparse
import io
import json
from dataclasses import replace

import pytest

from core.policy_gradient.commands import train as cli
from core.policy_gradient.commands.report import Ending, summary
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.place import Place, ReturnTo
from core.policy_gradient.runs.config_file import changes_of, read_config
from core.policy_gradient.runs.folder import load_run
from core.policy_gradient.train import Training


def train(*arguments):
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    return cli.run(parser.parse_args(list(map(str, arguments))), out=out, err=err), out.getvalue(), err.getvalue()


RUN = ("--episodes", 6, "--batch", 2, "--eval-episodes", 2, "--seed", 7, "--gamma", 0.9)


def test_a_run_is_repeated_and_what_is_typed_beside_it_counts(tmp_path):
    first, second, third = (tmp_path / name for name in ("1.json", "2.json", "3.json"))
    assert train(*RUN, "--json", first)[0] == 0
    assert train("--config", first, "--json", second)[0] == 0
    one, two = (json.loads(path.read_text("utf-8")) for path in (first, second))
    assert one["config"] == two["config"]
    assert one["returns"] == two["returns"]
    assert train("--config", first, "--seed", 8, "--episodes", 4, "--json", third)[0] == 0
    changed = json.loads(third.read_text("utf-8"))["config"]
    assert changed == one["config"] | {"seed": 8, "episodes": 4}


def test_a_config_alone_is_taken_and_another_environment_brings_its_own_values(tmp_path):
    path = tmp_path / "config.json"
    config = replace(ARTICLE, env_id="FrozenLake-v1", env_kwargs='{"is_slippery": false}', zero_last_reward=False)
    path.write_text(json.dumps(config.to_dict()), "utf-8")
    assert read_config(path) == config
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    assert cli.config_from(parser.parse_args(["--config", str(path), "--env", "CartPole-v1"])) == ARTICLE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "is no JSON file"),
        (b"\xff\xfe", "is no JSON file"),
        (b"[" * 100_000, "is no JSON file"),
        (b"[1]", "holds no config of a run"),
        (b"{}", "holds no config of a run"),
        (b'{"config": 3}', "holds no config of a run"),
        (b'{"config": {"gamma": 3}}', "must be a number from 0 to 1"),
        (b'{"config": {"momentum": 3}}', "Unknown setting momentum."),
    ],
)
def test_what_is_no_run_is_refused_in_one_line(tmp_path, content, words):
    path = tmp_path / "run.json"
    path.write_bytes(content)
    with pytest.raises(ConfigError):
        read_config(path)
    code, out, err = train("--config", path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("--config: ")
    assert words in err


def test_a_saved_run_is_repeated_and_one_that_goes_on_keeps_its_own_values(tmp_path):
    path, again = tmp_path / "run", tmp_path / "again.json"
    assert train(*RUN, "--save", path)[0] == 0
    assert read_config(path).seed == 7
    assert train("--config", path, "--json", again)[0] == 0
    assert json.loads(again.read_text("utf-8"))["config"] == read_config(path).to_dict()
    code, _out, err = train("--resume", path, "--config", path)
    assert code == 2
    assert err.startswith("--config: ")


def test_learning_rates_that_were_changed_by_hand_are_repeated(tmp_path):
    config = replace(ARTICLE, episodes=12, batch_episodes=2, eval_episodes=2, seed=7)
    first = Training(config, ReturnTo(Place(), ((2, 0.05), (4, 0.001))))
    list(first)
    report = tmp_path / "run.json"
    report.write_text(json.dumps(summary(first.result(), 1.0, Ending("finished"))), "utf-8")
    assert changes_of(report) == ReturnTo(Place(), ((2, 0.05), (4, 0.001)))
    assert train("--config", report, "--save", tmp_path / "run")[0] == 0
    again = load_run(tmp_path / "run")
    assert tuple(episode.episode_return for episode in again.episodes) == first.result().returns
    assert again.learning_rates == [(2, 0.05), (4, 0.001)]
    assert train("--config", tmp_path / "run", "--json", tmp_path / "2.json")[0] == 0, "of a saved run, too"
    assert tuple(json.loads((tmp_path / "2.json").read_text("utf-8"))["returns"]) == first.result().returns
    assert train("--config", report, "--learning-rate", 0.02, "--json", tmp_path / "3.json")[0] == 0
    assert json.loads((tmp_path / "3.json").read_text("utf-8"))["learning_rates"] == [], "the one that is named"
    report.write_text(json.dumps({"config": config.to_dict(), "learning_rates": [[1, -3]]}), "utf-8")
    code, _out, err = train("--config", report)
    assert (code, err.count("\n")) == (2, 1)
    assert "where the learning rate was changed" in err


def test_a_file_that_is_not_there_and_a_preset_beside_a_run_are_refused(tmp_path):
    assert "can't be read" in train("--config", tmp_path / "none.json")[2]
    code, _out, err = train("--config", tmp_path / "none.json", "--preset", "fast")
    assert code == 2
    assert err.startswith("--preset: ")


def test_the_file_that_is_repeated_is_not_written_over(tmp_path):
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"config": replace(ARTICLE, episodes=2).to_dict()}), "utf-8")
    before = path.read_bytes()
    code, _out, err = train("--config", path, "--json", path)
    assert (code, path.read_bytes()) == (2, before)
    assert "used by this very work" in err


def test_quiet_says_nothing_but_what_went_wrong(tmp_path):
    assert train(*RUN, "--quiet", "--json", tmp_path / "a.json") == (0, "", "")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["ending"] == "finished"
    code, out, err = train("--quiet", "--gamma", 3)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_tables_go_to_a_folder_a_file_or_the_standard_output(tmp_path):
    assert train(*RUN, "--csv", tmp_path / "run")[0] == 0
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == [
        "episodes.csv", "evaluations.csv", "updates.csv",
    ]  # fmt: skip
    assert train(*RUN, "--csv", tmp_path / "none" / "run")[0] == 2
    code, out, _err = train(*RUN, "--csv", "-")
    assert code == 0
    assert out.startswith("row,episode,")
    assert out.count("\nepisode,") == 6  # and nothing else stands between
    assert all(line.split(",")[0] in {"row", "episode", "update", "evaluation"} for line in out.splitlines())


def test_tables_that_would_take_each_other_s_place_are_refused(tmp_path):
    code, _out, err = train(*RUN, "--csv", tmp_path / "a.csv", "--json", tmp_path / "a.csv")
    assert code == 2
    assert "name the same file" in err
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "updates.csv").mkdir()
    code, _out, err = train(*RUN, "--csv", tmp_path / "folder")
    assert code == 2
    assert "updates.csv is a folder" in err


@pytest.mark.parametrize("name", ["x" * 5000, "名" * 100], ids=["long", "many bytes"])
@pytest.mark.parametrize(
    ("option", "code"), [("--config", 2), ("--resume", 1), ("--csv", 2), ("--tensorboard", 2), ("--save", 1)]
)
def test_a_name_that_no_file_has_is_one_sentence(tmp_path, monkeypatch, option, code, name):
    monkeypatch.chdir(tmp_path)
    ended, _out, err = train(*RUN, option, name)
    assert ended == code
    assert err.splitlines()[-1].count(name) == 1
    assert "Errno" not in err
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ConfigError, match="can't be read"):
        changes_of(tmp_path / name)
