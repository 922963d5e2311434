"""Whether there is a display to draw on, and if it can't be opened, why not and what to install.

Qt ends the process with an abort where none of the platforms it is told to try can be opened. So it is always given
its own platform without a display as the last one, and what came of the others is said in a sentence.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from core.language import _, listed
from core.one_line import one_line

OFFSCREEN: Final = "offscreen"
_PLATFORM: Final = "QT_QPA_PLATFORM"
_WITHOUT_DISPLAY: Final = (OFFSCREEN, "minimal", "vnc")

_LIBRARY: Final = re.compile(r"(lib[\w.+-]+\.so(?:\.\d+)*)")
_NOT_FOUND: Final = re.compile(r"^\s*(\S+)\s+=> not found", re.MULTILINE)


class _Names(NamedTuple):
    """What the packages are called that hold one library, by what installs them."""

    apt: str
    dnf: str
    pacman: str
    zypper: str


_PACKAGES: Final[Mapping[str, _Names]] = {
    "libxcb-cursor.so.0": _Names("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor", "libxcb-cursor0"),
    "libxcb-icccm.so.4": _Names("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "libxcb-icccm4"),
    "libxcb-image.so.0": _Names("libxcb-image0", "xcb-util-image", "xcb-util-image", "libxcb-image0"),
    "libxcb-keysyms.so.1": _Names("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms", "libxcb-keysyms1"),
    "libxcb-render-util.so.0": _Names(
        "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil", "libxcb-render-util0"
    ),
    "libxcb-util.so.1": _Names("libxcb-util1", "xcb-util", "xcb-util", "libxcb-util1"),
    "libxcb-randr.so.0": _Names("libxcb-randr0", "libxcb", "libxcb", "libxcb-randr0"),
    "libxcb-render.so.0": _Names("libxcb-render0", "libxcb", "libxcb", "libxcb-render0"),
    "libxcb-shape.so.0": _Names("libxcb-shape0", "libxcb", "libxcb", "libxcb-shape0"),
    "libxcb-shm.so.0": _Names("libxcb-shm0", "libxcb", "libxcb", "libxcb-shm0"),
    "libxcb-sync.so.1": _Names("libxcb-sync1", "libxcb", "libxcb", "libxcb-sync1"),
    "libxcb-xfixes.so.0": _Names("libxcb-xfixes0", "libxcb", "libxcb", "libxcb-xfixes0"),
    "libxcb-xkb.so.1": _Names("libxcb-xkb1", "libxcb", "libxcb", "libxcb-xkb1"),
    "libxcb.so.1": _Names("libxcb1", "libxcb", "libxcb", "libxcb1"),
    "libX11-xcb.so.1": _Names("libx11-xcb1", "libX11-xcb", "libx11", "libX11-xcb1"),
    "libX11.so.6": _Names("libx11-6", "libX11", "libx11", "libX11-6"),
    "libxkbcommon-x11.so.0": _Names("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11", "libxkbcommon-x11-0"),
    "libxkbcommon.so.0": _Names("libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"),
    "libEGL.so.1": _Names("libegl1", "libglvnd-egl", "libglvnd", "libEGL1"),
    "libGL.so.1": _Names("libgl1", "libglvnd-glx", "libglvnd", "libGL1"),
    "libdbus-1.so.3": _Names("libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    "libfontconfig.so.1": _Names("libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"),
    "libfreetype.so.6": _Names("libfreetype6", "freetype", "freetype2", "libfreetype6"),
    "libglib-2.0.so.0": _Names("libglib2.0-0", "glib2", "glib2", "libglib-2_0-0"),
    "libgthread-2.0.so.0": _Names("libglib2.0-0", "glib2", "glib2", "libgthread-2_0-0"),
}

DEBIAN_PACKAGES: Final = (
    "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libxkbcommon-x11-0",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0",
)  # fmt: skip
"""What a bare Debian or Ubuntu lacks for a window; they bring the others of the table above along."""

_INSTALLERS: Final[Mapping[str, str]] = {
    "apt": "sudo apt install",
    "dnf": "sudo dnf install",
    "pacman": "sudo pacman -S",
    "zypper": "sudo zypper install",
}
_FAMILIES: Final[Mapping[str, str]] = {
    "debian": "apt", "ubuntu": "apt", "fedora": "dnf", "rhel": "dnf", "centos": "dnf", "arch": "pacman",
    "suse": "zypper", "opensuse": "zypper", "sles": "zypper",
}  # fmt: skip


def choose_platform(environment: dict[str, str] | os._Environ[str] = os.environ) -> bool:
    """Have Qt try the displays there are, and none at last, instead of aborting; return whether one is expected.

    On Linux the displays are found by what the desktop says; a platform that a person names is tried first anywhere.
    """
    given = environment.get(_PLATFORM, "")
    if given:
        names = [one.partition(":")[0] for one in given.split(";")]
        if not set(names) & set(_WITHOUT_DISPLAY):
            environment[_PLATFORM] = f"{given};{OFFSCREEN}"
            return True
        return names[0] not in _WITHOUT_DISPLAY
    if sys.platform != "linux":
        return True
    wayland_first = bool(environment.get("WAYLAND_DISPLAY"))
    displays: tuple[str, ...] = ("wayland", "xcb") if wayland_first else ("xcb", "wayland")
    if not wayland_first and not environment.get("XDG_RUNTIME_DIR"):  # no Wayland, which would only complain of that
        displays = ("xcb",)
    is_expected = wayland_first or bool(environment.get("DISPLAY"))
    environment[_PLATFORM] = ";".join((*displays, OFFSCREEN)) if is_expected else OFFSCREEN
    return is_expected


def why_not_opened(plugins: Path, said_by_qt: Iterable[str]) -> str:
    """Return why a display that was expected could not be opened, and what to do.

    Args:
        plugins: the folder of Qt's platforms.
        said_by_qt: its complaints while it tried.
    """
    tried = [one for one in os.environ.get(_PLATFORM, "").split(";") if one.partition(":")[0] != OFFSCREEN]
    files = [plugins / f"libq{name.partition(':')[0]}.so" for name in tried if name.startswith("xcb")]
    lacking = [library for file in files if file.exists() for library in missing_libraries(file)]
    if lacking:
        return how_to_install(lacking)
    complaints = [one_line(line) for line in said_by_qt if line.strip()]
    told = next((line for line in complaints if "display" in line.lower()), complaints[0] if complaints else "")
    reason = told or _("Qt does not say why")
    return _(
        "The display can't be opened with Qt's platform {platform} ({reason}). Check DISPLAY, WAYLAND_DISPLAY and "
        "QT_QPA_PLATFORM. Without a display, python main.py tour shows what the window does."
    ).format(platform=listed(tried), reason=reason.rstrip("."))


def missing_libraries(file: Path) -> list[str]:
    """Return the names of the system's libraries that the library ``file`` needs and that are not installed."""
    ldd = shutil.which("ldd")
    if ldd is not None:
        told = subprocess.run(  # noqa: S603  both are the system's and Qt's own files
            [ldd, str(file)], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        return list(dict.fromkeys(_NOT_FOUND.findall(told.stdout)))
    try:
        ctypes.CDLL(str(file))
    except OSError as error:
        found = missing_library(str(error))
        return [found] if found and found != file.name else []
    return []


def missing_library(complaint: str) -> str:
    """Return the library that the system's loader says is not there; empty where it says something else."""
    found = _LIBRARY.search(complaint)
    return found[1] if found is not None and "cannot open shared object file" in complaint else ""


def how_to_install(libraries: Iterable[str], os_release: str | None = None) -> str:
    """Return which libraries Qt lacks and, where that is known, the command that installs them.

    Args:
        libraries: their files' names.
        os_release: what the system says of itself; None to read it.
    """
    wanted = list(dict.fromkeys(libraries))
    names = listed(wanted)
    installer = _installer(_read_os_release() if os_release is None else os_release)
    known = [_PACKAGES[library] for library in wanted if library in _PACKAGES]
    if installer is None or len(known) < len(wanted):
        packages = listed(dict.fromkeys(each.apt for each in known))
        told = _("The window needs {libraries}, which this system lacks. Install the packages that contain them.")
        hint = _(" On Debian and Ubuntu: {packages}.").format(packages=packages) if packages else ""
        return told.format(libraries=names) + hint
    packages = " ".join(dict.fromkeys(getattr(each, installer) for each in known))
    return _("The window needs {libraries}, which this system lacks. Install: {command}").format(
        libraries=names, command=f"{_INSTALLERS[installer]} {packages}"
    )


def _read_os_release() -> str:
    try:
        return Path("/etc/os-release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _installer(os_release: str) -> str | None:
    values = dict(line.partition("=")[::2] for line in os_release.splitlines() if "=" in line)
    kinds = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".replace('"', "").replace("'", "").split()
    return next((_FAMILIES[kind.partition("-")[0]] for kind in kinds if kind.partition("-")[0] in _FAMILIES), None)
