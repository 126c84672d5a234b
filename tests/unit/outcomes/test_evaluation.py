"""Evaluations are counted and have no face."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.domain.evaluation import AnsweredBefore, NotOpen, Tally, require_open

ANSWERS = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["", "内容实用", "节奏偏快"])), max_size=30)


def tally(answers: list[tuple[int, str]]) -> Tally:
    counted = Tally()
    for number, (points, comment) in enumerate(answers):
        counted = counted.with_answer(f"voter_{number}", {"content": points}, comment)
    return counted


@given(ANSWERS)
def test_the_mean_is_that_of_the_answers(answers: list[tuple[int, str]]) -> None:
    counted = tally(answers)
    assert counted.answers == len(answers)
    if answers:
        exact = Decimal(sum(points for points, _ in answers)) / len(answers)
        assert abs((counted.mean("content") or 0) - exact) <= Decimal("0.005")
    else:
        assert counted.mean("content") is None


@given(ANSWERS, st.randoms())
def test_the_order_of_answers_leaves_no_trace(answers: list[tuple[int, str]], chance: object) -> None:
    shuffled = list(answers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert (tally(shuffled).counts, tally(shuffled).comments) == (tally(answers).counts, tally(answers).comments)


def test_nobody_answers_twice() -> None:
    with pytest.raises(AnsweredBefore):
        tally([(5, "")]).with_answer("voter_0", {"content": 1}, "")


@pytest.mark.parametrize(
    ("today", "open_"),
    [
        (date(2020, 5, 18), False),
        (date(2020, 5, 19), True),
        (date(2020, 5, 26), True),
        (date(2020, 5, 27), False),
    ],
)
def test_answers_are_taken_from_the_day_of_the_session_for_some_days(today: date, open_: bool) -> None:
    if open_:
        require_open(date(2020, 5, 19), today, 7)
    else:
        with pytest.raises(NotOpen):
            require_open(date(2020, 5, 19), today, 7)
