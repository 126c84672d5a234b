"""Fees are assessed when people are admitted, and follow people, dates and payers ever after."""

from __future__ import annotations

import base64
import io
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from services.compliance.contract import TRAINEE_WITHDRAWN
from services.enrollment import contract
from services.enrollment.contract import FeeRefused, PayerNotAllowed
from services.scheduling.contract import CALENDAR_CHANGED
from shared.errors import Forbidden, Invalid, NotFound
from shared.plugins import PluginMissing
from shared.security.caller import Caller, Role
from tests.integration.enrollment.conftest import OPENING, Desk, unit_caller
from tests.integration.enrollment.fee_desk import (
    AUDITOR,
    FULL,
    SCHOOL,
    admit,
    go_to,
    hear,
    move,
    order,
    orders,
    pay,
    with_two_units,
    withdraw,
)
from tests.integration.enrollment.replacing import approve, ask


@pytest.fixture
def city(desk: Desk) -> Desk:
    return with_two_units(desk)


def test_admission_charges_the_sending_unit_for_each_of_its_people(city: Desk) -> None:
    admitted = admit(city)
    owed = order(city)
    assert (owed["payer"], owed["unit_id"], owed["state"]) == ("unit", "city.donghu", "open")
    assert (owed["assessed"], owed["outstanding"], owed["received"]) == ("9900.00", "9900.00", "0.00")
    assert owed["due_on"] == "2020-05-10", "the day people report"
    assert "不得向参训人员收取" in owed["payer_note"]["zh"]
    assert [line["nomination_id"] for line in owed["lines"]] == admitted
    for line in owed["lines"]:
        assert (line["amount"], line["days"], line["standard"]) == (f"{FULL}.00", 6, "central")
        assert "培训5天，报到、撤离计1天，共6天" in line["reasons"][0]["zh"]
        assert line["citation"]["document"] == "财行〔2016〕540号"
        assert line["name"].startswith("测试")
    [event] = city.harness.emitted(contract.FEES_ASSESSED)
    assert event.data == {
        "order_id": owed["order_id"],
        "term_id": "term_1",
        "unit_id": "city.donghu",
        "payer": "unit",
        "trainees": 3,
        "amount": "9900.00",
        "outstanding": "9900.00",
        "due_on": "2020-05-10",
        "retiming_id": None,
    }


def test_the_same_news_again_charges_nobody_twice_and_more_people_join_the_order(city: Desk) -> None:
    ids = admit(city)
    news = {"term_id": "term_1", "unit_id": "city.donghu", "nomination_ids": ids, "count": 3}
    city.harness.take()
    city.harness.deliver(contract.ROSTER_ADMITTED, news)
    assert city.harness.emitted(contract.FEES_ASSESSED) == []
    admit(city, 2, first=10)
    owed = order(city)
    assert (len(owed["lines"]), owed["assessed"], owed["assessment"]) == (5, "16500.00", 2)
    kept = city.call(contract.LIST_FEE_ASSESSMENTS, {"order_id": owed["order_id"]})["items"]
    assert [(row["assessment"], row["assessed"]) for row in kept] == [(2, "16500.00"), (1, "9900.00")]


def test_each_unit_has_its_own_order_and_sees_no_other(city: Desk) -> None:
    admit(city, 1)
    admit(city, 2, unit="nanshan", first=10)
    assert [row["unit_id"] for row in orders(city)] == ["city.donghu", "city.nanshan"]
    nanshan = unit_caller("city.nanshan")
    mine = city.call(contract.LIST_FEE_ORDERS, {}, caller=nanshan)["items"]
    assert [row["unit_id"] for row in mine] == ["city.nanshan"]
    other = order(city, unit_id="city.donghu")["order_id"]
    for query in (contract.GET_FEE_ORDER, contract.LIST_FEE_ASSESSMENTS):
        with pytest.raises(NotFound):
            city.call(query, {"order_id": other}, caller=nanshan)
    with pytest.raises(Forbidden):
        city.call(contract.LIST_FEE_ORDERS, {"unit_id": "city.donghu"}, caller=nanshan)
    assert city.call(contract.LIST_FEE_ORDERS, {}, caller=AUDITOR)["items"]


