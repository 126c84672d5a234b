"""Terms on the calendar: by a scheduler, by hand, and what pushes them away again."""

from __future__ import annotations

from datetime import date

import pytest

from services.scheduling import contract
from services.scheduling.contract import (
    NothingToPlaceIn,
    PlacementRunning,
    PlanNotApproved,
    SchedulerUnknown,
    TermClash,
    TermHasAdmitted,
    TermIsCancelled,
)
from services.scheduling.contract.parts import PLANNERS
from shared.calendar import CalendarUnknown, WorkingCalendar
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.security.caller import Caller, Role
from tests.integration.scheduling.conftest import School, draft, programme


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_terms_are_placed_and_each_is_told_once(school: School, scheduler: str) -> None:
    school.places()
    plan = school.approved(programme(1), programme(2, kind="seminar", terms=1, trainees=50, days=3))
    school.harness.take()
    asked = school.call(
        contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "wait_seconds": 0, "seconds": 2, "scheduler": scheduler}
    )
    assert asked["state"] == "running"
    seen = school.pump()
    done = school.call(contract.GET_PLACEMENT, {"placement_id": asked["placement_id"]})
    assert (done["state"], done["terms"], len(done["placed"]), done["unplaced"]) == ("done", 3, 3, [])
    assert done["cost"] == sum(done["costs"].values())
    said = {"cp_sat": "全部排定，已证明最优", "greedy": "全部排定，与最优的差距尚不清楚"}
    assert done["verdict"]["zh"] == said[scheduler]
    placed = [each.data for each in seen if each.type == contract.TERM_PLACED.type]
    assert len(placed) == 3
    calendar = WorkingCalendar()
    for term in placed:
        assert (
            calendar.working_days_between(date.fromisoformat(term["starts_on"]), date.fromisoformat(term["ends_on"]))
            == term["days"]
        )
        assert term["room_title"].startswith("教室")
        assert (term["campus_title"], term["opens_at"], term["replacement_notice_days"]) == ("主校区", "09:00", 5)
        assert term["reports_on"] <= term["starts_on"]
    rows = school.terms(plan["plan_id"])
    assert {term["state"] for term in rows} == {"placed"}
    assert all(term["replacement_deadline"] < term["starts_on"] for term in rows)
    assert school.place(plan["plan_id"])["terms"] == 0
    assert [each.type for each in school.pump()] == []


def test_what_cannot_be_placed_is_named_with_its_reason_and_the_rest_is_placed(school: School) -> None:
    school.places(beds=50, r1=45)
    school.call(
        contract.PUT_BLACKOUT,
        {"blackout_id": "spring", "title": "疫情防控", "starts_on": "2020-01-23", "ends_on": "2020-05-10"},
    )
    plan = school.approved(
        programme(1, terms=1, trainees=40),
        programme(2, terms=1, trainees=48),
        programme(3, terms=1, trainees=40, starts_on="2020-05-01", ends_on="2020-05-08", days=3),
        programme(4, terms=1, trainees=40, starts_on="2020-06-20", ends_on="2020-06-29", days=5),
    )
    done = school.place(plan["plan_id"], scheduler="cp_sat")
    assert [each["starts_on"] >= "2020-05-11" for each in done["placed"]] == [True]
    reasons = {each["label"]["en"]: each["reasons"][0] for each in done["unplaced"]}
    assert reasons["programme 2, term 1"]["code"] == "room-too-small"
    assert "48人" in reasons["programme 2, term 1"]["words"]["zh"]
    assert reasons["programme 3, term 1"]["code"] == "blackout"
    assert "“疫情防控”（1月23日至5月10日）" in reasons["programme 3, term 1"]["words"]["zh"]
    assert reasons["programme 4, term 1"]["code"] == "run-too-short"
    assert "端午" in reasons["programme 4, term 1"]["words"]["zh"]
    assert done["placed_bound"] == 1


def test_beds_are_counted_day_by_day_and_the_shortage_is_said(school: School) -> None:
    school.places(beds=60, r1=60, r2=60)
    window = {"terms": 1, "trainees": 40, "starts_on": "2020-05-11", "ends_on": "2020-05-15", "days": 5}
    plan = school.approved(programme(1, **window), programme(2, **window))
    done = school.place(plan["plan_id"])
    assert len(done["placed"]) == 1
    (left,) = done["unplaced"]
    assert left["reasons"][0]["code"] == "beds-exceeded"
    assert "床位60张" in left["reasons"][0]["words"]["zh"]
    assert "5月10日至5月15日共需80张，超出20张" in left["reasons"][0]["words"]["zh"]
    assert left["reasons"][0]["details"]["excess"] == 20


