"""Completion on a real store: judged from the rolls, explained rule by rule, confirmed, anew until the closing."""

from __future__ import annotations

from typing import Any

import pytest

from services.compliance import contract
from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.outcomes.contract import REPORT_GRADED, REPORT_REOPENED
from shared.errors import Forbidden, Unavailable
from shared.identifiers import new_id
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISERS,
    SCHOOL,
    City,
    at,
    trainee,
)
from tests.integration.compliance.term_closing import graded, hold_term, judge


def completions(city: City, caller: Any = SCHOOL) -> dict[str, dict[str, Any]]:
    items = city.ask(contract.LIST_COMPLETIONS, caller, term_id="term_1")["items"]
    return {item["nomination_id"]: item for item in items}


def test_rules_decide_and_say_why(city: City) -> None:
    hold_term(city, "n1", "n2", n2="s-0518-morning s-0519-morning")
    report = city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    assert (report["completed"], report["not_completed"], report["confirmed"]) == (1, 1, 0)
    found = completions(city)
    assert (found["n1"]["outcome"], found["n1"]["hours_attended"], found["n1"]["days"]) == ("completed", 40, 5)
    against = [each for each in found["n2"]["verdicts"] if each["ruling"] == "broken"]
    assert [each["rule"] for each in against] == ["attendance_share"]
    assert "出勤32学时，总学时40" in against[0]["reason"]["zh"]
    assert against[0]["source"]
    assert city.harness.emitted(contract.COMPLETION_DECIDED) == []
    assert judge(city)["news"] == 2
    events = {each.data["nomination_id"]: each.data for each in city.harness.emitted(contract.COMPLETION_DECIDED)}
    assert (events["n1"]["completed"], events["n2"]["completed"], events["n1"]["days"]) == (True, False, 5)
    assert all(event["hours_attended"] <= event["total_hours"] for event in events.values())


def test_what_is_pending_stays_so_and_only_news_is_told(city: City) -> None:
    hold_term(city, "n1", "n2")
    city.harness.deliver(REPORT_GRADED, graded("n2", passed=False))
    judge(city)
    again = judge(city)
    assert (again["news"], again["confirmed"]) == (0, 2)
    city.harness.deliver(REPORT_GRADED, graded("n2"))
    city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    assert completions(city)["n2"]["confirmed"] is False
    assert judge(city)["news"] == 1
    told = [(each.data["nomination_id"], each.data["completed"]) for each in events(city)]
    assert told == [("n1", True), ("n2", False), ("n2", True)]


def test_a_grade_that_comes_after_the_annulment_of_its_report_does_not_count(city: City) -> None:
    hold_term(city, "n1", grades=False)
    passed, annulled, again = (new_id("evt") for _ in range(3))
    city.harness.deliver(REPORT_GRADED, graded("n1", passed=False), event_id=annulled)
    city.harness.deliver(REPORT_GRADED, graded("n1"), event_id=passed)
    judge(city)
    assert completions(city)["n1"]["outcome"] == "not_completed"
    city.harness.deliver(REPORT_GRADED, graded("n1"), event_id=again)
    judge(city)
    assert completions(city)["n1"]["outcome"] == "completed"


def test_a_missing_report_that_may_still_come_leaves_completion_pending(city: City) -> None:
    hold_term(city, "n1", grades=False)
    missed, opened, again = (new_id("evt") for _ in range(3))
    told = {"report_id": "r-n1", "nomination_id": "n1", "term_id": "term_1", "unit_id": "jiangcheng.donghu"}
    missing = {**told, "grade": "not_submitted", "passed": False}
    city.harness.deliver(REPORT_GRADED, missing, event_id=missed)
    assert judge(city)["not_completed"] == 1
    city.harness.deliver(REPORT_REOPENED, told, event_id=opened)
    city.harness.deliver(REPORT_GRADED, missing, event_id=missed)
    assert judge(city)["pending"] == 1
    assert completions(city)["n1"]["report_grade"] is None
    city.harness.deliver(REPORT_GRADED, graded("n1"), event_id=again)
    city.harness.deliver(REPORT_REOPENED, told, event_id=opened)
    assert judge(city)["completed"] == 1


def events(city: City) -> list[Any]:
    return city.harness.emitted(contract.COMPLETION_DECIDED)


def test_without_a_grade_nothing_is_announced(city: City) -> None:
    hold_term(city, "n1", grades=False)
    report = judge(city)
    assert (report["pending"], report["confirmed"], report["news"]) == (1, 0, 0)


def test_nothing_is_judged_before_the_last_day_or_without_every_roll(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    clock.set(at(21, "23:59:59"))
    with pytest.raises(contract.OutsideWindow):
        city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    clock.set(at(22, "00:00"))
    city.roll("s-0518-morning")
    with pytest.raises(contract.RollsMissing) as missing:
        city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    assert len(missing.value.details["session_ids"]) == 9


def test_who_withdraws_after_all_does_not_complete(city: City) -> None:
    hold_term(city, "n1", "n2")
    judge(city)
    gone = {"nomination_id": "n2", "term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "conduct"}
    city.harness.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})
    assert judge(city)["news"] == 1
    assert events(city)[-1].data["completed"] is False
    assert completions(city)["n2"]["verdicts"][0]["rule"] == "withdrawn"


def test_a_grade_of_somebody_unheard_of_comes_again(city: City) -> None:
    with pytest.raises(Unavailable):
        city.harness.deliver(REPORT_GRADED, graded("n9"))


def test_each_has_their_part_and_units_read_their_own(city: City) -> None:
    hold_term(city, "n1")
    for caller in (ORGANISERS, DONGHU, AUDITOR, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.DECIDE_COMPLETION, caller, term_id="term_1")
    for caller in (SCHOOL, DONGHU, AUDITOR):
        with pytest.raises(Forbidden):
            city.ask(contract.CONFIRM_COMPLETION, caller, term_id="term_1", approver="张老师")
    judge(city)
    assert list(completions(city, DONGHU)) == ["n1"]
    assert completions(city, NANSHAN) == {}
    mine = city.ask(contract.GET_MY_STANDING, trainee("n1"))
    assert (mine["completion"], mine["attendance"]["attended_hours"], mine["report_grade"]) == ("completed", 40, "good")
