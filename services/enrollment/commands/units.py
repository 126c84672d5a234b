"""Units and their places."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.hall import Hall
from services.enrollment.commands.refusals import fault_of
from services.enrollment.commands.standby import settle
from services.enrollment.contract import QUOTA_ALLOTTED
from services.enrollment.domain.credit_code import read_credit_code
from services.enrollment.domain.organisation import parent_of, read_unit_id
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.units import shown_quotas, shown_unit
from services.enrollment.store import UNITS
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Role
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
    hall = Hall(tx, request["term_id"])
    hall.require_open("不能分配名额", "no places can be allotted")
    wanted = {item["unit_id"]: item["places"] for item in request["quotas"]}
    if len(wanted) < len(request["quotas"]):
        raise Invalid("同一单位出现了两次，请合并", "a unit stands twice in the list; put its places together")
    for unit_id in wanted:
        tx.caller.require_reach(unit_id)
        _refuse_own(tx, unit_id)
        _refuse_citys(tx, hall, unit_id)
    _require_units(tx, set(wanted))
    try:
        hall.seats = hall.seats.allot(wanted.items(), hall.taken())
    except Refusal as refusal:
        raise fault_of(refusal, term_id=hall.term_id) from None
    row = settle(hall)
    for unit_id, places in sorted(wanted.items()):
        tx.emit(QUOTA_ALLOTTED, {"term_id": hall.term_id, "unit_id": unit_id, "places": places}, subject=hall.term_id)
    return shown_quotas(tx, row)


def _refuse_own(tx: Transaction, unit_id: str) -> None:
    if Role.ORGANISATION_DEPARTMENT not in tx.caller.roles and unit_id in tx.caller.units:
        raise Forbidden(
            f"单位“{unit_id}”的名额由组织部门分配，本单位只能分给下级单位",
            f"the places of unit {unit_id!r} come from the organisation department; you may hand them down",
            unit_id=unit_id,
        )


def _refuse_citys(tx: Transaction, hall: Hall, unit_id: str) -> None:
    above = hall.seats.above(unit_id)
    if Role.ORGANISATION_DEPARTMENT in tx.caller.roles or (above is not None and tx.caller.reaches(above.unit_id)):
        return
    raise Forbidden(
        f"单位“{unit_id}”的上级单位在本期没有名额可分，请向组织部门申请",
        f"no unit of yours above {unit_id!r} has places in this term to hand down; ask the organisation department",
        unit_id=unit_id,
    )


def _require_units(tx: Transaction, unit_ids: set[str]) -> None:
    known = {row["_id"] for row in tx.rows(UNITS).find({"_id": {"$in": sorted(unit_ids)}}, fields=("_id",))}
    missing = sorted(unit_ids - known)
    if missing:
        raise NotFound(
            f"没有登记以下参训单位：{'、'.join(missing)}，请先登记",
            f"these units are not registered: {', '.join(missing)}; register them first",
            unit_ids=missing,
        )
