import contextlib
import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.attention.options import ViewOptions
from app.doctor import files as findings
from app.policy_gradient.session import SPEEDS
from app.settings import VERSION, Settings, SettingsFile
from core.policy_gradient.config import HYPERPARAMETERS


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


DEEP = 900 if sys.version_info < (3, 13) else 5000
"""Lists in lists that json can just read, and asdict can no longer copy."""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"\xff\xfe\x00",
        b'{"version": 99}',
        b'{"version": "x"}',
        b"[" * 100_000,
        b'{"version": 1e999}',
        b'{"version": NaN}',
        b'{"tab": "\\ud800"}',
        b'{"tabs": {"a": {"b": ' + b"[" * DEEP + b"]" * DEEP + b"}}}",
    ],
)
def test_a_broken_file_is_set_aside_and_never_overwritten(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings, problem = SettingsFile(tmp_path).load()
    assert settings == Settings()
    assert "settings-unreadable.json" in str(problem)
    assert (tmp_path / "settings-unreadable.json").read_bytes() == content
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "klingon"),
        ("theme", 3),
        ("zoom", "big"),
        ("zoom", 1000),
        ("zoom", 10**30),
        ("zoom", 10**400),
        ("zoom", float("nan")),
        ("zoom", float("inf")),
        ("zoom", -1),
        ("zoom", True),
        ("language", True),
        ("theme", 10**30),
        ("explains", 1),
        ("explains", float("nan")),
        ("tab", 10**30),
        ("tabs", {"attention": 10**30}),
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


@pytest.mark.parametrize("value", [10**30, 10**400, float("nan"), -1, True, None, ["ab"]])
def test_a_geometry_that_is_no_text_is_left_out(tmp_path, value):
    (tmp_path / "settings.json").write_text(json.dumps({"version": 1, "tab": "attention", "geometry": value}))
    settings, problem = SettingsFile(tmp_path).load()
    assert problem is None
    assert settings == Settings(tab="attention")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root and Windows may write everywhere")
def test_a_read_only_folder_is_said_once(tmp_path):
    tmp_path.chmod(0o500)
    file = SettingsFile(tmp_path)
    assert str(tmp_path) in str(file.save(Settings()))
    assert file.save(Settings()) is None
    tmp_path.chmod(0o700)


def test_a_folder_that_cannot_be_made_is_said_once(tmp_path):
    (tmp_path / "file").write_text("in the way")
    file = SettingsFile(tmp_path / "file" / "settings")
    assert "can't be saved" in str(file.save(Settings()))
    assert file.save(Settings()) is None


def test_a_failed_write_leaves_the_old_file_whole(tmp_path, monkeypatch):
    file = SettingsFile(tmp_path)
    file.save(Settings(tab="synonyms"))

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert "No space left" in str(file.save(Settings(tab="attention")))
    monkeypatch.undo()
    assert SettingsFile(tmp_path).load()[0].tab == "synonyms"
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]


def test_what_can_be_neither_read_nor_set_aside_is_never_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "settings.json"
    path.write_text("precious")

    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    file = SettingsFile(tmp_path)
    _settings, problem = file.load()
    monkeypatch.undo()
    assert "neither read nor moved (Permission denied)" in str(problem)
    assert file.save(Settings()) is None
    assert path.read_text() == "precious"


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), OSError(5, "Input/output error")])
def test_what_cant_be_read_now_is_neither_moved_nor_overwritten(tmp_path, monkeypatch, error):
    SettingsFile(tmp_path).save(Settings(tab="synonyms"))

    def refuse(*_args, **_kwargs):
        raise error

    monkeypatch.setattr("pathlib.Path.read_text", refuse)
    file = SettingsFile(tmp_path)
    _settings, problem = file.load()
    assert str(file.path) in str(problem)
    assert error.strerror in str(problem)
    assert error.strerror in findings.settings(file.path, VERSION).text
    monkeypatch.undo()
    assert file.save(Settings(tab="attention")) is None
    assert SettingsFile(tmp_path).load()[0].tab == "synonyms"
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
) | st.sampled_from([10**400, -(10**400), 10**30, 2**31, float("inf"), float("nan"), "a\0b", [], {}])
TAB = st.fixed_dictionaries(
    {},
    optional={
        "speed": JSON | st.sampled_from(list(SPEEDS)),
        "config": JSON | st.dictionaries(st.sampled_from(list(HYPERPARAMETERS)), JSON, max_size=4),
    },
)
OPTIONS = JSON | st.dictionaries(st.sampled_from(["text", *ViewOptions.__dataclass_fields__]), JSON, max_size=4)
GEOMETRY = st.binary(min_size=46, max_size=46).map(lambda rest: "01d9d0cb00030000" + rest.hex())
"""What Qt takes for a window's place, wherever that may be."""
FILE = JSON | st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("language", "theme", "zoom", "tab", "explains", "version"), JSON),
        "geometry": JSON | GEOMETRY,
        "tabs": JSON
        | st.fixed_dictionaries(
            {},
            optional={
                "policy_gradient": JSON | TAB,
                "attention": JSON | st.fixed_dictionaries({}, optional={"options": OPTIONS, "models": JSON}),
            },
        ),
    },
)


