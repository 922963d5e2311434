"""A video of a window keeps time: what comes late lets the picture before stay; what is given up leaves no file."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from core.policy_gradient.errors import ConfigError, RecordingError
from core.policy_gradient.export.formats import PictureEncoded
from core.policy_gradient.export.window_video import WindowVideo

SIZE = (8, 6)
COLOURS = ((255, 0, 0), (0, 0, 255))


@pytest.fixture
def spool(tmp_path):
    path = tmp_path / "pictures"
    path.mkdir()
    for slot, (red, green, blue) in enumerate(COLOURS):
        (path / str(slot)).write_bytes(bytes((blue, green, red, 255)) * (SIZE[0] * SIZE[1]))
    return path


def test_pictures_have_the_times_they_were_taken_at(spool, tmp_path):
    video = WindowVideo(tmp_path / "a.gif", spool, SIZE, 10)
    video.control("picture", (0, 0, *SIZE))
    running = iter(video)
    assert next(running) == PictureEncoded(1, 0.1)
    video.control("picture", (1, 3, *SIZE))  # two in between were left out
    video.control("end", 5)
    assert next(running) == PictureEncoded(2, 0.4)
    assert list(running) == []
    with Image.open(tmp_path / "a.gif") as gif:
        assert (gif.size, gif.n_frames) == (SIZE, 2)
        shown = []
        for number in range(2):
            gif.seek(number)
            shown.append((gif.info["duration"], tuple(np.asarray(gif.convert("RGB"))[0, 0])))
    assert shown == [(300, COLOURS[0]), (200, COLOURS[1])]


def test_a_picture_of_another_size_stands_in_the_middle_beside_the_colour_of_its_corner(tmp_path):
    red, blue = bytes((0, 0, 255, 0)), bytes((255, 0, 0, 0))
    (tmp_path / "0").write_bytes((red + blue) * 2)  # two columns of two pixels each
    video = WindowVideo(tmp_path / "a.gif", tmp_path, (8, 4), 10)
    video.control("picture", (0, 0, 2, 2))
    video.control("end", 1)
    list(video)
    with Image.open(tmp_path / "a.gif") as gif:
        line = [tuple(pixel) for pixel in np.asarray(gif.convert("RGB"))[2]]
    assert line[:3] == line[6:] + line[:1] == [COLOURS[0]] * 3
    assert line[5] == COLOURS[1]


def test_what_is_given_up_leaves_what_was_there(spool, tmp_path):
    (tmp_path / "a.mp4").write_text("older")
    video = WindowVideo(tmp_path / "a.mp4", spool, SIZE, 10)
    video.control("picture", (0, 0, *SIZE))
    running = iter(video)
    next(running)
    running.close()
    assert (tmp_path / "a.mp4").read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "pictures"]


def test_without_an_encoder_it_is_said_before_a_picture_is_taken(spool, tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "none"))
    with pytest.raises(RecordingError, match=r"write a \.gif"):
        next(iter(WindowVideo(tmp_path / "a.mp4", spool, SIZE, 10)))


def test_what_cannot_be_steered_is_refused(spool, tmp_path):
    with pytest.raises(ConfigError):
        WindowVideo(tmp_path / "a.gif", spool, SIZE, 10).control("speed", 3)
