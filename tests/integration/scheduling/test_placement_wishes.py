"""Months, spacing and kinds of beds: from the plan to the calendar, with what they cost and why they may not fit."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from services.scheduling.contract.plans import ROLL_PLAN
from services.scheduling.store import CAMPUSES, PLANS, TERMS
from shared.errors import Invalid
from tests.integration.scheduling.conftest import School, draft, programme
from tests.integration.scheduling.older import forget

SINGLE = {"kind": "single", "title": "一号楼", "beds": 45}
WEEK = {"terms": 1, "trainees": 40, "starts_on": "2020-05-11", "ends_on": "2020-05-15"}


def campus(school: School, *dormitories: dict[str, Any], beds: int = 200, **changes: Any) -> dict[str, Any]:
    card = {"campus_id": "main", "title": "主校区", "district": "city.donghu", "beds": beds, "address": "东湖路1号"}
    return school.call(contract.PUT_CAMPUS, {**card, "dormitories": list(dormitories), **changes})


def test_terms_open_in_the_wanted_months_or_cost_what_that_weighs(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40, months=[7]))
    done = school.place(plan["plan_id"], scheduler="cp_sat", policy={"weight_target": 1})
    assert done["placed"][0]["starts_on"] == "2020-07-06"
    assert (done["costs"]["months"], done["costs"]["target"]) == (0, 10 * 5)
    school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "programmes": [{"ordinal": 1, "months": [12]}]})
    again = school.place(plan["plan_id"], scheduler="cp_sat", again=True)
    assert again["placed"][0]["starts_on"] == "2020-05-11"
    assert (again["costs"]["months"], again["costs"]["target"]) == (1000, 10 * 5)


def test_a_programmes_own_spacing_outdoes_that_of_the_policy(school: School) -> None:
    school.places()
    near = school.approved(programme(spacing_days=0, starts_on="2020-05-11", ends_on="2020-05-22"))
    assert school.place(near["plan_id"], scheduler="cp_sat")["costs"]["spacing"] == 0
    far = school.approved(programme(spacing_days=21, starts_on="2020-06-01", ends_on="2020-06-12"))
    done = school.place(far["plan_id"], scheduler="cp_sat")
    starts = sorted(each["starts_on"] for each in done["placed"])
    assert starts == ["2020-06-01", "2020-06-08"]
    assert done["costs"]["spacing"] == 10 * 5 * (21 - 7)


def test_those_who_ask_for_a_kind_of_beds_find_as_many_as_there_are(school: School) -> None:
    school.places(r1=60, r2=60)
    campus(school, SINGLE)
    plan = school.approved(programme(1, bed_kind="single", **WEEK), programme(2, bed_kind="single", **WEEK))
    done = school.place(plan["plan_id"], scheduler="cp_sat")
    (left,) = done["unplaced"]
    assert (len(done["placed"]), done["placed_bound"]) == (1, 1)
    assert left["reasons"][0]["code"] == "beds-exceeded"
    assert "主校区一号楼“single”类床位45张，5月10日至5月15日共需80张，超出35张" in left["reasons"][0]["words"]["zh"]
    (conflict,) = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"]})["conflicts"]
    beds = [each for each in conflict["demands"] if each["rule"] == "beds"]
    assert [each["subject"] for each in beds] == ["main"]
    assert "一号楼" in beds[0]["words"]["zh"]
    campus(school, {**SINGLE, "beds": 80})
    assert len(school.place(plan["plan_id"])["placed"]) == 1


def test_fewer_beds_of_a_kind_make_the_terms_that_sleep_there_due(school: School) -> None:
    school.places()
    campus(school, SINGLE)
    plan = school.approved(programme(bed_kind="single", **WEEK))
    school.place(plan["plan_id"])
    (term,) = school.terms(plan["plan_id"])
    assert campus(school, {**SINGLE, "beds": 39})["due_terms"] == [term["term_id"]]
    again = school.place(plan["plan_id"])
    assert again["unplaced"][0]["reasons"][0]["code"] == "beds-too-few"
    assert "需“single”类床位40张，校区“single”类床位最多只有39张" in again["unplaced"][0]["reasons"][0]["words"]["zh"]
    assert campus(school, SINGLE)["due_terms"] == []


def test_dormitories_hold_no_more_beds_than_their_campus(school: School) -> None:
    kept = campus(school, SINGLE, {**SINGLE, "title": "二号楼", "beds": 155})
    assert [each["title"] for each in kept["dormitories"]] == ["一号楼", "二号楼"]
    with pytest.raises(Invalid, match="合计201张，超过校区总床位200张"):
        campus(school, SINGLE, {**SINGLE, "title": "二号楼", "beds": 156})
    for wrong in ({"kind": "单人"}, {"beds": 0}, {"title": ""}):
        with pytest.raises(Invalid):
            campus(school, {**SINGLE, **wrong})


def test_wishes_are_amended_compared_and_rolled_forward(school: School) -> None:
    plan = school.call(contract.CREATE_PLAN, draft(programme(months=[5, 6], bed_kind="single", spacing_days=10)))
    id = plan["plan_id"]
    said = plan["programmes"][0]
    assert (said["months"], said["bed_kind"], said["spacing_days"]) == ([5, 6], "single", 10)
    changes = {"ordinal": 1, "months": [], "bed_kind": None, "spacing_days": 30}
    school.call(contract.AMEND_PLAN, {"plan_id": id, "programmes": [changes]})
    diff = school.call(contract.COMPARE_PLAN, {"plan_id": id, "from_version": 1})
    assert {each["words"]["zh"] for each in diff["changes"]} == {
        "第1班的希望开班的月份有调整",
        "第1班的床位类型由single改为未填",
        "第1班的各期开班宜相隔的天数由10改为30",
    }
    rolled = school.call(ROLL_PLAN, {"plan_id": id})
    assert rolled["programmes"][0]["spacing_days"] == 30
    for wrong in ({"months": [13]}, {"months": [0]}, {"spacing_days": 367}, {"bed_kind": "单人间"}):
        with pytest.raises(Invalid):
            school.call(contract.CREATE_PLAN, draft(programme(**wrong)))


def test_what_an_older_release_left_is_read_as_saying_nothing(school: School) -> None:
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    names = ("months", "bed_kind", "spacing_days")
    forget(school, PLANS, *names, inside="programmes")
    forget(school, TERMS, *names)
    forget(school, CAMPUSES, "dormitories")
    shown = school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]})["programmes"][0]
    assert [shown[name] for name in names] == [[], None, None]
    assert school.call(contract.LIST_CAMPUSES)["items"][0]["dormitories"] == []
    assert len(school.place(plan["plan_id"])["placed"]) == 1
    school.harness.take()
    school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "title": "改名"})
    assert school.harness.emitted(contract.TERM_MOVED) == []
    version = school.call(contract.LIST_CAMPUSES)["items"][0]["version"]
    assert campus(school)["version"] == version
