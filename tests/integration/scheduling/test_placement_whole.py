"""A year with every rule at once, placed through the operations, against a problem written down by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.contract import lecturers, sending_units
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from services.scheduling.domain.placement import (
    Absence,
    Campus,
    Costs,
    Dormitory,
    Lecturer,
    Need,
    Order,
    Placed,
    Policy,
    Problem,
    Room,
    Share,
    Term,
    Unit,
)
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_cost import table_costs
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.wire import from_wire
from shared.errors import Invalid, StaleVersion
from tests.integration.scheduling.conftest import School, draft, programme
from tests.integration.scheduling.teaching import by_school, register
from tests.unit.scheduling.year_problems import days

FIRST, LAST = "2020-05-11", "2020-06-19"
WINDOW = {"starts_on": FIRST, "ends_on": LAST}
WEN, LIANG = {"lecturer_id": "wen", "days": [1, 2]}, {"lecturer_id": "liang", "days": []}
DONGHU, YUNLING = {"unit_id": "city.donghu", "people": 15}, {"unit_id": "city.yunling", "people": 12}
POLICY = Policy(weight_balance=0)


def city(school: School) -> None:
    campus = {"campus_id": "main", "title": "主校区", "district": "city.donghu", "beds": 90, "address": "东湖路1号"}
    school.places(beds=90, r1=60, r2=45)
    school.call(contract.PUT_CAMPUS, {**campus, "dormitories": [{"kind": "single", "title": "一号楼", "beds": 45}]})
    register(school, "wen")
    register(school, "liang")
    away = [{"starts_on": "2020-05-18", "ends_on": "2020-05-22", "half": None}]
    by_school(school, lecturers.PUT_UNAVAILABILITY, {"lecturer_id": "wen", "unavailable": away})
    for unit_id, title, staff, far in (("city.donghu", "东湖区委", 100, False), ("city.yunling", "云岭县委", 90, True)):
        unit = {"unit_id": unit_id, "title": title, "staff": staff, "far": far}
        school.call(sending_units.PUT_SENDING_UNIT, unit)


def year(school: School) -> dict[str, Any]:
    one, order = {"terms": 1, "trainees": 40, **WINDOW}, {"before": {"programme": 2}, "after": {"programme": 3}}
    return school.approved(
        programme(
            1, **WINDOW, trainees=80, bed_kind="single", months=[6], spacing_days=21, lecturers=[WEN], shares=[DONGHU]
        ),
        programme(2, **one, lecturers=[{**LIANG}], shares=[DONGHU, YUNLING]),
        programme(3, **one, lecturers=[{**LIANG}], shares=[YUNLING]),
        programme(4, **one, bed_kind="single", lecturers=[{**WEN}, {"lecturer_id": "liang", "days": [5]}], months=[5]),
        orders=[{**order, "delay_days": 9}],
    )


def by_hand(school: School, plan_id: str) -> Problem:
    """What the request says, written down without the service's own mapping."""
    ids = {(each["programme_ordinal"], each["ordinal"]): each for each in school.terms(plan_id)}

    def term(programme_: int, number: int, target: date, **more: Any) -> Term:
        doc = ids[programme_, number]
        window = (date.fromisoformat(FIRST), date.fromisoformat(LAST))
        return Term(
            doc["term_id"], doc["programme_id"], programme_, number, "班", 5, 40, *window, target=target, **more
        )

    wen, liang, last_day = Need("wen", (1, 2)), Need("liang"), Need("liang", (5,))
    donghu, yunling = Share("city.donghu", 15), Share("city.yunling", 12)
    first, june, last = date(2020, 5, 11), date(2020, 6, 1), date(2020, 6, 15)
    series = {"bed_kind": "single", "months": (6,), "spacing": 21, "needs": (wen,), "shares": (donghu,)}
    return Problem(
        (
            term(1, 1, june, **series),
            term(1, 2, last, **series),
            term(2, 1, first, needs=(liang,), shares=(donghu, yunling)),
            term(3, 1, first, needs=(liang,), shares=(yunling,)),
            term(4, 1, first, needs=(wen, last_day), months=(5,), bed_kind="single"),
        ),
        (Room("r1", "教室r1", "main", 60), Room("r2", "教室r2", "main", 45)),
        (Campus("main", "主校区", "city.donghu", 90, (Dormitory("single", "一号楼", 45),)),),
        days(date(2020, 5, 1), date(2020, 6, 30)),
        policy=POLICY,
        lecturers=(
            Lecturer("wen", "教师wen", (Absence(date(2020, 5, 18), date(2020, 5, 22)),)),
            Lecturer("liang", "教师liang"),
        ),
        units=(Unit("city.donghu", "东湖区委", 100), Unit("city.yunling", "云岭县委", 90, far=True)),
        orders=(Order(ids[2, 1]["term_id"], ids[3, 1]["term_id"], 9),),
    )


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_every_rule_holds_and_every_cost_is_the_one_worked_out_by_hand(school: School, scheduler: str) -> None:
    city(school)
    plan = year(school)
    done = school.place(plan["plan_id"], scheduler=scheduler, policy={"weight_balance": 0}, seconds=60)
    assert (done["state"], len(done["placed"]), done["unplaced"]) == ("done", 5, [])
    table = tuple(from_wire(Placed, each) for each in done["placed"])
    problem = by_hand(school, plan["plan_id"])
    assert check(problem, table) == []
    costs = table_costs(Axis(problem), table)
    assert from_wire(Costs, done["costs"]) == costs
    assert done["cost"] == costs.total
    assert min(costs.spacing + costs.target, costs.units, costs.travel) > 0


