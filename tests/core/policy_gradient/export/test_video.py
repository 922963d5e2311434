"""A greedy episode becomes a video that other programs can read."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import gymnasium as gym
import imageio_ffmpeg
import numpy as np
import pytest
import torch
from PIL import Image

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.errors import RecordingError
from core.policy_gradient.export.video import record_video
from core.policy_gradient.policy import PolicyNetwork


@pytest.fixture
def policy():
    """Return a policy that always pushes left, and so falls within a dozen steps."""
    policy = PolicyNetwork()
    with torch.no_grad():
        for parameter in policy.parameters():
            parameter.zero_()
    return policy


def frames_of(path):
    """Return every picture of a video, (n, 400, 600, 3), as another program decodes it."""
    decode = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(decode, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 400, 600, 3)


def the_same_episode():
    """Return what the video should show, (n, 400, 600, 3): the environment stepped left until the pole falls."""
    environment = Environment("CartPole-v1", int(np.random.SeedSequence(0, spawn_key=(2,)).generate_state(1)[0]))
    pictures, done = [environment.picture()], False
    while not done:
        _obs, _reward, terminated, truncated, _info = environment.env.step(0)
        pictures.append(environment.picture())
        done = terminated or truncated
    environment.close()
    assert np.abs(pictures[0].astype(int) - pictures[-1]).mean() > 1
    return np.array(pictures)


def test_an_mp4_has_a_picture_for_every_state(policy, tmp_path):
    path = tmp_path / "episode.mp4"
    record_video(policy, ARTICLE, path)
    pictures = frames_of(path)
    expected = the_same_episode()
    assert pictures.shape == expected.shape
    # H.264 blurs edges a little; by the end a step more or less would differ by .5.
    assert np.abs(pictures.astype(int) - expected).mean(axis=(1, 2, 3)).max() < 0.16
    _frames, seconds = imageio_ffmpeg.count_frames_and_secs(path)
    assert seconds == pytest.approx(len(pictures) / 50, abs=0.02)  # CartPole's own pace
    assert [file.name for file in tmp_path.iterdir()] == ["episode.mp4"]


def test_a_gif_lasts_as_long_as_its_episode(policy, tmp_path):
    path = tmp_path / "episode.gif"
    record_video(policy, ARTICLE, path)
    with Image.open(path) as gif:
        assert gif.size == (600, 400)
        assert gif.info["loop"] == 0
        first = np.asarray(gif.convert("RGB"))
        milliseconds = 0
        for frame in range(gif.n_frames):
            gif.seek(frame)
            milliseconds += gif.info["duration"]
        last = np.asarray(gif.convert("RGB"))
    expected = the_same_episode()
    assert milliseconds == 20 * len(expected)
    np.testing.assert_array_equal(first, expected[0])
    np.testing.assert_array_equal(last, expected[-1])
    assert [file.name for file in tmp_path.iterdir()] == ["episode.gif"]


def test_the_seed_chooses_the_episode(policy, tmp_path):
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        record_video(policy, replace(ARTICLE, seed=seed), tmp_path / f"{name}.gif")
    a, b, c = ((tmp_path / f"{name}.gif").read_bytes() for name in "abc")
    assert a == b
    assert a != c


def test_an_unknown_ending_is_refused(policy, tmp_path):
    with pytest.raises(RecordingError, match=r"\.mp4, \.gif"):
        record_video(policy, ARTICLE, tmp_path / "episode.avi")


@pytest.mark.parametrize("suffix", [".gif", ".mp4"])
def test_a_place_that_can_not_be_written_is_said(policy, tmp_path, suffix):
    with pytest.raises(RecordingError, match=r"can't be written: .*No such file") as caught:
        record_video(policy, ARTICLE, tmp_path / "nowhere" / f"episode{suffix}")
    assert "\n" not in str(caught.value)


def test_an_environment_without_pictures_is_said_and_leaves_no_file(tmp_path):
    class Blind(gym.Env):
        observation_space = gym.spaces.Box(-1, 1, (4,), np.float32)
        action_space = gym.spaces.Discrete(2)

        def reset(self, *, seed=None, options=None):  # noqa: ARG002  gymnasium's signature
            super().reset(seed=seed)
            return np.zeros(4, np.float32), {}

        def step(self, action):  # noqa: ARG002  gymnasium's signature
            return np.zeros(4, np.float32), 0.0, True, False, {}

    gym.register("Blind-v0", entry_point=Blind)
    try:
        with pytest.raises(RecordingError, match="Blind-v0 has no frames"):
            record_video(PolicyNetwork(), ARTICLE.for_environment("Blind-v0"), tmp_path / "a.gif")
    finally:
        del gym.registry["Blind-v0"]
    assert list(tmp_path.iterdir()) == []
