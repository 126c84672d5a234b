"""Incident files on a real store: sealed words, the ladder, objections, and ordered withdrawal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.compliance import contract
from services.compliance.store.incident import INCIDENTS
from services.compliance.store.trainee import TRAINEES
from shared.errors import Forbidden, NotFound
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

WORD = {"approver": "张老师", "reason": "查证属实"}


def opened(city: City, kind: str = "gifts", nomination: str = "n1") -> dict[str, Any]:
    city.open_term("n1", "n2")
    return city.ask(
        contract.OPEN_INCIDENT,
        SCHOOL,
        nomination_id=nomination,
        kind=kind,
        occurred_on="2020-05-18",
        narrative="收受同学土特产两盒",
    )


def impose(city: City, file: dict[str, Any], step: str, caller: Any = SCHOOL) -> dict[str, Any]:
    return city.ask(contract.IMPOSE_SANCTION, caller, incident_id=file["incident_id"], step=step, **WORD)


def in_force(city: City) -> Any:
    return city.harness.store.view(city.harness.kit.own_context()).rows(TRAINEES).get("n1")["sanctions"]


def test_what_happened_is_sealed_and_opened_audited(city: City) -> None:
    file = opened(city)
    assert "narrative" not in file
    store = city.harness.store
    stored = store.view(city.harness.kit.own_context()).rows(INCIDENTS).get(file["incident_id"])
    assert repr(stored["narrative"]) == "<sealed narrative>"
    assert city.ask(contract.GET_NARRATIVE, ORGANISERS, incident_id=file["incident_id"])["narrative"].startswith("收受")
    for caller in (DONGHU, AUDITOR, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.GET_NARRATIVE, caller, incident_id=file["incident_id"])
    (event,) = city.harness.emitted(contract.INCIDENT_OPENED)
    assert set(event.data) == {"incident_id", "nomination_id", "term_id", "unit_id"}


def test_measures_climb_and_completion_knows_of_them(city: City) -> None:
    file = opened(city)
    impose(city, file, "admonition")
    file = impose(city, file, "criticism", ORGANISERS)
    assert ([each["step"] for each in file["sanctions"]], file["state"]) == (["admonition", "criticism"], "sanctioned")
    assert in_force(city) == ["admonition", "criticism"]
    with pytest.raises(contract.WrongState):
        impose(city, file, "admonition")
    with pytest.raises(contract.WrongState):
        city.ask(contract.DISMISS_INCIDENT, SCHOOL, incident_id=file["incident_id"], reason="误会")
    assert [each.data["sanction"] for each in city.harness.emitted(contract.SANCTION_IMPOSED)] == [
        "admonition",
        "criticism",
    ]


def test_ordered_withdrawal_is_proposed_and_decided_by_the_organisation_department(city: City) -> None:
    file = opened(city)
    for caller in (SCHOOL, ORGANISERS):
        with pytest.raises(contract.WrongState):
            impose(city, file, "withdrawal", caller)
    case = city.ask(contract.PROPOSE_WITHDRAWAL, SCHOOL, incident_id=file["incident_id"], reason="情节严重")
    assert (case["cause"], case["threshold"], case["state"]) == ("ordered", False, "open")
    with pytest.raises(contract.WrongState):
        city.ask(contract.PROPOSE_WITHDRAWAL, SCHOOL, incident_id=file["incident_id"], reason="再提")
    request = {"case_id": case["case_id"], "decision": "withdraw", **WORD}
    for caller in (SCHOOL, DONGHU, AUDITOR):
        with pytest.raises(Forbidden):
            city.ask(contract.DECIDE_WITHDRAWAL, caller, **request)
    city.ask(contract.DECIDE_WITHDRAWAL, ORGANISERS, **request)
    (event,) = city.harness.emitted(contract.TRAINEE_WITHDRAWN)
    assert event.data["reason_code"] == "ordered"
    shown = city.ask(contract.GET_INCIDENT, DONGHU, incident_id=file["incident_id"])
    assert [each["step"] for each in shown["sanctions"]] == ["withdrawal"]


def test_a_kind_without_withdrawal_cannot_be_proposed(city: City) -> None:
    file = opened(city, kind="vehicle")
    with pytest.raises(contract.WrongState):
        city.ask(contract.PROPOSE_WITHDRAWAL, SCHOOL, incident_id=file["incident_id"], reason="借用车辆")
    with pytest.raises(contract.WrongState):
        opened(city, kind="nonsense")


def test_an_objection_is_ones_own_in_time_and_answered_once(city: City, clock: StillClock) -> None:
    file = impose(city, opened(city), "criticism")
    said = {"incident_id": file["incident_id"], "objection": "系自费购买的伴手礼，已退回"}
    with pytest.raises(NotFound):
        city.ask(contract.OBJECT_TO_SANCTION, trainee("n2"), **said)
    imposed_at = clock.now()
    clock.set(imposed_at + timedelta(days=10) - timedelta(seconds=1))
    objection = city.ask(contract.OBJECT_TO_SANCTION, trainee("n1"), **said)
    with pytest.raises(contract.WrongState):
        city.ask(contract.OBJECT_TO_SANCTION, trainee("n1"), **said)
    assert city.ask(contract.GET_OBJECTION_TEXT, ORGANISERS, objection_id=objection["objection_id"])["objection"]
    answer = {"objection_id": objection["objection_id"], "decision": "reduce", **WORD}
    with pytest.raises(Forbidden):
        city.ask(contract.DECIDE_OBJECTION, SCHOOL, **answer)
    with pytest.raises(contract.Unfounded):
        city.ask(contract.DECIDE_OBJECTION, ORGANISERS, **answer)
    decided = city.ask(contract.DECIDE_OBJECTION, ORGANISERS, **answer, step="admonition")
    assert decided["state"] == "reduced"
    assert in_force(city) == ["admonition"]
    with pytest.raises(contract.WrongState):
        city.ask(contract.DECIDE_OBJECTION, ORGANISERS, **answer, step="admonition")
    assert [item["state"] for item in city.ask(contract.LIST_OBJECTIONS, DONGHU)["items"]] == ["reduced"]
    assert city.ask(contract.LIST_OBJECTIONS, NANSHAN)["items"] == []


def object_to(city: City, file: dict[str, Any], decision: str) -> dict[str, Any]:
    said = city.ask(contract.OBJECT_TO_SANCTION, trainee("n1"), incident_id=file["incident_id"], objection="不服")
    answer = {"objection_id": said["objection_id"], "decision": decision, **WORD}
    decided: dict[str, Any] = city.ask(contract.DECIDE_OBJECTION, ORGANISERS, **answer)
    return decided


def test_a_measure_imposed_anew_after_it_was_revoked_may_be_objected_to_again(city: City, clock: StillClock) -> None:
    file = impose(city, opened(city), "criticism")
    assert object_to(city, file, "revoke")["state"] == "revoked"
    clock.set(clock.now() + timedelta(days=1))
    impose(city, file, "criticism")
    assert object_to(city, file, "uphold")["state"] == "upheld"
    with pytest.raises(contract.WrongState):
        object_to(city, file, "uphold")


def test_an_archived_measure_may_be_objected_to_and_is_changed_only_once_the_term_is_reopened(city: City) -> None:
    file = impose(city, opened(city), "criticism")
    terms = city.harness.store.backing.collection("terms")
    terms.update_one({}, {"$set": {"frozen": True}})
    with pytest.raises(contract.TermFrozen):
        object_to(city, file, "revoke")
    (waiting,) = city.ask(contract.LIST_OBJECTIONS, ORGANISERS)["items"]
    answer = {"objection_id": waiting["objection_id"], **WORD}
    assert in_force(city) == ["criticism"]
    terms.update_one({}, {"$set": {"frozen": False}})
    assert city.ask(contract.DECIDE_OBJECTION, ORGANISERS, **answer, decision="revoke")["state"] == "revoked"


def test_an_objection_after_its_days_is_too_late(city: City, clock: StillClock) -> None:
    file = impose(city, opened(city), "criticism")
    clock.set(clock.now() + timedelta(days=10))
    with pytest.raises(contract.OutsideWindow):
        city.ask(contract.OBJECT_TO_SANCTION, trainee("n1"), incident_id=file["incident_id"], objection="不服")


def test_other_units_see_nothing(city: City, clock: StillClock) -> None:
    file = opened(city)
    clock.set(at(19))
    assert city.ask(contract.LIST_INCIDENTS, NANSHAN)["items"] == []
    with pytest.raises(NotFound):
        city.ask(contract.GET_INCIDENT, NANSHAN, incident_id=file["incident_id"])
    assert len(city.ask(contract.LIST_INCIDENTS, DONGHU)["items"]) == 1
    request = {"nomination_id": "n1", "kind": "gifts", "occurred_on": "2020-05-18", "narrative": "x"}
    for caller in (DONGHU, trainee("n1"), AUDITOR):
        with pytest.raises(Forbidden):
            city.ask(contract.OPEN_INCIDENT, caller, **request)
    dismissed = city.ask(contract.DISMISS_INCIDENT, ORGANISERS, incident_id=file["incident_id"], reason="查无实据")
    assert (dismissed["state"], dismissed["dismissed_for"]) == ("dismissed", "查无实据")
