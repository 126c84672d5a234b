"""The ladder of those who decide on leave, and the life of a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.compliance.domain.leave import Decision, Leave, LeaveState, ladder_of, steps_for
from services.compliance.domain.timetable import HALVES, HalfDay, Session, Timetable
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table

LADDER = ladder_of(policy_table().on(date(2020, 5, 18))["leave.ladder"].value)
NOW = datetime(2020, 5, 17, 1, tzinfo=UTC)


def timetable(days: int = 5) -> Timetable:
    sessions = []
    for number in range(2 * days):
        on = date(2020, 5, 18) + timedelta(days=number // 2)
        begins = datetime(on.year, on.month, on.day, 1 + 6 * (number % 2), tzinfo=UTC)
        half = HALVES[number % 2]
        sessions.append(Session(f"s{number}", "课", on, half, begins, begins + timedelta(hours=3), 4))
    return Timetable("term_1", 1, tuple(sessions))


def leave(first: int = 18, last: int = 18, half: str = "morning") -> Leave:
    period = HalfDay.of(date(2020, 5, first), "morning"), HalfDay.of(date(2020, 5, last), half)
    return Leave(*period, LeaveState.REQUESTED, awaits="head_teacher")


def word(step: str, granted: bool = True) -> Decision:
    return Decision(step, granted, "张老师", step, "account:school", NOW)


@pytest.mark.parametrize(("half_days", "steps"), [(1, 1), (2, 2), (3, 3), (6, 3), (7, 4), (20, 4)])
def test_longer_leave_climbs_higher(half_days: int, steps: int) -> None:
    ladder = ("head_teacher", "academic_affairs", "school_leader", "organisation_department")
    assert steps_for(half_days, LADDER) == ladder[:steps]


def test_leave_is_granted_when_every_step_agreed() -> None:
    asked = leave(last=18, half="afternoon")
    first = asked.decide(word("head_teacher"), timetable(), LADDER)
    assert (first.state, first.awaits) == (LeaveState.REQUESTED, "academic_affairs")
    assert first.decide(word("academic_affairs"), timetable(), LADDER).state is LeaveState.GRANTED


def test_a_day_with_an_evening_session_is_one_day() -> None:
    evening = datetime(2020, 5, 18, 11, tzinfo=UTC)
    late = Session("s-evening", "课", date(2020, 5, 18), "evening", evening, evening + timedelta(hours=2), 2)
    table = Timetable("term_1", 1, (*timetable().sessions, late))
    asked = leave(half="evening")
    assert steps_for(table.half_days(asked.sessions(table)), LADDER) == ("head_teacher", "academic_affairs")
    granted = asked.decide(word("head_teacher"), table, LADDER).decide(word("academic_affairs"), table, LADDER)
    assert granted.state is LeaveState.GRANTED


def test_one_refusal_ends_the_request() -> None:
    refused = leave(last=19).decide(word("head_teacher", granted=False), timetable(), LADDER)
    assert (refused.state, refused.awaits) == (LeaveState.REFUSED, None)
    with pytest.raises(Refusal, match="leave is refused"):
        refused.decide(word("academic_affairs"), timetable(), LADDER)


def test_a_step_out_of_turn_is_refused() -> None:
    with pytest.raises(Refusal, match="head teacher decides"):
        leave(last=19).decide(word("school_leader"), timetable(), LADDER)


def test_a_shorter_timetable_needs_fewer_steps() -> None:
    asked = leave(first=18, last=20, half="afternoon")
    halfway = asked.decide(word("head_teacher"), timetable(5), LADDER)
    assert halfway.awaits == "academic_affairs"
    assert halfway.decide(word("academic_affairs"), timetable(1), LADDER).state is LeaveState.GRANTED


def test_ending_leave_frees_what_has_not_begun() -> None:
    granted = replace(leave(last=18, half="afternoon"), state=LeaveState.GRANTED)
    table = timetable()
    begun = table.by_id["s1"].starts_at
    assert granted.cancel(begun, table).covers(table) == {"s0"}
    assert granted.cancel(begun + timedelta(seconds=1), table).covers(table) == {"s0", "s1"}
    assert granted.cancel(NOW, table).state is LeaveState.CANCELLED


def test_nothing_can_be_taken_back_twice() -> None:
    with pytest.raises(Refusal, match="nothing to take back"):
        replace(leave(), state=LeaveState.CANCELLED).cancel(NOW, timetable())


def test_only_live_leave_stands_in_the_way_of_more() -> None:
    first, last = HalfDay.of(date(2020, 5, 18), "morning"), HalfDay.of(date(2020, 5, 19), "morning")
    assert leave().overlaps(first, last, timetable())
    assert not replace(leave(), state=LeaveState.REFUSED).overlaps(first, last, timetable())
    assert not leave().overlaps(HalfDay.of(date(2020, 5, 18), "afternoon"), last, timetable())


def test_leave_that_ended_early_stands_in_the_way_of_no_session_it_freed() -> None:
    table = timetable()
    ended = replace(leave(last=20), state=LeaveState.GRANTED).cancel(table.by_id["s2"].starts_at, table)
    second_day, third_day = (HalfDay.of(date(2020, 5, day), "morning") for day in (19, 20))
    assert ended.overlaps(HalfDay.of(date(2020, 5, 18), "afternoon"), third_day, table)
    assert not ended.overlaps(second_day, third_day, table)


@pytest.mark.parametrize("value", [None, [], {}, "head_teacher"])
def test_a_ladder_without_steps_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="ladder"):
        ladder_of(value)
