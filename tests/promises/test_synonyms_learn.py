"""A promise of the synonyms tab: methods learn from what was judged, and show what that has brought."""

import json
import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from sklearn.metrics import average_precision_score

from app.synonyms.saved_choices import mining_to_json
from app.synonyms.workspace import STORE_NAME
from core.paths import data_folder, settings_folder
from core.synonyms.mining.config import MineConfig
from core.synonyms.pairs import WordPair
from core.synonyms.ranker.table import read_table
from core.synonyms.retraining.labels import held_out_of, read_labels
from core.synonyms.store import Store
from tests.core.synonyms.retraining.field import JUDGED, dictionary_sets, make_field, pairs_of_the_field, write_vectors
from tests.widgets import open_synonyms

LOADING = 90_000
"""Milliseconds until workers have loaded and dictionaries are read, on a busy machine."""
FIGURE = re.compile(r"([+−]?\d\.\d{3})  \(([+−]?\d\.\d{3})(?:–| to )([+−]?\d\.\d{3})\)")
"""How a figure stands in the table with its interval."""


def address():
    return str(data_folder() / STORE_NAME)


def scores():
    """The score of every pair as it stands in the file, read by a connection of its own."""
    with Store(address()) as store:
        query = store.table_query()
        return {WordPair(row.word1, row.word2): row.scores["classifier"] for row in query.rows(query.ids())}


def held_out(seed):
    """The judged pairs that are only asked about, and whether each is a synonym."""
    with Store(address()) as store, store.database.reading() as connection:
        labels, _said, _disputed = read_labels(connection, read_table(connection), "anna")
    asked = held_out_of(labels, 0.3, seed)
    return asked.pairs, asked.synonym


def figures(cell):
    """The figure of a cell, and the ends of its interval."""
    found = FIGURE.fullmatch(cell)
    assert found, cell
    return tuple(float(number.replace("−", "-")) for number in found.groups())


@pytest.fixture
def methods(start, qtbot, tmp_path):
    """The page, in the window, over a store in which anna has judged three quarters of a field of 80 pairs.

    The store was mined with vectors of a person's own, as an earlier start has remembered.
    """
    data_folder().mkdir(parents=True)
    make_field(address(), "anna")
    vectors, corpus = write_vectors(tmp_path / "vectors.txt", dictionary_sets()), tmp_path / "corpus.txt"
    corpus.write_text("医生和医师是同一种职业。\n", encoding="utf-8")
    mined = mining_to_json(MineConfig(address(), vectors=vectors, corpora=(corpus,)))
    values = {"mined": "finished", "mining": mined, "queue": {"annotator": "anna"}}
    settings_folder().mkdir(parents=True)
    settings = json.dumps({"version": 1, "tabs": {"synonyms": values}})
    (settings_folder() / "settings.json").write_text(settings, encoding="utf-8")
    tab = open_synonyms(start(), qtbot, LOADING)
    qtbot.waitUntil(lambda: tab.workspace.session.store is not None, timeout=LOADING)
    tab.open_page("synonyms.methods")
    page = tab.pages["methods"]
    qtbot.waitUntil(page.isVisible)
    return page


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.height() // 2, button.height() // 2))


def test_a_method_learns_from_the_labels_tells_what_it_gained_and_enters_its_scores(methods, qtbot):
    sidebar, view = methods.sidebar, methods.labels
    QTest.keyClick(sidebar.shown, Qt.Key.Key_Down)
    for name, box in sidebar.methods.items():
        if box.isChecked() != (name == "classifier"):
            click(box)
    click(sidebar.enter)
    assert set(scores().values()) == {0.5}
    click(view.stage.empty.button)
    qtbot.waitUntil(view.table.isVisible, timeout=LOADING)
    qtbot.waitUntil(lambda: not methods.retraining.is_working, timeout=LOADING)

    # The figures on the page are those of the held-out labels, reckoned here by others.
    result = methods.retraining.results["classifier"]
    pairs, synonym = held_out(sidebar.seed.value())
    with Store(address()) as store:
        ids = store.find(pairs)
    places = [result.ids.tolist().index(ids[pair]) for pair in pairs]
    wanted = [average_precision_score(synonym, each[places]) for each in (result.scores_before, result.scores_after)]
    model = view.table.model
    assert model.rowCount() == 1
    before, after, gain = (figures(model.index(0, column).data()) for column in (1, 2, 3))
    assert [before[0], after[0]] == pytest.approx(wanted, abs=6e-4)
    assert before[1] < before[0] < before[2] < after[1] <= after[0] <= after[2]
    assert gain[0] == pytest.approx(after[0] - before[0], abs=2e-3)
    assert gain[1] > 0, "what the labels teach is not by chance"
    taught = re.search(r"Learnt from (\d+) labels .*asked about (\d+)", view.facts.text())
    assert [int(taught[1]), int(taught[2])] == [2 * JUDGED - len(pairs), len(pairs)]

    # Those that rose are synonyms of the field rather than those that fell, and nobody had taught them.
    twins, strangers = map(set, pairs_of_the_field())
    judged = {*pairs_of_the_field()[0][:JUDGED], *pairs_of_the_field()[1][:JUDGED]}
    rose, fell = (
        [WordPair(each.word1, each.word2) for each in moved.pairs[:10]] for moved in (view.risen, view.fallen)
    )
    assert len(twins.intersection(rose)) > len(twins.intersection(fell)) + 2
    assert (judged - set(pairs)).isdisjoint(rose + fell)

    # The new scores of every pair stand in the store: the judged ones are told apart, which they were not before.
    entered = scores()
    assert len(entered) == len(result.ids)
    assert 0.5 not in entered.values()
    known = dict(zip(result.ids.tolist(), result.scores_before.tolist(), strict=True))
    with Store(address()) as store:
        first = {pair: known[number] for pair, number in store.find(judged).items()}
    medians = [
        [np.median([of[pair] for pair in judged & each]) for each in (twins, strangers)] for of in (first, entered)
    ]
    assert medians[0][0] < medians[0][1]
    assert medians[1][0] > medians[1][1]
    words = str(methods.window().messages.text)
    assert "80 pairs are scored by Logistic regression" in words

    # A click on the pair that rose most asks why.
    QTest.mouseClick(view.risen, Qt.MouseButton.LeftButton, pos=view.risen.row_rect(0).center().toPoint())
    tab = methods.window().tab("synonyms")
    qtbot.waitUntil(tab.pages["why"].isVisible)
