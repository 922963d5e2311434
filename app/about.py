"""What the program is made of: versions and licences."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from core.language import _

_PARTS = ("PySide6-Essentials", "pyqtgraph", "torch", "gymnasium", "pygame", "numpy")


def program_version() -> str:
    """Return the installed version, or a word when the program runs uninstalled."""
    return _installed("yaya-lab")


def part_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages the program stands on, without importing them."""
    return {"Python": platform.python_version(), **{name: _installed(name) for name in _PARTS}}


def about_text() -> str:
    """Return the About box's text."""
    parts = "<br>".join(f"{name} {number}" for name, number in part_versions().items())
    return _(
        "<h3>Yaya Lab {version}</h3><p>A laboratory for policy gradients, attention and Chinese synonyms.</p>"
        "<p>MIT licence. The Chinese typeface is Noto Sans SC (SIL Open Font License 1.1).</p><p>{parts}</p>"
    ).format(version=program_version(), parts=parts)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _("not installed")
