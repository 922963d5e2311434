"""Every page's plot as PNG, SVG and CSV, with seed and parameters in the file, in the real window."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from app.policy_gradient.session import Phase
from core.policy_gradient.config import FAST

LOADING = 60_000
CONFIG = replace(FAST, episodes=16, batch_episodes=8, eval_episodes=2, evaluate_every=1, evaluate_from=0.0, seed=7)


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab with a finished run of two batches."""
    laboratory.window.resize(1100, 800)
    tab = laboratory.window.tab("policy_gradient")
    tab.session.choose(CONFIG)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)
    tab.session.set_speed("turbo")
    tab.session.toggle()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)
    return tab


def show(tab, qtbot, page):
    tab.show_page(page)
    qtbot.waitUntil(lambda: tab.page.saved_plot() is not None, timeout=LOADING)


def saved(tab, qtbot, path):
    tab.plots.save(path)
    qtbot.waitUntil(path.exists, timeout=LOADING)
    qtbot.waitUntil(lambda: not tab.files.is_busy, timeout=LOADING)
    return path


def numbers(path):
    """Return what a table says of its origin, and its rows."""
    lines = path.read_text("utf-8").splitlines()
    comments = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    return comments, list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_every_plot_is_saved_with_its_seed_and_parameters(tab, laboratory, qtbot, tmp_path):
    run = tab.session.shelf.current
    tables = {}
    for page in ("live", "swarm", "plane", "replay", "anatomy"):
        show(tab, qtbot, page)
        with Image.open(saved(tab, qtbot, tmp_path / f"{page}.png")) as picture:
            assert len(np.unique(np.asarray(picture.convert("L")))) > 4, "something is drawn"
            origin = picture.text
        svg = ET.parse(saved(tab, qtbot, tmp_path / f"{page}.svg")).getroot()
        description = svg.find("{http://www.w3.org/2000/svg}desc").text
        comments, tables[page] = numbers(saved(tab, qtbot, tmp_path / f"{page}.csv"))
        assert f"seed {CONFIG.seed}" in origin["Description"], "the caption is below the picture, too"
        assert origin["Description"] in description
        for words in (origin["config"], comments.get("config", origin["config"])):
            assert json.loads(words) == CONFIG.to_dict()
        assert origin["seed"] == "7"
        assert "seed: 7" in description
    rows = [row for row in tables["live"] if row["row"] == "episode"]
    assert [float(row["return"]) for row in rows] == [episode.episode_return for episode in run.episodes]
    greedy = [row for row in tables["live"] if row["row"] == "evaluation"]
    assert [float(row["greedy_deviation"]) for row in greedy] == [one.returns.std() for one in run.evaluations]
    means = [sum(one.duration for one in run.episodes[begin : begin + 8]) / 8 for begin in (0, 8)]
    assert [float(row["mean_duration"]) for row in tables["swarm"]] == means
    assert len(tables["plane"]) == 161**2
    assert all(0 <= float(row["probability_of_1"]) <= 1 for row in tables["plane"])
    first = [row for row in tables["replay"] if row["episode"] == "1"]
    record = run.record(1)
    assert [int(row["action"]) for row in first[:-1]] == record.actions.tolist()
    assert [float(row["angle"]) for row in first] == record.obs[:, 2].astype(float).tolist()
    anatomy = laboratory.window.tab("policy_gradient").page_named("anatomy")
    assert [float(row["product"]) for row in tables["anatomy"]] == anatomy.lesson.products.tolist()


def test_it_is_asked_where_and_nothing_is_replaced_unasked(tab, laboratory, qtbot, tmp_path):
    (tmp_path / "mine.csv").write_text("not to be lost")

    def choose(name, kind):
        laboratory.window.actions_table["pg_save_plot"].trigger()
        dialog = QApplication.activeModalWidget()
        dialog.selectNameFilter(next(words for words in dialog.nameFilters() if kind in words))
        dialog.selectFile(str(tmp_path / name))
        dialog.accept()

    choose("mine", "csv")
    QApplication.activeModalWidget().button(QMessageBox.StandardButton.No).click()
    assert (tmp_path / "mine.csv").read_text() == "not to be lost"
    choose("yours", "svg")
    assert (tmp_path / "yours.svg").read_text("utf-8").startswith("<?xml")
    choose("mine", "csv")
    QApplication.activeModalWidget().button(QMessageBox.StandardButton.Yes).click()
    qtbot.waitUntil(lambda: "# seed: 7" in (tmp_path / "mine.csv").read_text("utf-8"), timeout=LOADING)


def test_what_can_not_be_saved_is_said_in_a_sentence(tab, laboratory, qtbot, tmp_path):
    for name, words in (("a.txt", "ends in one of these: .png, .svg, .csv"), ("nowhere/a.csv", "There is no folder")):
        tab.plots.save(tmp_path / name)
        assert words in laboratory.window.messages.text
    (tmp_path / "full.csv").symlink_to("/dev/full")
    tab.plots.save(tmp_path / "full.csv")
    qtbot.waitUntil(lambda: "No space left on device" in laboratory.window.messages.text, timeout=LOADING)
    tab.session.reset()
    tab.plots.save(tmp_path / "early.png")
    assert "no plot to save here yet" in laboratory.window.messages.text


def test_a_right_click_on_the_plot_offers_to_save_and_to_copy_it(tab, laboratory, qtbot):
    page = tab.page
    plot = page.curves.durations

    def menu_at(widget, place):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)
        return QApplication.activePopupWidget()

    menu = menu_at(plot.widget.viewport(), plot.widget.viewport().rect().center())
    assert isinstance(menu, QMenu)
    table = laboratory.window.actions_table
    offered = [table[name] for name in ("copy", "copy_image", "pg_save_plot")]
    assert [action for action in menu.actions() if action in offered] == offered
    menu.close()
    table["copy_image"].trigger()
    assert QGuiApplication.clipboard().image().text("seed") == "7"
    table["copy"].trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["run", "seed", "row", "episode"]
    assert len(lines) > 1
