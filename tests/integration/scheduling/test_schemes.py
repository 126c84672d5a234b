"""Training schemes: written by the Party school, approved by the organisation department, kept in versions."""

from __future__ import annotations

import pytest

from services.scheduling.contract import SCHEME_APPROVED
from services.scheduling.contract import schemes as contract
from services.scheduling.contract.schemes import SchemeNotSubmitted, SchemeSubmitted, SchemeUnfinished
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import (
    AUDITOR,
    DEPARTMENT,
    PARTY_SCHOOL,
    approved_scheme,
    by_school,
    course,
    lecturer_caller,
    scheme,
    unit_caller,
)


@pytest.fixture
def programme_id(school: School) -> str:
    return str(school.approved()["programmes"][0]["programme_id"])


def test_a_scheme_goes_from_draft_to_approval_and_is_announced(school: School, programme_id: str) -> None:
    school.harness.take()
    written = school.call(
        contract.WRITE_SCHEME, scheme(programme_id, course("甲", 8), course("乙")), caller=PARTY_SCHOOL
    )
    assert (written["state"], written["number"], written["hours"], written["total"]) == ("draft", 1, 12, "51200.00")
    named = {"scheme_id": written["scheme_id"]}
    assert by_school(school, contract.SUBMIT_SCHEME, named)["state"] == "submitted"
    with pytest.raises(SchemeSubmitted):
        by_school(school, contract.WRITE_SCHEME, scheme(programme_id))
    approved = school.call(contract.APPROVE_SCHEME, named, caller=DEPARTMENT)
    assert (approved["state"], approved["in_force"]) == ("approved", 1)
    (event,) = school.harness.take()
    assert event.type == SCHEME_APPROVED.type
    assert (event.data["version"], event.data["hours"], event.data["budget"]) == (1, 12, "51200.00")
    with pytest.raises(SchemeNotSubmitted):
        school.call(contract.APPROVE_SCHEME, named, caller=DEPARTMENT)


def test_each_does_only_its_own_part(school: School, programme_id: str) -> None:
    for caller in (DEPARTMENT, unit_caller("city.donghu"), lecturer_caller("liang"), AUDITOR):
        with pytest.raises(Forbidden):
            school.call(contract.WRITE_SCHEME, scheme(programme_id), caller=caller)
    written = by_school(school, contract.WRITE_SCHEME, scheme(programme_id))
    named = {"scheme_id": written["scheme_id"]}
    by_school(school, contract.SUBMIT_SCHEME, named)
    for operation in (contract.APPROVE_SCHEME, contract.RETURN_SCHEME):
        with pytest.raises(Forbidden):
            school.call(
                operation,
                {**named, "reason": "不"} if operation is contract.RETURN_SCHEME else named,
                caller=PARTY_SCHOOL,
            )
    assert school.call(contract.GET_SCHEME, named, caller=AUDITOR)["state"] == "submitted"
    with pytest.raises(Forbidden):
        school.call(contract.GET_SCHEME, named, caller=unit_caller("city.donghu"))


def test_a_returned_scheme_says_why_and_can_be_submitted_again(school: School, programme_id: str) -> None:
    written = by_school(school, contract.WRITE_SCHEME, scheme(programme_id))
    named = {"scheme_id": written["scheme_id"]}
    by_school(school, contract.SUBMIT_SCHEME, named)
    returned = school.call(contract.RETURN_SCHEME, {**named, "reason": "增加现场教学"}, caller=DEPARTMENT)
    assert (returned["state"], returned["returned_because"]) == ("draft", "增加现场教学")
    school.call(
        contract.WRITE_SCHEME, scheme(programme_id, course("甲"), course("参观", form="field")), caller=PARTY_SCHOOL
    )
    again = by_school(school, contract.SUBMIT_SCHEME, named)
    assert (again["state"], again["number"], again["returned_because"]) == ("submitted", 2, None)


