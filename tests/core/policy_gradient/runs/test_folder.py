"""A run comes back from its folder as it went in; what is damaged, hostile or of another version is refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from core.policy_gradient.checkpoint import save_checkpoint
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.errors import CheckpointError, RunFolderError
from core.policy_gradient.policy import PolicyNetwork
from core.policy_gradient.runs.folder import BEST, NAMES, check_run_place, load_policy, load_run, save_run, saving
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.policies import policy_after
from core.policy_gradient.train import Training

ONE = replace(ARTICLE, episodes=12, batch_episodes=3, eval_episodes=2, evaluate_every=1)


def run_of(config):
    training, run = Training(config), RunHistory(config)
    for event in training:
        run.apply([event])
    run.ending = "finished"
    return run, training


@pytest.fixture(scope="module")
def trained():
    return run_of(ONE)


@pytest.fixture
def saved(trained, tmp_path):
    run, training = trained
    folder = tmp_path / "run"
    save_run(folder, run, best=training.best_policy(), last=training.policy)
    return folder


def same(one, other):
    assert one.config == other.config
    assert one.episodes == other.episodes
    assert [e.record for e in one.episodes] == [e.record for e in other.episodes]
    assert one.updates == other.updates
    for update in range(len(one.updates) + 1):
        assert np.array_equal(one.weights(update), other.weights(update))
    for mine, yours in zip(one.evaluations, other.evaluations, strict=True):
        assert mine.returns.tolist() == yours.returns.tolist()
        assert mine.durations.tolist() == yours.durations.tolist()
        assert (mine.episode, mine.update, mine.greedy_mean, mine.best) == (
            yours.episode, yours.update, yours.greedy_mean, yours.best,
        )  # fmt: skip
    assert (one.place, one.solved, one.learning_rates, one.ending) == (
        other.place, other.solved, other.learning_rates, other.ending,
    )  # fmt: skip


@pytest.mark.parametrize(
    "config",
    [ONE, replace(FAST, episodes=16, batch_episodes=8, eval_episodes=2, solved_at=1.0, evaluate_from=0.0)],
    ids=["one", "many at once"],
)
def test_a_run_comes_back_to_the_last_bit(config, tmp_path):
    run, _training = run_of(config)
    save_run(tmp_path / "run", run)
    same(load_run(tmp_path / "run"), run)


def test_a_run_that_has_only_begun_comes_back(tmp_path):
    save_run(tmp_path / "run", RunHistory(ONE))
    same(load_run(tmp_path / "run"), RunHistory(ONE))


def test_its_policies_come_back(saved, trained):
    run, training = trained
    best = load_policy(saved)
    for name, tensor in training.best_policy().state_dict().items():
        assert torch.equal(best.state_dict()[name], tensor)
    again = policy_after(load_run(saved), run.best.update)
    assert all(torch.equal(a, b) for a, b in zip(again.parameters(), best.parameters(), strict=True))


def test_the_windows_task_saves_the_same_policies(saved, trained, tmp_path):
    run, _training = trained
    for _payload in saving(tmp_path / "other", run):
        pass
    for name in NAMES:
        if name.endswith(".csv") or name == "config.json":
            assert (tmp_path / "other" / name).read_bytes() == (saved / name).read_bytes()
    pairs = zip(load_policy(saved).parameters(), load_policy(tmp_path / "other").parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)


def test_what_a_person_reads_is_readable(saved):
    assert json.loads((saved / "config.json").read_text(encoding="utf-8"))["config"]["seed"] == 0
    lines = (saved / "episodes.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("episode,duration,episode_return,")
    assert len(lines) == 13


def break_json(file):
    file.write_text("{", encoding="utf-8")


def truncate(file):
    file.write_bytes(file.read_bytes()[:-40])


def empty(file):
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("config.json", break_json),
        ("progress.json", break_json),
        ("progress.json", Path.unlink),
        ("episodes.csv", truncate),
        ("updates.csv", truncate),
        ("evaluations.csv", empty),
        ("episodes.npz", truncate),
        ("episodes.npz", empty),
        ("weights.safetensors", truncate),
    ],
)
def test_a_damaged_file_is_named_in_one_sentence(saved, name, damage):
    damage(saved / name)
    with pytest.raises(RunFolderError, match="damaged") as caught:
        load_run(saved)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value) or damage is truncate


def test_rows_that_are_missing_are_missed(saved):
    rows = (saved / "episodes.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (saved / "episodes.csv").write_text("".join(rows[:3] + rows[4:]), encoding="utf-8")
    with pytest.raises(RunFolderError, match="not numbered from 1"):
        load_run(saved)


def change(folder, name, **changes):
    file = folder / name
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_a_newer_version_is_refused_with_the_remedy(saved):
    change(saved, "config.json", version=2)
    with pytest.raises(RunFolderError, match="newer version of this program: install"):
        load_run(saved)


def test_what_is_no_run_is_refused(saved, tmp_path):
    with pytest.raises(RunFolderError, match="no saved run"):
        load_run(tmp_path)
    change(saved, "config.json", format="another")
    with pytest.raises(RunFolderError, match="not written by this program"):
        load_run(saved)


@pytest.mark.parametrize(
    "change_of", [{"learning_rate": 7}, {"seed": "x"}, {"nothing": 1}, {"hidden": [10**9]}], ids=str
)
def test_a_config_that_is_none_is_refused(saved, change_of):
    config = json.loads((saved / "config.json").read_text(encoding="utf-8"))["config"]
    change(saved, "config.json", config=config | change_of)
    with pytest.raises(RunFolderError, match=r"config\.json"):
        load_run(saved)


class Bomb:
    """What pickle would run."""

    def __reduce__(self):
        return os.system, ("touch hostile",)


def test_a_hostile_array_is_not_run(saved, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.savez(saved / "episodes.npz", episode=np.array([Bomb()], dtype=object))
    with pytest.raises(RunFolderError, match="damaged"):
        load_run(saved)
    assert not (tmp_path / "hostile").exists()


def test_a_header_that_promises_terabytes_is_not_believed(saved):
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1099511627776,), }"
    body = b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little") + header.ljust(117) + b"\n"
    with zipfile.ZipFile(saved / "episodes.npz") as old:
        files = {entry: old.read(entry) for entry in old.namelist()}
    with zipfile.ZipFile(saved / "episodes.npz", "w") as new:
        for name, content in (files | {"rewards.npy": body}).items():
            new.writestr(name, content)
    with pytest.raises(RunFolderError, match="rewards is float64"):
        load_run(saved)


def test_steps_of_other_episodes_are_refused(saved, tmp_path):
    run, _training = run_of(replace(ONE, seed=1))
    save_run(tmp_path / "other", run)
    shutil.copy(tmp_path / "other" / "episodes.npz", saved / "episodes.npz")
    with pytest.raises(RunFolderError, match="steps, not"):
        load_run(saved)


def test_weights_of_more_updates_than_there_were_are_refused(saved):
    save_file({"weights": np.zeros((99, 5), np.float32)}, saved / "weights.safetensors")
    with pytest.raises(RunFolderError, match=r"weights\.safetensors.*\(99, 5\)"):
        load_run(saved)


def test_weights_of_another_environment_are_refused(saved):
    save_checkpoint(saved / BEST, PolicyNetwork(6, 3), ONE.for_environment("Acrobot-v1"))
    with pytest.raises(RunFolderError, match="Acrobot-v1"):
        load_policy(saved)
    truncate(saved / BEST)
    with pytest.raises(CheckpointError, match="damaged"):
        load_policy(saved)
    (saved / BEST).unlink()
    with pytest.raises(RunFolderError, match="without weights"):
        load_policy(saved)


def test_only_a_run_is_replaced_by_a_run(saved, trained, tmp_path):
    run, _training = trained
    save_run(saved, run)  # an older one: replaced
    assert not (saved / BEST).exists()
    own = tmp_path / "thesis"
    own.mkdir()
    (own / "thesis.txt").write_text("years", encoding="utf-8")
    for place in (own, own / "thesis.txt", tmp_path / "none" / "run"):
        with pytest.raises(RunFolderError, match="Choose another place"):
            check_run_place(place)
        with pytest.raises(RunFolderError):
            save_run(place, run)
    assert (own / "thesis.txt").read_text(encoding="utf-8") == "years"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run", "thesis"], "nothing lies beside them"


_FULL = """
import resource, sys
from pathlib import Path
from core.policy_gradient.errors import RunFolderError
from core.policy_gradient.runs.folder import load_run, save_run
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
run = load_run(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    save_run(path, run)
except RunFolderError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_a_disk_that_fills_leaves_the_older_run_whole(saved, trained):
    before = {file.name: file.read_bytes() for file in saved.iterdir()}
    done = subprocess.run([sys.executable, "-c", _FULL, saved], capture_output=True, text=True, check=True)
    assert "can't be saved" in done.stdout
    assert "File too large" in done.stdout
    assert {file.name: file.read_bytes() for file in saved.iterdir()} == before
    assert [path.name for path in saved.parent.iterdir()] == ["run"]
    same(load_run(saved), trained[0])
