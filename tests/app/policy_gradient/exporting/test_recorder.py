"""The page in front as a video, in the real window with a real encoder: begun, ended, given up, and what fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.policy_gradient.exporting.recorder import KINDS, MOST_SECONDS

LOADING = 60_000
MP4, _SLOW_MP4, GIF, _SLOW_GIF = KINDS


@pytest.fixture
def tab(laboratory):
    laboratory.window.resize(900, 640)
    return laboratory.window.tab("policy_gradient")


def ended(tab, qtbot):
    qtbot.waitUntil(lambda: not tab.recorder.is_busy, timeout=LOADING)
    assert not tab.record_bar.isVisible()


def test_the_page_is_recorded_until_it_is_stopped(tab, laboratory, qtbot, tmp_path):
    laboratory.window.actions_table["pg_record"].trigger()
    dialog = QApplication.activeModalWidget()
    dialog.selectNameFilter(next(words for words in dialog.nameFilters() if "10 a second (*.gif)" in words))
    dialog.selectFile(str(tmp_path / "page"))
    dialog.accept()
    assert tab.record_bar.isVisible()
    assert "of at most 60 s" in tab.record_bar.words
    qtbot.waitUntil(lambda: tab.recorder._encoded >= 3, timeout=LOADING)
    shape = tab._stack.width() / tab._stack.height()  # beside the bar, which leaves with the recording
    laboratory.window.actions_table["pg_record"].trigger()
    pictures = tab.recorder._pictures
    assert not tab.recorder.is_recording
    ended(tab, qtbot)
    assert f"saved in {tmp_path / 'page.gif'}" in laboratory.window.messages.text
    with Image.open(tmp_path / "page.gif") as gif:
        lasts = 0
        for number in range(gif.n_frames):
            gif.seek(number)
            lasts += gif.info["duration"]
        width, height = gif.size
    assert lasts == pytest.approx(pictures * 100, abs=20), "as long as it was recorded"
    assert width <= 800
    assert width / height == pytest.approx(shape, rel=0.02)


def test_an_mp4_is_written_and_its_length_is_limited(tab, laboratory, qtbot, tmp_path, monkeypatch):
    monkeypatch.setitem(MOST_SECONDS, ".mp4", 0.3)
    tab.recorder.begin(tmp_path / "page.mp4", MP4)
    ended(tab, qtbot)
    assert (tmp_path / "page.mp4").read_bytes()[4:8] == b"ftyp"


def test_what_is_given_up_leaves_no_file(tab, qtbot, tmp_path):
    tab.recorder.begin(tmp_path / "page.gif", GIF)
    qtbot.waitUntil(lambda: tab.recorder._encoded >= 1, timeout=LOADING)
    tab.record_bar.cancel.click()
    ended(tab, qtbot)
    tab.recorder.begin(tmp_path / "again.gif", GIF)  # the worker is free for another
    tab.recorder.stop()
    ended(tab, qtbot)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["again.gif"]


def test_a_window_that_is_closed_gives_the_recording_up(tab, laboratory, qtbot, tmp_path):
    tab.recorder.begin(tmp_path / "page.gif", GIF)
    folder = Path(tab.recorder._folder.name)
    assert folder.exists()
    laboratory.window.close()
    assert not tab.recorder.is_busy
    assert not folder.exists()
    assert not (tmp_path / "page.gif").exists()


def test_without_an_encoder_or_room_it_is_said_in_a_sentence(tab, laboratory, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "none"))
    tab.recorder.begin(tmp_path / "page.mp4", MP4)
    ended(tab, qtbot)
    assert "The recording failed: An MP4 can't be written" in laboratory.window.messages.text
    if Path("/dev/full").exists():
        (tmp_path / "full.gif").symlink_to("/dev/full")
        tab.recorder.begin(tmp_path / "full.gif", GIF)
        tab.recorder.stop()
        ended(tab, qtbot)
        assert "No space left on device" in laboratory.window.messages.text
    tab.recorder.begin(tmp_path / "nowhere" / "page.gif", GIF)
    assert "There is no folder" in laboratory.window.messages.text
