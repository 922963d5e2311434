"""What is kept of the attention tab says what it shows, and a session brings back everything, in the real window."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from app.attention.selection import Cell, Sweep
from app.attention.state import Status
from app.attention.views.heads import HeadsView
from app.attention.views.map import MapView
from app.attention.views.steps.view import PIECES, STEPS, StepsView

LOADING, READING = 60_000, 30_000


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab, opened, with its first map."""
    laboratory.window.resize(1400, 900)
    laboratory.window.open("attention")
    tab = laboratory.window.tab("attention")
    qtbot.waitUntil(lambda: tab.view(MapView).matrix.maps_painted > 0, timeout=LOADING)
    want(tab, qtbot)
    return tab


def want(tab, qtbot, **changes):
    tab.session.want(**changes)
    qtbot.waitUntil(lambda: not tab.session.is_busy, timeout=READING)
    return tab.session.state


def open_dialog():
    """Return the dialog that is open."""
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def export_as(tab, name, kind):
    """Answer the question where to export, as a person would."""
    tab.exporter.ask_where_to_export()
    dialog = open_dialog()
    assert isinstance(dialog, QFileDialog)
    dialog.selectNameFilter(next(words for words in dialog.nameFilters() if kind in words))
    dialog.selectFile(str(name))
    dialog.accept()


def answer(button):
    dialog = open_dialog()
    assert isinstance(dialog, QMessageBox)
    dialog.button(button).click()


