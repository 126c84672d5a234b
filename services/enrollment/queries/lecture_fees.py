"""Reading what lecturers are paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.enrollment.domain.money import yuan
from services.enrollment.store import LECTURE_STATEMENTS
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View

Doc = dict[str, Any]
_ITEM = ("session_id", "title", "half", "starts_at", "grade", "joint_id", "reasons", "citation", "problem")


def list_lecture_fees(view: View, request: Doc) -> Doc:
    """List statements, of a term or of a lecturer."""
    condition = {key: request[key] for key in ("term_id", "lecturer_id") if request.get(key)}
    found, cursor = view.rows(LECTURE_STATEMENTS).page(condition, request.get("cursor"), request["limit"])
    return {"items": [_summary(row) for row in found], "next_cursor": cursor}


def get_lecture_fee(view: View, request: Doc) -> Doc:
    """Show one statement."""
    key = {"lecturer_id": request["lecturer_id"], "term_id": request["term_id"]}
    row = view.rows(LECTURE_STATEMENTS).one(key)
    if row is None:
        raise NotFound(
            f"教师“{request['lecturer_id']}”在本期没有讲课费，请核对",
            f"lecturer {request['lecturer_id']!r} has no lecture fee in this term; check the identifiers",
            id=request["lecturer_id"],
        )
    return shown_statement(row)


def list_my_lecture_fees(view: View, request: Doc) -> Doc:
    """List a lecturer's own statements, as the personal link says who it is."""
    lecturer_id = view.caller.own_id(Role.LECTURER)
    rows = view.rows(LECTURE_STATEMENTS).find({"lecturer_id": lecturer_id}, sort=(("term_id", 1),))
    return {"items": [shown_statement(row) for row in rows]}


def shown_statement(row: Doc) -> Doc:
    """Return a statement as it is shown by itself."""
    agreement = row["agreement"]
    return {
        **_summary(row),
        "agreement": _shown_agreement(agreement) if agreement else None,
        "items": [_shown_item(each) for each in row["items"]],
        "history": [
            {"number": each["number"], "at": each["at"], "amount": yuan(each["amount_fen"])} for each in row["history"]
        ],
    }


def _summary(row: Doc) -> Doc:
    return {
        **{key: row[key] for key in ("lecturer_id", "term_id", "number", "problems", "version")},
        "amount": yuan(row["amount_fen"]),
        "sessions": len(row["items"]),
        "hours": sum((Decimal(each["hours"]) for each in row["items"]), Decimal(0)),
        "paid_hours": sum((Decimal(each["paid_hours"]) for each in row["items"]), Decimal(0)),
        "reckoned_at": row["at"],
    }


def _shown_agreement(agreement: Doc) -> Doc:
    uplift = agreement["uplift"]
    return {
        "rate": None if agreement["rate_fen"] is None else yuan(agreement["rate_fen"]),
        "uplift": {**uplift, "approved_on": date.fromisoformat(uplift["approved_on"])} if uplift else None,
        "note": agreement["note"],
    }


def _shown_item(item: Doc) -> Doc:
    return {
        **{key: item[key] for key in _ITEM},
        "on": date.fromisoformat(item["on"]),
        "hours": Decimal(item["hours"]),
        "paid_hours": Decimal(item["paid_hours"]),
        "amount": yuan(item["amount_fen"]),
    }
