"""What the program is made of: versions and licences."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from core.attention.encoders.built_in import BUILT_IN
from core.language import _

MODELS = tuple((row.title, row.package, row.licence) for row in BUILT_IN)
"""Models that packages carry: name, package, licence as the distributions state it."""

_PARTS = (
    "PySide6-Essentials",
    "pyqtgraph",
    "torch",
    "gymnasium",
    "pygame",
    "numpy",
    "transformers",
    "SQLAlchemy",
    "scikit-learn",
)


def program_version() -> str:
    """Return the installed version, or a word when the program runs uninstalled."""
    return _installed("yaya-lab")


def part_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages the program stands on, without importing them."""
    return {"Python": platform.python_version(), **{name: _installed(name) for name in _PARTS}}


def about_text() -> str:
    """Return the About box's text."""
    parts = ", ".join(f"{name} {number}" for name, number in part_versions().items())
    data = "<br>".join(f"{name} {number}: {licence}" for name, number, licence in data_sources())
    return _(
        "<h3>Yaya Lab {version}</h3><p>A laboratory for policy gradients, attention and Chinese "
        "synonyms.</p><p>MIT licence. Chinese typeface: Noto Sans SC (SIL Open Font License "
        "1.1).</p><p>{parts}</p><p><b>Models and data</b></p><p>{data}</p>"
    ).format(version=program_version(), parts=parts, data=data)


def data_sources() -> list[tuple[str, str, str]]:
    """Return name, installed version and licence of every model and every work that ships with the packages."""
    from core.synonyms.shipped import SHIPPED

    models = [(name, _installed(package), licence) for name, package, licence in MODELS]
    works = [(source.name, source.version or _("not installed"), source.licence) for source in SHIPPED]
    return models + works


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _("not installed")
