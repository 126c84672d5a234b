"""Replacing a trainee: in time or late, decided by the organisation department, carried out wholly or not at all."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.enrollment import contract
from services.enrollment.contract import (
    ApproverNeeded,
    BadIdentity,
    Ineligible,
    ProofRefused,
    ReplacementDecided,
    ReplacementPending,
    TermCancelled,
    TermUnderWay,
    WrongState,
)
from services.scheduling.contract import TERM_CANCELLED
from shared.errors import Forbidden, Invalid, NotFound
from shared.storage import Store
from tests.integration.enrollment.conftest import OPENING, Desk, cancel_under_way, id_number, line, unit_caller
from tests.integration.enrollment.replacing import (
    UNIT,
    approve,
    ask,
    at,
    carry_out,
    check_invariants,
    person,
    process_of,
    shown,
    steps,
)

DONGHU = unit_caller(UNIT)


@pytest.fixture
def city(desk: Desk) -> Desk:
    """Two seats, both taken; a second term shares a day with the first."""
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", unit)
    desk.place("term_1", capacity=2)
    desk.place("term_2", programme=2, starts=OPENING + timedelta(days=4), capacity=5)
    desk.allot("term_1", donghu=2)
    desk.allot("term_2", donghu=3, nanshan=2)
    desk.file(UNIT, [line(1), line(2)])
    desk.accept_all()
    desk.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    return desk


@pytest.fixture
def old(city: Desk) -> str:
    return str(city.nominations(state="admitted")[0]["nomination_id"])


def nomination(desk: Desk, nomination_id: str) -> dict[str, Any]:
    return desk.call(contract.GET_NOMINATION, {"nomination_id": nomination_id})


def test_a_replacement_in_time_puts_the_new_person_into_the_same_seat(city: Desk, old: str) -> None:
    asked = ask(city, old, caller=DONGHU)
    assert (asked["state"], asked["late"], asked["deadline_on"]) == ("requested", False, "2020-05-06")
    assert asked["new_person"]["phone_masked"] == "139****0500"
    assert id_number(500) not in str(asked)
    approved = approve(city, asked)
    assert approved["state"] == "approving"
    for _ in steps(city):
        check_invariants(city)
        # Never two in the seat and never anybody else: both seats of the term stay taken or held.
        assert city.call(contract.ADMIT_TERM, {"term_id": "term_1"})["seats_left"] == 0
    done = shown(city, asked)
    assert (done["state"], done["decision"]["decision"]) == ("approved", "approve")
    new = nomination(city, done["new_nomination_id"])
    assert (new["state"], new["post"], new["unit_id"]) == ("admitted", "副科长", UNIT)
    assert [item["signer"] for item in new["attestations"]] == ["单位负责人"] * 3
    before = nomination(city, old)
    assert (before["state"], before["history"][-1]["state"]) == ("replaced", "replaced")
    check_invariants(city)


def test_everybody_concerned_hears_of_it_once(city: Desk, old: str) -> None:
    city.harness.take()
    approve(city, ask(city, old))
    carry_out(city)
    [left] = city.harness.emitted(contract.NOMINATION_WITHDRAWN)
    assert left.data == {
        "nomination_id": old,
        "term_id": "term_1",
        "unit_id": UNIT,
        "reason_code": "replaced",
        "was_admitted": True,
    }
    [done] = city.harness.emitted(contract.REPLACEMENT_APPROVED)
    [roster] = city.harness.emitted(contract.ROSTER_ADMITTED)
    assert roster.data["nomination_ids"] == [done.data["new_nomination_id"]]
    assert (done.data["old_nomination_id"], done.data["late"], done.data["reason_code"]) == (old, False, "work")


def test_the_last_second_of_the_deadline_day_is_in_time_and_the_next_is_late(city: Desk, old: str) -> None:
    limit = {"term_id": "term_1"}
    at(city, 2020, 5, 6, 23, 59, 59)
    assert city.call(contract.GET_REPLACEMENT_DEADLINE, limit)["in_time"] is True
    asked = ask(city, old)
    assert asked["late"] is False
    city.call(contract.CANCEL_REPLACEMENT, {"replacement_id": asked["replacement_id"]}, caller=DONGHU)
    at(city, 2020, 5, 7, 0, 0, 0)
    assert city.call(contract.GET_REPLACEMENT_DEADLINE, limit)["in_time"] is False
    assert ask(city, old)["late"] is True
    assert [event.data["late"] for event in city.harness.emitted(contract.REPLACEMENT_REQUESTED)] == [False, True]


def test_in_working_days_the_deadline_lies_before_the_holidays(city: Desk, old: str) -> None:
    moved = {"replacement_day_kind": "working", "version": 2, "capacity": 2}
    city.place("term_1", **moved)
    at(city, 2020, 4, 30, 23, 59, 59)
    asked = ask(city, old)
    assert (asked["late"], asked["deadline_on"], asked["day_kind"]) == (False, "2020-04-30", "working")
    city.call(contract.CANCEL_REPLACEMENT, {"replacement_id": asked["replacement_id"]})
    at(city, 2020, 5, 1, 0, 0, 0)
    assert ask(city, old)["late"] is True


def test_a_replacement_one_day_late_needs_a_named_approver(city: Desk, old: str) -> None:
    at(city, 2020, 5, 7, 9)
    asked = ask(city, old)
    with pytest.raises(ApproverNeeded, match="批准人"):
        approve(city, asked)
    assert shown(city, asked)["state"] == "requested"
    approve(city, asked, approver="王建国", approver_post="干部教育处处长")
    carry_out(city)
    done = shown(city, asked)
    assert (done["state"], done["late"], done["decision"]["approver"]) == ("approved", True, "王建国")
    assert city.harness.emitted(contract.REPLACEMENT_APPROVED)[0].data["late"] is True


def test_a_late_replacement_is_refused_with_its_reason_and_the_seat_stays(city: Desk, old: str) -> None:
    at(city, 2020, 5, 8, 9)
    asked = ask(city, old)
    refuse = {"replacement_id": asked["replacement_id"], "decision": "refuse"}
    with pytest.raises(Invalid, match="reason_code"):
        city.call(contract.DECIDE_REPLACEMENT, refuse)
    refused = city.call(contract.DECIDE_REPLACEMENT, refuse | {"reason_code": "late", "note": "已过截止日期"})
    assert (refused["state"], refused["decision"]["reason_code"]) == ("refused", "late")
    [event] = city.harness.emitted(contract.REPLACEMENT_REFUSED)
    assert (event.data["reason_code"], event.data["late"]) == ("late", True)
    assert nomination(city, old)["state"] == "admitted"
    with pytest.raises(ReplacementDecided):
        approve(city, asked)
    assert ask(city, old, 501)["state"] == "requested"


def test_on_the_opening_day_the_late_path_is_open_and_afterwards_closed(city: Desk, old: str) -> None:
    at(city, 2020, 5, 11, 23, 59, 59)
    asked = ask(city, old)
    at(city, 2020, 5, 12, 0, 0, 0)
    with pytest.raises(TermUnderWay, match="2020-05-11"):
        approve(city, asked, approver="王建国", approver_post="处长")
    city.call(contract.CANCEL_REPLACEMENT, {"replacement_id": asked["replacement_id"]})
    with pytest.raises(TermUnderWay):
        ask(city, old)


def test_a_unit_asks_and_cancels_but_only_the_organisation_department_decides(city: Desk, old: str) -> None:
    with pytest.raises(NotFound):
        ask(city, old, caller=unit_caller("city.nanshan"))
    asked = ask(city, old, caller=DONGHU)
    with pytest.raises(Forbidden):
        city.call(
            contract.DECIDE_REPLACEMENT,
            {"replacement_id": asked["replacement_id"], "decision": "approve"},
            caller=DONGHU,
        )
    with pytest.raises(NotFound):
        city.call(
            contract.GET_REPLACEMENT, {"replacement_id": asked["replacement_id"]}, caller=unit_caller("city.nanshan")
        )
    with pytest.raises(ReplacementPending):
        ask(city, old, 501, caller=DONGHU)
    cancelled = city.call(contract.CANCEL_REPLACEMENT, {"replacement_id": asked["replacement_id"]}, caller=DONGHU)
    assert cancelled["state"] == "cancelled"
    listed = city.call(contract.LIST_REPLACEMENTS, {"term_id": "term_1"}, caller=DONGHU)["items"]
    assert [row["replacement_id"] for row in listed] == [asked["replacement_id"]]
    assert city.call(contract.LIST_REPLACEMENTS, {}, caller=unit_caller("city.nanshan"))["items"] == []


@pytest.mark.parametrize(
    ("changes", "fault", "says"),
    [
        ({"id_number": id_number(1)}, Ineligible, "同一人"),
        ({"id_number": id_number(2)}, Ineligible, "已在本期录取"),
        ({"id_number": "420101198001010000"}, BadIdentity, "校验码"),
        ({"name": ""}, Invalid, "name"),
        ({"proof": base64.b64encode(b"MZ").decode()}, ProofRefused, "pdf"),
        ({"proof": "not base64!"}, ProofRefused, "base64"),
        ({"proof": base64.b64encode(b"%PDF-" + b"x" * 5242880).decode()}, ProofRefused, "5 MiB"),
    ],
)
def test_what_cannot_be_is_refused_when_asked_and_nothing_is_kept(
    city: Desk, old: str, changes: dict[str, Any], fault: type[Exception], says: str
) -> None:
    with pytest.raises(fault, match=says):
        ask(city, old, **changes)
    assert city.call(contract.LIST_REPLACEMENTS, {})["items"] == []
    assert ask(city, old)["state"] == "requested"


def test_the_proof_is_kept_sealed_and_comes_back_as_it_was(city: Desk, old: str) -> None:
    asked = ask(city, old)
    got = city.call(contract.GET_REPLACEMENT_PROOF, {"replacement_id": asked["replacement_id"]}, caller=DONGHU)
    assert (got["filename"], got["media_type"]) == ("说明.pdf", "application/pdf")
    assert base64.b64decode(got["content"]) == b"%PDF-1.7 proof"


def test_only_somebody_with_a_seat_is_replaced(city: Desk, old: str) -> None:
    city.file(UNIT, [line(7, programme=2)])
    [waiting] = city.nominations(state="filed")
    with pytest.raises(WrongState):
        ask(city, waiting["nomination_id"])
    asked = ask(city, old)
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": old, "reason_code": "health"})
    assert shown(city, asked)["state"] == "cancelled"


def test_somebody_accepted_before_can_be_named(city: Desk, old: str) -> None:
    city.file(UNIT, [line(7)])
    [chosen] = city.accept_all()
    asked = ask(city, old, new_nomination_id=chosen, name="", id_number="")
    approve(city, asked)
    carry_out(city)
    assert shown(city, asked)["new_nomination_id"] == chosen
    assert nomination(city, chosen)["state"] == "admitted"
    check_invariants(city)


def test_somebody_named_must_be_accepted_for_the_same_term_and_unit(city: Desk, old: str) -> None:
    city.file(UNIT, [line(7, programme=2)])
    [elsewhere] = city.accept_all()
    for named in (elsewhere, city.nominations(state="admitted")[1]["nomination_id"]):
        with pytest.raises(WrongState):
            ask(city, old, new_nomination_id=named)


def _sits_elsewhere(city: Desk) -> None:
    """The new person gets a seat in the overlapping term."""
    city.file("city.nanshan", [line(500, programme=2)])
    city.accept_all(term_id="term_2")
    assert city.call(contract.ADMIT_TERM, {"term_id": "term_2"})["admitted"]


@pytest.mark.parametrize("when", range(4))
def test_a_new_person_who_gets_a_seat_elsewhere_meanwhile_puts_the_old_one_back(
    city: Desk, old: str, when: int
) -> None:
    """Whichever step it meets: never two in the seat, never an empty one, never one person in two terms."""
    asked = ask(city, old)
    approve(city, asked)
    for turn, _ in enumerate(steps(city)):
        if turn == when:
            _sits_elsewhere(city)
        check_invariants(city, ("term_1", "term_2"))
    done = shown(city, asked)
    assert (done["state"], nomination(city, old)["state"]) == ("refused", "admitted")
    assert "日期重叠" in done["refusal"]["zh"]
    [event] = city.harness.emitted(contract.REPLACEMENT_REFUSED)
    assert event.data["reason_code"] == "rules"
    assert not city.harness.emitted(contract.REPLACEMENT_APPROVED)
    assert not city.harness.emitted(contract.NOMINATION_WITHDRAWN)
    assert ask(city, old, 501)["state"] == "requested"


def test_a_term_cancelled_while_it_is_carried_out_puts_the_old_one_back(city: Desk, old: str) -> None:
    asked = ask(city, old)
    approve(city, asked)
    for turn, _ in enumerate(steps(city)):
        if turn == 3:
            city.harness.deliver(
                TERM_CANCELLED, {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2}
            )
    assert (shown(city, asked)["state"], nomination(city, old)["state"]) == ("refused", "admitted")
    assert process_of(city)["state"] == "undone"
    check_invariants(city)


def test_a_request_that_meets_the_cancellation_of_its_term_is_refused(city: Desk, old: str) -> None:
    with cancel_under_way(city), pytest.raises(TermCancelled):
        ask(city, old)


class Died(BaseException):
    """Stands for the process ending: nothing catches it."""


@pytest.mark.parametrize("moment", ["before", "within"])
@pytest.mark.parametrize("turn", range(5))
def test_killed_at_any_step_it_goes_on_and_does_everything_once(
    city: Desk, old: str, monkeypatch: pytest.MonkeyPatch, turn: int, moment: str
) -> None:
    asked = ask(city, old)
    approve(city, asked)
    _dies_at(monkeypatch, turn, moment)
    while True:
        try:
            carry_out(city)  # the event that was not acknowledged comes again
            break
        except Died:
            check_invariants(city)
    done = shown(city, asked)
    assert (done["state"], nomination(city, old)["state"]) == ("approved", "replaced")
    assert [row["step"] for row in process_of(city)["history"]] == [
        "begin", "check", "withdraw_old", "admit_new", "announce",
    ]  # fmt: skip
    assert len(city.nominations(state="admitted", term_id="term_1")) == 2
    assert len(city.harness.emitted(contract.REPLACEMENT_APPROVED)) == 1
    check_invariants(city)


def _dies_at(monkeypatch: pytest.MonkeyPatch, turn: int, moment: str) -> None:
    react, turns = Store.react, iter(range(100))

    def dying(self: Store, context: Any, event_id: str, handler: str, body: Callable[[Any], None]) -> bool:
        if next(turns) != turn:
            return react(self, context, event_id, handler, body)
        if moment == "before":
            raise Died

        def half(tx: Any) -> None:
            body(tx)
            raise Died

        return react(self, context, event_id, handler, half)

    monkeypatch.setattr(Store, "react", dying)


def test_the_new_person_may_be_replaced_again(city: Desk, old: str) -> None:
    approve(city, ask(city, old))
    carry_out(city)
    second = city.call(contract.LIST_REPLACEMENTS, {})["items"][0]["new_nomination_id"]
    again = ask(city, second, **person(502))
    approve(city, again)
    carry_out(city)
    assert shown(city, again)["state"] == "approved"
    check_invariants(city)
