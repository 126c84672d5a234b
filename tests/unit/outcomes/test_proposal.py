"""A proposal from its filing to its last follow-up."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.domain.proposal import (
    NoSuchFollowUp,
    NotNow,
    Proposal,
    State,
    TooEarly,
    months_after,
)

NOW = datetime(2020, 6, 1, 2, 0, tzinfo=UTC)
FILED = Proposal("nomination_1", "term_1", "jiangcheng.donghu")
SENT = FILED.forwarded("jiangcheng.finance", NOW, date(2020, 7, 1))
MONTHS = (3, 6, 12)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def adopted(on: date = date(2020, 6, 30)) -> Proposal:
    return SENT.answered(State.ADOPTED, "拟纳入下半年工作", on, MONTHS)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2020, 1, 31), 3, date(2020, 4, 30)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2020, 12, 31), 12, date(2021, 12, 31)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, due: date) -> None:
    assert months_after(day, months) == due


@given(DAYS, st.integers(0, 60))
def test_a_follow_up_lies_in_its_month_on_the_same_day_or_the_months_last(day: date, months: int) -> None:
    due = months_after(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(due.year, due.month)[1]
    assert due.day == min(day.day, last)


@given(DAYS, st.lists(st.integers(1, 24), min_size=1, max_size=5))
def test_follow_ups_come_once_each_and_in_order(day: date, months: list[int]) -> None:
    found = SENT.answered(State.PARTLY_ADOPTED, "部分采纳", day, months).follow_ups
    assert [each.month for each in found] == sorted(set(months))
    assert [each.due_on for each in found] == sorted(months_after(day, month) for month in set(months))
    assert all(each.due_on > day for each in found)


def test_an_answer_is_in_time_on_its_last_day_and_late_the_day_after() -> None:
    assert not SENT.answered(State.DECLINED, "无此职能", date(2020, 7, 1), MONTHS).answers[0].late
    assert SENT.answered(State.DECLINED, "无此职能", date(2020, 7, 2), MONTHS).answers[0].late


def test_what_was_declined_is_not_followed_and_may_go_to_another_department() -> None:
    declined = SENT.answered(State.DECLINED, "无此职能", date(2020, 6, 10), MONTHS)
    assert declined.follow_ups == ()
    again = declined.forwarded("jiangcheng.planning", NOW, date(2020, 7, 20))
    assert [each.unit_id for each in again.answers] == ["jiangcheng.finance"]
    assert again.answered(State.ADOPTED, "采纳", date(2020, 7, 1), MONTHS).follow_ups != ()


def test_an_adopted_proposal_is_neither_forwarded_nor_answered_nor_withdrawn() -> None:
    for step in (
        lambda: adopted().forwarded("x", NOW, date(2020, 8, 1)),
        lambda: adopted().answered(State.DECLINED, "改主意", date(2020, 8, 1), MONTHS),
        lambda: adopted().withdrawn(),
    ):
        with pytest.raises(NotNow):
            step()


def test_a_follow_up_opens_some_days_before_it_is_due() -> None:
    due = adopted().follow_ups[0].due_on
    assert due == date(2020, 9, 30)
    with pytest.raises(TooEarly) as refused:
        adopted().recorded(3, "in_progress", "已列入计划", due - timedelta(days=8), 7)
    assert refused.value.opens_on == date(2020, 9, 23)
    recorded = adopted().recorded(3, "in_progress", "已列入计划", due - timedelta(days=7), 7)
    assert recorded.follow_ups[0].recorded_on == date(2020, 9, 23)
    with pytest.raises(NoSuchFollowUp):
        adopted().recorded(4, "in_progress", "已列入计划", due, 7)
    with pytest.raises(NotNow):
        SENT.recorded(3, "in_progress", "已列入计划", due, 7)


def test_a_follow_up_is_overdue_the_day_after_and_late_when_it_is_recorded_then() -> None:
    first = adopted().follow_ups[0]
    assert not first.overdue(first.due_on)
    assert first.overdue(first.due_on + timedelta(days=1))
    late = adopted().recorded(3, "completed", "已印发文件", first.due_on + timedelta(days=1), 7).follow_ups[0]
    assert (late.late, late.overdue(date(2021, 1, 1))) == (True, False)


def test_said_again_a_follow_up_keeps_the_day_it_was_first_recorded() -> None:
    once = adopted().recorded(3, "in_progress", "已列入计划", date(2020, 9, 30), 7)
    again = once.recorded(3, "completed", "已印发文件", date(2020, 10, 20), 7).follow_ups[0]
    assert (again.progress, again.recorded_on, again.late) == ("completed", date(2020, 9, 30), False)


def test_each_follow_up_is_asked_for_and_told_overdue_once() -> None:
    proposal, today = adopted(), date(2020, 9, 23)
    assert proposal.due(today - timedelta(days=1), 7) == []
    assert [each.month for each in proposal.due(today, 7)] == [3]
    told = proposal.told(proposal.due(today, 7), [], today)
    assert told.due(today, 7) == []
    late = date(2021, 1, 5)
    assert ([each.month for each in told.due(late, 7)], [each.month for each in told.overdue(late)]) == ([6], [3, 6])
    after = told.told(told.due(late, 7), told.overdue(late), late)
    assert (after.due(late, 7), after.overdue(late)) == ([], [])
    assert after.follow_ups[1].told_on == after.follow_ups[1].overdue_told_on == late
