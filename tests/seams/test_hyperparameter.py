"""A hyperparameter: one row of ``TrainConfig``; checks, command line, window, files and checkpoints follow from it."""

import json

import pytest

from tests.seams.copied import Copy

ROW = """    momentum: float = row(
        0.25,
        NumberHyperparameter(
            label_source=N_("Momentum"),
            meaning_source=N_("How much of the last step goes into the next."),
            minimum=0.0,
            maximum=1.0,
            in_sidebar=True,
        ),
    )
"""

WINDOW = """
import json
from pathlib import Path
from PySide6.QtWidgets import QLineEdit
from app.application import Laboratory, new_application
from core.policy_gradient.checkpoint import load_checkpoint
from core.policy_gradient.config import TrainConfig

laboratory = Laboratory(new_application())
laboratory.window.open("policy_gradient")
tab = laboratory.window.tab("policy_gradient")
box = tab.sidebar.findChild(QLineEdit, "momentum")
said = {"offered": not box.isHidden(), "name": box.accessibleName(), "value": box.text()}
box.setText("0.75")
tab.sidebar.commit()
said["wanted"] = tab.session.wanted.momentum
said["remembered"] = TrainConfig.from_dict(json.loads(json.dumps(tab.save_settings()["config"]))).momentum
said["checkpoint"] = load_checkpoint(Path("weights.safetensors")).config.momentum
laboratory.close()
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    copy = Copy(tmp_path_factory.mktemp("toy"))
    copy.add_row("core/policy_gradient/config.py", "    batch_episodes: int = row(", ROW)
    return copy


def test_the_command_line_has_it(copy):
    help_text = " ".join(copy.run("main.py", "train", "--help").split())
    assert "--momentum MOMENTUM How much of the last step goes into the next. (a number from 0 to 1)" in help_text


@pytest.mark.long
def test_the_window_and_the_files_have_it(copy):
    training = "--episodes 2 --eval-episodes 1 --momentum 0.5 --json run.json --checkpoint weights.safetensors"
    copy.run("main.py", "train", *training.split())
    assert json.loads((copy.folder / "run.json").read_text("utf-8"))["config"]["momentum"] == 0.5
    said = json.loads(copy.run("-c", WINDOW))
    assert said == {
        "offered": True, "name": "Momentum", "value": "0.25", "wanted": 0.75, "remembered": 0.75, "checkpoint": 0.5,
    }  # fmt: skip
