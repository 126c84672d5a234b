"""Drafts laid out anew: what stays where it is, beside what other terms hold, and what needs no room."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from services.scheduling.answering import placed_sessions
from services.scheduling.demanding import Demand, demand_of
from services.scheduling.domain.lecturer import Away, Lecturer
from services.scheduling.domain.timetable import Session, Table
from services.scheduling.domain.timetable_check import check
from services.scheduling.domain.timetable_setting import Held, Setting, Tables
from services.scheduling.rooms_offered import Wish
from services.scheduling.settling import settled
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.problem import Placed, Timetable
from services.scheduling.timetable.reasons import reasons
from services.scheduling.timetable.scheduler import Effort, Outcome
from tests.unit.scheduling.timetable_worlds import DAYS, LECTURERS, LIMITS, MONDAY, ROOMS, session, setting, term

FIRST: dict[str, Any] = {"hours": 2, "ends_at": "10:15"}
SECOND: dict[str, Any] = {"hours": 2, "starts_at": "10:15"}


def solved(demand: Demand) -> Outcome:
    return ExactScheduler().schedule(demand.problem, Effort(proposals=20_000_000), lambda _: None, lambda: False)


def arranged(
    given: Setting, tables: Tables, *keep: str, wishes: Mapping[str, Wish] = MappingProxyType({})
) -> dict[str, Table] | None:
    """The tables as a scheduler lays them out, ``None`` where it proves that nothing does."""
    demand = demand_of(given, tables, set(keep), wishes)
    outcome = solved(demand)
    assert outcome.status in ("optimal", "infeasible")
    if outcome.timetable is None:
        return None
    return {id: laid(demand, outcome.timetable, table) for id, table in tables.items()}


def laid(demand: Demand, timetable: Timetable, table: Table) -> Table:
    return placed_sessions(demand.problem, timetable, demand.sittings, table, LIMITS)


def shared_with(issued: Session, **changes: Any) -> Setting:
    """A term of two days beside another one with an issued session that may be its joint lecture."""
    held = (Held("t2", issued),)
    return setting(term(days=DAYS[:2]), others=held, joint_partners=held, **changes)


def test_a_joint_lecture_with_an_issued_term_stays_with_it_and_nothing_else_comes_there() -> None:
    joint = session("s1", joint_id="j", room_id="hall")
    given = shared_with(dataclasses.replace(joint, session_id="s9"), reserved={("hall", MONDAY): "t2"})
    tables = {"t1": (joint, *(session(f"s{n}", 1) for n in range(2, 5)))}
    found = arranged(given, tables)
    assert found is not None
    assert check(given, found) == []
    assert found["t1"][0] == joint


def test_a_session_that_stays_shares_a_half_day_with_another_terms() -> None:
    for mine, theirs in ((FIRST, SECOND), (SECOND, FIRST)):
        kept = session("s1", **mine)
        given = shared_with(session("s9", room_id="r2", **theirs))
        found = arranged(given, {"t1": (kept, session("s2"), session("s3", 1))}, "s1")
        assert found is not None
        assert check(given, found) == []
        assert kept in found["t1"]


def test_a_half_day_shared_with_another_term_has_room_for_nothing_else() -> None:
    given = shared_with(session("s9", room_id="r2", **SECOND))
    rest = (session(f"s{n}", 1, **FIRST) for n in range(2, 8))
    found = arranged(given, {"t1": (session("s1", **FIRST), *rest)}, "s1")
    assert found is not None
    assert check(given, found) == []


def test_two_sessions_that_stay_share_a_half_day() -> None:
    both = (session("s1", **FIRST), session("s2", **SECOND))
    given = setting(term(days=DAYS[:2]))
    found = arranged(given, {"t1": (*both, session("s3", 1))}, "s1", "s2")
    assert found is not None
    assert check(given, found) == []
    assert set(both) < set(found["t1"])
    apart = setting(term("t1", days=DAYS[:2]), term("t2", "r2", days=DAYS[:2]))
    other = dataclasses.replace(both[1], room_id="r2")
    found = arranged(apart, {"t1": (both[0],), "t2": (other,)}, "s1", "s2")
    assert found == {"t1": (both[0],), "t2": (other,)}


def test_a_session_that_stays_in_its_own_time_stays_to_the_minute() -> None:
    kept = session("s1", hours=2, starts_at="09:00", ends_at="10:45")
    given = setting(term(days=DAYS[:1]))
    table = (kept, *(session(f"s{n}", half="afternoon", hours=2, lecturer_id="b") for n in (2, 3)))
    found = arranged(given, {"t1": table}, "s1")
    assert found is not None
    assert check(given, found) == []
    assert found["t1"][0] == kept


def test_a_session_whose_times_lie_in_another_half_day_is_held_in_the_one_it_is_put_in() -> None:
    strange = session("s1", hours=2, starts_at="15:20", ends_at="17:05")
    given = setting(term(days=DAYS[:1]))
    assert "other-half" in [each.code for each in check(given, {"t1": (strange,)})]
    found = arranged(given, {"t1": (strange, session("s2", half="afternoon", lecturer_id="b"))}, "s2")
    assert found is not None
    assert check(given, found) == []


@pytest.mark.parametrize(("room_kind", "kept_in", "others_in"), [(None, "hall", "r1"), ("hall", "r1", "hall")])
def test_a_session_stays_in_a_room_that_it_would_not_be_given(
    room_kind: str | None, kept_in: str, others_in: str
) -> None:
    kept = session("s1", room_id=kept_in, course_id="series")
    free = session("s2", 1, course_id="series", room_id=others_in)
    rooms = {**ROOMS, "hall": dataclasses.replace(ROOMS["hall"], kind="hall")}
    given = setting(term(days=DAYS[:2]), rooms=rooms)
    found = arranged(given, {"t1": (kept, free)}, "s1", wishes={"series": Wish(0, False, room_kind)})
    assert found is not None
    assert check(given, found) == []
    assert kept in found["t1"]
    assert [each.room_id for each in found["t1"] if each != kept] == [others_in]


def test_a_session_that_stays_leaves_its_room_where_its_term_is_held_online() -> None:
    kept = session("s1", room_id="hall")
    online = setting(term("t1", None, online=True))
    found = arranged(online, {"t1": (kept,)}, "s1")
    assert found == {"t1": (dataclasses.replace(kept, room_id=None),)}


def test_a_long_session_that_stays_shares_a_half_day_with_a_short_one() -> None:
    long = session("s1", hours=3, ends_at="11:10")
    short = session("s2", hours=1, starts_at="11:10")
    given = setting(term(days=DAYS[:2]))
    rest = tuple(session(f"s{n}", 1, "afternoon", hours=2, lecturer_id="b") for n in (3, 4, 5))
    for both in ((long, short), (dataclasses.replace(long, starts_at="09:00"), short)):
        found = arranged(given, {"t1": (*both, *rest)}, "s1", "s2")
        assert found is not None
        assert check(given, found) == []
        assert set(both) < set(found["t1"])


def test_nothing_else_comes_into_the_time_of_a_session_that_shares_its_half_day() -> None:
    long = session("s1", hours=3, ends_at="11:10")
    short = session("s9", hours=1, starts_at="11:10", room_id="r2")
    given = setting(term("t1", days=DAYS[:1]), term("t2", "r2", days=DAYS[:1]))
    two = {"hours": 2, "lecturer_id": "b"}
    mine = tuple(session(f"s{n}", half="afternoon", **two) for n in (2, 3))
    found = arranged(given, {"t1": (long, *mine), "t2": (short,)}, "s1", "s9")
    assert found is not None
    assert check(given, found) == []
    more = (*mine, session("s4", half="afternoon", **two))
    assert arranged(given, {"t1": (long, *more), "t2": (short,)}, "s1", "s9") is None


THIRDS = (("08:30", "09:20", 1), ("09:20", "10:15", 1), ("10:15", "12:00", 2))


def thirds(day: int = 0, half: Any = "morning", lecturer_id: str | None = "a", **changes: Any) -> list[Session]:
    """Sessions of one, one and two hours that fill a half-day."""
    found = []
    for number, (starts_at, ends_at, hours) in enumerate(THIRDS):
        if half == "afternoon":
            starts_at, ends_at = (f"{int(each[:2]) + 6}{each[2:]}" for each in (starts_at, ends_at))
        times = {"starts_at": starts_at, "ends_at": ends_at, "hours": hours}
        found.append(session(f"{day}{half}{number}", day, half, lecturer_id=lecturer_id, **times, **changes))
    return found


@pytest.mark.parametrize("course", [{}, {"course_id": "x", "title": "班会"}])
@pytest.mark.parametrize("stay", [1, 2, 3])
def test_three_sessions_that_stay_share_a_half_day(course: dict[str, Any], stay: int) -> None:
    three = thirds(**course)
    given = setting(term(days=DAYS[:2]))
    keep = [each.session_id for each in three[:stay]]
    found = arranged(given, {"t1": (*three, session("s9", 1))}, *keep)
    assert found is not None
    assert check(given, found) == []
    assert set(three[:stay]) < set(found["t1"])


def test_a_week_whose_half_days_hold_three_sessions_each_is_laid_out() -> None:
    halves = [(day, half) for day in range(5) for half in ("morning", "afternoon")]
    table = tuple(each for day, half in halves for each in thirds(day, half, "abc"[day % 3]))
    found = arranged(setting(), {"t1": table})
    assert found is not None
    assert check(setting(), found) == []


def test_sessions_share_a_half_day_where_their_lecturers_come_for_no_other() -> None:
    days = DAYS[:2]
    away = (Away(days[0], days[0], "afternoon"), Away(days[1], days[1]))
    staff = {**LECTURERS, "a": dataclasses.replace(LECTURERS["a"], away=away)}
    given = setting(term(days=days), lecturers=staff)
    table = (session("s1", 1, **FIRST), session("s2", 1, "afternoon", hours=1), session("s3", lecturer_id="b"))
    found = arranged(given, {"t1": table})
    assert found is not None
    assert check(given, found) == []


def test_half_days_are_cut_no_finer_than_they_have_to_be() -> None:
    def parts(*hours: int, keep: tuple[str, ...] = ()) -> int:
        table = tuple(session(f"s{n}", n % 2, hours=each) for n, each in enumerate(hours))
        return demand_of(setting(term(days=DAYS[:2])), {"t1": table}, set(keep), {}).problem.halves[0]

    assert parts(4, 1, 2, 3) == 1
    assert parts(4, 1, 2, 3, keep=("s1",)) == 1
    assert parts(4, 2, 2, 2, 3) == 2
    assert parts(4, 1, 2, 2, 3) == 2
    assert parts(4, 4, 3, 2, 2, 1) == 4


def test_each_lecture_in_a_chain_that_stays_has_a_time_of_its_own() -> None:
    first, second, third = thirds()
    chain = (
        first,
        dataclasses.replace(second, room_id="r2"),
        dataclasses.replace(third, lecturer_id="b", room_id="r2"),
    )
    given = setting(term("t1", days=DAYS[:1]), term("t2", "r2", days=DAYS[:1]))
    more = session("s9", 0, "afternoon", lecturer_id="b")
    found = arranged(given, {"t1": (chain[0],), "t2": (*chain[1:], more)}, *(each.session_id for each in chain))
    assert found is not None
    assert check(given, found) == []
    assert set(chain) < {*found["t1"], *found["t2"]}


def test_more_sessions_than_a_half_day_has_hours_stay_in_one_room_of_several_terms() -> None:
    terms = [term(f"t{n}", f"r{n}", days=DAYS[:1]) for n in range(5)]
    rooms = {**ROOMS, **{f"r{n}": dataclasses.replace(ROOMS["r1"], id=f"r{n}") for n in range(5)}}
    times = ("08:30", "09:10", "09:50", "10:30", "11:10", "11:50")
    tables = {}
    for n in range(5):
        fields: dict[str, Any] = {"hours": 1, "lecturer_id": None, "starts_at": times[n], "ends_at": times[n + 1]}
        short = session(f"s{n}", room_id="hall", **fields)
        tables[f"t{n}"] = (short, session(f"x{n}", hours=3, room_id=f"r{n}", lecturer_id=None))
    given = setting(*terms, rooms=rooms)
    kept = [f"s{n}" for n in range(5)]
    found = arranged(given, tables, *kept)
    assert found is not None
    assert check(given, found) == []
    assert all(tables[f"t{n}"][0] in found[f"t{n}"] for n in range(5))


def test_a_lecturer_has_time_to_come_from_a_session_that_stays_on_another_campus() -> None:
    far = session("s1", room_id="hall", hours=1, ends_at="09:20")
    given = setting(term("t1", days=DAYS[:1]), term("t2", "r2", days=DAYS[:1]))
    near = session("s2", room_id="r2", hours=1, starts_at="09:20", ends_at="10:15")
    rest = (
        session("s3", hours=3, lecturer_id="b", room_id="r2"),
        session("s4", 0, "afternoon", lecturer_id="b", room_id="r2"),
    )
    found = arranged(given, {"t1": (far,), "t2": (near, *rest)}, "s1", "s4")
    assert found is not None
    assert check(given, found) == []


@pytest.mark.parametrize(("mornings", "hours"), [(2, 2), (1, 1)])
def test_a_lecturer_teaches_on_two_campuses_in_different_half_days_where_that_can_be(mornings: int, hours: int) -> None:
    days = DAYS[:2]
    away = tuple(Away(day, day, half) for day in days for half in ("morning", "afternoon"))
    staff = {**LECTURERS, "a": dataclasses.replace(LECTURERS["a"], away=(*away[1:2], *away[1 + mornings :]))}
    rooms = {**ROOMS, "r2": dataclasses.replace(ROOMS["r2"], campus_id="east")}
    given = setting(term("t1", days=days), term("t2", "r2", days=days), lecturers=staff, rooms=rooms)
    tables: dict[str, Table] = {}
    for term_id, room_id in (("t1", "r1"), ("t2", "r2")):
        rest = [session(f"{term_id}-{n}", hours=2, lecturer_id=None, room_id=room_id) for n in range(6)]
        tables[term_id] = (session(f"{term_id}-a", hours=hours, room_id=room_id), *rest)
    found = arranged(given, tables)
    assert found is not None
    if mornings == 2:
        assert check(given, found) == []


def test_a_lecture_begins_as_early_as_it_can() -> None:
    days = DAYS[:1]
    table = tuple(session(f"s{n}", hours=hours) for n, hours in enumerate((2, 1, 3, 1)))
    demand = demand_of(setting(term(days=days)), {"t1": table}, set(), {})
    problem = demand.problem
    assert problem.halves == (4, 4)
    late = {"c0": 1, "c1": 7, "c2": 4, "c3": 3}
    placed = tuple(Placed(id, 1, slot, "r1") for id, slot in late.items())
    tidy = {at.course_id: at.slot for at in settled(problem, Timetable(placed)).lectures}
    assert tidy == {**late, "c0": 0, "c3": 2}
    kept = dataclasses.replace(problem, pins=(placed[0],))
    assert {at.course_id: at.slot for at in settled(kept, Timetable(placed)).lectures} == late


def test_a_joint_lecture_stays_for_all_its_terms() -> None:
    joint = session("s1", joint_id="j", room_id="hall", hours=2, starts_at="09:00", ends_at="10:45")
    other = dataclasses.replace(joint, session_id="s9")
    given = setting(term("t1", days=DAYS[:1]), term("t2", "r2", days=DAYS[:1]))
    rest = tuple(session(f"s{n}", half="afternoon", hours=2, lecturer_id="b") for n in (2, 3))
    found = arranged(given, {"t1": (joint, *rest), "t2": (other,)}, "s9")
    assert found is not None
    assert check(given, found) == []
    assert (found["t1"][0], found["t2"]) == (joint, (other,))


def test_what_the_check_refuses_does_not_stay() -> None:
    clashing = shared_with(session("s9", room_id="r2"))
    assert arranged(clashing, {"t1": (session("s1", **FIRST),)}, "s1") is None
    staff = {"a": Lecturer("a", "甲", "full", "党校", away=(Away(MONDAY, MONDAY, "morning"),))}
    away = shared_with(session("s9", room_id="r2", **SECOND), lecturers=staff)
    assert arranged(away, {"t1": (session("s1", **FIRST),)}, "s1") is None
    long = (session("s1", hours=3, ends_at="10:15"), session("s2", lecturer_id="b", **SECOND))
    assert arranged(setting(), {"t1": long}, "s1", "s2") is None
    demand = demand_of(setting(), {"t1": long}, {"s1", "s2"}, {})
    assert {each.rule for each in reasons(demand.problem, "infeasible")} == {"pin_impossible"}


def test_a_term_held_online_takes_no_room_and_leaves_its_lectures_none() -> None:
    online = term("t2", None, online=True)
    given = setting(term("t1"), online, reserved={("r2", day): "t3" for day in DAYS})
    table = tuple(session(f"s{n}", n, room_id=room_id) for n, room_id in ((1, "r2"), (2, None)))
    found = arranged(given, {"t1": (session("s3"),), "t2": table})
    assert found is not None
    assert check(given, found) == []
    assert [each.room_id for each in found["t1"]] == ["r1"]
    assert [each.room_id for each in found["t2"]] == [None, None]


def test_a_joint_lecture_is_held_in_a_room_while_one_of_its_terms_comes() -> None:
    here, online = term("t1"), term("t2", None, online=True)
    joint = session("s1", joint_id="j", room_id="hall")
    tables = {"t1": (joint,), "t2": (dataclasses.replace(joint, session_id="s2"),)}
    given = setting(here, online)
    found = arranged(given, tables)
    assert found is not None
    assert check(given, found) == []
    assert found["t1"][0].room_id == "hall"
    both = setting(term("t1", None, online=True), online)
    found = arranged(both, tables)
    assert found is not None
    assert [each.room_id for table in found.values() for each in table] == [None, None]


@pytest.mark.parametrize("keep", [(), ("s1",)])
def test_self_study_without_a_room_is_given_none(keep: tuple[str, ...]) -> None:
    alone = session("s1", form="self_study", lecturer_id=None, room_id=None)
    within = session("s2", 1, form="self_study", lecturer_id=None, course_id=alone.course_id)
    found = arranged(setting(), {"t1": (alone, within, session("s3", 2))}, *keep)
    assert found is not None
    assert check(setting(), found) == []
    assert {each.session_id: each.room_id for each in found["t1"]} == {"s1": None, "s2": "r1", "s3": "r1"}
