"""The menu of models: no two entries look the same."""

from __future__ import annotations

from app.attention.input.model_menu import ModelMenu


def test_two_folders_of_one_name_are_told_apart(look, qtbot, tmp_path):
    folders = [tmp_path / "one" / "model", tmp_path / "two" / "model", tmp_path / "other"]
    for folder in folders:
        folder.mkdir(parents=True)
    menu = ModelMenu(look)
    qtbot.addWidget(menu)
    menu.show_recent([str(folder) for folder in folders])
    words = [menu.itemText(menu.findData(str(folder))) for folder in folders]
    assert words == ["model (one)", "model (two)", "other"]


def test_the_current_folder_has_a_name(look, qtbot, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    menu = ModelMenu(look)
    qtbot.addWidget(menu)
    menu.show_model(".")
    assert menu.currentText() == tmp_path.name
