"""A small store of simulated verdicts that comes along: what a lecture shows where nobody has labelled anything yet.

It is made by ``resources/sample_store/make.py``, and only ever shown as a copy.
"""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import Final

from core.language import N_, _
from core.paths import RESOURCES

SAMPLE: Final = RESOURCES / "sample_store" / "sample.db"
ANNOTATORS: Final = (N_("Simulated A"), N_("Simulated B"), N_("Simulated C"))
"""Who judged its pairs: names that say that nobody did."""
IDENTITY: Final = "sample"
"""What it calls itself; a copy has a name of its own."""


def copy_sample(folder: Path) -> Path:
    """Copy the store into ``folder``, with its annotators called in the language in use; return the file.

    Raises:
        OSError: there is no room, or the folder may not be written.
    """
    path = folder / SAMPLE.name
    shutil.copyfile(SAMPLE, path)
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE info SET value = ? WHERE key = 'identity'", (uuid.uuid4().hex,))
        store.executemany("UPDATE annotators SET name = ? WHERE name = ?", [(_(name), name) for name in ANNOTATORS])
    return path
