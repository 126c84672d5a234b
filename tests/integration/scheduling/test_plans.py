"""Drafts with open places, amendments, versions, approval."""

from __future__ import annotations

import pytest

from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling import contract
from services.scheduling.contract import PlanAlreadyApproved, PlanUnfinished, TermHasAdmitted
from services.scheduling.contract.plans import ROLL_PLAN
from services.scheduling.contract.schemes import LIST_SCHEMES
from services.scheduling.domain.notice import read_notice
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.security.caller import Caller, Role
from tests.integration.scheduling.conftest import School, draft, programme
from tests.integration.scheduling.teaching import approved_scheme, scheme
from tests.unit.scheduling.test_notice_real import open_notice


def test_a_notice_with_open_places_becomes_a_draft_and_each_blank_is_named_at_approval(school: School) -> None:
    plan = school.call(contract.CREATE_PLAN, read_notice(open_notice()).draft.to_wire())
    assert plan["state"] == "draft"
    assert plan["programmes"][0]["terms"] is None
    with pytest.raises(PlanUnfinished) as refusal:
        school.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]})
    blanks = {each["path"]: each["words"]["zh"] for each in refusal.value.details["blanks"]}
    assert blanks["programmes.3.trainees"] == "第3班的培训人数未填写"
    assert blanks["contacts.0.phone"] == "市委组织部的联系电话未填写"
    assert len(blanks) == 4 * 5 + 4
    assert [each["path"] for each in plan["blanks"]] == list(blanks)
    assert school.terms(plan["plan_id"]) == []


def test_filling_the_blanks_makes_it_approvable_and_terms_come_into_being(school: School) -> None:
    plan = school.call(contract.CREATE_PLAN, draft(programme(trainees=None, days=None)))
    with pytest.raises(PlanUnfinished):
        school.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]})
    filled = school.call(
        contract.AMEND_PLAN,
        {"plan_id": plan["plan_id"], "programmes": [{"ordinal": 1, "trainees": 81, "days": 4}], "reason": "补全"},
        expected_version=plan["version"],
    )
    assert filled["blanks"] == []
    assert filled["programmes"][0]["programme_id"] == plan["programmes"][0]["programme_id"]
    approved = school.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]})
    assert (approved["state"], approved["version"]) == ("approved", 3)
    terms = school.terms(plan["plan_id"])
    assert [(term["ordinal"], term["capacity"], term["days"], term["state"]) for term in terms] == [
        (1, 41, 4, "planned"),
        (2, 40, 4, "planned"),
    ]
    published = school.harness.emitted(contract.PLAN_PUBLISHED)
    assert [each.data["programmes"][0]["terms"] for each in published] == [2]
    with pytest.raises(PlanAlreadyApproved):
        school.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]})


def test_every_amendment_keeps_an_unchangeable_version_and_they_compare(school: School) -> None:
    plan = school.call(contract.CREATE_PLAN, draft(programme(1), programme(2)))
    id = plan["plan_id"]
    school.call(
        contract.AMEND_PLAN,
        {
            "plan_id": id,
            "programmes": [{"ordinal": 1, "days": 3}, programme(3)],
            "remove_programmes": [2],
            "reason": "疫情",
        },
    )
    unchanged = school.call(contract.AMEND_PLAN, {"plan_id": id, "programmes": [{"ordinal": 1, "days": 3}]})
    assert unchanged["version"] == 2
    versions = school.call(contract.LIST_PLAN_VERSIONS, {"plan_id": id})["items"]
    assert [(each["number"], each["reason"]) for each in versions] == [(1, None), (2, "疫情")]
    first = school.call(contract.GET_PLAN_VERSION, {"plan_id": id, "number": 1})["plan"]
    assert [each["ordinal"] for each in first["programmes"]] == [1, 2]
    diff = school.call(contract.COMPARE_PLAN, {"plan_id": id, "from_version": 1})
    assert (diff["from_version"], diff["to_version"]) == (1, 2)
    assert {each["words"]["zh"] for each in diff["changes"]} == {"第1班的学制由5改为3", "取消第2班", "新增第3班"}
    with pytest.raises(NotFound):
        school.call(contract.GET_PLAN_VERSION, {"plan_id": id, "number": 9})


