"""Where an experiment is exported to is asked; a file that is there is never replaced unasked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.policy_gradient.experiments.exporter import Exporter


@pytest.fixture
def written(qtbot, monkeypatch):
    """An exporter that notes what it would write, and asks over a window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    exporter, paths = Exporter(None, window), []
    monkeypatch.setattr(exporter, "export", paths.append)
    return exporter, paths


def choose(exporter, name, kind):
    exporter.ask_where_to_export()
    dialog = QApplication.activeModalWidget()
    dialog.selectNameFilter(next(words for words in dialog.nameFilters() if kind in words))
    dialog.selectFile(str(name))
    dialog.accept()


def test_the_chosen_kind_is_the_ending_of_a_name_without_one(written, tmp_path):
    exporter, paths = written
    choose(exporter, tmp_path / "mine", "csv")
    choose(exporter, tmp_path / "mine.json", "csv")
    assert paths == [tmp_path / "mine.csv", tmp_path / "mine.json"]


@pytest.mark.parametrize(("answer", "count"), [("No", 0), ("Yes", 1)])
def test_a_file_that_the_ending_leads_to_is_replaced_only_by_a_yes(written, tmp_path, answer, count):
    exporter, paths = written
    (tmp_path / "mine.csv").touch()
    choose(exporter, tmp_path / "mine", "csv")
    QApplication.activeModalWidget().button(QMessageBox.StandardButton[answer]).click()
    assert paths == [tmp_path / "mine.csv"] * count