def test_taking_a_rule_away_makes_the_best_year_cheaper_or_as_cheap(school: School) -> None:
    city(school)
    plan = year(school)
    bound = school.place(plan["plan_id"], scheduler="cp_sat", policy={"weight_balance": 0}, seconds=60)
    school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "orders": []})
    none = [{"ordinal": ordinal, "lecturers": []} for ordinal in (1, 2, 3, 4)]
    school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "programmes": none})
    free = school.place(plan["plan_id"], scheduler="cp_sat", again=True, seconds=60)
    assert (bound["status"], free["status"]) == ("optimal", "optimal")
    assert free["cost"] < bound["cost"]


def test_people_of_one_unit_are_kept_apart_and_those_from_far_come_together(school: School) -> None:
    city(school)
    two_weeks = {"terms": 1, "trainees": 40, "starts_on": FIRST, "ends_on": "2020-05-22"}
    policy = {"weight_target": 0, "weight_balance": 0, "weight_seats": 0}
    near = school.approved(programme(1, **two_weeks, shares=[DONGHU]), programme(2, **two_weeks, shares=[DONGHU]))
    done = school.place(near["plan_id"], scheduler="cp_sat", policy=policy)
    assert len({each["starts_on"] for each in done["placed"]}) == 2
    assert (done["costs"]["units"], done["costs"]["travel"]) == (10 * 5 * (2 * 5), 0)
    june = {**two_weeks, "starts_on": "2020-06-01", "ends_on": "2020-06-12"}
    some = [{**YUNLING, "people": 4}]
    far = school.approved(programme(1, **june, shares=some), programme(2, **june, shares=some))
    done = school.place(far["plan_id"], scheduler="cp_sat", policy=policy)
    assert len({each["starts_on"] for each in done["placed"]}) == 1
    assert (done["costs"]["units"], done["costs"]["travel"]) == (10 * 5 * (2 * 5), 10 * 20)


def test_a_preview_names_the_units_of_those_to_be_told(school: School) -> None:
    city(school)
    plan = school.approved(programme(terms=1, trainees=40, starts_on=FIRST, shares=[DONGHU]))
    school.place(plan["plan_id"])
    (term,) = school.terms(plan["plan_id"])
    ban = {"kind": "ban", "term_id": term["term_id"], "starts_on": FIRST, "ends_on": FIRST}
    seen = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [ban]})
    assert seen["affected"][0]["words"]["zh"].endswith("通知学员40人，涉及东湖区委")


def test_units_are_registered_changed_and_listed(school: School) -> None:
    city(school)
    unit = {"unit_id": "city.donghu", "title": "东湖区委", "staff": 100, "far": False}
    again = school.call(sending_units.PUT_SENDING_UNIT, unit)
    assert again == {**unit, "version": 1}
    larger = school.call(sending_units.PUT_SENDING_UNIT, {**unit, "staff": 120}, expected_version=1)
    assert school.call(sending_units.GET_SENDING_UNIT, {"unit_id": "city.donghu"}) == larger
    listed = school.call(sending_units.LIST_SENDING_UNITS)["items"]
    assert [(each["unit_id"], each["staff"], each["far"]) for each in listed] == [
        ("city.donghu", 120, False),
        ("city.yunling", 90, True),
    ]
    with pytest.raises(StaleVersion):
        school.call(sending_units.PUT_SENDING_UNIT, {**unit, "staff": 1}, expected_version=1)
    with pytest.raises(StaleVersion):
        school.call(sending_units.PUT_SENDING_UNIT, {**unit, "unit_id": "city.new"}, expected_version=1)
    for wrong in ({"unit_id": "city..x"}, {"staff": 0}, {"title": ""}):
        with pytest.raises(Invalid):
            school.call(sending_units.PUT_SENDING_UNIT, {**unit, **wrong})


def test_shares_of_unknown_units_or_of_too_many_people_are_refused(school: School) -> None:
    city(school)
    with pytest.raises(Invalid, match=r"派员单位city\.nowhere没有登记") as refusal:
        school.call(contract.CREATE_PLAN, draft(programme(shares=[{"unit_id": "city.nowhere", "people": 1}])))
    assert refusal.value.details["fields"] == {"programmes.1.shares": ["city.nowhere"]}
    with pytest.raises(Invalid, match=r"city\.donghu出现多次"):
        school.call(contract.CREATE_PLAN, draft(programme(shares=[DONGHU, DONGHU])))
    crowd = programme(trainees=81, shares=[{**DONGHU, "people": 29}, YUNLING])
    plan = school.call(contract.CREATE_PLAN, draft(crowd))
    assert [each["words"]["zh"] for each in plan["blanks"]] == ["第1班每期40人，各单位合计却有41人"]
    fewer = {"ordinal": 1, "shares": [{**DONGHU, "people": 28}, YUNLING]}
    amended = school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "programmes": [fewer]})
    assert amended["blanks"] == []
    diff = school.call(contract.COMPARE_PLAN, {"plan_id": plan["plan_id"], "from_version": 1})
    assert [each["words"]["zh"] for each in diff["changes"]] == ["第1班的各单位每期人数有调整"]
