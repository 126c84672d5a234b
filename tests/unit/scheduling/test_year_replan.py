"""A re-plan tells the fewest people that any table of as many terms could tell, and says whom and why."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.sample.years import made_up_year
from services.scheduling.domain.change import Change, ChangeRefused, changed
from services.scheduling.domain.placement import Blackout, Lecturer, Need, Placed, Problem, Share
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_greedy import solve_greedily
from services.scheduling.domain.replan import Replan, people_told, stays
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.plugins import year_change
from services.scheduling.plugins.year_change import replan
from services.scheduling.plugins.year_published import Published
from services.scheduling.plugins.year_regain import Regaining
from services.scheduling.plugins.year_rows import Groups
from services.scheduling.plugins.year_told import Fewest
from tests.unit.scheduling.tiny_years import FIRST, tables, tiny_years
from tests.unit.scheduling.year_problems import UNITS, problem, term

CLOSED = st.sampled_from([date(2020, 6, day) for day in (8, 10, 15, 17, 22)]).map(
    lambda day: Change("blackout", starts_on=day, ends_on=day)
)


def told_by(year: Problem, before: tuple[Placed, ...], after: tuple[Placed, ...]) -> int:
    lies, rooms = {each.term_id: each for each in after}, {room.id: room for room in year.rooms}
    people = {each.id: people_told(each) for each in year.terms}
    return sum(people[each.term_id] for each in before if not stays(rooms, each, lies.get(each.term_id)))


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years(pins=False), st.lists(CLOSED, min_size=1, max_size=2))
def test_no_table_of_as_many_terms_tells_fewer(year: Problem, changes: list[Change]) -> None:
    before = solve_greedily(year).placed
    after = changed(year, before, changes)
    answer = replan(dataclasses.replace(after, seconds=60.0), before)
    assert check(after, answer.placed) == []
    assert answer.told == told_by(after, before, answer.placed)
    best = min((-len(table), told_by(after, before, table)) for table in tables(after))
    assert (-len(answer.placed), answer.told) == best
    assert (answer.proven, answer.told_bound) == (True, answer.told)
    assert sum(each.told for each in answer.affected) == answer.told
    assert bool(answer.conflicts) == bool(answer.unplaced)


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years(pins=False), CLOSED)
def test_the_bound_holds_at_every_moment_and_is_met_in_the_end(year: Problem, change: Change) -> None:
    before = solve_greedily(year).placed
    published = Published(changed(year, before, [change]), before)
    rooms = Groups(published.grid, "room")

    def weight(table: tuple[Placed, ...]) -> int:
        return published.weight(published.table(Board(published.grid, table), rooms))

    least = min(weight(table) for table in tables(published.grid.problem))
    fewest = Fewest(published, seed=1)
    assert fewest.table("campus", 0.0) is None, "no time was left"
    assert fewest.bound <= least <= published.weight(fewest.best)
    assert fewest.table("campus", 60.0) is not None
    assert fewest.bound <= least
    found = fewest.table("room", 60.0)
    assert found is not None
    assert published.weight(found) == fewest.bound == least


@pytest.mark.parametrize("week", [date(2025, 5, 19), date(2025, 6, 9), date(2025, 9, 15)])
def test_a_week_closed_in_a_year_of_thirty_terms_is_proven_to_tell_the_fewest(week: date) -> None:
    year = made_up_year(30, seed=3, seconds=60.0)
    before = solve_greedily(year).placed
    closed = changed(year, before, [Change("blackout", starts_on=week, ends_on=week + timedelta(days=4))])
    answer = replan(closed, before)
    assert check(closed, answer.placed) == []
    assert len(answer.placed) == len(before) == 30
    assert answer.told == answer.told_bound == told_by(closed, before, answer.placed) > 0
    assert answer.proven


def test_people_are_counted_where_terms_lie_in_the_end_though_the_time_ran_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is found in time but the nearest days of what moved: some of it goes home."""
    monkeypatch.setattr(Fewest, "table", lambda *told: None)
    monkeypatch.setattr(Regaining, "run", lambda *told: None)
    monkeypatch.setattr(year_change._Replanning, "_with_rooms", lambda self, table, free, share: table)
    year = made_up_year(40, seed=2, seconds=3.0)
    before = solve_greedily(year).placed
    closed = changed(year, before, [Change("blackout", starts_on=date(2025, 5, 19), ends_on=date(2025, 5, 23))])
    answer = replan(closed, before)
    assert answer.told == sum(each.told for each in answer.affected) == told_by(closed, before, answer.placed)


