"""Travel batches on a real store: who goes together, the alarm, and the return to post."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.compliance import contract
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling.contract import CALENDAR_CHANGED, TERM_MOVED, TERM_PLACED
from shared.errors import Forbidden, Invalid, NotFound
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISERS,
    SCHOOL,
    TERM,
    City,
    at,
    roster,
    trainee,
)

LEAVING, THERE = at(17, "13:00"), at(17, "15:00")


def admitted(city: City) -> None:
    city.harness.deliver(TERM_PLACED, TERM)
    city.harness.deliver(ROSTER_ADMITTED, roster("n1", "n2", "n3"))
    city.harness.deliver(ROSTER_ADMITTED, roster("m1", unit="jiangcheng.nanshan"))


def plan(city: City, *people: str, caller: Any = DONGHU, leg: str = "out", **more: Any) -> dict[str, Any]:
    request = {
        "term_id": "term_1",
        "unit_id": "jiangcheng.donghu",
        "leg": leg,
        "assembly_place": "东湖区政府东门",
        "departs_at": LEAVING.isoformat(),
        "arrives_by": THERE.isoformat(),
        "nomination_ids": list(people),
        **more,
    }
    return city.ask(contract.PLAN_TRAVEL, caller, **request)


def roll(city: City, batch: dict[str, Any], stage: str, *people: str, caller: Any = DONGHU) -> dict[str, Any]:
    request = {"batch_id": batch["batch_id"], "stage": stage, "nomination_ids": list(people)}
    return city.ask(contract.RECORD_TRAVEL_ROLL, caller, **request)


def where(batch: dict[str, Any]) -> dict[str, str]:
    return {each["nomination_id"]: each["whereabouts"] for each in batch["passengers"]}


def test_a_batch_takes_a_units_own_people_and_says_whom_it_left_out(city: City) -> None:
    admitted(city)
    batch = plan(city, "n1", "n2", "m1", "stranger")
    assert where(batch) == {"n1": "expected", "n2": "expected"}
    assert [each["nomination_id"] for each in batch["left_out"]] == ["m1", "stranger"]
    (event,) = city.harness.emitted(contract.TRAVEL_PLANNED)
    assert event.data["nomination_ids"] == ["n1", "n2"]
    again = plan(city, "n2", "n3", reason="其余同志自行前往")
    assert [each["problem"]["code"] for each in again["left_out"]] == ["travelling"]
    with pytest.raises(Forbidden):
        plan(city, "n1", caller=NANSHAN)
    with pytest.raises(Invalid):
        plan(city, "n3", arrives_by=LEAVING.isoformat())


def test_travelling_alone_needs_a_reason(city: City) -> None:
    admitted(city)
    with pytest.raises(contract.Unfounded):
        plan(city, "n1")
    assert plan(city, "n1", reason="外地出差直接前往")["alone"] is True
    mine = {"leg": "out", "departs_at": LEAVING.isoformat(), "arrives_by": THERE.isoformat()}
    declared = city.ask(contract.DECLARE_MY_TRAVEL, trainee("n2"), **mine, reason="自驾照顾病人")
    assert (declared["alone"], where(declared)) == (True, {"n2": "expected"})
    with pytest.raises(Invalid):
        city.ask(contract.DECLARE_MY_TRAVEL, trainee("n3"), **mine, reason=" ")


def test_who_does_not_arrive_is_missed_once_and_found(city: City, clock: StillClock) -> None:
    admitted(city)
    batch = plan(city, "n1", "n2", "n3")
    clock.set(LEAVING)
    roll(city, batch, "departure", "n1", "n2")
    clock.set(THERE)
    assert where(roll(city, batch, "arrival", "n1", caller=SCHOOL))["n1"] == "arrived"
    clock.set(THERE + timedelta(minutes=60) - timedelta(seconds=1))
    city.harness.tick("watch", at(17, "15:50"))
    assert city.harness.emitted(contract.PERSON_MISSING) == []
    clock.set(THERE + timedelta(minutes=60))
    city.harness.tick("watch", at(17, "16:00"))
    city.harness.tick("watch", at(17, "16:10"))
    assert [each.data["nomination_id"] for each in city.harness.emitted(contract.PERSON_MISSING)] == ["n2", "n3"]
    (missing,) = city.ask(contract.LIST_TRAVEL, ORGANISERS, missing=True)["items"]
    assert where(missing)["n3"] == "missing"
    found = {"batch_id": batch["batch_id"], "nomination_id": "n3", "note": "未出发，单位已联系到本人"}
    city.ask(contract.REPORT_FOUND, DONGHU, **found)
    city.ask(contract.REPORT_MY_ARRIVAL, trainee("n2"), leg="out")
    assert [each.data["nomination_id"] for each in city.harness.emitted(contract.PERSON_FOUND)] == ["n3", "n2"]
    assert city.ask(contract.LIST_TRAVEL, ORGANISERS, missing=True)["items"] == []
    with pytest.raises(contract.WrongState):
        city.ask(contract.REPORT_FOUND, DONGHU, **found)


def test_checking_in_is_an_arrival(city: City, clock: StillClock) -> None:
    admitted(city)
    batch = plan(city, "n1", "n2")
    clock.set(at(17, "18:00"))
    city.harness.tick("watch", at(17, "18:00"))
    city.check_in("n1")
    shown = city.ask(contract.GET_TRAVEL_BATCH, DONGHU, batch_id=batch["batch_id"])
    assert where(shown) == {"n1": "arrived", "n2": "missing"}
    (found,) = city.harness.emitted(contract.PERSON_FOUND)
    assert found.data["leg"] == "out"


def test_units_see_and_touch_only_their_own_passengers(city: City) -> None:
    admitted(city)
    batch = plan(city, "n1", "n2", "m1", caller=SCHOOL)
    assert list(where(city.ask(contract.GET_TRAVEL_BATCH, NANSHAN, batch_id=batch["batch_id"]))) == ["m1"]
    left = roll(city, batch, "departure", "n1", "m1", caller=NANSHAN)
    assert ([each["nomination_id"] for each in left["left_out"]], where(left)) == (["n1"], {"m1": "departed"})
    own = plan(city, "n3", reason="值班后出发")
    with pytest.raises(NotFound):
        city.ask(contract.GET_TRAVEL_BATCH, NANSHAN, batch_id=own["batch_id"])
    assert [each["batch_id"] for each in city.ask(contract.LIST_TRAVEL, NANSHAN)["items"]] == [batch["batch_id"]]
    with pytest.raises(Forbidden):
        plan(city, "n1", caller=AUDITOR)


def test_who_leaves_the_term_and_a_term_that_moves_raise_no_alarm(city: City, clock: StillClock) -> None:
    admitted(city)
    batch = plan(city, "n1", "n2")
    gone = {"nomination_id": "n2", "term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "duty"}
    city.harness.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})
    assert where(city.ask(contract.GET_TRAVEL_BATCH, DONGHU, batch_id=batch["batch_id"]))["n2"] == "dropped"
    moved = {"starts_on": "2020-06-08", "ends_on": "2020-06-12", "reports_on": "2020-06-07", "version": 2}
    city.harness.deliver(TERM_MOVED, {**TERM, **moved})
    clock.set(at(17, "20:00"))
    city.harness.tick("watch", at(17, "20:00"))
    assert city.harness.emitted(contract.PERSON_MISSING) == []
    assert city.ask(contract.GET_TRAVEL_BATCH, DONGHU, batch_id=batch["batch_id"])["cancelled"] is True
    with pytest.raises(contract.WrongState):
        roll(city, batch, "departure", "n1")


def test_who_had_set_out_when_the_term_moved_is_planned_for_anew(city: City, clock: StillClock) -> None:
    admitted(city)
    first = plan(city, "n1", "n2")
    clock.set(LEAVING)
    roll(city, first, "departure", "n1", "n2")
    moved = {"starts_on": "2020-06-08", "ends_on": "2020-06-12", "reports_on": "2020-06-07", "version": 2}
    city.harness.deliver(TERM_MOVED, {**TERM, **moved})
    days = {"departs_at": at(7, "13:00", month=6), "arrives_by": at(7, "15:00", month=6)}
    again = plan(city, "n1", "n2", **{name: day.isoformat() for name, day in days.items()})
    assert [each["nomination_id"] for each in again["passengers"]] == ["n1", "n2"]
    clock.set(at(17, "14:30"))
    mine = city.ask(contract.REPORT_MY_ARRIVAL, trainee("n1"), leg="out")
    assert (mine["batch_id"], where(mine)["n1"]) == (first["batch_id"], "arrived")
    clock.set(at(17, "16:00"))
    city.harness.tick("watch", at(17, "16:00"))
    (missed,) = city.harness.emitted(contract.PERSON_MISSING)
    assert missed.data["nomination_id"] == "n2"
    clock.set(at(7, "14:30", month=6))
    mine = city.ask(contract.REPORT_MY_ARRIVAL, trainee("n1"), leg="out")
    assert (mine["batch_id"], where(mine)["n1"]) == (again["batch_id"], "arrived")


def test_a_batch_is_cancelled_only_before_it_sets_out(city: City, clock: StillClock) -> None:
    admitted(city)
    first, second = plan(city, "n1", "n2"), plan(city, "n3", reason="单独出发")
    assert city.ask(contract.CANCEL_TRAVEL, DONGHU, batch_id=second["batch_id"], reason="改乘同车")["cancelled"]
    clock.set(LEAVING)
    roll(city, first, "departure", "n1")
    with pytest.raises(contract.WrongState):
        city.ask(contract.CANCEL_TRAVEL, DONGHU, batch_id=first["batch_id"], reason="取消")


def over(city: City, clock: StillClock, *present: str) -> None:
    """The term is over: whoever checked in has to be confirmed back."""
    admitted(city)
    clock.set(at(17, "15:00"))
    city.check_in(*present)
    clock.set(at(22, "16:00"))
    city.harness.tick("due", at(22, "16:00"))


def ended(city: City, clock: StillClock) -> dict[str, Any]:
    """The term is over for two people of one unit; return what it was asked."""
    over(city, clock, "n1", "n2")
    (found,) = city.ask(contract.LIST_RETURNS, DONGHU)["items"]
    result: dict[str, Any] = found
    return result


def confirm(city: City, found: dict[str, Any], *people: dict[str, Any], caller: Any = DONGHU) -> dict[str, Any]:
    request = {"return_id": found["return_id"], "people": list(people), "signer": "办公室主任"}
    return city.ask(contract.CONFIRM_RETURN, caller, **request)


def test_a_return_is_due_on_the_next_working_day_and_asked_for_once(city: City, clock: StillClock) -> None:
    found = ended(city, clock)
    assert (found["due_on"], [each["nomination_id"] for each in found["people"]]) == ("2020-05-25", ["n1", "n2"])
    city.harness.tick("due", at(22, "17:00"))
    (due,) = city.harness.emitted(contract.RETURN_DUE)
    assert (due.data["due_on"], due.data["nomination_ids"]) == ("2020-05-25", ["n1", "n2"])


def test_the_citys_own_day_off_is_none_to_confirm_a_return_on(city: City, clock: StillClock) -> None:
    days = [{"day": "2020-05-25", "working": False, "reason": "全市停工"}]
    city.harness.deliver(CALENDAR_CHANGED, {"days": days, "version": 1})
    assert ended(city, clock)["due_on"] == "2020-05-26"


def test_the_unit_confirms_and_nobody_else(city: City, clock: StillClock) -> None:
    found = ended(city, clock)
    clock.set(at(25, "23:59:59"))
    with pytest.raises(NotFound):
        confirm(city, found, {"nomination_id": "n1"}, caller=NANSHAN)
    for caller in (SCHOOL, ORGANISERS, trainee("n1")):
        with pytest.raises(Forbidden):
            confirm(city, found, {"nomination_id": "n1"}, caller=caller)
    half = confirm(city, found, {"nomination_id": "n1", "returned_on": "2020-05-25"})
    assert (half["state"], half["people"][1]["state"]) == ("open", "expected")
    done = confirm(city, found, {"nomination_id": "n2"})
    assert (done["state"], done["late"]) == ("confirmed", False)
    (event,) = city.harness.emitted(contract.RETURN_CONFIRMED)
    assert (event.data["nomination_ids"], event.data["late"]) == (["n1", "n2"], False)
    with pytest.raises(contract.WrongState):
        confirm(city, found, {"nomination_id": "n2"})


def test_an_overdue_return_is_escalated_step_by_step_in_working_days(city: City, clock: StillClock) -> None:
    found = ended(city, clock)
    clock.set(at(25, "23:59:59"))
    city.harness.tick("due", at(25, "23:00"))
    assert city.harness.emitted(contract.RETURN_OVERDUE) == []
    for day, slot in ((26, "00:00"), (26, "01:00"), (27, "00:00"), (28, "00:00"), (31, "00:00")):
        clock.set(at(day, slot))
        city.harness.tick("due", at(day, slot))
    steps = [each.data["step"] for each in city.harness.emitted(contract.RETURN_OVERDUE)]
    assert steps == [1, 2]
    clock.set(at(1, "09:00", month=6))
    not_back = {"nomination_id": "n2", "back": False, "note": "经批准延长休假"}
    confirm(city, found, {"nomination_id": "n1", "returned_on": "2020-05-25"}, not_back)
    city.harness.tick("due", at(1, "09:00", month=6))
    overdue = city.harness.emitted(contract.RETURN_OVERDUE)
    assert [(each.data["step"], each.data["nomination_ids"]) for each in overdue][-1] == (3, ["n2"])
    with pytest.raises(contract.Unfounded):
        confirm(city, found, {"nomination_id": "n2", "back": False})


def withdraw(city: City, nomination_id: str) -> None:
    gone = {"term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "conduct", "was_admitted": True}
    city.harness.deliver(NOMINATION_WITHDRAWN, {**gone, "nomination_id": nomination_id})


def test_a_return_is_confirmed_when_the_only_one_outstanding_withdrew(city: City, clock: StillClock) -> None:
    found = ended(city, clock)
    confirm(city, found, {"nomination_id": "n1"})
    clock.set(at(29, "09:00"))
    withdraw(city, "n2")
    (after,) = city.ask(contract.LIST_RETURNS, DONGHU)["items"]
    assert (after["state"], len(after["people"])) == ("confirmed", 1)
    (event,) = city.harness.emitted(contract.RETURN_CONFIRMED)
    assert (event.data["nomination_ids"], event.data["late"]) == (["n1"], False)


def test_a_return_that_nobody_is_left_of_is_cancelled_and_says_so(city: City, clock: StillClock) -> None:
    found = ended(city, clock)
    withdraw(city, "n1")
    assert city.harness.emitted(contract.RETURN_CANCELLED) == []
    withdraw(city, "n2")
    (after,) = city.ask(contract.LIST_RETURNS, DONGHU)["items"]
    assert (after["state"], after["people"]) == ("cancelled", [])
    (event,) = city.harness.emitted(contract.RETURN_CANCELLED)
    assert event.data["return_id"] == found["return_id"]


def test_a_moved_term_asks_its_units_again_when_it_is_over(city: City, clock: StillClock) -> None:
    ended(city, clock)
    moved = {"ends_on": "2020-05-26", "version": 2}
    city.harness.deliver(TERM_MOVED, {**TERM, **moved})
    assert [row["state"] for row in city.ask(contract.LIST_RETURNS, DONGHU)["items"]] == ["cancelled"]
    assert len(city.harness.emitted(contract.RETURN_CANCELLED)) == 1
    clock.set(at(25, "09:00"))
    city.check_in("n1", "n2")
    clock.set(at(26, "16:00"))
    city.harness.tick("due", at(26, "16:00"))
    (again,) = city.ask(contract.LIST_RETURNS, DONGHU)["items"]
    assert (again["state"], again["due_on"]) == ("open", "2020-05-27")


def test_a_unit_that_confirmed_is_left_alone_when_the_term_moves_and_the_others_are_asked(
    city: City, clock: StillClock
) -> None:
    over(city, clock, "n1", "m1")
    (ours,) = city.ask(contract.LIST_RETURNS, DONGHU)["items"]
    confirm(city, ours, {"nomination_id": "n1"})
    city.harness.deliver(TERM_MOVED, {**TERM, "ends_on": "2020-05-26", "version": 2})
    clock.set(at(26, "16:00"))
    city.harness.tick("due", at(26, "16:00"))
    states = {row["unit_id"]: row["state"] for row in city.ask(contract.LIST_RETURNS, ORGANISERS)["items"]}
    assert states == {"jiangcheng.donghu": "confirmed", "jiangcheng.nanshan": "open"}


def test_who_checks_in_on_the_last_day_is_asked_for_with_the_own_unit(city: City, clock: StillClock) -> None:
    one_day = {"starts_on": "2020-05-18", "reports_on": "2020-05-18", "ends_on": "2020-05-18", "days": 1}
    city.harness.deliver(TERM_PLACED, {**TERM, **one_day, "reports_from": "08:00", "reports_until": "09:00"})
    city.harness.deliver(ROSTER_ADMITTED, roster("n1", "n2"))
    city.harness.deliver(ROSTER_ADMITTED, roster("m1", unit="jiangcheng.nanshan"))
    for moment, arriving in (("08:30", "n1"), ("09:05", "m1"), ("10:05", "n2")):
        clock.set(at(18, moment))
        city.check_in(arriving)
        city.harness.tick("due", clock.now())
    found = {row["unit_id"]: row["people"] for row in city.ask(contract.LIST_RETURNS, ORGANISERS)["items"]}
    people = {unit: [each["nomination_id"] for each in listed] for unit, listed in found.items()}
    assert people == {"jiangcheng.donghu": ["n1", "n2"], "jiangcheng.nanshan": ["m1"]}
    told = [event.data["nomination_ids"] for event in city.harness.emitted(contract.RETURN_DUE)]
    assert told == [["n1"], ["m1"], ["n1", "n2"]]


def test_who_is_entered_after_the_unit_confirmed_is_asked_for_too(city: City, clock: StillClock) -> None:
    found = ended(city, clock)
    city.harness.deliver(ROSTER_ADMITTED, roster("n3"))
    clock.set(at(25))
    confirm(city, found, {"nomination_id": "n1"}, {"nomination_id": "n2"})
    came = {"term_id": "term_1", "nomination_ids": ["n3"], "arrived_at": at(18, "08:00").isoformat()}
    city.ask(contract.CHECK_IN_TRAINEES, SCHOOL, **came)
    for hour in ("10:00", "11:00"):
        city.harness.tick("due", at(25, hour))
    (open_again,) = city.ask(contract.LIST_RETURNS, DONGHU)["items"]
    states = {each["nomination_id"]: each["state"] for each in open_again["people"]}
    assert (open_again["state"], states) == ("open", {"n1": "back", "n2": "back", "n3": "expected"})
    asked = [event.data["nomination_ids"] for event in city.harness.emitted(contract.RETURN_DUE)]
    assert asked == [["n1", "n2"], ["n3"]]
    assert confirm(city, open_again, {"nomination_id": "n3"})["state"] == "confirmed"
    city.harness.tick("due", at(25, "12:00"))
    assert len(city.harness.emitted(contract.RETURN_DUE)) == 2


def test_a_check_in_entered_after_the_term_was_settled_is_asked_for(city: City, clock: StillClock) -> None:
    ended(city, clock)
    clock.set(at(22, "17:00"))
    came = {"term_id": "term_1", "nomination_ids": ["m1"], "arrived_at": at(18, "08:00").isoformat()}
    city.ask(contract.CHECK_IN_TRAINEES, SCHOOL, **came)
    city.harness.tick("due", at(22, "17:00"))
    (theirs,) = city.ask(contract.LIST_RETURNS, NANSHAN)["items"]
    assert theirs["state"] == "open"
