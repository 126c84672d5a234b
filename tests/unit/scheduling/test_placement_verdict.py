"""What a proof comes to, in words."""

from __future__ import annotations

import dataclasses

import pytest

from services.scheduling.domain.placement import Solution, Unplaced
from services.scheduling.domain.placement_verdict import gap_percent, verdict

DONE = Solution("cp_sat", "optimal", (), (), 100, 100, 0)


def test_a_proof_is_called_one() -> None:
    assert verdict(DONE).zh == "全部排定，已证明最优"
    assert verdict(DONE).en == "every term is placed, proven best"
    left = dataclasses.replace(DONE, unplaced=(Unplaced("t1", ()),))
    assert verdict(left).en == "0 terms are placed; proven that no more can be, nor at a lower cost"


def test_a_bound_says_how_far_the_best_can_be() -> None:
    near = dataclasses.replace(DONE, status="feasible", cost=103)
    assert (verdict(near).zh, verdict(near).gap_percent) == ("全部排定，与最优相差不超过3%", 3.0)
    assert verdict(near).en == "every term is placed, at most 3 % from the best"
    open_number = dataclasses.replace(near, unplaced=(Unplaced("t1", ()),), placed_bound=1)
    assert verdict(open_number).zh == "已排0期，至多可排1期，能否多排尚无定论，与最优相差不超过3%"
    unknown = dataclasses.replace(near, bound=0)
    assert (verdict(unknown).zh, verdict(unknown).gap_percent) == ("全部排定，与最优的差距尚不清楚", None)


@pytest.mark.parametrize(
    ("cost", "bound", "percent"), [(100, 100, 0.0), (0, 0, 0.0), (1001, 1000, 0.1), (1011, 1000, 1.1), (5, 0, None)]
)
def test_a_gap_is_never_rounded_down(cost: int, bound: int, percent: float | None) -> None:
    assert gap_percent(cost, bound) == percent