def test_nobody_but_the_organisation_department_and_the_school_deals_with_fees(city: Desk) -> None:
    admit(city, 1)
    order_id = order(city)["order_id"]
    moves = {
        "amount": "1.00",
        "paid_on": "2020-04-01",
        "method": "bank_transfer",
        "account_kind": "institution",
        "account_title": "x",
        "reference": "1",
    }
    back = {"amount": "1.00", "refunded_on": "2020-04-01", "cause": "overpayment", "reference": "1"}
    scope = {"standard": "central", "fee_class": "two", "lecture_standard": "central", "effective_from": "2020-01-01"}
    changing = [
        (contract.ASSESS_FEES, {"term_id": "term_1"}),
        (contract.ASSIGN_FEE_PAYER, {"term_id": "term_1", "unit_id": "city.donghu", "payer": "treasury"}),
        (contract.BOOK_FEE_PAYMENT, {"order_id": order_id, **moves}),
        (contract.CANCEL_FEE_PAYMENT, {"order_id": order_id, "payment_id": "pay_1", "reason": "误登"}),
        (contract.REFUND_FEES, {"order_id": order_id, **back}),
        (contract.PUT_FEE_SCOPE, {"scope_id": "city", "document": "本市文件", **scope}),
        (contract.REMOVE_FEE_SCOPE, {"scope_id": "city"}),
    ]
    trainee = Caller("trainee:nom_1", frozenset({Role.TRAINEE}), ())
    operator = Caller("test:operator", frozenset({Role.OPERATOR}), ("",))
    for operation, request in changing:
        for stranger in (unit_caller("city.donghu"), AUDITOR, trainee, operator):
            with pytest.raises(Forbidden):
                city.call(operation, request, caller=stranger)
    for operation, request in (changing[1], changing[5], changing[6]):
        with pytest.raises(Forbidden):
            city.call(operation, request, caller=SCHOOL)
    for reading in (contract.LIST_FEE_ORDERS, contract.LIST_FEE_RECEIPTS, contract.LIST_FEE_STANDARDS):
        for stranger in (trainee, operator):
            with pytest.raises(Forbidden):
                city.call(reading, {}, caller=stranger)


def test_a_withdrawal_before_opening_frees_the_fee_and_one_after_leaves_the_days_begun(city: Desk) -> None:
    first, second, third = admit(city)
    go_to(city, OPENING - timedelta(days=1), hour=23)
    withdraw(city, first)
    go_to(city, OPENING, hour=0)
    withdraw(city, second, "health")
    owed = {line["nomination_id"]: line for line in order(city)["lines"]}
    assert (owed[first]["amount"], owed[first]["departure"]["kind"]) == ("0.00", "before_opening")
    assert (owed[second]["amount"], owed[second]["departure"]["kind"]) == ("1100.00", "after_opening")
    assert owed[second]["departure"]["on"] == "2020-05-11"
    assert (owed[third]["amount"], owed[third]["departure"]) == (f"{FULL}.00", None)
    assert owed[first]["citation"]["basis"] == "unverified"
    assert order(city)["cause"] == "withdrawal"
    assert order(city)["trainees"] == 1


def test_who_leaves_after_a_weekend_owes_the_days_of_training_begun(city: Desk) -> None:
    move(city, "term_1", date(2020, 6, 1), ends_on="2020-06-12", days=10)
    first, second, _ = admit(city)
    assert order(city)["lines"][0]["amount"] == "6050.00", "ten days and the day of arrival"
    go_to(city, date(2020, 6, 7))  # the Sunday between
    withdraw(city, first)
    go_to(city, date(2020, 6, 8))  # the sixth day of training
    withdraw(city, second)
    owed = {line["nomination_id"]: (line["days"], line["amount"]) for line in order(city)["lines"]}
    assert (owed[first], owed[second]) == ((6, "3300.00"), (7, "3850.00"))


def test_a_saturday_the_city_works_on_is_a_day_begun(city: Desk) -> None:
    worked = {"day": "2020-06-06", "working": True, "reason": "本市补课"}
    city.harness.deliver(CALENDAR_CHANGED, {"version": 1, "days": [worked]})
    move(city, "term_1", date(2020, 6, 1), ends_on="2020-06-12", days=11)
    first, _ = admit(city, 2)
    go_to(city, date(2020, 6, 8))
    withdraw(city, first)
    assert next(each for each in order(city)["lines"] if each["nomination_id"] == first)["days"] == 8


