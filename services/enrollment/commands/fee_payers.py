"""Who pays: the sending unit, unless the organisation department says otherwise and may."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.fee_assessment import assess_unit
from services.enrollment.contract import PayerNotAllowed
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.limits import policy_table
from services.enrollment.queries.fee_orders import shown_orders
from services.enrollment.store import FEE_ORDERS, FEE_PAYERS, NOMINATIONS, TERMS
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.storage import Transaction


def assign_fee_payer(tx: Transaction, request: dict[str, Any], standards: FeeStandards) -> dict[str, Any]:
    """Note who pays and move what is charged to that payer's order.

    What the payer before has paid already is then held for them, to be refunded. A trainee is charged only by name
    and with a legal basis: the central rule forbids charging those trained, and the plan alone is no such basis.
    """
    term_id, unit_id, nomination_id = request["term_id"], request["unit_id"], request["nomination_id"]
    tx.rows(TERMS).get(term_id)
    if request["payer"] == "individual":
        _require_basis(tx, request)
    if nomination_id is not None:
        _require_nomination(tx, nomination_id, term_id, unit_id)
    rows = tx.rows(FEE_PAYERS)
    key = {"term_id": term_id, "unit_id": unit_id, "nomination_id": nomination_id}
    known = rows.one(key)
    fields = {key: request[key] for key in ("payer", "legal_basis", "note")} | {"by": tx.caller.subject, "at": tx.now}
    if known is None:
        rows.insert({"_id": new_id("payer"), **key, **fields})
    else:
        rows.save({**known, **fields})
    changed = assess_unit(tx, term_id, unit_id, "payer", standards)
    orders = tx.rows(FEE_ORDERS).find({"term_id": term_id, "unit_id": unit_id}, sort=(("payer_key", 1),))
    return {"items": shown_orders(tx, orders), "changed": len(changed)}


def _require_basis(tx: Transaction, request: dict[str, Any]) -> None:
    policy = policy_table().on(tx.today)["fee.payer.individual"]
    if request["nomination_id"] is None:
        raise PayerNotAllowed(
            "不能让一个单位的全部学员自行缴费；确有法定依据的，请逐人指定（nomination_id）并写明依据",
            "a whole unit's people cannot be charged themselves; name each person and the legal basis",
        )
    if request["legal_basis"] is None:
        raise PayerNotAllowed(
            f"向学员个人收取培训费须写明法定依据（文件名称和条款）；依据：{policy.source.split(' / ')[0]}",
            "charging a trainee needs a named legal basis, document and article; "
            f"the rule: {policy.source.split(' / ')[-1]}",
            source=policy.source,
        )


def _require_nomination(tx: Transaction, nomination_id: str, term_id: str, unit_id: str) -> None:
    row = tx.rows(NOMINATIONS).get_within_reach(nomination_id)
    if (row["term_id"], row["unit_id"]) != (term_id, unit_id):
        raise NotFound(
            f"推荐“{nomination_id}”不是单位“{unit_id}”报名本期的，请核对",
            f"nomination {nomination_id!r} is not one of unit {unit_id!r} for this term; check the identifiers",
            id=nomination_id,
        )
    if row.get("admitted_at") is None:
        raise Invalid(
            f"推荐“{nomination_id}”尚未录取，录取后才能指定付费方",
            f"nomination {nomination_id!r} is not admitted yet; say who pays once it is",
            fields={"nomination_id": ["not admitted"]},
        )