def test_a_placement_needs_an_approved_plan_rooms_and_a_scheduler(school: School) -> None:
    draft_plan = school.call(contract.CREATE_PLAN, draft())
    with pytest.raises(PlanNotApproved):
        school.call(contract.PLACE_TERMS, {"plan_id": draft_plan["plan_id"]})
    plan = school.approved()
    with pytest.raises(NothingToPlaceIn):
        school.call(contract.PLACE_TERMS, {"plan_id": plan["plan_id"]})
    school.places()
    with pytest.raises(SchedulerUnknown) as refusal:
        school.call(contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "scheduler": "magic"})
    assert refusal.value.details["known"] == ["cp_sat", "greedy"]
    with pytest.raises(NotFound):
        school.call(contract.PLACE_TERMS, {"plan_id": "plan_none"})
    school.call(contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "wait_seconds": 0})
    with pytest.raises(PlacementRunning):
        school.call(contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "wait_seconds": 0})


def test_a_year_without_a_holiday_table_is_refused_in_words(school: School) -> None:
    school.places()
    plan = school.approved(programme(starts_on="2031-05-06", ends_on="2031-07-31"), year=2031)
    done = school.place(plan["plan_id"])
    assert done["state"] == "failed"
    assert "节假日安排尚未收录" in done["failure"]["zh"]
    with pytest.raises(CalendarUnknown):
        school.call(contract.LIST_CALENDAR_DAYS, {"from_day": "2031-01-01", "to_day": "2031-01-02"})


def test_a_result_that_something_overtook_is_not_taken(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40, starts_on="2020-05-11", ends_on="2020-05-15"))
    school.harness.take()
    asked = school.call(contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "wait_seconds": 0, "scheduler": "greedy"})
    from services.scheduling.commands.placements import conclude, problem_of
    from services.scheduling.domain.placement_greedy import solve_greedily

    kit = school.harness.kit
    view = kit.store.view(kit.own_context())
    from services.scheduling.store import PLACEMENTS

    problem, _ = problem_of(view, view.rows(PLACEMENTS).get(asked["placement_id"]))
    solution = solve_greedily(problem)
    assert len(solution.placed) == 1
    school.call(
        contract.PUT_BLACKOUT, {"blackout_id": "b", "title": "封控", "starts_on": "2020-05-12", "ends_on": "2020-05-12"}
    )
    kit.store.transact(
        kit.own_context(), lambda tx: {"done": bool(conclude(tx, asked["placement_id"], solution))}, operation="test"
    )
    ended = school.call(contract.GET_PLACEMENT, {"placement_id": asked["placement_id"]})
    assert ended["state"] == "failed"
    assert "封控" in ended["failure"]["zh"]
    assert school.terms(plan["plan_id"])[0]["state"] == "planned"