WEEK = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 6, 19), "needs": (Need("wen", (1,)),)}
YEAR = problem(
    term("a", target=date(2020, 5, 11), shares=(Share("city.donghu", 40),), **WEEK),
    term("b", programme_id="p2", programme_ordinal=2, trainees=50, target=date(2020, 5, 18), **WEEK),
    units=UNITS,
    lecturers=(Lecturer("wen", "温老师"),),
    seconds=30.0,
)
BEFORE = solve_greedily(YEAR).placed


def tried(*changes: Change) -> Replan:
    return replan(changed(YEAR, BEFORE, changes), BEFORE)


def test_a_change_that_touches_nothing_tells_nobody() -> None:
    answer = tried(Change("blackout", starts_on=date(2020, 7, 1), ends_on=date(2020, 7, 3)))
    assert (answer.told, answer.affected, answer.zh) == (0, (), "不必通知任何人")
    assert answer.placed == BEFORE


def test_a_closed_week_moves_its_term_to_the_nearest_days_and_says_who_is_told() -> None:
    answer = tried(Change("blackout", starts_on=date(2020, 5, 13), ends_on=date(2020, 5, 14)))
    (moved,) = answer.affected
    assert (moved.term_id, moved.told, moved.units, moved.lecturers) == ("a", 41, ("city.donghu",), ("wen",))
    assert moved.zh.endswith("通知学员40人、教师温老师，涉及东湖区委")
    assert answer.zh == "改动1期，需通知41人（已证明不能更少）"
    assert moved.after is not None
    assert moved.after.starts_on == date(2020, 5, 25), "the week between has the lecturer in the other term"


def test_moving_a_term_onto_another_ones_lecturer_moves_the_other() -> None:
    other = next(each for each in BEFORE if each.term_id == "b")
    answer = tried(Change("move", "a", starts_on=other.starts_on))
    assert {each.term_id for each in answer.affected if each.told} == {"a", "b"}
    assert answer.proven


def test_a_term_that_is_kept_off_everything_is_left_over_with_its_conflict() -> None:
    answer = tried(Change("ban", "a", date(2020, 4, 1), date(2020, 7, 31)))
    assert [each.term_id for each in answer.unplaced] == ["a"]
    (conflict,) = answer.conflicts
    assert [each.rule for each in conflict.demands] == ["held", "ban"]
    assert (answer.told, answer.proven) == (41, True)
    assert from_wire(Replan, to_wire(answer)) == answer


def test_whom_a_term_without_any_place_left_tells_is_part_of_the_proof() -> None:
    third = term("c", programme_id="p3", programme_ordinal=3, trainees=30, target=date(2020, 6, 1), **WEEK)
    year = dataclasses.replace(YEAR, terms=(*YEAR.terms, third))
    before = solve_greedily(year).placed
    other = next(each for each in before if each.term_id == "b")
    changes = (Change("ban", "a", date(2020, 4, 1), date(2020, 7, 31)), Change("move", "c", starts_on=other.starts_on))
    answer = replan(changed(year, before, changes), before)
    assert {each.term_id: each.told for each in answer.affected} == {"a": 41, "b": 51, "c": 31}
    assert (answer.told, answer.told_bound, answer.proven) == (123, 123, True)


def test_a_dropped_term_frees_its_place_and_new_ones_tell_nobody() -> None:
    answer = tried(Change("drop", "a"))
    assert [each.term_id for each in answer.placed] == ["b"]
    (dropped,) = answer.affected
    assert (dropped.term_id, dropped.after, dropped.told) == ("a", None, 41)
    assert "→取消，通知学员40人" in dropped.zh
    assert "-> dropped; tell 40 trainees" in dropped.en
    assert (answer.told, answer.told_bound, answer.proven) == (41, 41, True)
    assert from_wire(Replan, to_wire(answer)) == answer
    assert replan(YEAR, ()).told == 0


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (Change("drop", "zz"), "没有编号为“zz”的班次期"),
        (Change("move", "a", date(2020, 5, 11), room_id="zz"), "没有编号为“zz”的教室"),
        (Change("ban", "a", date(2020, 5, 11), date(2020, 5, 10)), "起止日期有误"),
        (Change("blackout"), "起止日期有误"),
    ],
)
def test_changes_without_sense_are_refused_in_words(change: Change, word: str) -> None:
    with pytest.raises(ChangeRefused, match=word):
        tried(change)
    unplaced = dataclasses.replace(YEAR, terms=(dataclasses.replace(YEAR.terms[0], latest_end=FIRST),))
    with pytest.raises(ChangeRefused, match="还没有排定"):
        changed(unplaced, (), [Change("pin", "a")])


def test_a_closed_blackout_of_the_plan_counts_as_a_change_of_facts() -> None:
    closed = dataclasses.replace(YEAR, blackouts=(Blackout("b", "封控", date(2020, 5, 11), date(2020, 5, 12)),))
    answer = replan(closed, BEFORE)
    assert [each.term_id for each in answer.affected] == ["a"]
