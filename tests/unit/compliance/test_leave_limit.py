"""One seventh in whole hours: the allowance, the projection, and the rule that judges by the same words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.compliance.domain.leave_limit import Share, allowance, passes, project
from services.compliance.domain.rules import Ruling, Stage, TraineeFacts
from services.compliance.domain.timetable import HALVES, HalfDay, Session, Timetable
from services.compliance.limits import policy_table
from services.compliance.plugins.leave_limit import RULE

SEVENTH = Share(1, 7)
POLICIES = policy_table().on(date(2020, 5, 18))


def timetable(hours: list[int]) -> Timetable:
    start = datetime(2020, 5, 18, 1, tzinfo=UTC)
    sessions = []
    for number, each in enumerate(hours):
        begins = start + timedelta(days=number // 2, hours=6 * (number % 2))
        sessions.append(
            Session(f"s{number}", "课", begins.date(), HALVES[number % 2], begins, begins + timedelta(hours=3), each)
        )
    return Timetable("term_1", 1, tuple(sessions))


def facts(leave: int, total: int) -> TraineeFacts:
    return TraineeFacts(Stage.STUDY, total, 0, leave, 0, 0, checked_in=True)


@pytest.mark.parametrize(("days", "most"), [(3, 3), (5, 5), (7, 8), (10, 11), (15, 17), (20, 22), (30, 34), (60, 68)])
def test_the_whole_hours_that_are_allowed_at_eight_a_day(days: int, most: int) -> None:
    assert allowance(8 * days, SEVENTH) == most
    assert not passes(most, 8 * days, SEVENTH)
    assert passes(most + 1, 8 * days, SEVENTH)


def test_exactly_one_seventh_is_allowed() -> None:
    assert RULE.judge(facts(8, 56), POLICIES).ruling is Ruling.MET
    broken = RULE.judge(facts(9, 56), POLICIES)
    assert (broken.ruling, broken.withdraws) == (Ruling.BROKEN, "leave_limit")
    assert "最多8学时" in broken.reason.zh


def test_the_limit_of_2023_has_a_source_of_its_own() -> None:
    now, then = policy_table().on(date(2023, 10, 15)), policy_table().on(date(2023, 10, 14))
    assert "第十五条" in RULE.judge(facts(0, 56), now).source
    assert "2013" in RULE.judge(facts(0, 56), then).source


@given(some.lists(some.integers(1, 5), min_size=1, max_size=20), some.data())
def test_the_projection_says_what_the_rule_decides_later(hours: list[int], data: some.DataObject) -> None:
    table = timetable(hours)
    ids = sorted(table.by_id)
    on_leave = frozenset(data.draw(some.sets(some.sampled_from(ids))))
    open_sessions = frozenset(data.draw(some.sets(some.sampled_from(ids))))
    found = project(table, on_leave, SEVENTH, open_sessions)
    assert found.passed == (RULE.judge(facts(found.leave_hours, table.total_hours), POLICIES).ruling is Ruling.BROKEN)
    for prospect in found.prospects:
        taken = on_leave | {session.session_id for session in prospect.sessions}
        later = RULE.judge(facts(table.hours_of(taken), table.total_hours), POLICIES)
        assert prospect.passes == (later.ruling is Ruling.BROKEN)
        assert prospect.passes == (prospect.hours > found.allowance - found.leave_hours)
    assert {s.session_id for p in found.prospects for s in p.sessions} == open_sessions - on_leave


def test_prospects_follow_the_days_and_take_a_half_day_whole() -> None:
    table = timetable([4, 4, 4, 4])
    found = project(table, frozenset(), SEVENTH, frozenset(table.by_id))
    assert [prospect.half_day for prospect in found.prospects] == sorted(
        HalfDay.of(session.on, session.half) for session in table.sessions
    )
    assert found.remaining == 2
    assert found.first_to_pass == found.prospects[0]


@pytest.mark.parametrize("value", [7, [1], "1/7", None])
def test_a_share_that_is_no_pair_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="share"):
        Share.of(value)
