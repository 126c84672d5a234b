"""A term is settled within the standard and with a complete file, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.compliance.contract import TRAINEE_WITHDRAWN
from services.enrollment import contract
from services.enrollment.contract import AboveStandard, AlreadySettled, PapersMissing
from shared.errors import Forbidden, Invalid, NotFound
from tests.integration.enrollment.conftest import OPENING, Desk, unit_caller
from tests.integration.enrollment.fee_desk import AUDITOR, SCHOOL, admit, go_to, withdraw
from tests.integration.enrollment.test_lecture_fees import issue, taught

TERM = {"term_id": "term_1"}
PAPERS = ("plan_approval", "notice", "sign_in_sheet", "receipt", "itemised_list")


@pytest.fixture
def held(desk: Desk) -> Desk:
    desk.unit("city.donghu")
    desk.place("term_1")
    desk.allot("term_1", donghu=20)
    admit(desk, 10)
    return desk


def file_costs(desk: Desk, staff: int = 1, **items: str) -> dict[str, Any]:
    return desk.call(contract.FILE_TERM_COSTS, TERM | {"staff": staff, "items": items}, caller=SCHOOL)


def record(desk: Desk, *papers: str) -> dict[str, Any]:
    for paper in papers:
        request = TERM | {"paper": paper, "reference": f"{paper}-1", "dated_on": "2020-04-01"}
        shown = desk.call(contract.RECORD_SETTLEMENT_PAPER, request, caller=SCHOOL)
    return shown


def test_costs_at_the_ceiling_are_kept_and_one_fen_more_is_refused_with_its_source(held: Desk) -> None:
    kept = file_costs(held, lodging="20000.00", meals="13000.00")
    assert (kept["spent"], kept["fees"], kept["trainees"], kept["state"]) == ("33000.00", "33000.00", 10, "open")
    assert {finding["code"]: finding["ruling"] for finding in kept["findings"]} == {"total": "pass", "staff": "pass"}
    with pytest.raises(AboveStandard, match="540号"):
        file_costs(held, lodging="20000.00", meals="13000.01")
    assert held.call(contract.GET_TERM_SETTLEMENT, TERM)["spent"] == "33000.00"


def test_too_many_staff_are_a_warning_while_the_share_is_unverified_and_refused_by_a_verified_one(held: Desk) -> None:
    kept = file_costs(held, staff=2, other="1.00")
    staff = next(finding for finding in kept["findings"] if finding["code"] == "staff")
    assert (staff["ruling"], staff["citation"]["basis"]) == ("warn", "unverified")
    assert "尚未核实" in staff["reason"]["zh"]
    scope = {"scope_id": "city", "standard": "jinan_2014", "fee_class": "all", "lecture_standard": "central"}
    held.call(contract.PUT_FEE_SCOPE, scope | {"effective_from": "2020-01-01", "document": "本市文件"})
    with pytest.raises(AboveStandard, match="工作人员1人"):
        file_costs(held, staff=1, other="1.00")


def test_costs_are_held_against_those_who_came(held: Desk) -> None:
    asked = TERM | {"staff": 0, "items": {"other": "32999.99"}, "trainees": 9}
    with pytest.raises(AboveStandard):
        held.call(contract.FILE_TERM_COSTS, asked)
    for wrong in ({"trainees": 11}, {"items": {"other": "-1.00"}}, {"items": {"other": "0.001"}}):
        with pytest.raises(Invalid):
            held.call(contract.FILE_TERM_COSTS, asked | wrong)
    assert held.call(contract.GET_TERM_SETTLEMENT, TERM)["state"] == "none"


def test_who_signed_in_and_left_later_counts_among_those_who_came(held: Desk) -> None:
    seated = [row["nomination_id"] for row in held.nominations(state="admitted")]
    go_to(held, OPENING - timedelta(days=2))
    withdraw(held, seated[0])
    go_to(held, OPENING + timedelta(days=5))
    news = {"term_id": "term_1", "unit_id": "city.donghu"}
    held.harness.deliver(TRAINEE_WITHDRAWN, news | {"nomination_id": seated[1], "reason_code": "not_reported"})
    held.harness.deliver(TRAINEE_WITHDRAWN, news | {"nomination_id": seated[2], "reason_code": "leave-limit"})
    asked = TERM | {"staff": 0, "items": {"lodging": "100.00"}}
    assert held.call(contract.FILE_TERM_COSTS, asked | {"trainees": 8}, caller=SCHOOL)["trainees"] == 8
    assert held.call(contract.FILE_TERM_COSTS, asked, caller=SCHOOL)["trainees"] == 7
    with pytest.raises(Invalid, match="8人"):
        held.call(contract.FILE_TERM_COSTS, asked | {"trainees": 9}, caller=SCHOOL)


def test_a_term_is_settled_once_every_paper_is_there(held: Desk) -> None:
    with pytest.raises(NotFound, match="尚未填报"):
        held.call(contract.SETTLE_TERM, TERM)
    file_costs(held, other="100.00")
    with pytest.raises(Invalid, match="sign_in_sheet"):
        record(held, "photograph")
    shown = record(held, *PAPERS[:-1])
    assert shown["missing"] == ["itemised_list"]
    with pytest.raises(PapersMissing, match="费用明细单") as refusal:
        held.call(contract.SETTLE_TERM, TERM)
    assert refusal.value.details["papers"] == ["itemised_list"]
    record(held, "itemised_list")
    settled = held.call(contract.SETTLE_TERM, TERM)
    assert (settled["state"], settled["missing"]) == ("settled", [])
    for again in (lambda: file_costs(held, other="1.00"), lambda: record(held, "notice")):
        with pytest.raises(AlreadySettled):
            again()
    opened = held.call(contract.REOPEN_SETTLEMENT, TERM | {"reason": "票据更正"})
    assert opened["state"] == "open"
    assert [step["what"] for step in opened["history"]][-2:] == ["settled", "reopened"]


def test_lecture_fees_and_training_outside_the_plan_ask_for_more_papers(held: Desk) -> None:
    issue(held, "term_1", taught(1))
    held.call(contract.FILE_TERM_COSTS, TERM | {"staff": 0, "items": {}, "unplanned": True})
    shown = record(held, *PAPERS)
    assert (shown["missing"], shown["lectures"]) == (["lecture_receipt", "leader_approval"], "4000.00")
    assert all("培训费管理办法" in paper["source"] for paper in shown["papers"])
    record(held, "lecture_receipt", "leader_approval")
    assert held.call(contract.SETTLE_TERM, TERM)["state"] == "settled"


def test_the_school_files_the_organisation_department_settles_and_the_auditor_reads(held: Desk) -> None:
    paper = TERM | {"paper": "notice", "reference": "1", "dated_on": "2020-04-01"}
    for operation, request in (
        (contract.FILE_TERM_COSTS, TERM | {"staff": 0, "items": {}}),
        (contract.RECORD_SETTLEMENT_PAPER, paper),
        (contract.SETTLE_TERM, TERM),
        (contract.REOPEN_SETTLEMENT, TERM | {"reason": "更正"}),
    ):
        for stranger in (unit_caller("city.donghu"), AUDITOR):
            with pytest.raises(Forbidden):
                held.call(operation, request, caller=stranger)
    for operation in (contract.SETTLE_TERM, contract.REOPEN_SETTLEMENT):
        with pytest.raises(Forbidden):
            held.call(
                operation, TERM | ({} if operation is contract.SETTLE_TERM else {"reason": "更正"}), caller=SCHOOL
            )
    assert held.call(contract.GET_TERM_SETTLEMENT, TERM, caller=AUDITOR)["version"] == 0
    with pytest.raises(Forbidden):
        held.call(contract.GET_TERM_SETTLEMENT, TERM, caller=unit_caller("city.donghu"))
