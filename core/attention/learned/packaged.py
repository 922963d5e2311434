"""Texts that installed packages carry; the packages themselves are never imported."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from core.attention.errors import TextError
from core.language import _


def packaged_lines(package: str, file: str) -> list[str]:
    """Return the lines of a UTF-8 text file that ``package`` carries.

    Raises:
        TextError: the package or the file isn't there.
    """
    try:
        found = next((Path(str(one.locate())) for one in files(package) or () if one.as_posix() == file), None)
        if found is not None:
            return found.read_text(encoding="utf-8").splitlines()
    except (PackageNotFoundError, OSError):
        pass
    message = _("The package {package} with the file {file} isn't installed. Install it: pip install {package}")
    raise TextError(message.format(package=package, file=file))
