"""Units and their places."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import QUOTA_ALLOTTED, TermCancelled
from services.enrollment.domain.credit_code import read_credit_code
from services.enrollment.domain.organisation import parent_of, read_unit_id
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.units import shown_quotas, shown_unit
from services.enrollment.store import NOMINATIONS, SEATS, TERMS, UNITS, seats_fields, seats_from
from shared.errors import Invalid, NotFound
from shared.storage import Transaction


def put_unit(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Register a unit, or change one."""
    try:
        unit_id = read_unit_id(request["unit_id"])
        code = read_credit_code(request["credit_code"]) if request["credit_code"] else None
    except Refusal as refusal:
        raise fault_of(refusal) from None
    fields = {
        "unit_id": unit_id,
        "parent_id": parent_of(unit_id),
        "title": request["title"].strip(),
        "kind": request["kind"],
        "credit_code": code,
        "contact": request["contact"],
    }
    rows = tx.rows(UNITS)
    before = rows.one({"_id": unit_id})
    if before is None:
        return shown_unit(rows.insert({"_id": unit_id, **fields}))
    return shown_unit(rows.save({**before, **fields}))


def allot_quotas(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set places of units in a term; all of them or none."""
    term = tx.rows(TERMS).get(request["term_id"])
    if term["cancelled"]:
        raise TermCancelled(
            "该期已取消，不能分配名额", "the term was cancelled; no places can be allotted", term_id=term["_id"]
        )
    wanted = {item["unit_id"]: item["places"] for item in request["quotas"]}
    if len(wanted) < len(request["quotas"]):
        raise Invalid("同一单位出现了两次，请合并", "a unit stands twice in the list; put its places together")
    for unit_id in wanted:
        tx.caller.require_reach(unit_id)
    _require_units(tx, set(wanted))
    row = tx.rows(SEATS).get(term["_id"])
    seats = seats_from(row)
    try:
        after = seats.allot(wanted.items(), _admitted_by_unit(tx, term["_id"]))
    except Refusal as refusal:
        raise fault_of(refusal, term_id=term["_id"]) from None
    row = tx.rows(SEATS).save({**row, **seats_fields(after)})
    for unit_id, places in sorted(wanted.items()):
        tx.emit(QUOTA_ALLOTTED, {"term_id": term["_id"], "unit_id": unit_id, "places": places}, subject=term["_id"])
    return shown_quotas(tx, row)


def _require_units(tx: Transaction, unit_ids: set[str]) -> None:
    known = {row["_id"] for row in tx.rows(UNITS).find({"_id": {"$in": sorted(unit_ids)}}, fields=("_id",))}
    missing = sorted(unit_ids - known)
    if missing:
        raise NotFound(
            f"没有登记以下参训单位：{'、'.join(missing)}，请先登记",
            f"these units are not registered: {', '.join(missing)}; register them first",
            unit_ids=missing,
        )


def _admitted_by_unit(tx: Transaction, term_id: str) -> dict[str, int]:
    groups = tx.rows(NOMINATIONS).aggregate(
        [
            {"$match": {"term_id": term_id, "state": "admitted"}},
            {"$group": {"_id": "$unit_id", "count": {"$sum": 1}}},
        ]
    )
    return {group["_id"]: group["count"] for group in groups}
