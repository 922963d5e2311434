"""What is dropped onto the tab."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from core.attention.arrays import ENDINGS


def dropped_file(content: QMimeData) -> Path | None:
    """Return the one file of arrays, or session, that was dropped; None for anything else."""
    urls = content.urls() if content.hasUrls() else []
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() in ENDINGS and path.is_file() else None