def test_a_stale_version_changes_nothing(school: School) -> None:
    plan = school.call(contract.CREATE_PLAN, draft())
    school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "title": "改名"}, expected_version=1)
    with pytest.raises(StaleVersion):
        school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "title": "再改"}, expected_version=1)
    with pytest.raises(StaleVersion):
        school.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]}, expected_version=1)
    assert school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]})["title"] == "改名"


@pytest.mark.parametrize(
    "changes",
    [
        {"programmes": [programme(1), programme(1)]},
        {"programmes": []},
        {"programmes": [programme(terms=0)]},
        {"programmes": [programme(terms="2")]},
        {"programmes": [programme(terms=True)]},
        {"programmes": [programme(starts_on="2020-02-30")]},
        {"programmes": [programme(kind="lecture")]},
        {"programmes": [programme(unheard_of=1)]},
        {"year": 1949},
        {"stranger": 1},
    ],
)
def test_bad_drafts_are_refused_whole(school: School, changes: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        school.call(contract.CREATE_PLAN, draft() | changes)
    assert school.call(contract.LIST_PLANS)["items"] == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"ends_on": "2020-05-01"}, "programmes.1.ends_on"),
        ({"ends_on": "2020-05-08"}, "programmes.1.days"),
        ({"trainees": 1}, "programmes.1.trainees"),
        ({"ranges": [{"starts_on": "2020-05-11", "ends_on": "2020-05-15"}]}, "programmes.1.ranges"),
    ],
)
def test_contradictions_stand_in_the_way_of_approval(school: School, changes: dict[str, object], path: str) -> None:
    plan = school.call(contract.CREATE_PLAN, draft(programme(**changes)))
    assert [each["path"] for each in plan["blanks"]] == [path]


def test_an_amendment_may_not_drop_shrink_or_reshape_a_term_with_admitted_people(school: School) -> None:
    plan = school.approved(programme(1), programme(2))
    id = plan["plan_id"]
    second = school.terms(id)[1]
    admitted = school.admit(second["term_id"], 3)
    for change in ({"terms": 1, "trainees": 40}, {"trainees": 4}, {"days": 3}):
        with pytest.raises(TermHasAdmitted) as refusal:
            school.call(contract.AMEND_PLAN, {"plan_id": id, "programmes": [{"ordinal": 1, **change}]})
        assert refusal.value.details["terms"] == [
            {"term_id": second["term_id"], "programme_ordinal": 1, "ordinal": 2, "admitted": 3},
        ]
        assert "第1班第2期已录取3人" in refusal.value.message.zh
    with pytest.raises(TermHasAdmitted):
        school.call(contract.AMEND_PLAN, {"plan_id": id, "remove_programmes": [1]})
    assert school.call(contract.GET_PLAN, {"plan_id": id})["version"] == plan["version"]
    school.call(contract.AMEND_PLAN, {"plan_id": id, "remove_programmes": [2]})

    for nomination_id in admitted:
        school.harness.deliver(
            NOMINATION_WITHDRAWN,
            {
                "nomination_id": nomination_id,
                "term_id": second["term_id"],
                "unit_id": "city.donghu",
                "reason_code": "x",
                "was_admitted": True,
            },
        )
    amended = school.call(contract.AMEND_PLAN, {"plan_id": id, "programmes": [{"ordinal": 1, "terms": 1}]})
    assert amended["programmes"][0]["terms"] == 1
    assert [term["state"] for term in school.terms(id)] == [
        "planned",
        "cancelled",
        "cancelled",
        "cancelled",
    ]


def test_the_same_admission_told_twice_counts_once(school: School) -> None:
    plan = school.approved()
    term = school.terms(plan["plan_id"])[0]
    ids = school.admit(term["term_id"], 2)
    school.harness.deliver(
        ROSTER_ADMITTED, {"term_id": term["term_id"], "unit_id": "city.x", "nomination_ids": ids, "count": 2}
    )
    school.harness.deliver(
        ROSTER_ADMITTED, {"term_id": "term_unknown", "unit_id": "city.x", "nomination_ids": ids, "count": 2}
    )
    assert school.call(contract.GET_TERM, {"term_id": term["term_id"]})["admitted"] == 2