def test_the_chosen_kind_is_what_is_written_whatever_the_name(tab, laboratory, qtbot, tmp_path):
    with qtbot.waitSignal(tab.session.exported, timeout=READING):
        export_as(tab, tmp_path / "weights", "csv")
    with (tmp_path / "weights.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[1:] == [token.label for token in tab.session.state.map.columns]
    export_as(tab, tmp_path / "map v1.2", "svg")
    assert (tmp_path / "map v1.2.svg").read_text("utf-8").startswith("<?xml")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["map v1.2.svg", "weights.csv"]

    (tmp_path / "mine.png").write_text("not to be lost")
    export_as(tab, tmp_path / "mine", "png")
    answer(QMessageBox.StandardButton.No)
    assert (tmp_path / "mine.png").read_text() == "not to be lost"
    export_as(tab, tmp_path / "mine", "png")
    answer(QMessageBox.StandardButton.Yes)
    assert (tmp_path / "mine.png").read_bytes().startswith(b"\x89PNG")


def test_what_could_not_be_written_is_said_once(tab, laboratory, qtbot, tmp_path):
    for name in ("map.csv", "map.png"):
        tab.exporter.export(tmp_path / f"nowhere-{name}" / name)
        said = laboratory.window.messages.text
        assert said == f"There is no folder {tmp_path / f'nowhere-{name}'}. Make it first, or name another."
    for name in ("full.csv", "full.png") if Path("/dev/full").exists() else ():
        (tmp_path / name).symlink_to("/dev/full")
        tab.exporter.export(tmp_path / name)
        qtbot.waitUntil(lambda name=name: name in laboratory.window.messages.text, timeout=READING)
        said = laboratory.window.messages.text
        assert said.count("No space left on device") == said.count("Choose another place.") == 1
        assert ".." not in said
    want(tab, qtbot, view="steps")
    tab.exporter.export(tmp_path / "steps.json")
    qtbot.waitUntil(lambda: "CSV or NPZ" in laboratory.window.messages.text, timeout=READING)
    assert "place" not in laboratory.window.messages.text


@pytest.mark.sweep(1)
@pytest.mark.parametrize("name", ["map.png", "map.csv", "lecture.json"])
def test_what_is_written_goes_through_links_and_keeps_modes(tab, laboratory, qtbot, tmp_path, name):
    def write(path):
        said = laboratory.window.messages.text
        (tab.exporter.save_session if path.suffix == ".json" else tab.exporter.export)(path)
        qtbot.waitUntil(lambda: laboratory.window.messages.text != said, timeout=READING)

    want(tab, qtbot, model="minilm")
    old, link = tmp_path / f"old{Path(name).suffix}", tmp_path / name
    old.write_bytes(b"old")
    old.chmod(0o664)
    link.symlink_to(old)
    write(link)
    assert link.is_symlink()
    assert old.stat().st_size > 100
    assert old.stat().st_mode & 0o777 == 0o664


def test_a_model_that_is_read_is_spared(tab, laboratory, tmp_path):
    model = tmp_path / "model"
    model.mkdir()
    (model / "config.json").write_text("{}")
    (tmp_path / "linked.json").hardlink_to(model / "config.json")
    tab.session.want(model=str(model))
    for path in (model / "config.json", tmp_path / "linked.json"):
        laboratory.window.messages.show_message("success", "")
        tab.exporter.save_session(path)
        assert "would be lost" in laboratory.window.messages.text
    assert (model / "config.json").read_text() == "{}"


def test_a_session_brings_back_pins_sweep_zoom_and_direction(tab, qtbot, tmp_path):
    want(tab, qtbot, text="我昨天在银行取了钱，今天又去银行门口等人。" * 3, unit="character", layer=4)
    tab.selection.pin(Cell(2, 5))
    tab.selection.turn()
    tab.selection.select(Sweep((1, 4), None))
    tab.view(MapView).matrix.zoom_by(2.0)
    kept = tab.selection.pinned, tab.selection.sweep, tab.selection.direction
    zoomed, size = tab.view(MapView).matrix.zoomed, tab.view(MapView).matrix.size()
    assert zoomed[0] > 1
    tab.exporter.save_session(tmp_path / "lecture.json")

    tab.selection.turn()
    tab.stage.zoom_to_fit()
    want(tab, qtbot, text="something else", layer=1)
    tab.exporter.open_session(tmp_path / "lecture.json")
    want(tab, qtbot)
    qtbot.waitUntil(
        lambda: (tab.selection.pinned, tab.selection.sweep, tab.selection.direction) == kept, timeout=READING
    )
    tab.window().messages.clear()  # that the session was saved: it takes a line of the stage's height
    qtbot.waitUntil(lambda: tab.view(MapView).matrix.size() == size, timeout=READING)
    tab.exporter.open_session(tmp_path / "lecture.json")
    qtbot.waitUntil(lambda: tab.view(MapView).matrix.zoomed == pytest.approx(zoomed), timeout=READING)

    tab.selection.clear()
    tab.exporter.open_session(tmp_path / "lecture.json")  # while it is on the stage already
    qtbot.waitUntil(lambda: tab.selection.pinned == kept[0], timeout=READING)


def test_a_session_brings_back_whose_steps_were_shown_and_the_order_of_heads(tab, qtbot, tmp_path):
    state = want(tab, qtbot, text="我昨天在银行取了钱。", view="steps")
    third = state[PIECES].rows[3]
    assert third != state[STEPS].query_token
    tab.view(StepsView).steps.query_chosen.emit(third)
    want(tab, qtbot)
    assert tab.session.state[STEPS].query_token == third
    tab.exporter.save_session(tmp_path / "steps.json")

    want(tab, qtbot, text="something else")
    want(tab, qtbot, view="heads")
    want(tab, qtbot, order="entropy")
    tab.exporter.save_session(tmp_path / "heads.json")
    want(tab, qtbot, order="layer")
    tab.exporter.open_session(tmp_path / "heads.json")
    want(tab, qtbot)
    assert tab.view(HeadsView).heads.order == tab.evidence.heads.order == "entropy"

    tab.exporter.open_session(tmp_path / "steps.json")
    want(tab, qtbot)
    assert tab.session.state[STEPS].query_token == third
    assert tab.session.options.order == "layer"


def test_a_session_with_a_damaged_wish_changes_nothing(tab, laboratory, qtbot, tmp_path):
    tab.exporter.save_session(tmp_path / "lecture.json")
    before = tab.session.options
    for number, damage in enumerate(({"text": 3}, {"view": "circus"}, {"layer": "x"})):
        content = json.loads((tmp_path / "lecture.json").read_text("utf-8"))
        content["view"]["options"] |= damage
        path = tmp_path / f"damaged {number}.json"
        path.write_text(json.dumps(content), "utf-8")
        tab.exporter.open_session(path)
        assert f"damaged {number}.json can't be opened as a session" in laboratory.window.messages.text
        assert tab.session.options == before
        assert tab.session.state.status is Status.SHOWN


def test_a_session_of_somebody_else_fetches_nothing_from_the_network(tab, laboratory, qtbot, tmp_path):
    tab.exporter.save_session(tmp_path / "lecture.json")
    content = json.loads((tmp_path / "lecture.json").read_text("utf-8"))
    content["view"]["options"] |= {"model": "nobody/nothing-of-the-kind", "download": True}
    (tmp_path / "theirs.json").write_text(json.dumps(content), "utf-8")
    tab.exporter.open_session(tmp_path / "theirs.json")
    assert tab.session.options.model == "nobody/nothing-of-the-kind"
    assert not tab.session.options.download
    qtbot.waitUntil(lambda: "isn't on this computer" in tab.stage.empty_state.reason.text(), timeout=READING)


def test_pictures_of_the_same_head_read_in_three_ways_have_three_captions(tab, qtbot, tmp_path):
    said = set()
    for aggregation in ("weights", "norms", "rollout"):
        want(tab, qtbot, aggregation=aggregation, layer=2, head=4)
        tab.exporter.export(tmp_path / f"{aggregation}.svg")
        text = (tmp_path / f"{aggregation}.svg").read_text("utf-8")
        said.add(text[text.index("<desc>") : text.index("</desc>")])
        assert "of 0–11" in text
    assert len(said) == 3
