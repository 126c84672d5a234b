"""The year's figures: every value with its rows behind it."""

from __future__ import annotations

from typing import Any

import pytest

from services.compliance import contract
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from shared.errors import Forbidden
from tests.integration.compliance.compliance_city import AUDITOR, DONGHU, SCHOOL, City, at, roster, trainee
from tests.integration.compliance.term_closing import hold_term, judge


def figures(city: City, plan_id: str = "plan_1") -> dict[str, dict[str, Any]]:
    found = city.ask(contract.GET_COMPLIANCE_FIGURES, AUDITOR, plan_id=plan_id)["figures"]
    return {each["key"]: each for each in found}


def test_each_figure_has_its_rows(city: City) -> None:
    city.open_term("n1", "n2", "n3")
    city.grant(city.leave("n1", (18, "morning"), (18, "afternoon")), pass_limit=True)
    hold_term(city, n2="s-0519-morning")
    judge(city)
    city.harness.tick("due", at(22, "18:00"))
    found = figures(city)
    (row,) = found["attendance"]["rows"]
    assert (row["total_hours"], row["attended_hours"], row["leave_hours"], row["absent_hours"]) == (120, 108, 8, 4)
    assert found["attendance"]["value"] == 90.0
    assert found["leave_heat"]["rows"] == [
        {"unit_id": "jiangcheng.donghu", "month": "2020-05", "leave_hours": 8, "people": 1}
    ]
    assert [(each["weekday"], each["half"]) for each in found["leave_half_days"]["rows"]] == [
        ("星期一", "上午"),
        ("星期一", "下午"),
    ]
    there = {"unit_id": "jiangcheng.donghu", "reported": 3, "late": 0, "not_reported": 0, "expected": 0}
    assert found["check_ins"]["rows"] == [there]
    assert found["withdrawals"]["rows"] == [{"cause": "leave_limit", "state": "open", "count": 1}]
    assert found["returns"]["rows"] == [{"unit_id": "jiangcheng.donghu", "on_time": 0, "late": 0, "open": 1}]
    assert sum(found["completions"]["rows"][0][key] for key in ("completed", "not_completed", "pending")) == 3
    for each in found.values():
        keys = {column["key"] for column in each["columns"]}
        assert all(set(row) == keys for row in each["rows"]), each["key"]


def test_who_left_before_arriving_is_missed_by_nobody_and_who_may_still_come_is_counted_apart(city: City) -> None:
    city.open_term("n1", "n2")
    city.harness.deliver(ROSTER_ADMITTED, roster("n3", "n4", "n5"))
    for gone in ("n2", "n3"):
        withdrawn = {"nomination_id": gone, "term_id": "term_1", "unit_id": "jiangcheng.donghu"}
        city.harness.deliver(NOMINATION_WITHDRAWN, {**withdrawn, "reason_code": "work", "was_admitted": True})

    def counted() -> tuple[int, int, int]:
        (row,) = figures(city)["check_ins"]["rows"]
        return row["reported"], row["not_reported"], row["expected"]

    assert counted() == (2, 0, 2)
    city.clock.set(at(20, "20:00"))
    city.check_in("n4")
    city.clock.set(at(21))
    city.harness.tick("due", at(21))
    assert counted() == (3, 1, 0)


def test_who_completes_counts_once_that_was_confirmed(city: City) -> None:
    hold_term(city, "n1", "n2")
    city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    assert figures(city)["completions"]["value"] == 0
    assert figures(city)["completions"]["rows"][0]["pending"] == 2
    judge(city)
    assert figures(city)["completions"]["value"] == 2


def test_a_plan_without_terms_has_figures_without_rows(city: City) -> None:
    found = figures(city, "plan_9")
    assert found["attendance"]["value"] is None
    assert not any(each["rows"] for each in found.values())


def test_limits_are_listed_with_their_source(city: City) -> None:
    items = city.ask(contract.LIST_COMPLIANCE_LIMITS, DONGHU)["items"]
    assert {item["basis"] for item in items} == {"source", "design", "unverified"}
    assert all(item["source"] for item in items)
    assert next(item["value"] for item in items if item["key"] == "leave.max_share") == [1, 7]


def test_figures_are_for_the_city(city: City) -> None:
    for caller in (DONGHU, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.GET_COMPLIANCE_FIGURES, caller, plan_id="plan_1")
