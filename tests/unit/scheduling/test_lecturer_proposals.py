"""Whom to ask for a course: the ranking and its grounds, and until when an answer is taken."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.scheduling.domain.invitation import standing
from services.scheduling.domain.lecturer import Away, Lecturer
from services.scheduling.domain.proposals import Candidate, FeeRules, Slot, propose
from services.scheduling.domain.scheme import Course

COURSE = Course("c1", "金融风险防控", "lecture", 8, ("金融风险",))
MONDAY = date(2020, 5, 11)
SLOTS: list[Slot] = [(MONDAY + timedelta(days=n), half) for n in range(5) for half in ("morning", "afternoon")]
FEES = FeeRules(
    {
        "associate": (Decimal(500), "办法第十条 / art. 10", True),
        "full": (Decimal(1000), "办法第十条 / art. 10", True),
        "intermediate": (Decimal(300), "地方规定 / local", False),
    },
    4,
)


def lecturer(id: str, grade: str = "associate", *expertise: str, **changes: object) -> Candidate:
    return Candidate(Lecturer(id, id, grade, "党校", expertise or ("金融风险",), **changes))  # type: ignore[arg-type]


def ranked(*candidates: Candidate, budget: Decimal | None = None) -> list[tuple[str, bool]]:
    return [(each.lecturer.id, each.suitable) for each in propose(COURSE, candidates, SLOTS, FEES, budget)]


def test_the_same_expertise_goes_before_a_near_one_and_none_does_not_suit() -> None:
    near, title, none = (
        lecturer("near", "associate", "金融"),
        lecturer("t", "associate", "风险防控"),
        lecturer("none", "associate", "党史"),
    )
    assert ranked(none, title, near, lecturer("same")) == [("same", True), ("near", True), ("t", True), ("none", False)]


def test_the_score_is_the_sum_of_what_is_said() -> None:
    (best,) = propose(COURSE, [lecturer("a")], SLOTS, FEES, Decimal(4000))
    assert best.score == sum(each.points for each in best.grounds)
    assert [each.code for each in best.grounds] == ["expertise", "availability", "fee", "load"]
    assert best.fee == Decimal(4000)
    assert "合计不超过4000元" in best.grounds[2].zh
    assert "办法第十条" in best.grounds[2].zh
    assert "art. 10" in best.grounds[2].en


def test_a_fee_at_the_rest_of_the_budget_suits_and_a_cent_above_does_not() -> None:
    assert ranked(lecturer("a"), budget=Decimal(4000)) == [("a", True)]
    assert ranked(lecturer("a"), budget=Decimal("3999.99")) == [("a", False)]


def test_an_unverified_limit_says_so() -> None:
    (found,) = propose(COURSE, [lecturer("a", "intermediate")], SLOTS, FEES)
    fee = next(each for each in found.grounds if each.code == "fee")
    assert "未核实" in fee.zh
    assert "unverified" in fee.en


def test_a_grade_without_a_rule_has_no_fee() -> None:
    (found,) = propose(COURSE, [lecturer("a", "academician")], SLOTS, FEES)
    assert (found.fee, found.suitable) == (None, True)


def test_exactly_as_many_free_half_days_as_the_course_takes_are_enough() -> None:
    friday = MONDAY + timedelta(days=4)
    two_left = lecturer("two", away=(Away(MONDAY, friday - timedelta(days=1)),))
    one_left = lecturer("one", away=(Away(MONDAY, friday - timedelta(days=1)), Away(friday, friday, "afternoon")))
    assert ranked(one_left, two_left) == [("two", True), ("one", False)]
    taken = Candidate(two_left.lecturer, frozenset({(friday, "morning")}))
    assert ranked(taken) == [("two", False)]


def test_who_comes_from_out_of_town_and_who_taught_much_goes_after() -> None:
    tired = Candidate(lecturer("tired").lecturer, hours=40)
    assert ranked(tired, lecturer("far", out_of_town=True), lecturer("here")) == [
        ("here", True),
        ("far", True),
        ("tired", True),
    ]


def test_nobody_inactive_is_proposed() -> None:
    assert ranked(lecturer("gone", active=False)) == []


@pytest.mark.parametrize(
    ("state", "answer", "today", "found"),
    [
        ("invited", "confirm", date(2020, 5, 8), "open"),
        ("invited", "confirm", date(2020, 5, 9), "late"),
        ("invited", "decline", date(2020, 5, 9), "late"),
        ("confirmed", "confirm", date(2020, 5, 30), "same"),
        ("confirmed", "decline", date(2020, 5, 10), "open"),
        ("confirmed", "decline", date(2020, 5, 11), "late"),
        ("declined", "decline", date(2020, 5, 30), "same"),
        ("declined", "confirm", date(2020, 5, 8), "settled"),
        ("lapsed", "confirm", date(2020, 5, 8), "settled"),
        ("withdrawn", "confirm", date(2020, 5, 8), "settled"),
    ],
)  # fmt: skip
def test_answers_are_taken_to_the_end_of_the_last_day(state: str, answer: str, today: date, found: str) -> None:
    assert standing(state, date(2020, 5, 8), MONDAY, today, answer) == found  # type: ignore[arg-type]
