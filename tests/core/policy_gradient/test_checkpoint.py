"""Weights come back as they went, or with one clear line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import torch
from safetensors.torch import save, save_file

from core.policy_gradient.checkpoint import load_checkpoint, save_checkpoint
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.errors import CheckpointError
from core.policy_gradient.policy import PolicyNetwork

CONFIG = replace(ARTICLE, seed=9, hidden=(5, 7), solved_at=None)


@pytest.fixture
def policy():
    torch.manual_seed(1)
    return PolicyNetwork(6, 3, (5, 7))


def test_what_was_saved_is_loaded(policy, tmp_path):
    path = tmp_path / "best.safetensors"
    save_checkpoint(path, policy, CONFIG)
    loaded = load_checkpoint(path)
    assert loaded.config == CONFIG
    obs = torch.randn(8, 6)
    assert torch.equal(loaded.policy(obs), policy(obs))
    assert [file.name for file in tmp_path.iterdir()] == ["best.safetensors"]


def test_loading_leaves_the_random_numbers_alone(policy, tmp_path):
    save_checkpoint(tmp_path / "a", policy, CONFIG)
    torch.manual_seed(2)
    expected = torch.rand(2)
    torch.manual_seed(2)
    load_checkpoint(tmp_path / "a")
    assert torch.equal(torch.rand(2), expected)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CheckpointError, match="There is no file"):
        load_checkpoint(tmp_path / "none.safetensors")


def test_a_folder_is_no_checkpoint(tmp_path):
    with pytest.raises(CheckpointError):
        load_checkpoint(tmp_path)


def test_broken_files_are_refused_in_one_line(policy, tmp_path):
    path = tmp_path / "best.safetensors"
    save_checkpoint(path, policy, CONFIG)
    whole = path.read_bytes()
    for broken in (
        b"",
        b"hello",
        whole[:20],
        whole[: len(whole) // 2],
        whole[:-1],
        whole.replace(b"format", b"fromat"),
    ):
        path.write_bytes(broken)
        with pytest.raises(CheckpointError) as caught:
            load_checkpoint(path)
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)


def test_the_weights_must_fit_the_header(policy, tmp_path):
    path = tmp_path / "best.safetensors"
    save_checkpoint(path, policy, CONFIG)
    header = path.read_bytes().replace(b'"n_actions":"3"', b'"n_actions":"4"')
    path.write_bytes(header)
    with pytest.raises(CheckpointError, match="damaged"):
        load_checkpoint(path)


def test_files_of_others_and_weights_that_are_no_numbers_are_refused(policy, tmp_path):
    other = tmp_path / "other.safetensors"
    save_file({"a": torch.zeros(2)}, other)
    with pytest.raises(CheckpointError, match="not written by this program"):
        load_checkpoint(other)
    with torch.no_grad():
        policy.layers[0].weight[0, 0] = float("nan")
    save_checkpoint(other, policy, CONFIG)
    with pytest.raises(CheckpointError, match="not numbers"):
        load_checkpoint(other)


def test_a_file_that_can_not_be_written_is_said_and_the_old_one_stays(policy, tmp_path):
    with pytest.raises(CheckpointError, match="can't be written"):
        save_checkpoint(tmp_path / "nowhere" / "a.safetensors", policy, CONFIG)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    with pytest.raises(CheckpointError):
        save_checkpoint(tmp_path / "taken", policy, CONFIG)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["taken"]


def test_a_checkpoint_of_the_version_before_is_opened(tmp_path):
    network = PolicyNetwork(hidden=(3,))
    config = {
        "preset": "fast", "env_id": "CartPole-v1", "seed": 2, "episodes": 6400, "learning_rate": 0.01, "gamma": 0.99,
        "batch_episodes": 16, "hidden": [3], "optimizer": "rmsprop", "reduction": "mean", "zero_last_reward": True,
        "until_solved": True, "solved_at": 475.0, "solved_window": 100, "eval_episodes": 100, "evaluate_from": 250.0,
    }  # fmt: skip
    header = {"format": "yaya-lab policy 1", "n_obs": "4", "n_actions": "2", "hidden": "[3]"}
    path = tmp_path / "before.safetensors"
    path.write_bytes(save(network.state_dict(), metadata=header | {"config": json.dumps(config)}))
    opened = load_checkpoint(path)
    assert (opened.config.envs_at_once, opened.config.solved_at, opened.config.hidden) == (16, 475.0, (3,))
    assert all(torch.equal(opened.policy.state_dict()[name], kept) for name, kept in network.state_dict().items())
