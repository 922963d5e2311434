"""Running mean and deviation, worked out by hand; and who plays a scaled policy scales as it was trained."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from core.policy_gradient.agent import CartAgent
from core.policy_gradient.checkpoint import load_checkpoint, save_checkpoint
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.errors import CheckpointError
from core.policy_gradient.events import Evaluated, UpdateFinished
from core.policy_gradient.networks.layers import activations, probabilities
from core.policy_gradient.networks.scaling import ObservationScale
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork
from core.policy_gradient.runs.folder import BEST, LAST, load_policy, saving
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.recording import layers_of
from core.policy_gradient.train import Training

SCALED = replace(ARTICLE, episodes=12, batch_episodes=4, eval_episodes=3, evaluate_every=1, scale_observations=True)


def taken_in(*batches):
    scale = ObservationScale(len(batches[0][0]))
    for batch in batches:
        scale.take_in(np.array(batch, np.float32))
    return scale


def test_mean_and_deviation_are_those_worked_out_by_hand():
    # 1, 3 | 8: mean 4, squares (-3)² + (-1)² + 4² = 26; the second number is 5 always: its deviation counts as 1
    scale = taken_in([[1, 5], [3, 5]], [[8, 5]])
    assert scale.count == 3
    assert scale.mean.tolist() == [4, 5]
    assert scale.squares.tolist() == [26, 0]
    assert scale.deviation().tolist() == [pytest.approx(np.sqrt(26 / 3)), 1]
    np.testing.assert_allclose(scale.scaled(np.array([1, 6], np.float32)), [-3 / np.sqrt(26 / 3), 1], rtol=1e-6)


def test_however_it_is_cut_into_batches_it_is_numpy_s_mean_and_deviation():
    numbers = np.random.default_rng(0).normal(1e6, 3.0, (50, 3)).astype(np.float32)
    for cuts in ([], [1], [1, 2, 3], [20, 45]):
        scale = taken_in(*np.split(numbers, cuts))
        np.testing.assert_allclose(scale.mean.numpy(), numbers.astype(np.float64).mean(axis=0), rtol=1e-12)
        np.testing.assert_allclose(scale.deviation(), numbers.astype(np.float64).std(axis=0), rtol=1e-8)


def test_nothing_is_scaled_before_anything_was_seen_and_a_number_that_never_changed_only_moved():
    obs = np.array([-3.5, 0.25], np.float32)
    assert ObservationScale(2).scaled(obs).tolist() == obs.tolist()
    moved = taken_in([[1e6, 0.1]] * 7).scaled(np.array([1e6 + 3, 0.1], np.float32))
    assert moved.tolist() == [3, 0]


def test_the_weights_handed_out_do_the_same_with_observations_as_they_are():
    network = PolicyNetwork(3, 2, (5, 4), is_scaled=True)
    obs = np.random.default_rng(2).normal(20, 50, (9, 3)).astype(np.float32)
    network.scale.take_in(obs)
    layers = layers_of(NumpyPolicy(network).weights, 3, 2, (5, 4))
    assert not np.allclose(layers[0][0], network.layers[0].weight.detach().numpy())
    np.testing.assert_allclose(
        probabilities(activations(layers, obs)[-1])[:, 1],
        network(torch.from_numpy(obs)).detach().numpy()[:, 0],
        rtol=1e-4,
    )


def test_torch_and_numpy_play_the_same_scaled_policy():
    network = PolicyNetwork(3, 4, (5,), is_scaled=True)
    playing = NumpyPolicy(network)
    obs = np.random.default_rng(1).normal(20, 50, (9, 3)).astype(np.float32)
    before = playing.logits(obs)
    network.scale.take_in(obs)
    assert not np.allclose(playing.logits(obs), before)  # a policy made earlier notices
    shares = [playing.probabilities(one) for one in obs]
    np.testing.assert_allclose(network(torch.from_numpy(obs)).detach().numpy(), shares, rtol=1e-5)
    twin = network.new()
    twin.load_state_dict(network.state_dict())
    assert torch.equal(twin(torch.from_numpy(obs)), network(torch.from_numpy(obs)))


def test_an_update_learns_by_the_policy_that_acted_and_scales_by_what_it_saw_from_then_on():
    network = PolicyNetwork(2, 2, (3,), is_scaled=True)
    plain = PolicyNetwork(2, 2, (3,))
    plain.load_state_dict({name: value for name, value in network.state_dict().items() if "scale" not in name})
    states, actions = np.array([[100, 1], [300, 1]], np.float32), np.array([0, 1])
    losses = [
        CartAgent(0.01, 0.99, network=each).update(states, actions, np.array([1.0, -1.0])).loss
        for each in (network, plain)
    ]
    assert losses[0] == losses[1]
    assert (network.scale.count, network.scale.mean.tolist()) == (2, [200, 1])


def test_evaluation_leaves_the_scale_alone_and_a_run_repeats_itself():
    counts, curves = [], []
    for _ in range(2):
        training, learned = Training(SCALED), 0
        for event in training:
            if isinstance(event, UpdateFinished):
                learned += event.batch_steps
            if isinstance(event, Evaluated):
                counts.append((int(training.policy.scale.count), learned))
        curves.append(training.result().returns)
    assert len(counts) >= 4
    assert all(count == learned for count, learned in counts)
    assert curves[0] == curves[1]


def test_a_checkpoint_keeps_the_scale_and_one_that_can_not_be_true_is_refused(tmp_path):
    training = Training(SCALED)
    list(training)
    path = tmp_path / "scaled.safetensors"
    save_checkpoint(path, training.best_policy(), SCALED)
    loaded = load_checkpoint(path).policy
    obs = np.array([[0.1, 2.0, -0.1, 3.0]], np.float32)
    assert loaded.scale.count == training.best_policy().scale.count > 0
    assert NumpyPolicy(loaded).logits(obs).tolist() == NumpyPolicy(training.best_policy()).logits(obs).tolist()

    weights = load_file(path)
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        header = file.metadata()
    save_file(weights | {"scale.squares": weights["scale.squares"] - 1e9}, path, metadata=header)
    with pytest.raises(CheckpointError, match="can't be scaled"):
        load_checkpoint(path)


def test_a_run_that_the_window_saves_has_its_checkpoints(tmp_path):
    training, run = Training(SCALED), RunHistory(SCALED)
    for event in training:
        run.apply([event])
    list(saving(tmp_path / "run", run))
    obs = np.random.default_rng(3).normal(0, 1, (5, 4)).astype(np.float32)
    for name, policy in ((BEST, training.best_policy()), (LAST, training.policy)):
        kept = load_policy(tmp_path / "run", name)
        np.testing.assert_allclose(NumpyPolicy(kept).logits(obs), NumpyPolicy(policy).logits(obs), rtol=1e-4)


def test_without_it_the_network_is_the_article_s():
    assert ARTICLE.scale_observations is False
    network = PolicyNetwork()
    assert network.scale is None
    assert all(name.startswith("layers.") for name in network.state_dict())
