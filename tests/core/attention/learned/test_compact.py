"""What is left of weights after they were written."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from core.attention.learned.compact import packed, round_as_written, unpacked
from core.attention.learned.store import load_into


def test_a_row_by_hand():
    written = packed({"w": torch.tensor([[1.27, -0.634, 0.0], [0.0, 0.0, 0.0]])})
    assert written["w"].dtype == torch.int8
    assert written["w"].tolist() == [[127, -63, 0], [0, 0, 0]]
    assert written["w scale"].tolist() == [pytest.approx(0.01, rel=1e-3), 0.0]
    assert unpacked(written)["w"][0].tolist() == pytest.approx([1.27, -0.63, 0.0], rel=1e-3)


def test_no_number_is_off_by_much_more_than_half_a_scale_and_other_shapes_are_in_half_precision():
    torch.manual_seed(0)
    weights = {"matrix": torch.randn(50, 64), "bias": torch.randn(64), "ten seeds": torch.randn(10, 3, 4)}
    written = packed(weights)
    back = unpacked(written)
    off = (back["matrix"] - weights["matrix"]).abs().amax(dim=1)
    assert bool((off <= 0.57 * written["matrix scale"].float()).all()), "scales are rounded, too"
    assert all(written[name].dtype == torch.half for name in ("bias", "ten seeds"))
    assert torch.equal(back["bias"], weights["bias"].half().float())
    assert sum(part.numel() * part.element_size() for part in written.values()) == 3200 + 100 + 128 + 240


def test_what_was_rounded_once_stays_as_it_is():
    torch.manual_seed(0)
    model = nn.GRU(16, 32)
    round_as_written(model)
    once = {name: weight.clone() for name, weight in model.state_dict().items()}
    round_as_written(model)
    assert all(torch.equal(weight, once[name]) for name, weight in model.state_dict().items())


def test_weights_that_were_written_in_half_precision_are_read(tmp_path):
    torch.manual_seed(0)
    model, other = nn.Linear(4, 3), nn.Linear(4, 3)
    half = {name: weight.half() for name, weight in model.state_dict().items()}
    save_file(half, tmp_path / "old.safetensors", metadata={"format": "yaya-lab attention model 1"})
    load_into(other, tmp_path / "old.safetensors")
    assert torch.equal(other.weight, model.weight.half().float())