def test_a_replacement_costs_nothing_more_even_after_opening(city: Desk) -> None:
    old, *_ = admit(city)
    paid = pay(city, order(city)["order_id"], "9900.00")
    assert paid["state"] == "settled"
    go_to(city, OPENING + timedelta(days=1))
    withdraw(city, old, "replaced")
    assert order(city)["state"] == "overpaid"
    [new] = admit(city, 1, first=20)
    news = {"replacement_id": "rep_1", "term_id": "term_1", "unit_id": "city.donghu", "old_nomination_id": old}
    news |= {"new_nomination_id": new, "reason_code": "work", "late": True}
    city.harness.deliver(contract.REPLACEMENT_APPROVED, news)
    after = order(city)
    assert (after["assessed"], after["outstanding"], after["state"]) == ("9900.00", "0.00", "settled")
    assert {line["nomination_id"]: line["amount"] for line in after["lines"]}[old] == "0.00"


def test_a_trainee_is_charged_only_by_name_and_with_a_legal_basis(city: Desk) -> None:
    first, second = admit(city, 2)
    pay(city, order(city)["order_id"], "6600.00")
    asked = {"term_id": "term_1", "unit_id": "city.donghu", "payer": "individual"}
    basis = {"document": "某某办法（某发〔2020〕1号）", "article": "第三条"}
    with pytest.raises(PayerNotAllowed, match="逐人"):
        city.call(contract.ASSIGN_FEE_PAYER, asked | {"legal_basis": basis})
    with pytest.raises(PayerNotAllowed, match="法定依据"):
        city.call(contract.ASSIGN_FEE_PAYER, asked | {"nomination_id": first})
    with pytest.raises(Invalid):
        city.call(
            contract.ASSIGN_FEE_PAYER, asked | {"nomination_id": first, "legal_basis": basis | {"document": "  "}}
        )
    assert len(orders(city)) == 1
    done = city.call(contract.ASSIGN_FEE_PAYER, asked | {"nomination_id": first, "legal_basis": basis})
    by_payer = {row["payer"]: row for row in done["items"]}
    assert by_payer["individual"]["payer_nomination_id"] == first
    assert by_payer["individual"]["outstanding"] == "3300.00"
    assert (by_payer["unit"]["assessed"], by_payer["unit"]["outstanding"]) == ("3300.00", "-3300.00")
    shown = city.call(contract.GET_FEE_ORDER, {"order_id": by_payer["individual"]["order_id"]})
    assert "某发〔2020〕1号" in shown["payer_note"]["zh"]
    back = city.call(contract.ASSIGN_FEE_PAYER, asked | {"nomination_id": first, "payer": "unit"})
    by_payer = {row["payer"]: row for row in back["items"]}
    assert (by_payer["individual"]["state"], by_payer["unit"]["state"]) == ("void", "settled")
    with pytest.raises(NotFound):
        city.call(
            contract.ASSIGN_FEE_PAYER,
            asked | {"unit_id": "city.nanshan", "nomination_id": second, "legal_basis": basis},
        )


def test_a_corrected_legal_basis_reaches_the_order_and_the_assessment_before_keeps_its_own(city: Desk) -> None:
    [first] = admit(city, 1)
    asked = {"term_id": "term_1", "unit_id": "city.donghu", "payer": "individual", "nomination_id": first}
    wrong = {"document": "某某办法（某发〔2020〕1号）", "article": "第三条"}
    right = {"document": "某某办法（某发〔2020〕11号）", "article": "第五条"}

    def charge(basis: dict[str, str]) -> dict[str, Any]:
        done = city.call(contract.ASSIGN_FEE_PAYER, asked | {"legal_basis": basis})
        [mine] = [row for row in done["items"] if row["payer"] == "individual"]
        return city.call(contract.GET_FEE_ORDER, {"order_id": mine["order_id"]})

    before = charge(wrong)
    after = charge(right)
    assert (after["legal_basis"], after["assessment"]) == (right, 2)
    assert "（某发〔2020〕11号）第五条" in after["payer_note"]["zh"]
    kept = ("order_id", "assessed", "outstanding", "due_on", "lines", "entries", "state")
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
    history = city.call(contract.LIST_FEE_ASSESSMENTS, {"order_id": after["order_id"]})["items"]
    assert [(row["assessment"], row["legal_basis"], row["cause"]) for row in history] == [
        (2, right, "payer"), (1, wrong, "payer"),
    ]  # fmt: skip
    assert charge(right)["version"] == after["version"], "nothing changed"
    city.call(contract.ASSIGN_FEE_PAYER, asked | {"payer": "unit"})
    assert charge(wrong)["legal_basis"] == wrong


