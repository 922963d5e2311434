import importlib
import pkgutil

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt

import app
from app.widgets.tables.safe_table_model import SafeTableModel


class Broken(SafeTableModel):
    def rowCount(self, _parent=None):
        return 1

    def columnCount(self, _parent=None):
        return 1

    def cell(self, _index, _role):
        raise ValueError("no such cell")

    def heading(self, section, _orientation, _role):
        raise KeyError(section)


@pytest.fixture
def told(monkeypatch):
    errors = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: errors.append(str(error)))
    return errors


def test_what_goes_wrong_leaves_a_cell_empty_and_is_told_once(qtbot, told):
    model = Broken()
    for _time in range(3):
        assert model.index(0, 0).data() is None
        assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
        assert model.headerData(0, Qt.Orientation.Horizontal) is None
    qtbot.waitUntil(lambda: told == ["no such cell"])
    qtbot.wait(20)
    assert told == ["no such cell"]


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_model_of_the_program_is_one():
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    own = {kind for kind in subclasses(QAbstractItemModel) if kind.__module__.startswith("app.")}
    assert {kind.__name__ for kind in own} >= {"CandidateModel", "TextTableModel", "SafeTableModel"}
    for kind in own - {SafeTableModel}:
        assert issubclass(kind, SafeTableModel), kind
        assert not {"data", "headerData"} & set(vars(kind)), kind
