"""Attestation, review and admission: seats in review order, never one too many."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.enrollment import contract
from services.enrollment.contract import QuotaExhausted, TermCancelled, WrongState
from services.scheduling.contract import TERM_CANCELLED
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.security.caller import Caller, Role
from tests.integration.enrollment.conftest import OPENING, Desk, cancel_under_way, id_number, line, unit_caller

SIGNER = {"signer": "单位负责人", "signer_post": "党组书记"}


@pytest.fixture
def city(desk: Desk) -> Desk:
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", unit)
    desk.place("term_1", capacity=5)
    desk.place("term_2", programme=2, starts=OPENING + timedelta(days=4), capacity=5)
    desk.allot("term_1", donghu=3, nanshan=2)
    desk.allot("term_2", donghu=5)
    return desk


def test_seats_go_out_in_the_order_of_review_until_the_quota_is_used(city: Desk) -> None:
    city.file("city.donghu", [line(serial) for serial in range(1, 6)])
    ids = [row["nomination_id"] for row in city.nominations()]
    city.call(contract.ATTEST_NOMINATIONS, {"nomination_ids": ids, **SIGNER})
    for chosen in (ids[4], ids[0], ids[2], ids[1]):
        city.call(contract.REVIEW_NOMINATIONS, {"nomination_ids": [chosen], "decision": "accept"})
    done = city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    assert done["admitted"] == [ids[4], ids[0], ids[2]]
    assert [(row["nomination_id"], row["problem"]["code"]) for row in done["left_out"]] == [(ids[1], "quota-used")]
    assert done["seats_left"] == 2
    [roster] = city.harness.emitted(contract.ROSTER_ADMITTED)
    assert roster.data == {
        "term_id": "term_1",
        "unit_id": "city.donghu",
        "nomination_ids": done["admitted"],
        "count": 3,
    }
    assert len(city.harness.emitted(contract.TRAINEE_ADMITTED)) == 3
    trainees = city.call(contract.LIST_TRAINEES, {"term_id": "term_1"})["items"]
    assert {trainee["nomination_id"] for trainee in trainees} == set(done["admitted"])
    assert all("****" in trainee["phone_masked"] and trainee["unit_title"] == "donghu" for trainee in trainees)
    [fill] = [row for row in city.call(contract.TERM_FILL, {})["items"] if row["term_id"] == "term_1"]
    assert (fill["capacity"], fill["nominated"], fill["accepted"], fill["admitted"]) == (5, 5, 1, 3)
    assert city.call(contract.ADMIT_TERM, {"term_id": "term_1"})["admitted"] == []


def test_people_named_for_admission_get_a_seat_or_a_reason(city: Desk) -> None:
    city.file("city.donghu", [line(1), line(2), line(3, programme=2)])
    mine, other, elsewhere = (row["nomination_id"] for row in city.nominations())
    city.call(contract.ATTEST_NOMINATIONS, {"nomination_ids": [mine, elsewhere], **SIGNER})
    city.call(contract.REVIEW_NOMINATIONS, {"nomination_ids": [mine, elsewhere], "decision": "accept"})
    for stranger in (elsewhere, "nom_unknown"):
        with pytest.raises(NotFound, match=stranger):
            city.call(contract.ADMIT_TERM, {"term_id": "term_1", "nomination_ids": [mine, stranger]})
    done = city.call(contract.ADMIT_TERM, {"term_id": "term_1", "nomination_ids": [mine, other]})
    assert done["admitted"] == [mine]
    assert [(row["nomination_id"], row["problem"]["code"]) for row in done["left_out"]] == [(other, "wrong-state")]


def test_nobody_is_accepted_before_the_unit_has_attested(city: Desk) -> None:
    city.file("city.donghu", [line(1)])
    [row] = city.nominations()
    review = {"nomination_ids": [row["nomination_id"]], "decision": "accept"}
    report = city.call(contract.REVIEW_NOMINATIONS, review)
    assert report["items"][0]["problem"]["code"] == "wrong-state"
    assert "已推荐" in report["items"][0]["problem"]["message"]["zh"]
    some = {"nomination_ids": [row["nomination_id"]], "criteria": ["has_potential", "in_good_health"], **SIGNER}
    assert city.call(contract.ATTEST_NOMINATIONS, some)["items"][0]["state"] == "filed"
    rest = some | {"criteria": ["job_tied_to_theme"]}
    assert city.call(contract.ATTEST_NOMINATIONS, rest)["items"][0]["state"] == "attested"
    assert city.call(contract.REVIEW_NOMINATIONS, review)["items"][0]["state"] == "accepted"
    shown = city.call(contract.GET_NOMINATION, {"nomination_id": row["nomination_id"]})
    assert len(shown["attestations"]) == 3
    assert [change["state"] for change in shown["history"]] == ["filed", "attested", "accepted"]


def test_a_returned_nomination_is_corrected_and_attested_anew(city: Desk) -> None:
    city.file("city.donghu", [line(1, 职务="")])
    [row] = city.nominations()
    key = {"nomination_id": row["nomination_id"]}
    city.call(contract.ATTEST_NOMINATIONS, {"nomination_ids": [row["nomination_id"]], **SIGNER})
    with pytest.raises(Invalid, match="reason_code"):
        city.call(contract.REVIEW_NOMINATIONS, {"nomination_ids": [row["nomination_id"]], "decision": "return"})
    back = {"nomination_ids": [row["nomination_id"]], "decision": "return", "reason_code": "post-unclear"}
    city.call(contract.REVIEW_NOMINATIONS, back)
    unit = unit_caller("city.donghu")
    with pytest.raises(StaleVersion):
        city.call(contract.CORRECT_NOMINATION, key | {"post": "科长"}, caller=unit, expected_version=1)
    done = city.call(contract.CORRECT_NOMINATION, key | {"post": "办公室 主任"}, caller=unit, expected_version=3)
    assert (done["post"], done["state"], done["outcome"], done["attestations"]) == (
        "办公室 主任",
        "filed",
        "eligible",
        [],
    )
    assert done["review"]["reason_code"] == "post-unclear"


def test_a_correction_may_put_another_number_and_frees_the_wrong_one(city: Desk) -> None:
    city.file("city.donghu", [line(1)])
    [row] = city.nominations()
    key = {"nomination_id": row["nomination_id"]}
    city.call(contract.CORRECT_NOMINATION, key | {"id_number": id_number(2)})
    purpose = {"purpose": "核对身份 / identity check"}
    assert city.call(contract.UNSEAL_ID_NUMBER, key | purpose)["id_number"] == id_number(2)
    again = city.file("city.donghu", [line(1), line(2)])
    assert (again["counts"]["filed"], again["counts"]["refused"]) == (1, 1)


def test_a_correction_that_a_rule_refuses_is_not_saved(city: Desk) -> None:
    city.file("city.donghu", [line(1), line(2)])
    first, second = city.nominations()
    with pytest.raises(contract.Ineligible, match="不必重复"):
        city.call(contract.CORRECT_NOMINATION, {"nomination_id": second["nomination_id"], "id_number": id_number(1)})
    with pytest.raises(contract.BadIdentity):
        city.call(contract.CORRECT_NOMINATION, {"nomination_id": second["nomination_id"], "id_number": "123"})
    assert city.nominations() == [first, second]


def test_a_withdrawn_trainee_frees_the_seat_for_the_next(city: Desk) -> None:
    city.file("city.donghu", [line(serial) for serial in range(1, 5)])
    city.accept_all()
    admitted = city.call(contract.ADMIT_TERM, {"term_id": "term_1"})["admitted"]
    withdrawal = {"nomination_id": admitted[0], "reason_code": "work"}
    with pytest.raises(Forbidden, match="组织部门"):
        city.call(contract.WITHDRAW_NOMINATION, withdrawal, caller=unit_caller("city.donghu"))
    assert city.call(contract.WITHDRAW_NOMINATION, withdrawal)["state"] == "withdrawn"
    with pytest.raises(WrongState):
        city.call(contract.WITHDRAW_NOMINATION, withdrawal)
    assert len(city.call(contract.ADMIT_TERM, {"term_id": "term_1"})["admitted"]) == 1
    [event] = city.harness.emitted(contract.NOMINATION_WITHDRAWN)
    assert event.data["was_admitted"] is True


def test_a_person_admitted_elsewhere_that_week_gets_no_seat_even_with_the_rules_switched_off(city: Desk) -> None:
    for plugin in list(city.harness.kit.plugins.of_kind("eligibility_rules")):
        city.harness.kit.plugins.disable(plugin.key)
    city.file("city.donghu", [line(1, 1), line(1, 2)])
    city.accept_all()
    assert len(city.call(contract.ADMIT_TERM, {"term_id": "term_1"})["admitted"]) == 1
    second = city.call(contract.ADMIT_TERM, {"term_id": "term_2"})
    assert second["admitted"] == []
    assert second["left_out"][0]["problem"]["code"] == "overlapping_terms"


def test_quotas_hold_to_capacity_and_to_what_is_taken(city: Desk) -> None:
    with pytest.raises(QuotaExhausted, match="合计6个"):
        city.allot("term_1", donghu=4)
    with pytest.raises(NotFound, match=r"city\.nowhere"):
        city.allot("term_1", nowhere=1)
    city.file("city.donghu", [line(1), line(2)])
    city.accept_all()
    city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    with pytest.raises(QuotaExhausted, match="已录取2人"):
        city.allot("term_1", donghu=1)
    quotas = city.allot("term_1", donghu=2, nanshan=3)
    rows = {row["unit_id"]: (row["places"], row["nominated"], row["admitted"]) for row in quotas["items"]}
    assert rows == {"city.donghu": (2, 2, 2), "city.nanshan": (3, 0, 0)}


def test_a_cancelled_term_admits_nobody_and_is_no_longer_named(city: Desk) -> None:
    city.file("city.donghu", [line(1)])
    city.accept_all()
    city.harness.deliver(TERM_CANCELLED, {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2})
    with pytest.raises(TermCancelled):
        city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    roster = city.file("city.donghu", [line(9)])
    assert roster["row_errors"][0]["remarks"][0]["code"] == "programme-unknown"


def test_a_delayed_placement_does_not_bring_a_cancelled_term_back(city: Desk) -> None:
    cancelled = {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 3}
    city.harness.deliver(TERM_CANCELLED, cancelled)
    city.place("term_1", version=2)
    [fill] = [row for row in city.call(contract.TERM_FILL, {})["items"] if row["term_id"] == "term_1"]
    assert fill["cancelled"]
    city.place("term_1", version=4)
    city.harness.deliver(TERM_CANCELLED, cancelled)
    [fill] = [row for row in city.call(contract.TERM_FILL, {})["items"] if row["term_id"] == "term_1"]
    assert not fill["cancelled"]


def test_an_older_placement_does_not_undo_a_newer_one(city: Desk) -> None:
    city.place("term_1", capacity=9, version=3)
    city.place("term_1", capacity=4, version=2)
    [fill] = [row for row in city.call(contract.TERM_FILL, {})["items"] if row["term_id"] == "term_1"]
    assert fill["capacity"] == 9


def test_identity_numbers_are_shown_only_with_a_purpose_and_to_the_organisation_department(city: Desk) -> None:
    city.file("city.donghu", [line(1)])
    [row] = city.nominations()
    request = {"nomination_id": row["nomination_id"], "purpose": "核对身份 / identity check"}
    assert city.call(contract.UNSEAL_ID_NUMBER, request)["id_number"] == id_number(1)
    with pytest.raises(Forbidden):
        city.call(contract.UNSEAL_ID_NUMBER, request, caller=unit_caller("city.donghu"))
    with pytest.raises(Invalid):
        city.call(contract.UNSEAL_ID_NUMBER, {"nomination_id": row["nomination_id"]})
    assert id_number(1) not in str(city.call(contract.GET_NOMINATION, {"nomination_id": row["nomination_id"]}))


def test_a_bulk_action_with_somebody_out_of_reach_does_nothing(city: Desk) -> None:
    city.file("city.donghu", [line(1)])
    city.file("city.nanshan", [line(2)])
    ids = [row["nomination_id"] for row in city.nominations()]
    with pytest.raises(NotFound):
        city.call(contract.ATTEST_NOMINATIONS, {"nomination_ids": ids, **SIGNER}, caller=unit_caller("city.donghu"))
    assert {row["state"] for row in city.nominations()} == {"filed"}


def test_an_organiser_of_one_district_admits_and_allots_there_only(city: Desk) -> None:
    organiser = Caller("test:district", frozenset({Role.ORGANISATION_DEPARTMENT}), ("city.donghu",))
    city.file("city.donghu", [line(1)])
    city.file("city.nanshan", [line(2)])
    city.accept_all()
    own, other = sorted(city.nominations(), key=lambda row: str(row["unit_id"]))
    request = {"term_id": "term_1", "nomination_ids": [other["nomination_id"]]}
    with pytest.raises(NotFound, match=other["nomination_id"]):
        city.call(contract.ADMIT_TERM, request, caller=organiser)
    done = city.call(contract.ADMIT_TERM, {"term_id": "term_1"}, caller=organiser)
    assert (done["admitted"], done["left_out"]) == ([own["nomination_id"]], [])
    quotas = [{"unit_id": "city.donghu", "places": 2}, {"unit_id": "city.nanshan", "places": 1}]
    with pytest.raises(Forbidden, match=r"city\.nanshan"):
        city.call(contract.ALLOT_QUOTAS, {"term_id": "term_1", "quotas": quotas}, caller=organiser)
    assert city.call(contract.ALLOT_QUOTAS, {"term_id": "term_1", "quotas": quotas[:1]}, caller=organiser)


def test_an_admission_that_meets_a_cancellation_under_way_waits_and_is_refused(city: Desk) -> None:
    with cancel_under_way(city), pytest.raises(TermCancelled):
        city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
