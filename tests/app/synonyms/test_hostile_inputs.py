"""Files that are not what they should be, chosen in the window: one sentence says so, and the page goes on."""

from dataclasses import replace

import pytest

from app.synonyms.ask.page import AskPage
from app.synonyms.methods.page import MethodsPage
from app.synonyms.methods.sidebar import LABELS
from app.synonyms.sources.page import SourcesPage
from app.synonyms.why.page import WhyPage
from core.synonyms.queue.config import Only
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import ids_of
from tests.core.synonyms.evaluation.small_pairs import with_few_resamples, write_labelled

PATIENCE = 60_000
VECTORS = {
    "cut off": b"7 3\n" + "医生 ".encode() + b"\x01" * 12,
    "no numbers": "医生 nan nan\n医师 nan nan\n".encode(),
    "nothing": b"",
}


@pytest.fixture
def shown(qtbot, workspace):
    """Make pages as the window does; they live as long as the test."""

    def make(kind):
        page = kind(workspace)
        for widget in (page.sidebar, page.status_bar, page):
            qtbot.addWidget(widget)
        page.resize(900, 600)
        page.show()
        page.entered()
        return page

    return make


@pytest.fixture(params=VECTORS)
def broken(request, tmp_path, session):
    """Use vectors that are none from now on."""
    path = tmp_path / "broken.txt"
    path.write_bytes(VECTORS[request.param])
    session.look_up.use(replace(session.look_up.material, vectors=path))
    return path


def sentence(told):
    kind, text = told.args
    assert kind == "error"
    assert "\n" not in str(text)
    return str(text)


def measure(page, qtbot, names=("cosine", "characters")):
    qtbot.waitUntil(lambda: page.measuring.was_read, timeout=PATIENCE)
    for name, box in page.sidebar.methods.items():
        box.setChecked(name in names)
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as told:
        page.status_bar.run.click()
    return told


@pytest.mark.parametrize("name", VECTORS)
def test_methods_are_not_measured_by_vectors_that_are_none(name, shown, qtbot, tmp_path):
    page, vectors = shown(MethodsPage), tmp_path / "broken.txt"
    vectors.write_bytes(VECTORS[name])
    page.sidebar.vectors.show_paths((vectors,))
    assert sentence(measure(page, qtbot)).startswith("Measuring stopped: broken.txt ")
    assert page.status_bar.run.isEnabled()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("丁\t一\t0\ttrain", "contradict each other about 一 / 丁"),
        ("一\t一\t1\ttest", "two different words"),
        ("一\t丁", "line 17: expected"),
    ],
)
def test_labels_that_contradict_each_other_are_said(line, said, shown, qtbot, tmp_path):
    page = shown(MethodsPage)
    pairs, vectors = write_labelled(tmp_path)
    pairs.write_text(pairs.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    page.sidebar.pairs.show_paths((pairs,))
    page.sidebar.vectors.show_paths((vectors,))
    assert said in sentence(measure(page, qtbot))


def test_lines_that_are_passed_over_are_told_and_the_rest_is_measured(shown, qtbot, tmp_path, monkeypatch):
    with_few_resamples(monkeypatch)
    page = shown(MethodsPage)
    pairs, vectors = write_labelled(tmp_path)
    vectors.write_text(vectors.read_text(encoding="utf-8") + "词 0.5\n一 0.1 0.2 0.3 0.4 0.5\n", encoding="utf-8")
    page.sidebar.pairs.show_paths((pairs,))
    page.sidebar.vectors.show_paths((vectors,))
    told = measure(page, qtbot)
    assert (told.args[0], str(told.args[1])) == ("warning", "Malformed lines in v.txt: 2.")
    qtbot.waitUntil(lambda: len(page.measuring.measured) == 2, timeout=PATIENCE)


def test_judges_that_contradict_each_other_are_said(shown, session, qtbot, small):
    ids = ids_of(small)
    with Store(small) as store:
        store.decide(ids, Verdict.SYNONYM, "anna")
        store.decide(ids, Verdict.NOT, "ben")
    page = shown(MethodsPage)
    session.arrange(replace(session.config, only=Only.DISPUTED))  # else everybody learns from their own labels
    qtbot.waitUntil(lambda: page.measuring.was_read and session.seen_by is None, timeout=PATIENCE)
    page.sidebar.shown.choose(LABELS)
    page.sidebar.shown_chosen.emit()
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as told:
        page.status_bar.run.click()
    assert "The judges disagree about every pair" in sentence(told)


@pytest.mark.sweep(1)
def test_no_word_can_be_asked_by_vectors_that_are_none(broken, shown, session, qtbot):
    with qtbot.waitSignal(session.failed, timeout=PATIENCE) as told:
        page = shown(AskPage)  # which asks its first word
    assert broken.name in str(told.args[0])
    assert "\n" not in str(told.args[0])
    assert page.empty.reason.text() == "The word could not be looked at. Press F7 to try again."


@pytest.mark.sweep(1)
def test_no_pair_can_be_explained_by_vectors_that_are_none(broken, shown, workspace, session, qtbot):
    page = shown(WhyPage)
    qtbot.waitUntil(lambda: page.asked.has_failed, timeout=PATIENCE)
    with qtbot.waitSignal(session.failed, timeout=PATIENCE) as told:
        workspace.wishes.pair.emit("医师", "医生", "attract_repel")
    assert broken.name in str(told.args[0])
    assert "\n" not in str(told.args[0])
    assert page.asked.has_failed


@pytest.mark.sweep(2)
@pytest.mark.parametrize(
    ("field", "name", "content", "said"),
    [
        ("english", "a.xml", "<VNCLASS ID='a'>", "a.xml is no VerbNet class"),
        ("english", "data.noun", "00000001 03 n 05 car", "data.noun, line 1 is no synset"),
        ("english", "wn.db", "no database", "it is no store of wn"),
        ("lexicons", "own.txt", "no thesaurus\n", "own.txt, line 1"),
        ("corpora", "empty.txt", "", "contains no sentences"),
        ("vectors", "own.txt", "医生 nan nan\n", "own.txt contains no word vectors"),
    ],
)
def test_nothing_is_mined_from_material_that_is_none(field, name, content, said, shown, qtbot, tmp_path):
    page = shown(SourcesPage)
    file, vectors = tmp_path / name, tmp_path / "v.txt"
    file.write_text(content, encoding="utf-8")
    vectors.write_text("医生 1 0\n医师 .6 .8\n", encoding="utf-8")
    page.form.vectors.show_paths((vectors,))
    getattr(page.form, field).show_paths((file,))
    wanted = "translated" if field == "english" else "cosine"
    for source, box in page.form.sources.items():
        box.setChecked(source == wanted)
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as told:
        page.form.start.click()
    assert said in sentence(told)
