from __future__ import annotations

import numpy as np
import pytest

from core.synonyms.queue.assignment import is_shared, owners

PAIRS = np.arange(1, 20_001)


@pytest.mark.parametrize("overlap", [0.0, 0.1, 0.5, 1.0])
def test_about_the_wanted_share_is_everybodys(overlap):
    shared = is_shared(PAIRS, overlap, seed=3)
    assert shared.mean() == pytest.approx(overlap, abs=0.01)
    assert (shared == is_shared(PAIRS, overlap, seed=3)).all()


def test_a_larger_overlap_keeps_the_pairs_of_the_smaller():
    assert not (is_shared(PAIRS, 0.1, 0) & ~is_shared(PAIRS, 0.3, 0)).any()


def test_another_seed_shares_other_pairs():
    both = is_shared(PAIRS, 0.5, 0) & is_shared(PAIRS, 0.5, 1)
    assert both.mean() == pytest.approx(0.25, abs=0.02)


def test_everybody_gets_an_equal_part():
    found = owners(PAIRS, [4, 7, 9], seed=0)
    assert {int(who) for who in np.unique(found)} == {4, 7, 9}
    for who in (4, 7, 9):
        assert (found == who).mean() == pytest.approx(1 / 3, abs=0.015)


def test_when_somebody_leaves_only_their_pairs_change_hands():
    three, two = owners(PAIRS, [4, 7, 9], seed=0), owners(PAIRS, [4, 9], seed=0)
    stayed = three != 7
    assert (three[stayed] == two[stayed]).all()
    assert (two[~stayed] != 7).all()
    # And not all to the same neighbour.
    assert (two[~stayed] == 4).mean() == pytest.approx(0.5, abs=0.03)


def test_nobody_owns_nothing():
    with pytest.raises(ValueError, match="somebody"):
        owners(PAIRS, [], seed=0)


def test_another_seed_gives_pairs_to_others():
    one, other = owners(PAIRS, [4, 7, 9], seed=0), owners(PAIRS, [4, 7, 9], seed=1)
    assert (one == other).mean() == pytest.approx(1 / 3, abs=0.015)  # as often as by chance
    assert (one == owners(PAIRS, [4, 7, 9], seed=0)).all()
