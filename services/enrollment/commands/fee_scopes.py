"""Saying which fee standard holds where, and finding the one of a term."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.enrollment.commands.refusals import fault_of
from services.enrollment.domain.fee_scope import FeeChoice, TermPlace, choice_for
from services.enrollment.domain.fee_standard import Stay, Taught
from services.enrollment.domain.wording import Refusal
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.limits import policy_table
from services.enrollment.queries.fee_standards import shown_scope
from services.enrollment.store import FEE_SCOPES, choice_from, scope_row
from shared.errors import Invalid
from shared.storage import Transaction, View, exactly

_KEPT = (
    "standard", "fee_class", "lecture_standard", "departure_days", "effective_from", "effective_to", "campus_id",
    "programme_id", "kind", "document",
)  # fmt: skip


def put_fee_scope(tx: Transaction, request: dict[str, Any], standards: FeeStandards) -> dict[str, Any]:
    """Keep a scope; both standards are tried on its first day, so that no term finds one that cannot answer."""
    first, last = request["effective_from"], request["effective_to"]
    if last is not None and last < first:
        raise Invalid(
            f"结束日期{last}早于开始日期{first}，请更正",
            f"it would end on {last}, before it begins on {first}; correct the days",
            fields={"effective_to": ["before effective_from"]},
        )
    try:
        standards.charge(request["standard"], Stay(first, request["fee_class"], 1))
        standards.lecture(request["lecture_standard"], Taught(first, "full", Decimal(1)))
    except Refusal as refusal:
        raise fault_of(refusal) from None
    rows = tx.rows(FEE_SCOPES)
    known = rows.one({"_id": exactly(request["scope_id"])})
    fields = {key: _plain(request[key]) for key in _KEPT}
    if known is None:
        return shown_scope(rows.insert({"_id": request["scope_id"], **fields}))
    return shown_scope(rows.save({**known, **fields}))


def remove_fee_scope(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove a scope; what was assessed by it stays as it is until it is assessed anew."""
    rows = tx.rows(FEE_SCOPES)
    rows.remove(rows.get(request["scope_id"]))
    return {"scope_id": request["scope_id"]}


def choice_of(view: View, term: dict[str, Any]) -> FeeChoice:
    """Return the standards of a term, by its first day."""
    opening = date.fromisoformat(term["starts_on"])
    place = TermPlace(term.get("campus_id") or "", term["programme_id"], term.get("kind") or "")
    default = choice_from(policy_table().on(opening)["fee.default"].value)
    choice, _ = choice_for((scope_row(row) for row in view.rows(FEE_SCOPES).find()), default, place, opening)
    return choice


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
