"""What stays charged for whom, by which standard, and until when it is due."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.fee_departure import Departure, DepartureKind, departure_of, kept_charge
from services.enrollment.domain.fee_order import Course, DueRule, Line, Seat, due_day, line_of, stay_of
from services.enrollment.domain.fee_scope import FeeChoice, ScopeRow, TermPlace, choice_for
from services.enrollment.domain.fee_standard import Charge, Citation, Stay
from services.enrollment.domain.wording import Sentence
from services.enrollment.limits import policy_table
from shared.policies import Policy

OPENING = date(2020, 5, 11)
COURSE = Course(OPENING, OPENING - timedelta(days=1), 5)
CHOICE = FeeChoice("central", "three", "central", 0)
POLICIES = policy_table().on(date(2020, 4, 1))
RATE = 550_00


def charge(stay: Stay) -> Charge:
    days = stay.training_days + min(1, stay.arrival_days) + min(1, stay.departure_days)
    return Charge(days * RATE, days, (Sentence("某", "x"),), Citation("", "某标准", "source"))


def line(seat: Seat, course: Course = COURSE, before: Line | None = None) -> Line:
    return line_of(seat, course, CHOICE, charge, POLICIES, before)


@pytest.mark.parametrize(
    ("on", "kind", "days"),
    [
        (OPENING - timedelta(days=1), DepartureKind.BEFORE_OPENING, 0),
        (OPENING, DepartureKind.AFTER_OPENING, 2),  # the day of arrival and the day begun
        (OPENING + timedelta(days=1), DepartureKind.AFTER_OPENING, 3),
        (OPENING + timedelta(days=4), DepartureKind.AFTER_OPENING, 6),
        (OPENING + timedelta(days=40), DepartureKind.AFTER_OPENING, 6),
    ],
)
def test_the_first_day_parts_a_full_refund_from_days_begun(on: date, kind: DepartureKind, days: int) -> None:
    departure = departure_of("work", on, OPENING)
    assert departure.kind is kind
    left = line(Seat("nom_1", departure))
    assert left.amount_fen == days * RATE
    assert not left.charged
    assert left.citation.basis == "unverified"
    assert "未核实" in left.reasons[0].zh


@pytest.mark.parametrize(("after", "days"), [(4, 6), (5, 6), (6, 6), (7, 7), (11, 11), (12, 11)])
def test_a_weekend_within_a_term_is_no_day_begun(after: int, days: int) -> None:
    weekend = frozenset({OPENING + timedelta(days=5), OPENING + timedelta(days=6)})
    course = dataclasses.replace(COURSE, training_days=10, free_days=weekend)
    left = line(Seat("nom_1", departure_of("work", OPENING + timedelta(days=after), OPENING)), course)
    assert left.amount_fen == days * RATE


def test_the_fee_of_somebody_replaced_moves_with_the_seat_whenever_that_was() -> None:
    late = departure_of("replaced", OPENING + timedelta(days=2), OPENING)
    assert late.kind is DepartureKind.REPLACED
    old, new = line(Seat("nom_old", late)), line(Seat("nom_new"))
    assert old.amount_fen + new.amount_fen == charge(stay_of(COURSE, CHOICE)).amount_fen


def test_a_decision_to_end_training_and_not_reporting_have_their_own_rules() -> None:
    assert departure_of("expelled", OPENING, OPENING).kind is DepartureKind.EXPELLED
    assert departure_of("not-reported", OPENING, OPENING).kind is DepartureKind.NOT_REPORTED
    assert line(Seat("nom_1", Departure(OPENING, DepartureKind.NOT_REPORTED))).amount_fen == 0
    assert line(Seat("nom_1", Departure(OPENING, DepartureKind.EXPELLED))).amount_fen == 2 * RATE


@pytest.mark.parametrize(
    ("rule", "fen"),
    [
        ({"keep": "all"}, 6 * RATE),
        ({"keep": "none"}, 0),
        ({"keep": "days_begun"}, 3 * RATE),
        ({"keep": "percent", "percent": 20}, 660_00),
    ],
)
def test_a_city_may_keep_what_its_own_rule_says(rule: dict[str, object], fen: int) -> None:
    policy = Policy("fee.refund.after_opening", rule, date(2020, 1, 1), None, "本市规定", "source")
    left = Departure(OPENING + timedelta(days=1), DepartureKind.AFTER_OPENING)
    kept = kept_charge(policy, left, OPENING, stay_of(COURSE, CHOICE), charge)
    assert kept.amount_fen == fen
    assert "未核实" not in kept.reasons[0].zh


def test_a_rule_that_says_nothing_known_is_a_fault_of_the_table() -> None:
    policy = Policy("fee.refund.after_opening", {"keep": "half"}, date(2020, 1, 1), None, "本市规定", "source")
    with pytest.raises(ValueError, match="half"):
        kept_charge(policy, Departure(OPENING, DepartureKind.AFTER_OPENING), OPENING, stay_of(COURSE, CHOICE), charge)


def test_what_was_settled_when_somebody_left_does_not_move_with_the_term() -> None:
    before = line(Seat("nom_1", departure_of("work", OPENING + timedelta(days=1), OPENING)))
    later = dataclasses.replace(COURSE, starts_on=OPENING + timedelta(days=30), reports_on=None, training_days=10)
    seat = Seat("nom_1", departure_of("work", OPENING + timedelta(days=1), later.starts_on))
    assert line(seat, later, before) == before
    assert line(seat, dataclasses.replace(later, cancelled=True), before).amount_fen == 0
    other = Seat("nom_1", Departure(OPENING + timedelta(days=1), DepartureKind.NOT_REPORTED))
    assert line(other, later, before).amount_fen == 0


def test_what_somebody_owes_who_left_comes_back_with_the_term() -> None:
    seat = Seat("nom_1", departure_of("work", OPENING + timedelta(days=1), OPENING))
    before = line(seat)
    cancelled = line(seat, dataclasses.replace(COURSE, cancelled=True), before)
    assert cancelled.amount_fen == 0
    assert line(seat, COURSE, cancelled) == before


def test_nobody_is_charged_for_a_cancelled_term() -> None:
    cancelled = dataclasses.replace(COURSE, cancelled=True)
    assert line(Seat("nom_1"), cancelled).amount_fen == 0


@given(st.integers(-60, 60), st.sampled_from(["work", "health", "replaced", "expelled", "not-reported"]))
def test_leaving_never_costs_more_than_staying(shift: int, reason: str) -> None:
    left = line(Seat("nom_1", departure_of(reason, OPENING + timedelta(days=shift), OPENING)))
    assert 0 <= left.amount_fen <= line(Seat("nom_1")).amount_fen


def test_an_order_is_due_when_people_report_or_some_days_after_a_late_assessment() -> None:
    rule = DueRule(0, 7)
    reports = OPENING - timedelta(days=1)
    assert due_day(rule, COURSE, reports - timedelta(days=30)) == reports
    assert due_day(rule, COURSE, reports) == reports
    assert due_day(rule, COURSE, OPENING) == OPENING + timedelta(days=7)
    assert due_day(rule, dataclasses.replace(COURSE, reports_on=None), date(2020, 4, 1)) == OPENING


def scopes() -> Iterator[ScopeRow]:
    def row(scope_id: str, first: date = date(2020, 1, 1), last: date | None = None, **asked: str) -> ScopeRow:
        return ScopeRow(scope_id, FeeChoice(scope_id, "three", "central", 0), first, last, **asked)

    yield row("city")
    yield row("city-later", date(2020, 6, 1))
    yield row("campus", campus_id="south")
    yield row("programme", programme_id="programme_6")
    yield row("seminars", kind="seminar")
    yield row("over", date(2019, 1, 1), date(2020, 5, 10), programme_id="programme_7")


@pytest.mark.parametrize(
    ("place", "day", "chosen"),
    [
        (TermPlace("main", "programme_1", "training"), OPENING, "city"),
        (TermPlace("main", "programme_1", "training"), date(2020, 6, 1), "city-later"),
        (TermPlace("south", "programme_1", "training"), date(2020, 6, 1), "campus"),
        (TermPlace("main", "programme_1", "seminar"), date(2020, 6, 1), "seminars"),
        (TermPlace("south", "programme_6", "seminar"), OPENING, "programme"),
        (TermPlace("main", "programme_7", "training"), OPENING, "city"),
        (TermPlace("main", "programme_7", "training"), date(2020, 5, 10), "over"),
    ],
)
def test_the_closest_scope_of_the_first_day_wins(place: TermPlace, day: date, chosen: str) -> None:
    choice, scope_id = choice_for(scopes(), CHOICE, place, day)
    assert (choice.standard, scope_id) == (chosen, chosen)


def test_where_no_scope_holds_the_default_does() -> None:
    assert choice_for(scopes(), CHOICE, TermPlace("main", "p", "training"), date(2019, 12, 31)) == (CHOICE, None)