def test_a_new_version_leaves_the_approved_one_in_force_and_can_be_compared(school: School, programme_id: str) -> None:
    first = approved_scheme(school, scheme(programme_id, course("甲"), course("乙")))
    kept = {each["title"]: each["course_id"] for each in first["modules"][0]["courses"]}
    second = school.call(
        contract.WRITE_SCHEME, scheme(programme_id, course("乙", 8), course("丙")), caller=PARTY_SCHOOL
    )
    assert (second["state"], second["number"], second["in_force"]) == ("draft", 2, 1)
    assert {each["title"]: each["course_id"] for each in second["modules"][0]["courses"]}["乙"] == kept["乙"]
    named = {"scheme_id": first["scheme_id"]}
    diff = school.call(contract.COMPARE_SCHEME, {**named, "from_number": 1})
    assert [each["words"]["zh"] for each in diff["changes"]] == [
        "取消课程“甲”（专题学习）",
        "课程“乙”的学时由4改为8",
        "新增课程“丙”（专题学习，4学时）",
    ]
    old = school.call(contract.GET_SCHEME_VERSION, {**named, "number": 1})
    assert ([each["title"] for each in old["modules"][0]["courses"]], old["approved_by"]) == (["甲", "乙"], "zuzhibu")
    rows = school.call(contract.LIST_SCHEME_VERSIONS, named)["items"]
    assert [(each["number"], each["hours"], each["approved_at"] is not None) for each in rows] == [
        (1, 8, True),
        (2, 12, False),
    ]
    same = by_school(school, contract.WRITE_SCHEME, scheme(programme_id, course("乙", 8), course("丙")))
    assert same["number"] == 2
    with pytest.raises(NotFound):
        school.call(contract.GET_SCHEME_VERSION, {**named, "number": 3})


def test_courses_of_one_title_in_a_module_keep_their_identity(school: School, programme_id: str) -> None:
    twice = (course("分组研讨", 4, form="discussion"), course("分组研讨", 2, form="discussion"))
    made = by_school(school, contract.WRITE_SCHEME, scheme(programme_id, *twice))
    ids = [each["course_id"] for each in made["modules"][0]["courses"]]
    again = by_school(school, contract.WRITE_SCHEME, scheme(programme_id, *twice, aims="另一目标"))
    assert [each["course_id"] for each in again["modules"][0]["courses"]] == ids
    named = [each | {"course_id": id} for each, id in zip(twice, ids, strict=True)]
    for given, kept in (((named[1], named[0]), ids[::-1]), ((twice[0], named[0]), ids[::-1])):
        changed = by_school(school, contract.WRITE_SCHEME, scheme(programme_id, *given))
        assert [each["course_id"] for each in changed["modules"][0]["courses"]] == kept


def test_an_unfinished_scheme_is_refused_with_every_reason(school: School, programme_id: str) -> None:
    request = scheme(programme_id, course("甲", 41), aims="", budget=[])
    written = by_school(school, contract.WRITE_SCHEME, request)
    assert [each["path"] for each in written["blanks"]] == ["aims", "budget", "hours"]
    with pytest.raises(SchemeUnfinished, match="最多只能安排40学时"):
        by_school(school, contract.SUBMIT_SCHEME, {"scheme_id": written["scheme_id"]})


def test_what_contradicts_itself_is_refused(school: School, programme_id: str) -> None:
    with pytest.raises(Invalid, match="不存在或出现多次"):
        by_school(school, contract.WRITE_SCHEME, scheme(programme_id, course("甲", course_id="c_x")))
    doubled = [{"item": "meals", "amount": "1.00"}, {"item": "meals", "amount": "2.00"}]
    with pytest.raises(Invalid, match="出现多次"):
        by_school(school, contract.WRITE_SCHEME, scheme(programme_id, budget=doubled))
    with pytest.raises(NotFound):
        by_school(school, contract.WRITE_SCHEME, scheme("prog_x"))
    written = by_school(school, contract.WRITE_SCHEME, scheme(programme_id))
    with pytest.raises(StaleVersion):
        school.call(
            contract.WRITE_SCHEME,
            scheme(programme_id, course("乙")),
            caller=PARTY_SCHOOL,
            expected_version=written["version"] + 1,
        )
