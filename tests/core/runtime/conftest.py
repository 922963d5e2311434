"""Here the workers themselves are looked at."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def as_in_the_program(spawned_workers):
    """Begin each worker anew."""
