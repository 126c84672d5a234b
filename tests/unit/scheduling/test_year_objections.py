"""What is wrong with a year or a published table is said before anybody places anything, with where and what to do."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from deploy.sample.years import made_up_year
from services.scheduling.domain.objections import objections
from services.scheduling.domain.placement import (
    ONLINE,
    Absence,
    Ban,
    Blackout,
    Campus,
    Dormitory,
    Lecturer,
    Need,
    Order,
    Pin,
    Placed,
    Policy,
    Problem,
    Room,
    Share,
)
from services.scheduling.domain.placement_greedy import solve_greedily
from services.scheduling.domain.table_objections import table_objections
from services.scheduling.plugins.year_change import replan
from tests.unit.scheduling.year_problems import CAMPUSES, ROOMS, SPRING, UNITS, problem, term

WEN = Lecturer("wen", "温老师", (Absence(date(2020, 5, 6), date(2020, 5, 6), "出差", "a"),))
SOUND = problem(
    term(
        "a",
        needs=(Need("wen", (1, 5)),),
        shares=(Share("city.donghu", 40),),
        pin=Pin(date(2020, 5, 11), "e1"),
        bans=(Ban(date(2020, 6, 1), date(2020, 6, 1)),),
        barred_rooms=("e2",),
        months=(1, 12),
        campus_id="east",
        min_gap=0,
    ),
    term("b", programme_id="p2", programme_ordinal=2, earliest_start=SPRING[0].day, latest_end=SPRING[-1].day),
    campuses=(*CAMPUSES, ONLINE),
    blackouts=(Blackout("closed", "停办", date(2020, 6, 1), date(2020, 6, 1), campus_ids=("east",)),),
    lecturers=(WEN,),
    units=UNITS,
    orders=(Order("a", "b"), Order("c", "b", 7)),
    dropped=(term("c"),),
)
A, B = SOUND.terms


def of_a(**changes: Any) -> dict[str, Any]:
    return {"terms": (dataclasses.replace(A, **changes), B)}


def test_years_that_are_sound_meet_with_no_objection() -> None:
    assert objections(SOUND) == []
    assert objections(Problem((), (), (), ())) == []
    for terms in (2, 24, 300):
        assert objections(made_up_year(terms, seed=terms)) == []


ODD = [
    (of_a(id="b"), "terms[1].id", "“b”"),
    (of_a(id="c", pin=None, needs=()), "dropped[0].id", "terms[0].id"),
    (of_a(id=" "), "terms[0].id", "空的"),
    (of_a(days=0), "terms[0].days", "现为0"),
    (of_a(trainees=-1, shares=()), "terms[0].trainees", "现为-1"),
    (
        of_a(earliest_start=date(2020, 7, 31), latest_end=date(2020, 7, 30)),
        "terms[0].latest_end",
        "早于开始日期2020-07-31",
    ),
    (of_a(latest_end=date(2020, 8, 1)), "terms[0]", "2020-04-01至2020-07-31"),
    (of_a(campus_id="weast"), "terms[0].campus_id", "没有编号为“weast”的校区"),
    (of_a(barred_rooms=("e2", "e9")), "terms[0].barred_rooms[1]", "没有编号为“e9”的教室"),
    (of_a(pin=Pin(date(2020, 5, 11), "e9")), "terms[0].pin.room_id", "没有编号为“e9”的教室"),
    (of_a(pin=Pin(date(2020, 5, 11), "e1", date(2020, 5, 8))), "terms[0].pin.ends_on", "2020-05-08"),
    (of_a(pin=Pin(date(2020, 5, 11), reports_on=date(2020, 5, 12))), "terms[0].pin.reports_on", "2020-05-12"),
    (of_a(bans=(Ban(date(2020, 6, 2), date(2020, 6, 1)),)), "terms[0].bans[0].ends_on", "早于"),
    (of_a(months=(0,)), "terms[0].months[0]", "现为0"),
    (of_a(months=(13,)), "terms[0].months[0]", "不能大于12"),
    (of_a(min_gap=-1), "terms[0].min_gap", "现为-1"),
    (of_a(spacing=-1), "terms[0].spacing", "现为-1"),
    (of_a(needs=(Need("wem"),)), "terms[0].needs[0].lecturer_id", "没有编号为“wem”的教师"),
    (of_a(needs=(Need("wen", (1,)), Need("wen", (2,)))), "terms[0].needs[1]", "“wen”"),
    (of_a(needs=(Need("wen", (6,)),)), "terms[0].needs[0].days[0]", "不能大于5"),
    (of_a(shares=(Share("city.dongu", 3),)), "terms[0].shares[0].unit_id", "没有编号为“city.dongu”的单位"),
    (of_a(shares=(Share("city.donghu", 41),)), "terms[0].shares", "合计派员41人"),
    (of_a(shares=(Share("city.donghu", -1),)), "terms[0].shares[0].people", "现为-1"),
    ({"dropped": (term("c", trainees=0),)}, "dropped[0].trainees", "现为0"),
    ({"rooms": (*ROOMS, Room("e1", "又一间", "east", 9))}, f"rooms[{len(ROOMS)}].id", "rooms[0].id"),
    ({"rooms": (*ROOMS, Room("x1", "某教室", "X", 9))}, f"rooms[{len(ROOMS)}].campus_id", "没有编号为“X”的校区"),
    ({"rooms": (*ROOMS, Room("x1", "某教室", "east", -1))}, f"rooms[{len(ROOMS)}].capacity", "现为-1"),
    ({"campuses": (*CAMPUSES, Campus("west", "又一个", "city", 9))}, "campuses[2].id", "campuses[1].id"),
    ({"campuses": (*CAMPUSES, Campus("x", "某校区", "city", -1))}, "campuses[2].beds", "现为-1"),
    (
        {"campuses": (*CAMPUSES, Campus("x", "某校区", "city", 9, (Dormitory("single", "一号楼", 10),)))},
        "campuses[2].dormitories",
        "合计10张",
    ),
    ({"days": ()}, "days", "日历是空的"),
    ({"days": SPRING[:7] + SPRING[8:]}, "days[7].day", "2020-04-07之后是2020-04-09"),
    ({"days": (*SPRING[:7], SPRING[6], *SPRING[7:])}, "days[7].day", "2020-04-07之后是2020-04-07"),
    ({"blackouts": (Blackout("x", "停", date(2020, 6, 2), date(2020, 6, 1)),)}, "blackouts[0].ends_on", "早于"),
    (
        {"blackouts": (Blackout("x", "停", date(2020, 6, 1), date(2020, 6, 1), campus_ids=("X",)),)},
        "blackouts[0].campus_ids[0]",
        "没有编号为“X”的校区",
    ),
    ({"lecturers": (WEN, WEN)}, "lecturers[1].id", "“wen”"),
    (
        {"lecturers": (Lecturer("wen", "温", (Absence(date(2020, 6, 2), date(2020, 6, 1), but="z"),)),)},
        "lecturers[0].absences[0].ends_on",
        "早于",
    ),
    ({"units": (*UNITS, UNITS[0])}, "units[2].id", "“city.donghu”"),
    ({"orders": (Order("a", "zz"),)}, "orders[0].after", "没有编号为“zz”的班次期"),
    ({"orders": (Order("a", "a"),)}, "orders[0]", "自己"),
    ({"orders": (Order("a", "b"), Order("a", "b", 3))}, "orders[1]", "orders[0]"),
    ({"orders": (Order("a", "b", -1),)}, "orders[0].delay", "现为-1"),
    ({"terms": (A, dataclasses.replace(B, id="b>")), "orders": (Order("a", "b>"),)}, "orders[0].after", "“b>”"),
    ({"policy": Policy(report_ahead=2)}, "policy.report_ahead", "不能大于1"),
    ({"policy": Policy(longest_run=0)}, "policy.longest_run", "不能小于1"),
    ({"policy": Policy(weight_seats=-1)}, "policy.weight_seats", "现为-1"),
    ({"seconds": 0.0}, "seconds", "须大于0"),
    ({"seconds": float("nan")}, "seconds", "须大于0"),
    ({"seed": -1}, "seed", "现为-1"),
]


@pytest.mark.parametrize(("changes", "path", "word"), ODD, ids=[path for _, path, _ in ODD])
def test_what_is_wrong_is_said_with_where_and_which_value(changes: dict[str, Any], path: str, word: str) -> None:
    found = {each.path: each for each in objections(dataclasses.replace(SOUND, **changes))}
    assert path in found
    assert word in found[path].zh
    assert found[path].en


def test_everything_wrong_is_said_at_once() -> None:
    year = dataclasses.replace(SOUND, **of_a(days=0, needs=(Need("wem"),)), seconds=-1.0)
    assert [each.path for each in objections(year)] == ["terms[0].days", "terms[0].needs[0].lecturer_id", "seconds"]


TABLE = solve_greedily(SOUND).placed


def test_the_table_of_a_year_may_have_terms_that_it_drops() -> None:
    assert table_objections(SOUND, (*TABLE, dataclasses.replace(TABLE[0], term_id="c"))) == []


@pytest.mark.parametrize(
    ("changes", "path", "word"),
    [
        ({"term_id": "z"}, "placed[2].term_id", "年度题目中没有“z”；该期若不办"),
        ({"term_id": "c", "room_id": "z"}, "placed[2].room_id", "年度题目中没有“z”；教室若停用"),
        ({}, "placed[2].term_id", "placed[0].term_id"),
        ({"term_id": "c", "ends_on": date(2020, 5, 1)}, "placed[2].ends_on", "2020-05-01"),
        ({"term_id": "c", "reports_on": date(2020, 7, 31)}, "placed[2].reports_on", "2020-07-31"),
    ],
)
def test_a_table_of_another_year_is_said_to_be_one(changes: dict[str, Any], path: str, word: str) -> None:
    (found,) = table_objections(SOUND, (*TABLE, dataclasses.replace(TABLE[0], **changes)))
    assert (found.path, word in found.zh, bool(found.en)) == (path, True, True)


@pytest.mark.parametrize("changes", [{"term_id": "z"}, {"room_id": "z"}])
def test_a_table_of_another_year_is_not_planned_against(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="年度题目中没有“z”"):
        replan(SOUND, (dataclasses.replace(TABLE[0], **changes), *TABLE[1:]))


def test_a_closed_room_is_one_without_seats_and_its_people_are_told_where_the_campus_changes() -> None:
    monday = date(2020, 5, 11)
    year = problem(term("a", trainees=40), term("b", trainees=40, programme_id="p2", programme_ordinal=2))
    lies = {"starts_on": monday, "ends_on": monday + timedelta(4), "reports_on": monday - timedelta(1)}
    before = (Placed("a", room_id="w1", **lies), Placed("b", room_id="e1", **lies))
    assert replan(year, before).told == 0
    closed = tuple(dataclasses.replace(room, capacity=0) if room.id in ("w1", "e1") else room for room in ROOMS)
    answer = replan(dataclasses.replace(year, rooms=closed), before)
    assert {each.term_id: each.told for each in answer.affected} == {"a": 40, "b": 0}