def test_the_treasury_may_pay_for_a_unit(city: Desk) -> None:
    admit(city, 2)
    done = city.call(
        contract.ASSIGN_FEE_PAYER, {"term_id": "term_1", "unit_id": "city.donghu", "payer": "treasury", "note": "预算"}
    )
    assert [(row["payer"], row["state"], row["assessed"]) for row in done["items"]] == [
        ("treasury", "open", "6600.00"),
        ("unit", "void", "0.00"),
    ]
    admit(city, 1, first=10)
    assert order(city, state="open")["assessed"] == "9900.00"


def test_a_scope_brings_another_standard_and_an_old_assessment_stays_in_the_history(city: Desk) -> None:
    admit(city, 1)
    scope = {
        "scope_id": "main-campus",
        "standard": "jiaozuo",
        "fee_class": "all",
        "lecture_standard": "zhuzhou_lectures",
        "departure_days": 1,
        "effective_from": "2020-01-01",
        "campus_id": "main",
        "document": "江财行〔2020〕3号",
    }
    kept = city.call(contract.PUT_FEE_SCOPE, scope)
    assert (kept["version"], kept["campus_id"], kept["kind"]) == (1, "main", None)
    done = city.call(contract.ASSESS_FEES, {"term_id": "term_1"}, caller=SCHOOL)
    assert done["changed"] == 1
    owed = order(city)
    assert (owed["assessed"], owed["cause"]) == ("1560.00", "request")
    assert "报到、撤离计1天，共6天" in owed["lines"][0]["reasons"][0]["zh"], "together at most one day"
    listed = city.call(contract.LIST_FEE_SCOPES, {})
    assert [row["scope_id"] for row in listed["items"]] == ["main-campus"]
    assert listed["default"]["standard"] == "central"
    city.call(contract.REMOVE_FEE_SCOPE, {"scope_id": "main-campus"})
    city.call(contract.ASSESS_FEES, {"term_id": "term_1", "unit_id": "city.donghu"})
    assert order(city)["assessed"] == "3300.00"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"fee_class": "three"}, FeeRefused),
        ({"standard": "no_such", "fee_class": "three"}, PluginMissing),
        ({"lecture_standard": "jinan_2014"}, FeeRefused),
        ({"effective_from": "2010-01-01"}, FeeRefused),
        ({"effective_to": "2019-12-31"}, Invalid),
    ],
)
def test_a_scope_that_could_not_answer_is_refused(city: Desk, changes: dict[str, str], fault: type[Exception]) -> None:
    scope = {"scope_id": "city", "standard": "jiaozuo", "fee_class": "all", "lecture_standard": "central"}
    scope |= {"effective_from": "2020-01-01", "document": "本市文件"}
    with pytest.raises(fault):
        city.call(contract.PUT_FEE_SCOPE, scope | changes)
    assert city.call(contract.LIST_FEE_SCOPES, {})["items"] == []


def test_standards_are_shown_with_their_sources_and_a_stay_is_reckoned(city: Desk) -> None:
    shown = city.call(contract.LIST_FEE_STANDARDS, {"on": "2020-05-11"}, caller=unit_caller("city.donghu"))["items"]
    by_slug = {row["standard"]: row for row in shown}
    assert set(by_slug) == {"central", "itemised_caps", "jiaozuo", "jinan_2014", "zhuzhou_lectures"}
    assert by_slug["central"]["citation"]["document"] == "财行〔2016〕540号"
    staff = next(figure for figure in by_slug["central"]["figures"] if figure["key"] == "staff")
    assert staff["citation"]["basis"] == "unverified"
    assert len(city.call(contract.LIST_FEE_STANDARDS, {})["items"]) == 6, "the edition of 2014 too"
    stay = {"standard": "central", "fee_class": "three", "on": "2020-05-11", "training_days": 35}
    quote = city.call(contract.QUOTE_FEE, stay)
    assert (quote["amount"], quote["days"]) == ("18425.00", 35)
    with pytest.raises(FeeRefused, match="one"):
        city.call(contract.QUOTE_FEE, stay | {"fee_class": "four"})


