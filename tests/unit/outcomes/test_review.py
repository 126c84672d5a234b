"""Grades follow from reviews."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.domain.review import Rubric, ScoresIncomplete, combined, reviews_wanted
from services.outcomes.limits import policy_table

TABLE = policy_table().rows()
VALUES = {row.key: row.value for row in TABLE}
RUBRIC = Rubric.of(VALUES["review.criteria"], VALUES["review.grades"])
KEYS = [criterion.key for criterion in RUBRIC.criteria]
TOTALS = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.99", "good"),
        ("75", "good"),
        ("74.99", "qualified"),
        ("60", "qualified"),
        ("59.99", "failed"),
        ("0", "failed"),
    ],
)
def test_a_grade_begins_exactly_at_its_total(total: str, grade: str) -> None:
    assert RUBRIC.band(Decimal(total)).grade == grade


@given(st.lists(st.integers(0, 100), min_size=len(KEYS), max_size=len(KEYS)))
def test_a_total_lies_between_the_least_and_the_best_score(scores: list[int]) -> None:
    assert min(scores) <= RUBRIC.total(dict(zip(KEYS, scores, strict=True))) <= max(scores)


def test_scores_are_exactly_those_the_rubric_asks_for() -> None:
    with pytest.raises(ScoresIncomplete) as refused:
        RUBRIC.total({**dict.fromkeys(KEYS[1:], 80), "style": 90})
    assert (refused.value.missing, refused.value.unknown) == ([KEYS[0]], ["style"])


@given(TOTALS, st.randoms())
def test_the_combined_total_needs_no_order_and_lies_among_the_reviews(totals: list[Decimal], chance: object) -> None:
    shuffled = list(totals)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert combined(totals) == combined(shuffled)
    assert min(totals) <= combined(totals) <= max(totals)


def test_two_reviews_give_their_mean_and_three_the_middle_one() -> None:
    assert combined([Decimal(80), Decimal(90)]) == Decimal(85)
    assert combined([Decimal(60), Decimal(95), Decimal(88)]) == Decimal(88)


def test_exactly_the_limit_apart_is_agreement_and_a_point_more_asks_a_third() -> None:
    assert reviews_wanted([Decimal(75), Decimal(90)], 2, 15) == 2
    assert reviews_wanted([Decimal("74.99"), Decimal(90)], 2, 15) == 3
    assert reviews_wanted([Decimal(10)], 2, 15) == 2
    assert reviews_wanted([Decimal(10), Decimal(90), Decimal(50)], 2, 15) == 3


def test_a_rubric_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="weights"):
        Rubric.of([{"key": "a", "zh": "甲", "en": "a", "weight": 90}], VALUES["review.grades"])
    with pytest.raises(ValueError, match="lowest"):
        Rubric.of(VALUES["review.criteria"], VALUES["review.grades"][:-1])
