"""Sessions whose runs are advanced by the tests."""

import pytest

from tests.app.policy_gradient.inline import InlineSession


@pytest.fixture
def inline(qapp):
    """Make a session on a run of a config; the runs are let go with the test."""
    made = []

    def make(config):
        made.append(InlineSession(config))
        return made[-1]

    yield make
    for session in made:
        session.finish()
        session.deleteLater()
