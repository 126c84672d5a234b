"""Terms that lost their place (due): nobody is kept from it, and they have it back only while nobody lies there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.scheduling.contract import AMEND_PLAN, LIFT_BLACKOUT, PUT_BLACKOUT, PUT_ROOM
from services.scheduling.contract import retimings as contract
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from tests.fixtures.clock import StillClock
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.timetable_desk import Desk

ONE_ROOM = {"r1": 60}


def placed(school: School, first: str, last: str, days: int) -> str:
    """Place a plan of one term within a window, and return its id."""
    wanted = {"terms": 1, "trainees": 40, "days": days, "starts_on": first, "ends_on": last}
    plan: dict[str, Any] = school.approved(programme(**wanted))
    assert school.place(plan["plan_id"])["state"] == "done"
    return str(plan["plan_id"])


def closed(first: str, last: str) -> dict[str, Any]:
    return {"blackout_id": "closed", "title": "停办", "starts_on": first, "ends_on": last}


def standing(school: School, plan_id: str) -> tuple[str, bool]:
    (term,) = school.terms(plan_id)
    return term["starts_on"], term["due"]


def test_a_retiming_goes_where_a_term_of_another_plan_is_struck_by_the_same_blackout(school: School) -> None:
    school.places(**ONE_ROOM)
    mine = placed(school, "2020-05-07", "2020-05-08", 2)
    other = placed(school, "2020-05-11", "2020-05-15", 5)
    ask = {
        "plan_id": mine,
        "blackout": closed("2020-05-06", "2020-05-11"),
        "reason_code": "epidemic",
        "reason": "防控",
        "not_after": "2020-05-15",
    }
    shown = school.call(contract.PREVIEW_RETIMING, ask)
    assert shown["can_proceed"] is True
    begun = school.call(contract.RETIME_TERMS, {**ask, "digest": shown["digest"]})
    school.pump()
    done = school.call(contract.GET_RETIMING, {"retiming_id": begun["retiming_id"]})
    assert (done["state"], done["failure"]) == ("done", None)
    assert standing(school, mine) == ("2020-05-13", False)
    assert standing(school, other) == ("2020-05-11", True)


def test_a_place_somebody_else_has_meanwhile_is_not_given_back_though_the_blackout_is_lifted(school: School) -> None:
    school.places(**ONE_ROOM)
    lost = placed(school, "2020-05-11", "2020-05-15", 5)
    school.call(PUT_BLACKOUT, closed("2020-05-06", "2020-05-11"))
    assert standing(school, lost) == ("2020-05-11", True)
    taken = placed(school, "2020-05-13", "2020-05-15", 2)
    school.call(LIFT_BLACKOUT, {"blackout_id": "closed"})
    assert standing(school, taken) == ("2020-05-13", False)
    (term,) = school.terms(lost)
    assert term["due"] is True
    assert "同用教室" in term["due_reason"]["zh"]


def at(school: School, moment: str) -> None:
    clock = school.harness.equipment.clock
    assert isinstance(clock, StillClock)
    clock.set(datetime.fromisoformat(moment).astimezone(UTC))


def test_what_is_over_is_not_judged_again_and_what_has_begun_is_not_placed_anew(school: School) -> None:
    school.places(**ONE_ROOM)
    over, running = placed(school, "2020-05-11", "2020-05-15", 5), placed(school, "2020-05-18", "2020-05-22", 5)
    at(school, "2020-05-19T09:00+08:00")
    school.call(PUT_ROOM, {"room_id": "r1", "campus_id": "main", "title": "教室r1", "capacity": 20})
    assert standing(school, over) == ("2020-05-11", False)
    assert standing(school, running) == ("2020-05-18", True)
    school.call(PUT_ROOM, {"room_id": "r2", "campus_id": "main", "title": "教室r2", "capacity": 60})
    done = school.place(running)
    assert (done["terms"], done["kept"], done["placed"]) == (0, 2, [])
    assert standing(school, running) == ("2020-05-18", True)
    at(school, "2020-05-25T09:00+08:00")
    school.call(PUT_ROOM, {"room_id": "r2", "campus_id": "main", "title": "教室r2", "capacity": 50})
    assert standing(school, running) == ("2020-05-18", False)


def test_a_term_is_not_placed_into_days_that_are_past(school: School) -> None:
    school.places(**ONE_ROOM)
    at(school, "2020-05-20T09:00+08:00")
    assert standing(school, placed(school, "2020-05-11", "2020-06-12", 5)) == ("2020-05-25", False)
    assert standing(school, placed(school, "2020-04-06", "2020-04-17", 5)) == ("2020-04-13", False)


def test_a_preview_places_nothing_into_days_that_are_past_either(school: School) -> None:
    school.places(**ONE_ROOM)
    wanted = {"terms": 1, "trainees": 40, "days": 5, "starts_on": "2020-05-11", "ends_on": "2020-06-12"}
    plan = school.approved(programme(**wanted))
    at(school, "2020-05-20T09:00+08:00")
    (move,) = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"]})["moves"]
    assert move["starts_on"] == "2020-05-25"


@pytest.mark.parametrize("scheduler", ["greedy", "cp_sat"])
def test_a_long_term_that_spans_a_weekend_is_in_the_way_whatever_the_other_plans_rules(
    school: School, scheduler: str
) -> None:
    school.places(**ONE_ROOM)
    long = placed(school, "2020-06-02", "2020-06-11", 8)
    assert standing(school, long) == ("2020-06-02", False)
    wanted = {"terms": 1, "trainees": 40, "days": 5, "starts_on": "2020-06-01", "ends_on": "2020-06-19"}
    plan = school.approved(programme(**wanted))
    done = school.place(plan["plan_id"], scheduler=scheduler, policy={"longest_run": 10})
    assert (done["state"], [each["starts_on"] for each in done["placed"]]) == ("done", ["2020-06-15"])
    assert standing(school, long) == ("2020-06-02", False)


def test_short_terms_that_a_plan_lets_run_over_a_weekend_are_left_alone(school: School) -> None:
    school.places(**ONE_ROOM)
    wanted = {"terms": 1, "trainees": 40, "days": 5, "starts_on": "2020-06-03", "ends_on": "2020-06-09"}
    plan = school.approved(programme(**wanted))
    assert school.place(plan["plan_id"], policy={"longest_run": 3})["state"] == "done"
    assert standing(school, plan["plan_id"]) == ("2020-06-03", False)


def test_a_lesson_beside_a_lecturers_whole_term_does_not_stop_other_placements(school: School) -> None:
    desk = Desk(school)
    held = {"terms": 1, "trainees": 40, "days": 5, "starts_on": "2020-05-11", "ends_on": "2020-05-15"}
    with_wen = school.approved(programme(**held, lecturers=[{"lecturer_id": "wen"}]))
    assert len(school.place(with_wen["plan_id"])["placed"]) == 1
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    other = school.approved(programme(**{**held, "ends_on": "2020-06-19"}))
    for scheduler in ("greedy", "cp_sat"):
        done = school.place(other["plan_id"], scheduler=scheduler, again=True)
        assert (done["state"], len(done["placed"])) == ("done", 1)


def test_a_term_that_a_placement_anew_leaves_out_gives_way_to_the_one_that_has_its_place(school: School) -> None:
    school.places(**ONE_ROOM)
    week = {"terms": 1, "starts_on": "2020-05-11", "ends_on": "2020-05-15"}
    plan = school.approved(programme(1, **week, trainees=40))
    school.place(plan["plan_id"])
    school.call(AMEND_PLAN, {"plan_id": plan["plan_id"], "programmes": [programme(2, **week, trainees=50)]})
    first, second = (each["term_id"] for each in school.terms(plan["plan_id"]))
    done = school.place(plan["plan_id"], again=True, scheduler="cp_sat")
    assert [each["term_id"] for each in done["placed"]] == [second]
    (left,) = done["unplaced"]
    assert left["term_id"] == first
    lies = {each["term_id"]: each for each in school.terms(plan["plan_id"])}
    assert (lies[first]["due"], lies[second]["due"], lies[second]["starts_on"]) == (True, False, "2020-05-11")
    assert "同用教室" in lies[first]["due_reason"]["zh"]