def test_a_blackout_pushes_terms_away_and_the_next_placement_moves_them(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    first = school.place(plan["plan_id"])["placed"][0]
    school.harness.take()
    blackout = school.call(
        contract.PUT_BLACKOUT,
        {
            "blackout_id": "summer",
            "title": "东湖封控",
            "starts_on": first["starts_on"],
            "ends_on": first["ends_on"],
            "districts": ["city.donghu"],
        },
    )
    assert blackout["due_terms"] == [first["term_id"]]
    term = school.call(contract.GET_TERM, {"term_id": first["term_id"]})
    assert term["due"]
    assert "东湖封控" in term["due_reason"]["zh"]
    again = school.place(plan["plan_id"])
    assert again["placed"][0]["starts_on"] > first["ends_on"]
    seen = school.pump()
    assert seen == []
    assert not school.call(contract.GET_TERM, {"term_id": first["term_id"]})["due"]


def test_moved_terms_are_told_as_moved_with_a_higher_version(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    term = school.terms(plan["plan_id"])[0]
    moved = school.call(
        contract.MOVE_TERM,
        {"term_id": term["term_id"], "starts_on": "2020-06-15", "room_id": "r2", "reason": "教师出差"},
        expected_version=term["version"],
    )
    assert (moved["starts_on"], moved["ends_on"], moved["reports_on"]) == ("2020-06-15", "2020-06-19", "2020-06-14")
    assert (moved["room_id"], moved["pinned"]) == ("r2", True)
    told = school.harness.emitted(contract.TERM_MOVED)
    assert [each.data["starts_on"] for each in told] == ["2020-06-15"]
    assert told[0].data["version"] == moved["version"] > term["version"]
    with pytest.raises(StaleVersion):
        school.call(
            contract.MOVE_TERM,
            {"term_id": term["term_id"], "starts_on": "2020-06-08"},
            expected_version=term["version"],
        )
    kept = school.place(plan["plan_id"], again=True)
    assert (kept["terms"], kept["kept"]) == (0, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"starts_on": "2020-06-13"}, "no-span"),
        ({"starts_on": "2020-06-24"}, "no-span"),
        ({"starts_on": "2020-08-03"}, "no-span"),
        ({"room_id": "tiny"}, "capacity"),
        ({"room_id": "r2", "starts_on": "2020-06-08"}, "room-clash"),
    ],
)
def test_a_hand_move_keeps_the_same_rules(school: School, change: dict[str, str], code: str) -> None:
    school.places(beds=200, r1=60, r2=60, tiny=10)
    plan = school.approved(programme(1, terms=1, trainees=40), programme(2, terms=1, trainees=40))
    school.place(plan["plan_id"])
    one, two = school.terms(plan["plan_id"])
    school.call(contract.MOVE_TERM, {"term_id": one["term_id"], "starts_on": "2020-06-15", "room_id": "r1"})
    school.call(contract.MOVE_TERM, {"term_id": two["term_id"], "starts_on": "2020-06-08", "room_id": "r2"})
    with pytest.raises(TermClash) as refusal:
        school.call(contract.MOVE_TERM, {"term_id": one["term_id"], **change})
    assert code in {each["code"] for each in refusal.value.details["violations"]}
    unmoved = school.call(contract.GET_TERM, {"term_id": one["term_id"]})
    assert (unmoved["starts_on"], unmoved["room_id"]) == ("2020-06-15", "r1")


def test_a_term_can_be_placed_by_hand_alone_and_unpinned_again(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    term = school.terms(plan["plan_id"])[0]
    with pytest.raises(Invalid):
        school.call(contract.MOVE_TERM, {"term_id": term["term_id"]})
    placed = school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": "2020-06-15"})
    assert (placed["state"], placed["room_id"]) == ("placed", "r1")
    assert len(school.harness.emitted(contract.TERM_PLACED)) == 1
    assert not school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "pinned": False})["pinned"]


