"""Where else a term might lie: beyond its window as far as the calendar goes, and where others stand."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from services.scheduling.domain.conflict import Conflict
from services.scheduling.domain.placement import Blackout, Pin, Placed, Term
from services.scheduling.domain.placement_grid import let_stand
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.plugins.year_explain import explain_year
from tests.unit.scheduling.year_problems import ROOMS, days, problem, term

WEEK = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
CLOSED = (Blackout("b", "封控", date(2020, 5, 1), date(2020, 5, 31)),)


def told(*terms: Term, **changes: Any) -> tuple[Conflict, ...]:
    return explain_year(dataclasses.replace(problem(*terms, **changes), seconds=60.0)).conflicts


def rules(conflict: Conflict) -> list[str]:
    return [each.rule for each in conflict.demands]


def said_of(rule: str, conflict: Conflict) -> list[str]:
    return [each.zh for asked in conflict.demands if asked.rule == rule for each in asked.loosenings]


def test_a_term_is_not_put_off_to_a_day_that_is_past() -> None:
    (conflict,) = told(term(**WEEK), blackouts=CLOSED)
    assert said_of("window", conflict) == ["把第1班第1期提前到4月26日至30日，超出办班时间15天"]
    (conflict,) = told(term(**WEEK), blackouts=CLOSED, today=date(2020, 4, 27))
    assert said_of("window", conflict) == ["把第1班第1期推后到6月8日至12日，超出办班时间28天"]
    # In its window it may have begun.
    assert told(term(**WEEK), today=date(2020, 5, 11)) == ()


def test_a_term_that_is_put_off_to_another_year_says_which() -> None:
    late = {"earliest_start": date(2020, 12, 21), "latest_end": date(2020, 12, 31)}
    closed = (Blackout("b", "封控", date(2020, 12, 1), date(2020, 12, 31)),)
    calendar = days(date(2020, 12, 20), date(2021, 2, 28))
    (conflict,) = told(term(**late), blackouts=closed, days=calendar)
    assert said_of("window", conflict) == ["把第1班第1期推后到2021年1月4日至8日，超出办班时间8天"]


def test_a_term_longer_than_its_window_is_put_on_both_sides_of_it() -> None:
    (conflict,) = told(term(earliest_start=date(2020, 5, 13), latest_end=date(2020, 5, 14)))
    assert said_of("window", conflict) == ["把第1班第1期改到5月11日至15日，超出办班时间3天"]


def test_a_move_beyond_the_window_names_the_window() -> None:
    (conflict,) = told(term(pin=Pin(date(2020, 7, 6)), **WEEK))
    assert rules(conflict) == ["held", "pin", "window"]
    assert said_of("window", conflict) == ["把第1班第1期推后到7月6日至10日，超出办班时间56天"]


def test_a_term_longer_than_the_calendar_says_so() -> None:
    (conflict,) = told(term(**WEEK), days=days(date(2020, 5, 11), date(2020, 5, 14)))
    assert (conflict.zh, conflict.en) == (
        "第1班第1期要上课5天，而日历（5月11日至14日）里可排的工作日没有这么多",
        "programme 1, term 1 takes 5 working days, and the calendar, 2020-05-11 to 2020-05-14, has not so many to come",
    )
    assert said_of("held", conflict) == ["不办第1班第1期，40人另行安排", "第1班第1期缩短1天，办4天"]


THERE = Placed("f", date(2020, 5, 11), date(2020, 5, 15), date(2020, 5, 10), "e1")
FIXED = term("f", programme_id="p2", programme_ordinal=2, pin=Pin(date(2020, 5, 11), "e1"), fixed=True, **WEEK)


def test_of_a_term_that_stays_for_others_it_is_its_place_that_gives_way_and_no_window() -> None:
    (conflict,) = told(term(**WEEK), FIXED, rooms=ROOMS[:1])
    assert rules(conflict) == ["held", "held", "pin", "window", "rooms"]
    assert said_of("pin", conflict) == ["把第2班第1期改到5月18日至22日，用东一教室"]
    assert all(each.alone for asked in conflict.demands for each in asked.loosenings)


def test_a_term_that_stands_is_in_nobodys_way_but_where_it_stands() -> None:
    year = problem(term(**WEEK), dataclasses.replace(FIXED, trainees=61), rooms=ROOMS[:1], blackouts=CLOSED)
    year = dataclasses.replace(let_stand(year, {"f": THERE}), blackouts=(), seconds=60.0)
    conflicts = explain_year(year).conflicts
    assert {each.term_ids for each in conflicts} == {("f", "t1")}
    assert said_of("window", conflicts[0]) == ["把第1班第1期推后到5月18日至22日，超出办班时间7天"]
    assert all(each.alone for asked in conflicts[0].demands for each in asked.loosenings if asked.subject == "t1")


def test_a_term_written_before_it_was_said_which_stay_can_be_read() -> None:
    wire = to_wire(FIXED)
    del wire["fixed"]
    assert from_wire(Term, wire) == dataclasses.replace(FIXED, fixed=False)
