import pytest

from app.synonyms.ask.asking import LANE
from app.synonyms.ask.learning_ahead import LearningAhead
from core.runtime.task import Job
from core.synonyms.asking import ask as asking
from core.synonyms.asking.ask import Oracle
from core.synonyms.asking.candidates import Candidates
from core.synonyms.asking.config import AskConfig
from core.synonyms.asking.relations import Relations
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.vectors import load_vectors

PATIENCE = 60_000
AHEAD = "core.synonyms.asking.ask:learn_ahead"


@pytest.fixture
def oracle(material, monkeypatch):
    """What has been read of the small material; nothing has been learnt."""
    vectors = load_vectors(material.vectors)
    cilin = Cilin({"Aa01A01=": ("医生", "医师")})
    made = Oracle(vectors, material.vectors, Candidates(vectors), Relations((cilin,)), 0)
    monkeypatch.setattr(asking, "_oracles", {(material.vectors, (), 0): made})
    return made


@pytest.fixture
def ahead(workspace, qapp):
    made = LearningAhead(workspace.background, workspace.session, workspace.session)
    yield made
    made.want(())


def test_methods_learn_while_nobody_asks_for_them(ahead, oracle, qtbot):
    ahead.want(("characters", "cosine_centred"))
    qtbot.waitUntil(lambda: not ahead.methods, timeout=PATIENCE)
    assert set(oracle.scorers) == {"characters", "cosine_centred"}


def test_whoever_asks_meanwhile_goes_first(ahead, oracle, workspace, material, qtbot):
    background = workspace.background
    ahead.want(("characters",))
    qtbot.waitUntil(lambda: any(job.task == AHEAD for job in background.jobs), timeout=PATIENCE)
    background.is_slow = True
    config = AskConfig(("cosine",), material.vectors, material.lexicons)
    asked = background.start(LANE, Job("core.synonyms.asking.ask:ask_word", {"config": config, "word": "医生"}))
    begun = len([job for job in background.jobs if job.task == AHEAD])
    qtbot.wait(1200)
    assert len([job for job in background.jobs if job.task == AHEAD]) == begun, "it waits for the answer"
    with qtbot.waitSignal(asked.finished, timeout=PATIENCE):
        background.is_slow = False
    qtbot.waitUntil(lambda: not ahead.methods, timeout=PATIENCE)
    assert "characters" in oracle.scorers


def test_what_is_no_longer_wanted_is_not_learnt(ahead, oracle, workspace, qtbot):
    ahead.want(("characters",))
    ahead.want(())
    qtbot.wait(700)
    assert not any(job.task == AHEAD for job in workspace.background.jobs)


def test_what_is_no_method_is_left_out(ahead, oracle, qtbot):
    ahead.want(("", "nonsense", "characters"))  # whatever stands in the file of a lecture
    qtbot.waitUntil(lambda: not ahead.methods, timeout=PATIENCE)
    assert set(oracle.scorers) == {"characters"}


def test_a_worker_that_can_t_read_its_material_is_asked_once(ahead, workspace, material, tmp_path, qtbot):
    workspace.session.look_up.use(type(material)(vectors=tmp_path / "gone.txt", corpora=()))
    ahead.want(("characters",))
    qtbot.waitUntil(lambda: not ahead.methods, timeout=PATIENCE)
    qtbot.wait(700)
    assert len([job for job in workspace.background.jobs if job.task == AHEAD]) == 1