def test_cancelling_a_term_with_admitted_people_must_be_meant(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    term = school.terms(plan["plan_id"])[0]
    school.admit(term["term_id"], 2)
    with pytest.raises(TermHasAdmitted):
        school.call(contract.CANCEL_TERM, {"term_id": term["term_id"], "reason": "疫情"})
    gone = school.call(contract.CANCEL_TERM, {"term_id": term["term_id"], "reason": "疫情", "release_admitted": True})
    assert gone["state"] == "cancelled"
    (told,) = school.harness.emitted(contract.TERM_CANCELLED)
    assert (told.data["reason"], told.data["version"]) == ("疫情", gone["version"])
    with pytest.raises(TermIsCancelled):
        school.call(contract.CANCEL_TERM, {"term_id": term["term_id"], "reason": "又一次"})
    with pytest.raises(TermIsCancelled):
        school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": "2020-06-15"})


def test_terms_that_stay_are_not_counted_among_those_that_could_be_placed(school: School) -> None:
    school.places(r1=60)
    week = {"terms": 1, "trainees": 40, "starts_on": "2020-05-11", "ends_on": "2020-05-15"}
    school.place(school.approved(programme(1, **week))["plan_id"])
    done = school.place(school.approved(programme(2, **week))["plan_id"], scheduler="cp_sat")
    assert (done["placed"], len(done["unplaced"]), done["placed_bound"]) == ([], 1, 0)
    assert done["verdict"]["zh"].startswith("已排0期，已证明最多")


def test_people_admitted_keep_their_term_where_it_is(school: School) -> None:
    school.places()
    plan = school.approved()
    school.place(plan["plan_id"])
    first = school.terms(plan["plan_id"])[0]
    school.admit(first["term_id"], 1)
    again = school.place(plan["plan_id"], again=True)
    assert (again["terms"], again["kept"]) == (1, 1)


def test_a_new_name_of_a_room_reaches_the_terms_in_it(school: School) -> None:
    school.places(r1=60)
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    school.harness.take()
    school.call(contract.PUT_ROOM, {"room_id": "r1", "campus_id": "main", "title": "新报告厅", "capacity": 60})
    assert [each.data["room_title"] for each in school.harness.emitted(contract.TERM_MOVED)] == ["新报告厅"]
    smaller = school.call(
        contract.PUT_ROOM, {"room_id": "r1", "campus_id": "main", "title": "新报告厅", "capacity": 30}
    )
    assert len(smaller["due_terms"]) == 1


def test_places_that_make_no_sense_are_refused(school: School) -> None:
    with pytest.raises(NotFound):
        school.call(contract.PUT_ROOM, {"room_id": "r", "campus_id": "nowhere", "title": "x", "capacity": 10})
    with pytest.raises(Invalid):
        school.call(
            contract.PUT_BLACKOUT,
            {"blackout_id": "b", "title": "x", "starts_on": "2020-05-02", "ends_on": "2020-05-01"},
        )
    with pytest.raises(Invalid):
        school.call(contract.PUT_CAMPUS, {"campus_id": "../x", "title": "x", "district": "c", "beds": 1})
    school.places()
    assert [room["room_id"] for room in school.call(contract.LIST_ROOMS)["items"]] == ["r1", "r2"]
    blackout = {"blackout_id": "b", "title": "x", "starts_on": "2020-05-01", "ends_on": "2020-05-02"}
    school.call(contract.PUT_BLACKOUT, blackout)
    school.call(contract.LIFT_BLACKOUT, {"blackout_id": "b"})
    assert school.call(contract.LIST_BLACKOUTS)["items"] == []


def test_a_policy_that_was_set_holds_from_then_on_and_is_no_version_of_the_plan(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40, starts_on="2020-05-11"))
    school.place(plan["plan_id"], policy={"report_ahead": 0})
    term = school.terms(plan["plan_id"])[0]
    assert term["reports_on"] == term["starts_on"]
    moved = school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": "2020-06-15"})
    assert moved["reports_on"] == "2020-06-15"
    assert school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]})["version"] == plan["version"]
    with pytest.raises(Invalid):
        school.call(contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "policy": {"weather": 1}})


def test_an_amended_window_makes_terms_due_and_the_next_placement_tells_of_the_move(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    school.place(plan["plan_id"])
    school.harness.take()
    school.call(
        contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "programmes": [{"ordinal": 1, "starts_on": "2020-07-06"}]}
    )
    term = school.terms(plan["plan_id"])[0]
    assert (term["state"], term["due"]) == ("placed", True)
    assert "2020-07-06" in term["due_reason"]["zh"]
    asked = school.call(
        contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "wait_seconds": 0, "scheduler": "greedy", "seconds": 1}
    )
    moved = [each.data["starts_on"] for each in school.pump() if each.type == contract.TERM_MOVED.type]
    assert school.call(contract.GET_PLACEMENT, {"placement_id": asked["placement_id"]})["state"] == "done"
    assert moved[-1] >= "2020-07-06"


def test_a_solve_longer_than_a_handler_may_run_is_refused_at_once(school: School) -> None:
    school.places()
    plan = school.approved()
    with pytest.raises(Invalid, match="DIAOXUN_HANDLER_SECONDS"):
        school.place(plan["plan_id"], seconds=600)
    assert school.call(contract.LIST_PLACEMENTS, {"plan_id": plan["plan_id"]})["items"] == []


def test_every_command_of_a_planner_takes_a_caller_for_the_whole_city(school: School) -> None:
    commands = [each for each in contract.CONTRACT.operations if each.kind == "command" and PLANNERS & each.roles]
    assert [each.name for each in commands if not each.citywide] == ["read_notice"]
    district = Caller("test:district", frozenset({Role.ORGANISATION_DEPARTMENT}), ("city.donghu",))
    with pytest.raises(Forbidden):
        school.call(contract.CREATE_PLAN, draft(), caller=district)