def test_the_fee_list_of_a_term_opens_as_a_workbook_and_runs_nothing(city: Desk) -> None:
    city.unit("city.donghu", '=HYPERLINK("http://x")')
    admit(city, 2)
    admit(city, 1, unit="nanshan", first=10)
    file = city.call(contract.GET_FEE_LIST, {"term_id": "term_1"})
    page = load_workbook(io.BytesIO(base64.b64decode(file["content"]))).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert rows[1][:5] == ("单位", "姓名", "付费方", "计费天数", "金额（元）")
    assert [row[4] for row in rows[2:6]] == [3300, 3300, 3300, 9900]
    assert rows[2][0] == '\'=HYPERLINK("http://x")'
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage, "printed, every column is on the sheet"
    own = city.call(contract.GET_FEE_LIST, {"term_id": "term_1"}, caller=unit_caller("city.nanshan"))
    page = load_workbook(io.BytesIO(base64.b64decode(own["content"]))).active
    assert page is not None
    assert {row[0] for row in page.iter_rows(min_row=3, max_row=3, values_only=True)} == {"nanshan区委"}


def test_an_order_is_overdue_the_day_after_it_was_due(city: Desk) -> None:
    admit(city, 1)
    go_to(city, OPENING - timedelta(days=1), hour=23)
    assert orders(city, overdue=True) == []
    go_to(city, OPENING, hour=0)
    [late] = orders(city, overdue=True)
    assert late["overdue"] is True
    assert orders(city, overdue=False) == []


def test_people_admitted_late_owe_within_a_week(city: Desk) -> None:
    go_to(city, OPENING + timedelta(days=1))
    admit(city, 1)
    assert order(city)["due_on"] == "2020-05-19"


def test_nothing_is_charged_for_somebody_who_never_had_a_seat(city: Desk) -> None:
    city.allot("term_1", donghu=1)
    admitted = admit(city, 2)
    [waiting] = [row["nomination_id"] for row in city.nominations() if row["nomination_id"] not in admitted]
    withdraw(city, waiting)
    assert [line["nomination_id"] for line in order(city)["lines"]] == admitted


def test_a_replacement_carried_out_as_a_process_moves_the_fee_with_the_seat(city: Desk) -> None:
    old, *_ = admit(city)
    before = order(city)["assessed"]
    approve(city, ask(city, old))
    while hear(city):
        pass
    after = order(city)
    amounts = {line["nomination_id"]: line["amount"] for line in after["lines"]}
    assert (after["assessed"], amounts[old], len(amounts)) == (before, "0.00", 4)


@pytest.mark.parametrize(("cause", "words"), [("not_reported", "逾期未报到"), ("leave_limit", "退学")])
def test_whoever_compliance_takes_out_is_settled_by_the_rule_of_that_departure(
    city: Desk, cause: str, words: str
) -> None:
    gone, *_ = admit(city)
    news = {"nomination_id": gone, "term_id": "term_1", "unit_id": "city.donghu", "reason_code": cause}
    city.harness.deliver(TRAINEE_WITHDRAWN, news)
    while hear(city):
        pass
    [its] = [line for line in order(city)["lines"] if line["nomination_id"] == gone]
    assert words in its["reasons"][0]["zh"]


def test_the_days_of_somebody_expelled_end_with_the_decision_however_late_the_news(city: Desk) -> None:
    gone, *_ = admit(city)
    go_to(city, OPENING + timedelta(days=1), hour=20)
    decided_at = city.clock.now()
    go_to(city, OPENING + timedelta(days=4))
    news = {"nomination_id": gone, "term_id": "term_1", "unit_id": "city.donghu", "reason_code": "leave-limit"}
    city.harness.deliver(TRAINEE_WITHDRAWN, news, at=decided_at)
    hear(city)
    [its] = [line for line in order(city)["lines"] if line["nomination_id"] == gone]
    assert (its["days"], its["departure"]["on"]) == (3, "2020-05-12"), "the day of arrival and two of training"
