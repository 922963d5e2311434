"""What an earlier version wrote opens unchanged: settings, attention sessions, stores, checkpoints, files handed on.

The samples, and how each was made, lie in ``tests/data/version_0_1``. What a window reads is read by the real window
and written by it again: a value that it did not take up would come back as the one of a fresh start, and none of the
samples holds those. Names and words may have changed since; ``NAMES`` and ``WORDS`` say which.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import pytest
import torch
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QTableView

from app.synonyms.sources.mining_form import MiningForm
from core.paths import settings_folder
from core.policy_gradient.checkpoint import load_checkpoint
from core.policy_gradient.config import TrainConfig
from core.synonyms.exchange.config import ImportConfig
from core.synonyms.exchange.importing import apply_import
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests import program

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "version_0_1"
LOADING, PUT_UP = 90_000, 10_000
HOME = "/tmp/yaya-lab-0.1/home"
"""Where the samples were made; paths in them begin with it."""

NAMES = {
    "wish": ("options",),
    "scene": ("snapshot",),
    "ramp": ("colormap",),
    "reading": ("aggregation",),
}
"""What a name in a file may be called since."""
WORDS = {"lines": ("links",), "compare": ("comparison",)}
"""What a word in a file may be since."""
UNSEEN = {"steps": ("row", "direction"), "alignment": ("query",)}
"""What a session holds of a view though the view shows nothing of it: the version before did not take it up either."""


def lost(before, now, place=""):
    """Return the places at which ``now`` does not say what ``before`` said, with both values."""
    if isinstance(before, dict) and isinstance(now, dict):
        found = []
        for name, value in before.items():
            called = next((new for new in (name, *NAMES.get(name, ())) if new in now), None)
            where = f"{place}/{name}"
            found += [f"{where}: gone"] if called is None else lost(value, now[called], where)
        return found
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        return [
            problem
            for number, (one, other) in enumerate(zip(before, now, strict=True))
            for problem in lost(one, other, f"{place}/{number}")
        ]
    if isinstance(before, float):
        scrolled = "/zooms/" in place and not place.endswith("/0")  # in cells, whose size hangs on the letters
        same = now == pytest.approx(before, abs=0.5 if scrolled else 1e-9)
    else:
        same = now == before or (isinstance(before, str) and now in WORDS.get(before, ()))
    return [] if same else [f"{place}: {before!r} became {now!r}"]


# Settings


@pytest.fixture
def remembered(tmp_path, parsed):
    """Settings of the version before in the place where this one looks for them, with the store they name."""
    home = tmp_path / "old-home"
    (home / "stores").mkdir(parents=True)
    shutil.copy(SAMPLES / "pairs.db", home / "stores" / "pairs.db")
    text = (SAMPLES / "settings.json").read_text("utf-8").replace(HOME, home.as_posix())
    settings_folder().mkdir(parents=True)
    (settings_folder() / "settings.json").write_text(text, "utf-8")
    return json.loads(text)


def open_every_tab(laboratory, qtbot):
    """Open all tabs and wait until each has taken up what it remembered."""
    window = laboratory.window
    window.open("policy_gradient")
    policy = window.tab("policy_gradient")
    qtbot.waitUntil(lambda: policy.session.state.frame is not None, timeout=LOADING)
    window.open("attention")
    qtbot.waitUntil(lambda: not window.tab("attention").session.is_busy, timeout=LOADING)
    window.open("synonyms")
    synonyms = window.tab("synonyms")
    qtbot.waitUntil(lambda: any(table.isVisible() for table in synonyms.findChildren(QTableView)), timeout=LOADING)


def test_everything_that_was_remembered_is_taken_up_and_kept(remembered, start, qtbot):
    laboratory = start()
    window = laboratory.window
    assert window.open_tab is window.tab("synonyms")
    assert window.windowTitle() == "鸭鸭实验室"
    assert window.palette().color(QPalette.ColorRole.Window).lightness() < 80
    assert laboratory.look.scale.zoom == 1.25
    open_every_tab(laboratory, qtbot)
    qtbot.waitUntil(lambda: "已升级" in window.messages.text, timeout=LOADING)  # the store, with a copy beside it
    laboratory.close()

    kept = json.loads((settings_folder() / "settings.json").read_text("utf-8"))
    for values in (kept, remembered):
        values.pop("geometry")  # Qt's own, and other on every screen
    # Settling is the choice of disputed pairs by now, which is kept beside it.
    gone = ["/tabs/synonyms/queue/adjudicate: gone"]
    assert lost(remembered, kept) == gone
    assert kept["tabs"]["synonyms"]["queue"]["only"] == remembered["tabs"]["synonyms"]["queue"]["only"]


def test_what_was_remembered_stands_in_the_fields(remembered, start, qtbot):
    laboratory = start()
    open_every_tab(laboratory, qtbot)
    window = laboratory.window
    typed = {"learning_rate": "0.004", "gamma": "0.95", "seed": "11", "episodes": "321", "batch_episodes": "8"}
    policy = window.tab("policy_gradient")
    assert {name: policy.findChild(QLineEdit, name).text() for name in typed} == typed
    mined = window.findChild(MiningForm).config()
    assert (mined.limit, mined.sources, mined.nearest, mined.min_cosine) == (120, ("reference", "gloss"), 4, 0.7)
    assert (mined.vocabulary.max_length, mined.vocabulary.max_rank) == (3, 9000)
    texts = {field.toPlainText() for field in window.tab("attention").findChildren(QPlainTextEdit)}
    assert {"我昨天在银行取了钱。", "I took money from the bank."} <= texts


# Attention sessions


def choose(path):
    """Choose a file in the dialog that is open."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(path))
    dialog.accept()


