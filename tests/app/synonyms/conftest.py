import pytest

from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.inline import InlineBackground
from tests.app.synonyms.small_store import make_store

PATIENCE = 60_000
"""Milliseconds that a task may take here; the ranking one loads scikit-learn once."""


@pytest.fixture
def background(qapp):
    made = InlineBackground()
    yield made
    made.close()


@pytest.fixture
def workspace(look, background, session):
    """What pages are made with: the session on the small store, and a mining that nobody has begun."""
    from app.synonyms.sources.mining import Mining
    from app.synonyms.workspace import Workspace

    return Workspace(look, background, session, Mining(background, session))


@pytest.fixture
def small(tmp_path):
    """The address of a store of a dozen pairs."""
    return str(make_store(tmp_path / "small.db"))


@pytest.fixture
def session(qtbot, background, small, material):
    """A session on the small store, its first card shown; nothing is looked up yet."""
    from app.synonyms.annotation.session import LabelSession

    made = LabelSession(background, "anna")
    made.look_up.use(material)
    assert made.open(small)
    qtbot.waitUntil(lambda: made.state.card is not None, timeout=PATIENCE)
    yield made
    made.close()


def ids_of(address):
    with Store(address) as store:
        return store.table_query().ids().tolist()


@pytest.fixture
def judged(small):
    """Two annotators on ten pairs: both say synonym on 4, both not on 3; they differ on 3."""
    answers = [("s", "s")] * 4 + [("n", "n")] * 3 + [("s", "n")] * 2 + [("n", "s")]
    said = {"s": Verdict.SYNONYM, "n": Verdict.NOT}
    with Store(small) as store:
        for pair, (anna, ben) in zip(ids_of(small), answers, strict=False):
            store.decide(pair, said[anna], "anna")
            store.decide(pair, said[ben], "ben")
    return small
