"""Changes to try on a year: several to one term are taken together, and what makes no sense is refused in words."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from services.scheduling.domain.change import Change, ChangeRefused, changed
from services.scheduling.domain.placement import ONLINE, Pin, Placed, Problem, Share
from services.scheduling.plugins.year_change import replan
from tests.unit.scheduling.year_problems import UNITS, problem, term

MONDAY, LATER, LAST = date(2020, 5, 11), date(2020, 6, 1), date(2020, 6, 8)
END = date(2020, 7, 31)  # of the calendar
YEAR = problem(term("a"), term("b", programme_id="p2", programme_ordinal=2))
BEFORE = (Placed("a", MONDAY, date(2020, 5, 15), date(2020, 5, 10), "e1"),)


def pinned(*changes: Change, year: Problem = YEAR) -> dict[str, Pin | None]:
    return {each.id: each.pin for each in changed(year, BEFORE, changes).terms}


def refused(*changes: Change, year: Problem = YEAR) -> str:
    with pytest.raises(ChangeRefused) as told:
        changed(year, BEFORE, changes)
    assert (told.value.zh, told.value.en) == tuple(str(told.value).split(" / "))
    return str(told.value)


@pytest.mark.parametrize(
    ("changes", "pin"),
    [
        ((Change("move", "a", LATER), Change("move", "a", room_id="e2")), Pin(LATER, "e2")),
        ((Change("move", "a", room_id="e2"), Change("move", "a", LATER)), Pin(LATER, "e2")),
        ((Change("move", "a", LATER, room_id="e2"), Change("move", "a", LAST)), Pin(LAST, "e2")),
        ((Change("move", "a", LATER, room_id="e2"), Change("move", "a", room_id="e1")), Pin(LATER, "e1")),
        ((Change("move", "a", room_id="e2"), Change("pin", "a", LATER)), Pin(LATER, "e2")),
        ((Change("move", "a", LATER), Change("drop", "b"), Change("move", "a", room_id="e2")), Pin(LATER, "e2")),
        ((Change("pin", "a"), Change("move", "a", room_id="e2")), Pin(MONDAY, "e2")),
    ],
)
def test_what_several_changes_say_of_one_term_is_taken_together(changes: tuple[Change, ...], pin: Pin) -> None:
    assert pinned(*changes)["a"] == pin


def test_a_day_and_then_a_room_of_a_term_that_has_none_yet_are_taken_together() -> None:
    assert pinned(Change("move", "b", room_id="e2"), Change("move", "b", LATER))["b"] == Pin(LATER, "e2")
    assert "第1期" in refused(Change("move", "b", room_id="e2"))


def test_a_bare_pin_keeps_a_term_where_it_lies_whatever_was_said_before() -> None:
    assert pinned(Change("move", "a", LATER, room_id="e2"), Change("pin", "a"))["a"] == Pin(MONDAY, "e1")


def test_a_pinned_term_that_is_moved_to_another_day_may_have_any_room() -> None:
    assert pinned(Change("pin", "a"), Change("move", "a", LATER))["a"] == Pin(LATER)


def test_the_people_of_a_term_moved_to_a_day_and_into_a_room_are_told() -> None:
    year = changed(YEAR, BEFORE, [Change("move", "a", LATER), Change("move", "a", room_id="e2")])
    moved = next(each for each in replan(year, BEFORE).affected if each.term_id == "a")
    assert moved.after is not None
    assert (moved.after.starts_on, moved.after.room_id, moved.told) == (LATER, "e2", 40)


def test_a_move_without_day_and_room_is_refused() -> None:
    said = refused(Change("move", "a"))
    assert "没有说明把第1班第1期“专题培训班”（a）改到哪里" in said
    assert "starts_on" in said
    assert "room_id" in said


@pytest.mark.parametrize("kind", ["pin", "move", "ban", "drop"])
def test_a_term_that_an_earlier_change_drops_is_said_to_be_dropped(kind: str) -> None:
    change = Change(kind, "a", LATER)  # type: ignore[arg-type]
    said = refused(Change("drop", "a"), change)
    assert "前一项已取消该期" in said
    assert "第1班第1期" in said
    assert "没有编号" not in said
    gone = dataclasses.replace(YEAR, terms=YEAR.terms[1:], dropped=YEAR.terms[:1])
    assert "年度题目已列明不办该期" in refused(change, year=gone)
    assert pinned(Change("move", "a", LATER), Change("drop", "a")) == {"b": None}


def closed(*districts: str, campus_ids: tuple[str, ...] = (), day: date = MONDAY, last: date | None = None) -> Change:
    return Change("blackout", starts_on=day, ends_on=last, districts=districts, campus_ids=campus_ids)


def test_a_blackout_of_a_campus_that_does_not_exist_is_refused_with_those_that_do() -> None:
    online = dataclasses.replace(YEAR, campuses=(*YEAR.campuses, ONLINE))
    for strange in ("weast", ONLINE.id):
        said = refused(closed(campus_ids=("east", strange)), year=online)
        assert f"没有编号为“{strange}”的校区" in said
        assert "east（东校区）" in said
        assert "west (西校区)" in said
        assert "online（" not in said
    assert changed(YEAR, BEFORE, [closed(campus_ids=("east", "west"))]).blackouts[0].campus_ids == ("east", "west")


def test_a_blackout_of_a_district_in_which_nothing_lies_is_refused_with_those_known() -> None:
    year = dataclasses.replace(
        YEAR,
        terms=(dataclasses.replace(YEAR.terms[0], districts=("city.xi.health",), shares=(Share("bureau", 3),)),),
        dropped=(dataclasses.replace(YEAR.terms[1], districts=("city.dong",)),),
        units=UNITS,
    )
    for strange in ("city.donghuu", "city.dongh", "东湖区", "city.donghu.health"):
        said = refused(closed("city.donghu", strange), year=year)
        assert f"“{strange}”之内没有" in said
        assert "city.donghu、" in said
    assert "区县编号是空的" in refused(closed(""), year=year)
    for known in ("city", "city.donghu", "city.xi", "city.xi.health", "city.yunling", "city.dong", "bureau"):
        assert changed(year, BEFORE, [closed(known)]).blackouts[0].districts == (known,)
    with pytest.raises(ChangeRefused, match=r"city\.far"):
        changed(year, BEFORE, [closed("city.far")])
    assert changed(year, BEFORE, [closed("city.far")], districts=("city.far.unit",)).blackouts


def test_days_outside_the_year_are_refused_and_said_with_its_calendar() -> None:
    after = closed(day=date(2021, 5, 11), last=date(2021, 5, 15))
    for change in (after, dataclasses.replace(after, kind="ban", term_id="a"), closed(day=date(2020, 8, 1))):
        assert "2020-04-01至2020-07-31" in refused(change)
    assert changed(YEAR, BEFORE, [closed(day=END, last=date(2020, 8, 1))]).blackouts
    assert changed(YEAR, BEFORE, [closed(day=date(2020, 1, 1), last=date(2020, 4, 1))]).blackouts