@pytest.mark.sweep(2)
@pytest.mark.parametrize("view", ["map", "heads", "lines", "steps", "compare", "alignment"])
def test_a_session_is_opened_with_everything_in_it(laboratory, qtbot, tmp_path, view):
    window = laboratory.window
    window.resize(1400, 900)
    window.open("attention")
    session = window.tab("attention").session
    qtbot.waitUntil(lambda: session.state.map is not None and not session.is_busy, timeout=LOADING)
    window.actions_table["document_open"].trigger()
    choose(SAMPLES / "sessions" / f"{view}.json")
    assert not window.messages.text
    before = json.loads((SAMPLES / "sessions" / f"{view}.json").read_text("utf-8"))
    for name in UNSEEN.get(view, ()):
        del before["view"]["scene"][name]
    for name in ("order", "by"):  # options like all others since
        before["view"]["wish"][name] = before["view"]["scene"].pop(name)
    asked = before["view"]["scene"].pop("query", None) if view in ("map", "heads", "lines", "compare") else None
    # Not said any more: all heads are a request of their own, and a file fetches nothing from the network.
    assert [request.pop("gallery") for request in before["requests"]] == [False] * len(before["requests"])
    assert before["view"]["wish"].pop("download") is False

    def differences():
        (tmp_path / "again.json").unlink(missing_ok=True)
        window.actions_table["document_save_as"].trigger()
        choose(tmp_path / "again.json")
        return lost(before, json.loads((tmp_path / "again.json").read_text("utf-8")))

    qtbot.waitUntil(lambda: not session.is_busy, timeout=LOADING)
    # What was picked and zoomed is put up when the views have taken in the answer.
    with contextlib.suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not session.is_busy and not differences(), timeout=PUT_UP)
    assert differences() == []
    if asked is not None:  # whose three steps are asked for is told by the view of the three steps alone
        window.actions_table["at_view_steps"].trigger()
        qtbot.waitUntil(lambda: not session.is_busy, timeout=LOADING)
        assert lost(asked, window.open_tab.page.save_state()["snapshot"]["query"]) == []


# Stores and what is exchanged


@pytest.fixture
def store(tmp_path):
    shutil.copy(SAMPLES / "pairs.db", tmp_path / "pairs.db")
    with Store(tmp_path / "pairs.db", create=False) as opened:
        yield opened


def said(decisions):
    return [(d.word1 + d.word2, d.annotator, d.verdict and d.verdict.value, d.undoes) for d in decisions]


