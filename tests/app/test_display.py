"""A display that can't be opened: one sentence that says what to do, and a plain exit code."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from app.display import choose_platform, how_to_install, missing_libraries, missing_library
from tests import program

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one display, and Qt brings all it needs")


@pytest.mark.parametrize(
    ("given", "tried", "is_expected"),
    [
        ({"DISPLAY": ":0"}, "xcb;offscreen", True),
        ({"DISPLAY": ":0", "XDG_RUNTIME_DIR": "/run/user/1000"}, "xcb;wayland;offscreen", True),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wayland;xcb;offscreen", True),
        ({}, "offscreen", False),
        ({"QT_QPA_PLATFORM": "xcb"}, "xcb;offscreen", True),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "wayland;xcb;offscreen", True),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "vnc:size=800x600", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "offscreen", False),
    ],
)
@linux
def test_no_platform_ends_the_process_when_it_can_not_be_opened(given, tried, is_expected):
    environment = dict(given)
    assert choose_platform(environment) is is_expected
    assert environment["QT_QPA_PLATFORM"] == tried


@pytest.mark.parametrize(
    ("os_release", "command"),
    [
        ("ID=ubuntu\nID_LIKE=debian\n", "sudo apt install libxcb-cursor0 libegl1"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt install libxcb-cursor0 libegl1"),
        ("ID=fedora\n", "sudo dnf install xcb-util-cursor libglvnd-egl"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "sudo dnf install xcb-util-cursor libglvnd-egl"),
        ("ID=manjaro\nID_LIKE=arch\n", "sudo pacman -S xcb-util-cursor libglvnd"),
        ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "sudo zypper install libxcb-cursor0 libEGL1"),
    ],
)
def test_each_distribution_is_told_its_own_command(os_release, command):
    told = how_to_install(["libxcb-cursor.so.0", "libEGL.so.1"], os_release)
    assert command in told
    assert "libxcb-cursor.so.0" in told


def test_where_nobody_knows_the_package_the_library_is_named():
    told = how_to_install(["libxcb-cursor.so.0", "libduck.so.3"], "ID=ubuntu\n")
    assert "libduck.so.3" in told
    assert "sudo" not in told
    assert "libxcb-cursor0" in how_to_install(["libxcb-cursor.so.0"], "ID=plan9\n")


def test_the_loader_is_understood():
    said = "libEGL.so.1: cannot open shared object file: No such file or directory"
    assert missing_library(said) == "libEGL.so.1"
    assert missing_library("cannot import name 'QtGui'") == ""


OF_EVERY_SYSTEM = ("libc.", "libm.", "libgcc_s.", "libstdc++.", "libz.", "libzstd.", "libpthread.", "libdl.")
OF_QT = ("libQt6", "libicu", "libqxcb")


@linux
def test_every_library_that_the_window_needs_has_a_package():
    """What stands in the tables of names of the files that Qt loads for a window."""
    libraries = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    files = [plugins / "platforms" / "libqxcb.so"]
    files += [libraries / f"libQt6{name}.so.6" for name in ("XcbQpa", "Gui", "Core", "Widgets", "DBus")]
    names = {
        name.decode() for file in files for name in re.findall(rb"\0(lib[\w.+-]+\.so[.\d]*)(?=\0)", file.read_bytes())
    }
    needed = {name for name in names if not name.startswith(OF_EVERY_SYSTEM + OF_QT) and ".so." in name}
    assert {"libxcb-cursor.so.0", "libfontconfig.so.1", "libxkbcommon.so.0"} <= needed
    assert not {name for name in needed if "Install the packages that contain" in how_to_install([name], "ID=debian\n")}


@linux
@pytest.mark.parametrize("with_ldd", [True, False])
def test_a_library_that_qt_lacks_is_found(tmp_path, monkeypatch, with_ldd):
    """A copy of Qt's own library that asks for a cursor library which is not there."""
    real = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath)) / "libQt6XcbQpa.so.6"
    copy = tmp_path / "libQt6XcbQpa.so.6"
    content = real.read_bytes()
    assert b"libxcb-cursor.so.0" in content
    copy.write_bytes(content.replace(b"libxcb-cursor.so.0", b"libxcb-cursox.so.0"))
    if with_ldd:
        assert "libxcb-cursox.so.0" in missing_libraries(copy)
        return
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    loaded = subprocess.run(
        [sys.executable, "-c", f"import ctypes; import PySide6.QtGui; ctypes.CDLL({str(copy)!r})"],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert missing_library(loaded.stderr.splitlines()[-1]) == "libxcb-cursox.so.0"


@linux
@pytest.mark.parametrize(
    "variables",
    [
        {"QT_QPA_PLATFORM": "xcb"},
        {"DISPLAY": ":4711"},
        {"QT_QPA_PLATFORM": "duck"},
        {"QT_QPA_PLATFORM": "eglfs"},  # gives up, with an abort
        {"QT_QPA_PLATFORM": "linuxfb"},  # opens, and has no screen
    ],
)
def test_a_display_that_can_not_be_opened_is_one_line_and_a_plain_exit_code(tmp_path, variables):
    ended = program.run(home=tmp_path / "home", cwd=tmp_path, **variables)
    assert ended.returncode == 1
    assert re.search("The display can't be opened|The window needs .*, which this system lacks", ended.stderr)
    assert len(ended.stderr.splitlines()) == 1
    assert "Available platform plugins" not in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.long
@linux
def test_the_doctor_says_that_the_display_can_not_be_opened(tmp_path):
    """Which display, or which libraries the system lacks."""
    ended = program.run("doctor", "--json", tmp_path / "d.json", home=tmp_path / "home", cwd=tmp_path, DISPLAY=":4711")
    assert ended.returncode == 1
    findings = {each["id"]: each for each in json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))["findings"]}
    assert findings["platform"]["level"] == "problem"
    assert re.search(":4711|The window needs .*, which this system lacks", findings["platform"]["advice"])
