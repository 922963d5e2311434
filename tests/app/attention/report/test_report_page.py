"""The report: our figures and the published ones in columns apart, and recomputing them."""

from __future__ import annotations

import pytest

from app.attention.options import ViewOptions
from app.attention.report.view import REPORT
from core.attention.learned.report_events import Measuring, ReportRequest, ReportTables
from core.runtime.pace import FULL_SPEED
from tests.app.attention.conftest import ScriptedRun, shown_with


def report_of(bleu, *, is_recomputed=False):
    quarters = {
        "bleu_by_quarter": [99.0, 95.0, 90.0, bleu - 5],
        "lengths_by_quarter": [[4, 10], [10, 14], [14, 20], [20, 40]],
    }
    row = {"bleu": bleu, "bleu_longest_quarter": bleu - 5, "exact": 0.5, "aer": 0.131, "aer_content_words": 0.1,
           "aer_shifted": 0.86, "seeds": [0, 1], **quarters}  # fmt: skip
    row["by_seed"] = [
        {"bleu": bleu + off, "bleu_by_quarter": [one + off for one in quarters["bleu_by_quarter"]]} for off in (-2, 2)
    ]
    none = {**row, "by_seed": [], "bleu": 20.0, "aer": None, "aer_content_words": None, "aer_shifted": None}
    errors = [0.05, 0.01, 0.6]
    tables = {
        "translation": {"additive": row, "none": none},
        "memory": {"two": {"3": {"errors": errors, "median": 0.05, "chosen_by_validation": 0.01}}},
        "cloze": {
            "stories-aoa": {"accuracy": 0.937, "by_seed": [{"accuracy": 0.937}]},
            "stories-as": {"accuracy": 0.974, "by_seed": [{"accuracy": 0.974}]},
            "stories-most-frequent": {"accuracy": 0.2},
        },
    }
    return ReportTables(ReportRequest(), tables, 4, 1.25, is_recomputed)


class ReportBackground:
    """Keeps the reports that are recomputed."""

    def __init__(self):
        self.runs = []

    def start(self, lane, job, *, pace, watched):
        assert (lane, pace, watched) == ("report", FULL_SPEED, False)
        self.runs.append(ScriptedRun(job))
        return self.runs[-1]


@pytest.fixture
def recomputing():
    return ReportBackground()


@pytest.fixture
def view(views, recomputing):
    made = views["report"]
    made.take_background(recomputing)
    made.show(shown_with(ViewOptions(view="report"), (REPORT, report_of(96.6))))
    return made


def cells(view, task):
    model = (view.page.papers if task == "papers" else view.page.tables[task]).model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_what_papers_report_of_these_models_stands_in_a_table_of_its_own(view):
    rows = cells(view, "papers")
    assert [row[1] for row in rows] == [
        "no attention", "additive", "two facts 1", "two facts 2", "two facts 3",
    ]  # fmt: skip
    assert rows[1][2:] == ["BLEU 26.75 (search-50)", "Bahdanau 2014, table 1, en–fr"]


def test_our_figures_stand_by_task_with_each_seed_and_the_seeds_of_a_memory_sorted(view):
    additive, none = cells(view, "translation")
    assert additive == ["additive", "96.6", "91.6", "50.0", "0.131", "0.100", "0.860", "94.6  98.6"]
    assert none[4:7] == ["–", "–", "–"]
    assert cells(view, "memory") == [["two facts", "3", "1.0", "5.0", "1.0  5.0  60.0"]]
    assert cells(view, "cloze")[1:] == [
        ["attention sum (stories)", "97.4", "97.4"], ["the most frequent candidate (stories)", "20.0", "–"]
    ]  # fmt: skip
    assert view.page.notes["cloze"].text() == (
        "attention sum (stories) is 3.7 points ahead of attention over attention (stories)."
    )
    assert not view.page.notes["memory"].isVisibleTo(view.page)
    assert not view.page.tables["reviews"].isVisibleTo(view.page)
    assert "4 models, 1.2 MB of weights: as measured" in view.page.told.text()


def test_bleu_is_drawn_over_length_with_attention_and_without(view):
    drawn = view.page.plot.drawn()
    assert drawn["additive"] == ([7, 12, 17, 30], [99.0, 95.0, 90.0, pytest.approx(91.6)])
    assert set(drawn) == {"additive", "none"}


def test_bars_go_from_the_worst_seed_to_the_best(view):
    spreads = view.page.plot.spreads()
    assert spreads["additive"] == ([2, 2, 2, 2], [2, 2, 2, 2])
    assert spreads["none"] == ([0, 0, 0, 0], [0, 0, 0, 0])


def test_it_is_recomputed_with_a_bar_and_shown(view, recomputing):
    page = view.page
    page.recompute.click()
    (run,) = recomputing.runs
    assert run.request == ReportRequest("shipped")
    run.progressed.emit((Measuring("seq2seq-dot-seed0", 1, 4),))
    assert page.notice.isVisibleTo(page)
    assert page.notice.words.startswith("Examining seq2seq-dot-seed0: 2 of 4")
    assert page.notice.share == 0.25
    assert not page.recompute.isEnabled()
    run.finished.emit(report_of(97.0, is_recomputed=True))
    assert not page.notice.isVisibleTo(page)
    assert cells(view, "translation")[0][1] == "97.0"
    assert "recomputed just now" in page.told.text()


def test_recomputing_can_be_cancelled_and_a_failure_is_told(view, recomputing, qtbot):
    view.page.recompute.click()
    view.page.cancel.click()
    assert recomputing.runs[0].was_cancelled
    recomputing.runs[0].cancelled.emit()
    assert view.page.recompute.isEnabled()
    view.page.recompute.click()
    with qtbot.waitSignal(view.failed) as said:
        recomputing.runs[1].fail("ModelError", "the weights are damaged")
    assert "the weights are damaged" in str(said.args[0])
    assert not view.page.notice.isVisibleTo(view.page)


def test_the_models_that_were_trained_here_are_chosen(view, qtbot):
    controls = view.own_controls
    controls.weights.choose("own")
    with qtbot.waitSignal(controls.wanted) as wanted:
        controls.weights.activated.emit(1)
    assert wanted.args == [{"reported": "own"}]
    (request, _formulas) = view.wants(ViewOptions(reported="own"), None)
    assert request.request == ReportRequest("own")
    nothing = ReportTables(ReportRequest("own"), {}, 0, 0.0, is_recomputed=False)
    view.show(shown_with(ViewOptions(view="report", reported="own"), (REPORT, nothing)))
    assert "Train one" in view.page.told.text()
    assert not view.page.recompute.isEnabled()
