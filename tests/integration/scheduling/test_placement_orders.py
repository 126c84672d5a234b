"""Orders between the programmes of a plan: kept by placements and moves, refused where they make no sense."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.contract import retimings
from services.scheduling.contract.parts import TermClash
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from services.scheduling.contract.plans import ROLL_PLAN
from services.scheduling.store import PLAN_VERSIONS, PLANS
from shared.errors import Invalid
from tests.integration.scheduling.conftest import School, draft, programme
from tests.integration.scheduling.older import forget

ONE = {"terms": 1, "trainees": 40}
MAY = {**ONE, "starts_on": "2020-05-11", "ends_on": "2020-05-29"}


def order(
    before: int, after: int, delay: int = 0, first: int | None = None, second: int | None = None
) -> dict[str, Any]:
    return {
        "before": {"programme": before, "term": first},
        "after": {"programme": after, "term": second},
        "delay_days": delay,
    }


def starts(school: School, plan_id: str) -> dict[str, str]:
    return {f"{each['programme_ordinal']}.{each['ordinal']}": each["starts_on"] for each in school.terms(plan_id)}


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_a_programme_opens_after_another_with_the_days_between(school: School, scheduler: str) -> None:
    school.places()
    plan = school.approved(programme(1, **MAY), programme(2, **MAY), orders=[order(2, 1, 3)])
    school.place(plan["plan_id"], scheduler=scheduler)
    assert starts(school, plan["plan_id"]) == {"2.1": "2020-05-11", "1.1": "2020-05-25"}


def test_an_order_may_name_single_terms(school: School) -> None:
    school.places()
    both = programme(1, starts_on="2020-05-11", ends_on="2020-05-22")
    plan = school.approved(both, programme(2, **MAY), orders=[order(1, 2, first=1)])
    school.place(plan["plan_id"], scheduler="cp_sat", policy={"weight_balance": 0})
    assert starts(school, plan["plan_id"]) == {"1.1": "2020-05-11", "1.2": "2020-05-18", "2.1": "2020-05-18"}
    whole = {"plan_id": plan["plan_id"], "orders": [order(1, 2)]}
    school.call(contract.AMEND_PLAN, whole)
    due = {each["programme_ordinal"]: each["due_reason"] for each in school.terms(plan["plan_id"]) if each["due"]}
    assert list(due) in ([1], [2])
    school.place(plan["plan_id"], scheduler="cp_sat", again=True)
    assert starts(school, plan["plan_id"])["2.1"] == "2020-05-25"


def test_what_an_order_leaves_no_place_says_so(school: School) -> None:
    school.places()
    week = {**ONE, "starts_on": "2020-05-11", "ends_on": "2020-05-15"}
    plan = school.approved(programme(1, **week), programme(2, **week), orders=[order(1, 2)])
    done = school.place(plan["plan_id"], scheduler="cp_sat")
    (left,) = done["unplaced"]
    assert (left["reasons"][0]["code"], done["placed_bound"]) == ("order", 1)
    assert "有先后要求" in left["reasons"][0]["words"]["zh"]
    (conflict,) = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"]})["conflicts"]
    assert [each["rule"] for each in conflict["demands"]].count("order") == 1
    (term,) = [each for each in school.terms(plan["plan_id"]) if each["state"] == "planned"]
    with pytest.raises(TermClash) as refusal:
        school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": "2020-05-11", "room_id": "r2"})
    assert [each["code"] for each in refusal.value.details["violations"]] == ["order"]


def test_a_retiming_and_a_preview_keep_the_order(school: School) -> None:
    school.places()
    plan = school.approved(
        programme(1, **MAY), programme(2, **{**MAY, "ends_on": "2020-06-30"}), orders=[order(1, 2, 3)]
    )
    school.place(plan["plan_id"], scheduler="cp_sat")
    assert starts(school, plan["plan_id"]) == {"1.1": "2020-05-11", "2.1": "2020-05-25"}
    one = next(each for each in school.terms(plan["plan_id"]) if each["programme_ordinal"] == 1)
    later = {"kind": "move", "term_id": one["term_id"], "starts_on": "2020-05-18"}
    seen = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"], "changes": [later]})
    assert sorted(each["starts_on"] for each in seen["moves"]) == ["2020-05-18", "2020-06-01"]
    request = {
        "plan_id": plan["plan_id"],
        "term_ids": [one["term_id"]],
        "not_before": "2020-05-18",
        "not_after": "2020-05-24",
        "reason_code": "venue",
        "reason": "场地检修",
    }
    shown = school.call(retimings.PREVIEW_RETIMING, request)
    assert not shown["can_proceed"]
    assert shown["homeless"][0]["reasons"][0]["code"] == "order"


def test_orders_that_make_no_sense_are_refused(school: School) -> None:
    three = (programme(1), programme(2), programme(3))

    def refused(*orders: dict[str, Any]) -> str:
        with pytest.raises(Invalid) as refusal:
            school.call(contract.CREATE_PLAN, draft(*three, orders=list(orders)))
        return refusal.value.message.zh

    assert refused(order(1, 9)) == "先后要求第1条提到第9班，计划中没有这个班次"
    assert refused(order(1, 2), order(2, 3, first=3)) == "先后要求第2条提到第2班第3期，该班只有2期"
    circle = refused(order(1, 2), order(2, 3), order(3, 1))
    assert circle == "先后要求成了循环：第3班→第1班→第2班→第3班，请去掉其中一条"
    assert "第1班→第1班" in refused(order(1, 1))
    assert "第1班第2期→第1班" in refused(order(1, 1, first=2))
    assert "第2班→第1班第2期→第2班" in refused(order(1, 2, first=2), order(2, 1, second=2))
    apart = school.call(
        contract.CREATE_PLAN,
        draft(*three, orders=[order(1, 2, first=1), order(2, 1, second=2), order(1, 1, 9, first=1, second=2)]),
    )
    assert len(apart["orders"]) == 3
    gone = {"plan_id": apart["plan_id"], "remove_programmes": [2]}
    with pytest.raises(Invalid, match="提到第2班，计划中没有这个班次"):
        school.call(contract.AMEND_PLAN, gone)
    assert school.call(contract.AMEND_PLAN, {**gone, "orders": []})["orders"] == []
    diff = school.call(contract.COMPARE_PLAN, {"plan_id": apart["plan_id"], "from_version": 1})
    assert "计划的先后要求有调整" in {each["words"]["zh"] for each in diff["changes"]}


def test_orders_roll_forward_and_an_older_plan_has_none(school: School) -> None:
    plan = school.call(contract.CREATE_PLAN, draft(programme(1), programme(2), orders=[order(1, 2, 7)]))
    rolled = school.call(ROLL_PLAN, {"plan_id": plan["plan_id"]})
    assert rolled["orders"] == [order(1, 2, 7)]
    forget(school, PLANS, "orders")
    assert school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]})["orders"] == []
    forget(school, PLAN_VERSIONS, "orders")
    first = school.call(contract.GET_PLAN_VERSION, {"plan_id": plan["plan_id"], "number": 1})
    assert first["plan"]["orders"] == [order(1, 2, 7)]