@pytest.fixture
def laboratory_unseen(start):
    return start(show=False)


@pytest.mark.long
@settings(
    max_examples=150, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(values=FILE)
@example(values={"tabs": {"policy_gradient": {"speed": []}}})
@example(values={"tabs": {"policy_gradient": {"speed": {}}}})
@example(values={"version": float("inf")})
@example(values={"tab": "a\0b", "geometry": "01\0", "zoom": 10**30})
@example(values={"geometry": "01d9d0cb00030000" + "7fffffff" * 11 + "0000"})
@example(values={"tabs": {"attention": {"options": {"layer": 10**30, "head": 2**31, "text": "a\0b"}}}})
@example(values={"tabs": {"attention": {"models": ["a\0b", 10**30], "options": {"model": "a\0b"}}}})
@example(values={"tabs": {"policy_gradient": {"config": {"learning_rate": 10**400}}}})
@example(values={"tabs": {"policy_gradient": {"config": {"hidden": [[10**400]]}}}})
def test_whatever_stands_in_the_file_the_program_starts_and_saves(laboratory_unseen, tmp_path, values):
    path = tmp_path / "any" / "settings.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(values), encoding="utf-8")
    file = SettingsFile(path.parent)
    loaded, _problem = file.load()
    window = laboratory_unseen.window
    window.restore_settings(loaded)
    for tab in ("policy_gradient", "attention"):
        window.tab(tab).restore_settings(loaded.tabs.get(tab, {}))
    window.save_settings(loaded)
    assert file.save(loaded) is None
    again, problem = file.load()
    assert problem is None
    assert again.tab == loaded.tab


def test_of_two_windows_each_writes_what_was_changed_in_it(tmp_path):
    first, second = SettingsFile(tmp_path), SettingsFile(tmp_path)
    start, _problem = first.load()
    start.tabs = {"synonyms": {"store": "a.db", "queue": {"order": "random", "seed": 1}}, "attention": {"text": "x"}}
    assert first.save(start) is None
    one, _problem = first.load()
    other, _problem = second.load()
    one.theme = "dark"
    one.tabs["synonyms"]["queue"]["order"] = "score"
    one.tabs["attention"] = {"text": "y", "new": True}
    other.language = "zh_CN"
    other.tabs["synonyms"]["store"] = "b.db"
    other.tabs["synonyms"]["queue"]["seed"] = 2
    other.tabs["policy_gradient"] = {"speed": "slow"}
    assert first.save(one) is None
    assert second.save(other) is None
    assert first.save(one) is None  # the one that is closed last has nothing new to say
    found, _problem = SettingsFile(tmp_path).load()
    assert (found.theme, found.language) == ("dark", "zh_CN")
    assert found.tabs == {
        "synonyms": {"store": "b.db", "queue": {"order": "score", "seed": 2}},
        "attention": {"text": "y", "new": True},
        "policy_gradient": {"speed": "slow"},
    }


def test_what_one_window_takes_away_is_gone_and_the_last_change_of_one_value_counts(tmp_path):
    first, second = SettingsFile(tmp_path), SettingsFile(tmp_path)
    start = Settings(tabs={"attention": {"text": "x", "second": "y"}})
    assert first.save(start) is None
    one, _problem = first.load()
    other, _problem = second.load()
    del one.tabs["attention"]["second"]
    one.tabs["attention"]["text"] = "one"
    other.tabs["attention"]["text"] = "other"
    assert first.save(one) is None
    assert second.save(other) is None
    found, _problem = SettingsFile(tmp_path).load()
    assert found.tabs == {"attention": {"text": "other"}}


def test_windows_that_save_in_the_same_moment_lose_nothing(tmp_path):
    saving = """
import sys
from pathlib import Path
from app.doctor import files as findings
from app.settings import VERSION, Settings, SettingsFile

file, settings = SettingsFile(Path(sys.argv[1])), Settings()
print("ready", flush=True)
sys.stdin.read()
for number in range(60):
    settings.tabs[f"{sys.argv[2]}-{number}"] = {}
    assert file.save(settings) is None
"""
    with contextlib.ExitStack() as stack:
        windows = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", saving, str(tmp_path), name],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for name in ("one", "two")
        ]
        for window in windows:
            assert window.stdout is not None
            assert window.stdout.readline() == "ready\n"
        for window in windows:
            assert window.stdin is not None
            window.stdin.close()
        assert [window.wait(60) for window in windows] == [0, 0]
    settings, _told = SettingsFile(tmp_path).load()
    assert set(settings.tabs) == {f"{name}-{number}" for name in ("one", "two") for number in range(60)}


def test_a_file_that_was_spoiled_meanwhile_is_written_anew(tmp_path):
    file = SettingsFile(tmp_path)
    settings, _problem = file.load()
    settings.theme = "dark"
    for spoiled in ("", "[1]", '{"tabs": 3}', '{"version": 1, "theme": {"a": 1}}'):
        file.path.write_text(spoiled, encoding="utf-8")
        assert file.save(settings) is None
        assert SettingsFile(tmp_path).load()[0].theme == "dark"
