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
from core.policy_gradient.errors import EnvironmentFailedError, RecordingError
from core.policy_gradient.export.video import record_video, timed
from core.policy_gradient.policy import PolicyNetwork
from tests.core.policy_gradient.hostile import Hostile, registered


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


@pytest.mark.parametrize("fps", [1, 12, 24, 30, 50, 60, 75, 100, 144, 240, 1000])
@pytest.mark.parametrize("count", [1, 2, 3, 97, 500])
def test_a_gif_keeps_its_pace_at_times_that_browsers_honour(fps, count):
    shown = list(timed(iter(range(count)), fps))
    numbers, hundredths = [number for number, _time in shown], [time for _number, time in shown]
    assert min(hundredths) >= 2
    assert (numbers[0], numbers[-1]) == (0, count - 1)
    assert sum(hundredths) == pytest.approx(100 * count / fps, abs=4)
    gaps = np.diff(numbers[:-1])
    assert len(gaps) == 0 or gaps.max() - gaps.min() <= 1, "pictures are left out evenly"


@pytest.mark.parametrize("fps", [None, 0, -3, float("nan"), float("inf"), "fast", 100])
def test_an_odd_pace_makes_a_film_all_the_same(tmp_path, fps):
    changes = {"length": 5}
    with registered(**changes) as env_id:
        Hostile.metadata["render_fps"], before = fps, Hostile.metadata["render_fps"]
        try:
            record_video(PolicyNetwork(2, 2), ARTICLE.for_environment(env_id), tmp_path / "a.gif")
        finally:
            Hostile.metadata["render_fps"] = before
    with Image.open(tmp_path / "a.gif") as gif:
        durations = []
        for frame in range(gif.n_frames):
            gif.seek(frame)
            durations.append(gif.info["duration"])
    assert sum(durations) == (60 if fps == 100 else 200)
    assert min(durations) >= 20


def test_a_picture_that_changes_its_size_in_the_middle_of_a_film_is_said(tmp_path):
    def growing(env, given):
        return given if env.steps < 2 else np.zeros((40, 30, 3), np.uint8)

    with registered(render=growing) as env_id:
        config = ARTICLE.for_environment(env_id)
        with pytest.raises(EnvironmentFailedError, match=r"render\(\) \(greedy episode 1, step 2\): .*one size"):
            record_video(PolicyNetwork(2, 2), config, tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []
