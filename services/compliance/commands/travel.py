"""Travel batches: planned, set out, arrived; and the alarm for who does not arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.compliance.commands.refusals import fault_of, has_withdrawn, not_of_this_term, outside, refuse_frozen
from services.compliance.contract.travel_events import PERSON_FOUND, PERSON_MISSING, TRAVEL_PLANNED
from services.compliance.domain.travel import Batch, Passenger, Whereabouts
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table
from services.compliance.queries.travel import reached_batch, shown_batch
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.travel import BATCHES, batch_of, batch_row
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction

Row = dict[str, Any]


def grace(tx: Transaction) -> timedelta:
    """Return how long after the expected arrival the alarm waits."""
    return timedelta(minutes=policy_table().on(tx.today).number("travel.arrival_grace_minutes"))


def plan_travel(tx: Transaction, request: Row) -> Row:
    """Put people into a batch; who cannot travel with it is left out and reported."""
    found = tx.rows(TRAINEES).find({"term_id": request["term_id"], "_id": {"$in": request["nomination_ids"]}})
    trainees = {row["_id"]: row for row in found if tx.caller.reaches(row["unit_id"])}
    busy = _travelling(tx, request["term_id"], request["leg"])
    passengers, left_out = [], []
    for nomination_id in dict.fromkeys(request["nomination_ids"]):
        try:
            passengers.append(_passenger(nomination_id, trainees.get(nomination_id), busy))
        except Refusal as refusal:
            problem = {"code": refusal.code, "message": refusal.sentence.plain()}
            left_out.append({"nomination_id": nomination_id, "problem": problem})
    if not passengers:
        raise fault_of(
            Refusal(
                "nobody", "名单中没有可以同行的学员，未安排批次", "nobody on the list can travel; nothing was planned"
            ),
            left_out=left_out,
        )
    if len(passengers) == 1 and not request["reason"].strip():
        raise fault_of(
            Refusal(
                "reason-needed",
                "计划要求尽可能集中往返，单独往返请填写原因 reason",
                "the plan asks to travel together; say in reason why one person travels alone",
            )
        )
    return shown_batch(tx, _keep(tx, request, passengers), left_out)


def declare_my_travel(tx: Transaction, request: Row) -> Row:
    """Declare that one travels alone, and why."""
    trainee = tx.rows(TRAINEES).get(tx.caller.own_id(Role.TRAINEE))
    try:
        passenger = _passenger(trainee["_id"], trainee, _travelling(tx, trainee["term_id"], request["leg"]))
    except Refusal as refusal:
        raise fault_of(refusal, nomination_id=trainee["_id"]) from None
    told = {"term_id": trainee["term_id"], "unit_id": trainee["unit_id"], "assembly_place": "", "vehicle": ""}
    return shown_batch(tx, _keep(tx, {**request, **told}, [passenger]), whole=True)


def cancel_travel(tx: Transaction, request: Row) -> Row:
    """Give a batch up that nobody of has set out."""
    row = reached_batch(tx, request["batch_id"])
    tx.expect(row)
    batch = batch_of(row)
    if batch.set_out or batch.cancelled:
        raise fault_of(Refusal("set-out", "该批次已出发或已取消", "this batch has set out, or was cancelled"))
    return shown_batch(tx, _save(tx, {**row, "cancelled_for": request["reason"]}, replace(batch, cancelled=True)))


def record_travel_roll(tx: Transaction, request: Row) -> Row:
    """Note who set out or arrived; who was missing and is there now is announced as found."""
    row = reached_batch(tx, request["batch_id"])
    tx.expect(row)
    at: datetime = request["at"] or tx.now
    if at > tx.now:
        raise outside("时间晚于当前时间，请核对", "the time lies ahead of now; check it")
    if row["cancelled"]:
        raise fault_of(Refusal("cancelled", "该批次已取消", "this batch was cancelled"))
    moved: Callable[[Batch, str], Batch] = (
        (lambda batch, who: batch.depart(who, at))
        if request["stage"] == "departure"
        else (lambda batch, who: batch.arrive(who, at))
    )
    batch, left_out = batch_of(row), []
    for nomination_id in dict.fromkeys(request["nomination_ids"]):
        try:
            if not tx.caller.reaches(batch.passenger(nomination_id).unit_id):
                raise not_of_this_term(nomination_id)
            batch = moved(batch, nomination_id)
        except Refusal as refusal:
            problem = {"code": refusal.code, "message": refusal.sentence.plain()}
            left_out.append({"nomination_id": nomination_id, "problem": problem})
    return shown_batch(tx, _save(tx, row, batch), left_out)


def report_my_arrival(tx: Transaction, request: Row) -> Row:
    """Say that one has arrived."""
    trainee = tx.rows(TRAINEES).get(tx.caller.own_id(Role.TRAINEE))
    journeys = [row for who, row in _aboard(tx, trainee["term_id"], request["leg"]) if who == trainee["_id"]]
    if not journeys:
        raise fault_of(
            Refusal("not-in-batch", "没有为您登记的往返行程", "no journey of yours is registered for this leg")
        )
    under_way = [row for row in journeys if trainee["_id"] in batch_of(row).not_arrived]
    row = (under_way or journeys[-1:])[0]
    return shown_batch(tx, _save(tx, row, batch_of(row).arrive(trainee["_id"], tx.now)), whole=True)


def report_found(tx: Transaction, request: Row) -> Row:
    """Account for somebody missing who has not arrived."""
    row = reached_batch(tx, request["batch_id"])
    tx.expect(row)
    try:
        batch = batch_of(row)
        if not tx.caller.reaches(batch.passenger(request["nomination_id"]).unit_id):
            raise not_of_this_term(request["nomination_id"])
        after = batch.found(request["nomination_id"], request["note"])
    except Refusal as refusal:
        raise fault_of(refusal, batch_id=row["_id"]) from None
    return shown_batch(tx, _save(tx, row, after))


def raise_alarm(tx: Transaction, batch_id: str) -> Row:
    """Announce who should have arrived by now and has not."""
    row = tx.rows(BATCHES).get(batch_id)
    batch, missing = batch_of(row).raise_alarm(tx.now, grace(tx))
    if missing:
        _save(tx, row, batch)
    return {"missing": len(missing)}


def arrived(tx: Transaction, term_id: str, leg: str, nomination_ids: list[str]) -> None:
    """Note arrivals that were seen elsewhere: by a check-in, or by a confirmed return."""
    for row in tx.rows(BATCHES).find({"term_id": term_id, "leg": leg}):
        batch = before = batch_of(row)
        aboard = {each.nomination_id for each in batch.passengers if each.whereabouts is not Whereabouts.DROPPED}
        for nomination_id in nomination_ids:
            batch = batch.arrive(nomination_id, tx.now) if nomination_id in aboard else batch
        if batch != before:
            _save(tx, row, batch)


def drop_passenger(tx: Transaction, term_id: str, nomination_id: str) -> None:
    """Take somebody who left the term off every batch."""
    for row in tx.rows(BATCHES).find({"term_id": term_id}):
        batch = batch_of(row)
        after = batch.drop(nomination_id)
        if after != batch:
            _save(tx, row, after)


def void_plans(tx: Transaction, term_id: str, leg: str, why: str) -> None:
    """Cancel what nobody has set out on: the term moved, or is not held. Who set out may travel again on other days."""
    for row in tx.rows(BATCHES).find({"term_id": term_id, "leg": leg, "cancelled": False}):
        batch = batch_of(row)
        if batch.set_out:
            tx.rows(BATCHES).save({**row, "former": True})
        else:
            _save(tx, {**row, "cancelled_for": why}, batch.void())


def _passenger(nomination_id: str, trainee: Row | None, busy: dict[str, Row]) -> Passenger:
    if trainee is None:
        raise not_of_this_term(nomination_id)
    if trainee["state"] == "withdrawn":
        raise has_withdrawn(nomination_id)
    if nomination_id in busy:
        other = busy[nomination_id]["_id"]
        raise Refusal("travelling", f"该生已在批次 {other} 中", f"this person is in batch {other} already")
    return Passenger(nomination_id, trainee["unit_id"])


def _travelling(tx: Transaction, term_id: str, leg: str) -> dict[str, Row]:
    return {who: row for who, row in _aboard(tx, term_id, leg) if not row.get("former")}


def _aboard(tx: Transaction, term_id: str, leg: str) -> list[tuple[str, Row]]:
    rows = tx.rows(BATCHES).find({"term_id": term_id, "leg": leg, "cancelled": False}, sort=(("departs_at", 1),))
    return [
        (each["nomination_id"], row)
        for row in rows
        for each in row["passengers"]
        if each["whereabouts"] != Whereabouts.DROPPED
    ]


def _keep(tx: Transaction, request: Row, passengers: list[Passenger]) -> Row:
    refuse_frozen(tx.rows(TERMS).get(request["term_id"]))
    batch = Batch(request["leg"], request["departs_at"], request["arrives_by"], tuple(passengers))
    row = tx.rows(BATCHES).insert(
        {
            "_id": new_id("batch"),
            "term_id": request["term_id"],
            "unit_id": request["unit_id"],
            "unit_ids": sorted({each.unit_id for each in passengers}),
            **batch_row(batch, grace(tx)),
            "alone": len(passengers) == 1,
            "reason": request["reason"],
            "assembly_place": request["assembly_place"],
            "vehicle": request["vehicle"],
            "cancelled_for": None,
            "planned_by": tx.caller.subject,
        }
    )
    data = {name: row[name] for name in ("term_id", "unit_id", "leg", "departs_at")}
    people = [each.nomination_id for each in passengers]
    tx.emit(TRAVEL_PLANNED, {"batch_id": row["_id"], **data, "nomination_ids": people}, subject=row["_id"])
    return row


def _save(tx: Transaction, row: Row, batch: Batch) -> Row:
    before = {each["nomination_id"]: each["whereabouts"] for each in row["passengers"]}
    for each in batch.passengers:
        was, now = before[each.nomination_id], each.whereabouts
        if was == now:
            continue
        whose = {"nomination_id": each.nomination_id, "term_id": row["term_id"], "unit_id": each.unit_id}
        if now is Whereabouts.MISSING:
            tx.emit(PERSON_MISSING, {**whose, "leg": row["leg"]}, subject=each.nomination_id)
        elif was == Whereabouts.MISSING and now is not Whereabouts.DROPPED:
            tx.emit(PERSON_FOUND, {**whose, "leg": row["leg"]}, subject=each.nomination_id)
    return tx.rows(BATCHES).save({**row, **batch_row(batch, grace(tx))})
