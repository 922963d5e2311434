import json
import os
import sys

import pytest

from app.settings import Settings, SettingsFile


def test_what_is_saved_is_loaded(tmp_path):
    saved = Settings(
        language="zh_CN", theme="dark", zoom=1.5, tab="synonyms", tabs={"policy_gradient": {"speed": "slow"}}
    )
    assert SettingsFile(tmp_path / "new" / "folder").save(saved) is None
    loaded, problem = SettingsFile(tmp_path / "new" / "folder").load()
    assert problem is None
    assert loaded == saved


def test_the_file_is_readable_and_says_its_version(tmp_path):
    SettingsFile(tmp_path).save(Settings(language="zh_CN"))
    text = (tmp_path / "settings.json").read_text(encoding="utf-8")
    assert json.loads(text)["version"] == 1
    assert "\n  " in text


def test_without_a_file_everything_is_at_its_default(tmp_path):
    assert SettingsFile(tmp_path).load() == (Settings(), None)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2]", b"\xff\xfe\x00", b'{"version": 99}', b'{"version": "x"}', b"[" * 100_000]
)
def test_a_broken_file_is_set_aside_and_never_overwritten(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings, problem = SettingsFile(tmp_path).load()
    assert settings == Settings()
    assert "settings-unreadable.json" in problem
    assert (tmp_path / "settings-unreadable.json").read_bytes() == content
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "klingon"),
        ("theme", 3),
        ("zoom", "big"),
        ("zoom", 1000),
        ("tabs", []),
        ("tabs", {"a": 1}),
        ("tab", None),
    ],
)
def test_one_wrong_value_does_not_spoil_the_others(tmp_path, name, value):
    (tmp_path / "settings.json").write_text(json.dumps({"version": 1, "geometry": "ab", name: value}))
    settings, problem = SettingsFile(tmp_path).load()
    assert problem is None
    assert settings == Settings(geometry="ab")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root and Windows may write everywhere")
def test_a_read_only_folder_is_said_once(tmp_path):
    tmp_path.chmod(0o500)
    file = SettingsFile(tmp_path)
    assert str(tmp_path) in file.save(Settings())
    assert file.save(Settings()) is None
    tmp_path.chmod(0o700)


def test_a_folder_that_cannot_be_made_is_said_once(tmp_path):
    (tmp_path / "file").write_text("in the way")
    file = SettingsFile(tmp_path / "file" / "settings")
    assert "cannot be saved" in file.save(Settings())
    assert file.save(Settings()) is None


def test_a_failed_write_leaves_the_old_file_whole(tmp_path, monkeypatch):
    file = SettingsFile(tmp_path)
    file.save(Settings(tab="synonyms"))

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert "No space left" in file.save(Settings(tab="attention"))
    monkeypatch.undo()
    assert SettingsFile(tmp_path).load()[0].tab == "synonyms"
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]