def test_a_store_is_opened_with_every_pair_and_every_verdict(store):
    assert store.check() == []
    assert store.completed_stages == {"reference", "lexicon", "gloss", "characters", "cosine"}
    assert [(each.name, each.active) for each in store.annotators()] == [
        ("anna", True), ("博文", True), ("carla", True), ("dora", False),
    ]  # fmt: skip
    assert (store.sharing.overlap, store.sharing.seed) == (0.25, 7)
    assert store.count_disputed() == 3
    first, settled, open_one = store.row(1), store.row(4), store.row(6)
    assert (first.word1, first.word2, first.known, first.verdict) == ("漂亮", "美丽", True, Verdict.SYNONYM)
    assert dict(first.scores) == {"cosine": 0.91, "gloss": 0.5}
    assert settled.verdict is Verdict.ANTONYM
    assert not settled.disputed
    assert open_one.verdict is None
    assert {(d.annotator, d.verdict) for d in store.judgements(2)} == {
        ("anna", Verdict.SYNONYM), ("博文", Verdict.RELATED),
    }  # fmt: skip
    (noted,) = store.judgements(3)
    assert (noted.note, noted.flagged) == ("大陆与台湾说法不同", True)


def test_the_history_of_a_store_is_whole_and_goes_on(store):
    history = sorted(store.history(), key=lambda decision: decision.id)
    assert len(history) == 17
    assert said(history)[5:9] == [
        ("东部西部", "anna", "synonym", None), ("东部西部", "anna", None, 6),
        ("事故故事", "anna", "not", None), ("父亲爸爸", "anna", "not", None),
    ]  # fmt: skip
    assert (history[1].seconds, history[1].model_score) == (1.25, 0.875)
    assert history[0].at.isoformat() == "2026-03-01T09:00:06.250000+00:00"
    assert history[-1].adjudicates
    assert history[-1].note == "settled"
    assert [d.word1 for d in store.undo("anna")] == [
        "妈妈"
    ]  # an action of the version before is taken back by this one
    assert [d.word1 for d in store.undo("anna")] == ["事故", "父亲"]
    store.decide(6, Verdict.NOT, "博文")
    assert store.check() == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("csv", "pairs.csv"),
        ("jsonl", "pairs.jsonl"),
        ("label-studio", "pairs.label-studio.json"),
        ("doccano", "pairs.doccano.jsonl"),
        ("prodigy", "pairs.prodigy.jsonl"),
    ],
)
def test_an_exported_file_is_taken_in_again(tmp_path, kind, name):
    path = tmp_path / "new.db"
    for _event in apply_import(ImportConfig(f"sqlite:///{path}", SAMPLES / "exports" / name, kind)):
        pass
    with Store(path, create=False) as store, Store(_copy(tmp_path), create=False) as original:
        for pair in range(1, 13):
            row = original.row(pair)
            (here,) = store.find([(row.word1, row.word2)]).values()
            standing = {(d.annotator, d.verdict) for d in original.judgements(pair) if d.verdict and not d.adjudicates}
            assert standing <= {(d.annotator, d.verdict) for d in store.judgements(here)}, (row.word1, row.word2)


def _copy(folder):
    shutil.copy(SAMPLES / "pairs.db", folder / "original.db")
    return folder / "original.db"


# Checkpoints and results of training


@pytest.mark.parametrize("name", ["article", "fast", "acrobot"])
def test_a_checkpoint_is_opened_with_its_weights_and_its_config(name):
    expected = json.loads((SAMPLES / "policy" / "probabilities.json").read_text("utf-8"))[name]
    checkpoint = load_checkpoint(SAMPLES / "policy" / f"{name}.safetensors")
    assert lost(expected["config"], checkpoint.config.to_dict()) == []
    with torch.no_grad():
        answered = checkpoint.policy.distribution(torch.tensor(expected["obs"])).probs.tolist()
    assert answered == pytest.approx(expected["probabilities"], abs=1e-5)


@pytest.mark.parametrize("name", ["article", "fast", "acrobot"])
def test_the_config_of_a_training_that_was_written_as_json_is_still_one(name):
    config = json.loads((SAMPLES / "policy" / f"{name}.json").read_text("utf-8"))["config"]
    assert lost(config, TrainConfig.from_dict(config).to_dict()) == []


def test_what_a_training_writes_as_json_still_has_every_name(tmp_path):
    before = json.loads((SAMPLES / "policy" / "article.json").read_text("utf-8"))
    asked = ("--episodes", "2", "--eval-episodes", "1", "--json", tmp_path / "run.json")
    ran = program.run("train", *asked, home=tmp_path / "home", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    now = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert set(before) <= set(now)
    assert set(before["versions"]) <= set(now["versions"])