def test_an_admission_that_comes_after_the_seat_was_given_back_counts_nobody(school: School) -> None:
    plan = school.approved()
    term_id = school.terms(plan["plan_id"])[0]["term_id"]
    left = {"nomination_id": "n1", "term_id": term_id, "unit_id": "city.x", "reason_code": "x", "was_admitted": True}
    admitted = {"term_id": term_id, "unit_id": "city.x", "nomination_ids": ["n1", "n2"], "count": 2}
    school.harness.deliver(NOMINATION_WITHDRAWN, left)
    for _ in range(2):
        school.harness.deliver(ROSTER_ADMITTED, admitted)
        assert school.call(contract.GET_TERM, {"term_id": term_id})["admitted"] == 1


def test_more_terms_are_added_and_dropped_ones_come_back(school: School) -> None:
    plan = school.approved()
    id = plan["plan_id"]
    school.call(contract.AMEND_PLAN, {"plan_id": id, "programmes": [{"ordinal": 1, "terms": 1, "trainees": 40}]})
    school.call(contract.AMEND_PLAN, {"plan_id": id, "programmes": [{"ordinal": 1, "terms": 3, "trainees": 120}]})
    assert [(term["ordinal"], term["state"], term["capacity"]) for term in school.terms(id)] == [
        (1, "planned", 40),
        (2, "planned", 40),
        (3, "planned", 40),
    ]


def test_an_approved_plan_may_not_be_amended_into_an_unfinished_one(school: School) -> None:
    plan = school.approved()
    with pytest.raises(PlanUnfinished):
        school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "programmes": [{"ordinal": 1, "days": None}]})


def test_only_the_organisation_department_approves_and_units_only_read(school: School) -> None:
    plan = school.call(contract.CREATE_PLAN, draft())
    for role in (Role.PARTY_SCHOOL, Role.UNIT):
        caller = Caller("test:somebody", frozenset({role}), ("city.donghu",))
        with pytest.raises(Forbidden):
            school.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]}, caller=caller)
        assert school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]}, caller=caller)["year"] == 2020
    unit = Caller("test:unit", frozenset({Role.UNIT}), ("city.donghu",))
    with pytest.raises(Forbidden):
        school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "title": "x"}, caller=unit)


def test_the_same_command_id_makes_one_plan(school: School) -> None:
    first = school.call(contract.CREATE_PLAN, draft(), command_id="key-1")
    again = school.call(contract.CREATE_PLAN, draft(), command_id="key-1")
    assert again == first
    assert len(school.call(contract.LIST_PLANS)["items"]) == 1


def test_a_plan_rolls_forward_into_the_draft_of_the_next_year_with_its_schemes(school: School) -> None:
    plan = school.approved(programme(title="第1专题培训班"))
    programme_id = plan["programmes"][0]["programme_id"]
    approved_scheme(school, scheme(programme_id))
    next_year = school.call(ROLL_PLAN, {"plan_id": plan["plan_id"]})
    assert (next_year["year"], next_year["title"], next_year["state"]) == (2021, "2021年公务员培训计划", "draft")
    (rolled,) = next_year["programmes"]
    assert (rolled["starts_on"], rolled["ends_on"], rolled["trainees"]) == ("2021-05-12", "2021-08-06", 80)
    assert rolled["programme_id"] != programme_id
    (copied,) = school.call(LIST_SCHEMES, {"plan_id": next_year["plan_id"]})["items"]
    assert (copied["state"], copied["hours"], copied["in_force"]) == ("draft", 4, None)
    assert school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]})["year"] == 2020
    assert school.call(contract.APPROVE_PLAN, {"plan_id": next_year["plan_id"]})["state"] == "approved"
    with pytest.raises(Invalid, match="之后的年度"):
        school.call(ROLL_PLAN, {"plan_id": plan["plan_id"], "year": 2020})
