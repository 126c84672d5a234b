"""Briefings on a real store: opened by rosters, dated by terms, signed by units."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.compliance import contract
from services.compliance.commands import term
from services.compliance.commands import trainee as trainee_commands
from services.compliance.limits import policy_table
from services.compliance.rulebook import Rulebook
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.contracts.schema import load
from shared.errors import Forbidden, NotFound, StaleVersion, Unavailable
from shared.runtime.testing import ServiceHarness
from tests.fixtures.clock import StillClock
from tests.fixtures.overlap import under_way
from tests.integration.compliance.compliance_city import DONGHU, NANSHAN, TERM, at, roster, trainee


def only_briefing(compliance: ServiceHarness) -> dict[str, Any]:
    (briefing,) = compliance.call(contract.LIST_BRIEFINGS)["items"]
    found: dict[str, Any] = briefing
    return found


def opened(compliance: ServiceHarness) -> list[tuple[str, str | None]]:
    told = compliance.emitted(contract.BRIEFING_OPENED)
    return [(each.data["briefing_id"], each.data["due_on"]) for each in told]


def cancelled(compliance: ServiceHarness) -> list[str]:
    told = compliance.emitted(contract.BRIEFING_CANCELLED)
    assert {(each.data["term_id"], each.data["unit_id"]) for each in told} <= {("term_1", "jiangcheng.donghu")}
    return [each.data["briefing_id"] for each in told]


def withdraw(compliance: ServiceHarness, nomination: str) -> None:
    gone = {"nomination_id": nomination, "term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "illness"}
    compliance.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})


def test_an_admitted_roster_opens_one_briefing_whichever_event_comes_first(compliance: ServiceHarness) -> None:
    compliance.deliver(ROSTER_ADMITTED, roster("n1", "n2"))
    assert only_briefing(compliance)["due_on"] is None
    compliance.deliver(TERM_PLACED, TERM)
    briefing = only_briefing(compliance)
    assert (briefing["trainees"], briefing["due_on"], briefing["state"]) == (2, "2020-05-17", "opened")
    assert opened(compliance) == [(briefing["briefing_id"], day) for day in (None, "2020-05-17")]


def test_the_same_roster_twice_changes_nothing(compliance: ServiceHarness) -> None:
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    before = only_briefing(compliance)
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    assert only_briefing(compliance) == before
    assert len(compliance.emitted(contract.BRIEFING_OPENED)) == 1


def test_a_moved_term_moves_the_due_day_and_an_older_version_does_not(compliance: ServiceHarness) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    compliance.deliver(TERM_MOVED, {**TERM, "starts_on": "2020-06-08", "ends_on": "2020-06-12", "version": 3})
    compliance.deliver(TERM_MOVED, {**TERM, "version": 2})
    briefing = only_briefing(compliance)
    assert briefing["due_on"] == "2020-06-07"
    assert opened(compliance) == [(briefing["briefing_id"], day) for day in ("2020-05-17", "2020-06-07")]


def test_a_moved_term_asks_nobody_again_who_has_signed_or_whose_day_stays(compliance: ServiceHarness) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    compliance.deliver(TERM_MOVED, {**TERM, "room_title": "二号楼202教室", "version": 2})
    request = {"briefing_id": only_briefing(compliance)["briefing_id"], "signer": "办公室主任"}
    compliance.call(contract.ACKNOWLEDGE_BRIEFING, request, caller=DONGHU)
    compliance.deliver(TERM_MOVED, {**TERM, "starts_on": "2020-06-08", "ends_on": "2020-06-12", "version": 3})
    assert [day for _, day in opened(compliance)] == ["2020-05-17"]


def test_a_briefing_that_everybody_left_is_called_off_and_somebody_new_opens_it_again(
    compliance: ServiceHarness,
) -> None:
    withdraw(compliance, "n0")
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n0", "n1", "n2"))
    withdraw(compliance, "n1")
    assert cancelled(compliance) == []
    withdraw(compliance, "n2")
    briefing = only_briefing(compliance)
    assert (briefing["state"], cancelled(compliance)) == ("cancelled", [briefing["briefing_id"]])
    compliance.deliver(ROSTER_ADMITTED, roster("n3"))
    assert [day for _, day in opened(compliance)] == ["2020-05-17"] * 2


def test_a_briefing_is_given_once_those_left_on_it_were_all_briefed(compliance: ServiceHarness) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    request = {"briefing_id": only_briefing(compliance)["briefing_id"], "signer": "办公室主任"}
    compliance.call(contract.ACKNOWLEDGE_BRIEFING, request, caller=DONGHU)
    compliance.deliver(ROSTER_ADMITTED, roster("n2"))
    withdraw(compliance, "n2")
    assert only_briefing(compliance)["state"] == "acknowledged"
    assert len(compliance.emitted(contract.BRIEFING_ACKNOWLEDGED)) == 2


def test_the_unit_signs_once_and_everybody_hears_of_it(compliance: ServiceHarness) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n1", "n2"))
    briefing = only_briefing(compliance)
    request = {"briefing_id": briefing["briefing_id"], "signer": "办公室主任"}
    signed = compliance.call(contract.ACKNOWLEDGE_BRIEFING, request, caller=DONGHU)
    assert (signed["state"], signed["briefed"], signed["late"]) == ("acknowledged", 2, False)
    (event,) = compliance.emitted(contract.BRIEFING_ACKNOWLEDGED)
    assert event.data["unit_id"] == "jiangcheng.donghu"
    with pytest.raises(contract.BriefingClosed):
        compliance.call(contract.ACKNOWLEDGE_BRIEFING, request, caller=DONGHU)


def test_signing_on_the_opening_day_is_late(compliance: ServiceHarness, clock: StillClock) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    clock.set(datetime(2020, 5, 17, 16, 0, tzinfo=UTC))  # midnight of the 18th in the city
    request = {"briefing_id": only_briefing(compliance)["briefing_id"], "signer": "办公室主任"}
    assert compliance.call(contract.ACKNOWLEDGE_BRIEFING, request, caller=DONGHU)["late"] is True


def test_a_unit_neither_sees_nor_signs_another_units_briefing(compliance: ServiceHarness) -> None:
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    assert compliance.call(contract.LIST_BRIEFINGS, caller=NANSHAN)["items"] == []
    request = {"briefing_id": only_briefing(compliance)["briefing_id"], "signer": "办公室主任"}
    for operation, asked in (
        (contract.ACKNOWLEDGE_BRIEFING, request),
        (contract.GET_BRIEFING, {"briefing_id": request["briefing_id"]}),
    ):
        with pytest.raises(NotFound):
            compliance.call(operation, asked, caller=NANSHAN)


def test_a_unit_lists_the_briefings_of_those_below_it_too(compliance: ServiceHarness) -> None:
    compliance.deliver(ROSTER_ADMITTED, roster("n1", unit="jiangcheng.donghu.health"))
    compliance.deliver(ROSTER_ADMITTED, roster("n2", unit="jiangcheng.donghuxi"))
    found = compliance.call(contract.LIST_BRIEFINGS, {"unit_id": "jiangcheng.donghu"}, caller=DONGHU)["items"]
    assert [item["unit_id"] for item in found] == ["jiangcheng.donghu.health"]


def test_somebody_who_withdrew_is_taken_off(compliance: ServiceHarness) -> None:
    compliance.deliver(ROSTER_ADMITTED, roster("n1", "n2"))
    withdraw(compliance, "n2")
    assert only_briefing(compliance)["trainees"] == 1


def test_a_stale_version_is_refused(compliance: ServiceHarness) -> None:
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    request = {"briefing_id": only_briefing(compliance)["briefing_id"], "signer": "办公室主任"}
    compliance.deliver(ROSTER_ADMITTED, roster("n2"))
    with pytest.raises(StaleVersion):
        compliance.call(contract.ACKNOWLEDGE_BRIEFING, request, caller=DONGHU, expected_version=1)


def test_a_cancelled_term_needs_no_briefing_even_for_a_roster_that_comes_late(compliance: ServiceHarness) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    compliance.deliver(TERM_CANCELLED, {"term_id": "term_1", "plan_id": "plan_1", "reason": "疫情防控", "version": 2})
    compliance.deliver(ROSTER_ADMITTED, roster("n9", unit="jiangcheng.nanshan"))
    states = {item["state"] for item in compliance.call(contract.LIST_BRIEFINGS)["items"]}
    assert states == {"cancelled"}


def test_a_roster_that_meets_its_terms_new_day_under_way_is_briefed_by_that_day(compliance: ServiceHarness) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    moved = load(TERM_MOVED.schema, {**TERM, "starts_on": "2020-06-08", "ends_on": "2020-06-12", "version": 2})
    rules = Rulebook(compliance.kit.plugins, policy_table().on(compliance.kit.clock.today()))
    with under_way(compliance.store, lambda tx: term.record_term(tx, moved, rules)):
        compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    assert only_briefing(compliance)["due_on"] == "2020-06-07"
    assert [day for _, day in opened(compliance)] == ["2020-06-07"]


def test_a_roster_that_meets_the_first_news_of_its_term_gets_its_day_within_the_hour(
    compliance: ServiceHarness, clock: StillClock
) -> None:
    with under_way(compliance.store, lambda tx: trainee_commands.admit_roster(tx, roster("n1"))):
        compliance.deliver(TERM_PLACED, TERM)
    compliance.tick("due", clock.now())
    compliance.tick("due", clock.now() + timedelta(hours=1))
    assert only_briefing(compliance)["due_on"] == "2020-05-17"
    assert [day for _, day in opened(compliance)] == [None, "2020-05-17"]


def test_a_cancellation_that_comes_before_or_after_its_time_does_no_harm(compliance: ServiceHarness) -> None:
    news = {"term_id": "term_1", "plan_id": "plan_1", "reason": "年度计划调整", "version": 2}
    with pytest.raises(Unavailable):
        compliance.deliver(TERM_CANCELLED, news)
    compliance.deliver(TERM_PLACED, {**TERM, "version": 3})
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    compliance.deliver(TERM_CANCELLED, news)
    assert only_briefing(compliance)["state"] == "opened"
    compliance.deliver(TERM_CANCELLED, {**news, "version": 5})
    compliance.deliver(TERM_MOVED, {**TERM, "version": 4})
    assert only_briefing(compliance)["state"] == "cancelled"
    compliance.deliver(TERM_PLACED, {**TERM, "version": 6})
    briefing = only_briefing(compliance)
    assert (briefing["state"], cancelled(compliance)) == ("opened", [briefing["briefing_id"]])
    assert [day for _, day in opened(compliance)] == ["2020-05-17"] * 2


def test_each_trainee_acknowledges_by_personal_link_and_the_proof_shows_both(
    compliance: ServiceHarness, clock: StillClock
) -> None:
    compliance.deliver(TERM_PLACED, TERM)
    compliance.deliver(ROSTER_ADMITTED, roster("n1", "n2"))
    mine = compliance.call(contract.GET_MY_BRIEFING, caller=trainee("n1"))
    assert (mine["acknowledged_at"], mine["due_on"], mine["basis"]) == (None, "2020-05-17", "design")
    clock.set(at(17, "23:59:59"))
    assert compliance.call(contract.ACKNOWLEDGE_MY_BRIEFING, caller=trainee("n1"))["late"] is False
    clock.set(at(18, "00:00"))
    assert compliance.call(contract.ACKNOWLEDGE_MY_BRIEFING, caller=trainee("n2"))["late"] is True
    briefing = only_briefing(compliance)
    assert (briefing["personally"], briefing["complete"], briefing["state"]) == (2, False, "opened")
    request = {"briefing_id": briefing["briefing_id"]}
    compliance.call(contract.ACKNOWLEDGE_BRIEFING, {**request, "signer": "办公室主任"}, caller=DONGHU)
    proof = compliance.call(contract.GET_BRIEFING_PROOF, request, caller=DONGHU)
    assert (proof["complete"], proof["acknowledged_by"]) == (True, "办公室主任")
    assert [(each["briefed"], each["late"]) for each in proof["people"]] == [(True, False), (True, True)]
    assert {each["points_sha256"] for each in proof["people"]} == {proof["points_sha256"]}
    with pytest.raises(NotFound):
        compliance.call(contract.GET_BRIEFING_PROOF, request, caller=NANSHAN)


def test_only_a_trainee_acknowledges_personally(compliance: ServiceHarness) -> None:
    compliance.deliver(ROSTER_ADMITTED, roster("n1"))
    with pytest.raises(Forbidden):
        compliance.call(contract.ACKNOWLEDGE_MY_BRIEFING, caller=DONGHU)
    with pytest.raises(NotFound):
        compliance.call(contract.ACKNOWLEDGE_MY_BRIEFING, caller=trainee("n9"))
