"""The register of lecturers: who keeps it, who sees what, and what a lecturer says by personal link."""

from __future__ import annotations

import pytest

from services.scheduling.contract import lecturers as contract
from services.scheduling.store import LECTURERS
from shared.context import Context
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.security.caller import Caller, Role, service_caller
from tests.integration.scheduling.conftest import School

SCHOOL = Caller("dangxiao", frozenset({Role.PARTY_SCHOOL}), ("",))
DEPARTMENT = Caller("zuzhibu", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))
LIANG = Caller("lecturer:liang", frozenset({Role.LECTURER}))

CARD = {
    "lecturer_id": "liang",
    "name": "梁书衡",
    "grade": "full",
    "organisation": "市委党校",
    "expertise": ["党的政治建设", "党史"],
    "contact": {"phone": "13800001111", "email": "liang@example.cn"},
}


def test_a_contact_is_kept_sealed_and_shown_masked(school: School) -> None:
    row = school.call(contract.PUT_LECTURER, CARD, caller=SCHOOL)
    assert (row["phone_masked"], row["email_masked"]) == ("138****1111", "l***@example.cn")
    assert "contact" not in row
    listed = school.call(contract.LIST_LECTURERS, {"subject": "党史"}, caller=DEPARTMENT)["items"]
    assert [each["name"] for each in listed] == ["梁书衡"]
    assert school.call(contract.LIST_LECTURERS, {"subject": "经济"})["items"] == []
    stored = school.harness.store.view(Context(SCHOOL)).rows(LECTURERS).get("liang")
    assert repr(stored["contact"]) == "<sealed contact>"


def test_a_service_gets_the_contact_and_people_see_it_only_for_a_purpose_that_is_written_down(school: School) -> None:
    school.call(contract.PUT_LECTURER, CARD, caller=SCHOOL)
    assert school.call(contract.GET_LECTURER, {"lecturer_id": "liang"}, caller=SCHOOL)["contact"] is None
    told = school.call(contract.GET_LECTURER, {"lecturer_id": "liang"}, caller=service_caller("notification"))
    assert told["contact"]["phone"] == "13800001111"
    request = {"lecturer_id": "liang", "purpose": "确认接送时间"}
    assert school.call(contract.GET_LECTURER_CONTACT, request, caller=SCHOOL)["contact"]["email"] == "liang@example.cn"
    with pytest.raises(Forbidden):
        school.call(contract.GET_LECTURER_CONTACT, request, caller=DEPARTMENT)


def test_a_contact_left_out_stays(school: School) -> None:
    school.call(contract.PUT_LECTURER, CARD, caller=SCHOOL)
    changed = {name: value for name, value in CARD.items() if name != "contact"} | {"grade": "academician"}
    assert school.call(contract.PUT_LECTURER, changed, caller=SCHOOL)["phone_masked"] == "138****1111"
    told = school.call(contract.GET_LECTURER, {"lecturer_id": "liang"}, caller=service_caller("notification"))
    assert (told["grade"], told["contact"]["phone"]) == ("academician", "13800001111")


def test_only_the_party_school_keeps_the_register(school: School) -> None:
    for caller in (DEPARTMENT, LIANG, Caller("d", frozenset({Role.PARTY_SCHOOL}), ("city.donghu",))):
        with pytest.raises(Forbidden):
            school.call(contract.PUT_LECTURER, CARD, caller=caller)
    with pytest.raises(Forbidden):
        school.call(contract.LIST_LECTURERS, {}, caller=Caller("u", frozenset({Role.UNIT}), ("city.donghu",)))
    with pytest.raises(StaleVersion):
        school.call(contract.PUT_LECTURER, CARD, caller=SCHOOL, expected_version=1)


def test_a_lecturer_says_by_personal_link_when_not_to_teach(school: School) -> None:
    school.call(contract.PUT_LECTURER, CARD, caller=SCHOOL)
    away = [{"starts_on": "2020-05-11", "ends_on": "2020-05-15", "half": "morning"}]
    record = school.call(contract.REPORT_UNAVAILABILITY, {"unavailable": away}, caller=LIANG)
    assert (record["lecturer_id"], record["unavailable"]) == ("liang", away)
    assert school.call(contract.GET_OWN_RECORD, {}, caller=LIANG)["unavailable"] == away
    assert school.call(contract.GET_LECTURER, {"lecturer_id": "liang"})["unavailable"] == away
    backwards = [{"starts_on": "2020-05-15", "ends_on": "2020-05-11"}]
    with pytest.raises(Invalid, match="结束早于开始"):
        school.call(contract.REPORT_UNAVAILABILITY, {"unavailable": backwards}, caller=LIANG)
    with pytest.raises(Forbidden):
        school.call(contract.REPORT_UNAVAILABILITY, {"unavailable": away}, caller=SCHOOL)
    with pytest.raises(NotFound):
        school.call(contract.GET_OWN_RECORD, {}, caller=Caller("lecturer:nobody", frozenset({Role.LECTURER})))
