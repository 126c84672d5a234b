"""Compiling collections of graded reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services.outcomes import contract
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.domain.report import State
from services.outcomes.queries.report_collections import shown
from services.outcomes.store.report_collections import REPORT_COLLECTIONS
from services.outcomes.store.reports import REPORTS, report_from
from services.outcomes.store.terms import TERMS
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.storage import Transaction


def compile_report_collection(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Compile a collection from reports that passed; by default from all excellent ones, the best first."""
    refuse_marking(request["title"], "选编名称", "the title")
    term_ids = _term_ids(tx, request)
    chosen = _named(tx, request["report_ids"], term_ids) if "report_ids" in request else _excellent(tx, term_ids)
    if not chosen:
        raise contract.WrongState(
            "尚无评为优秀的研究报告，无法选编", "no report is excellent yet; there is nothing to compile"
        )
    row = tx.rows(REPORT_COLLECTIONS).insert(
        {
            "_id": new_id("collection"),
            "title": request["title"],
            "term_id": request.get("term_id"),
            "plan_id": request.get("plan_id"),
            "report_ids": chosen,
            "credited": request["credited"],
            "compiled_at": tx.now,
            "compiled_by": tx.caller.subject,
        }
    )
    return shown(row)


def _term_ids(tx: Transaction, request: dict[str, Any]) -> list[str]:
    if ("term_id" in request) == ("plan_id" in request):
        raise Invalid(
            "请指定班期或年度计划之一",
            "name either a term or a plan",
            fields={"term_id": ["either"], "plan_id": ["or"]},
        )
    if "term_id" in request:
        return [tx.rows(TERMS).get(request["term_id"])["_id"]]
    found = [row["_id"] for row in tx.rows(TERMS).find({"plan_id": request["plan_id"]}, fields=("_id",))]
    if not found:
        raise NotFound(
            f"没有编号为“{request['plan_id']}”的年度计划",
            f"no plan {request['plan_id']!r} is known",
            id=request["plan_id"],
        )
    return found


def _excellent(tx: Transaction, term_ids: list[str]) -> list[str]:
    found = tx.rows(REPORTS).find({"term_id": {"$in": term_ids}, "state": State.GRADED.value, "graded": "excellent"})
    return [row["_id"] for row in sorted(found, key=lambda row: (-Decimal(row["grade"]["total"]), row["_id"]))]


def _named(tx: Transaction, report_ids: list[str], term_ids: list[str]) -> list[str]:
    wanted = list(dict.fromkeys(report_ids))
    found = {row["_id"]: row for row in tx.rows(REPORTS).find({"_id": {"$in": wanted}, "term_id": {"$in": term_ids}})}
    missing = [each for each in wanted if each not in found]
    if missing:
        raise NotFound(
            f"该范围内没有研究报告：{'、'.join(missing)}",
            f"no such reports there: {', '.join(missing)}",
            report_ids=missing,
        )
    unfit = [each for each in wanted if not report_from(found[each]).passed]
    if unfit:
        raise contract.WrongState(
            f"以下报告尚未评定或未通过，不能选编：{'、'.join(unfit)}",
            f"these are not graded, or did not pass: {', '.join(unfit)}",
            report_ids=unfit,
        )
    return wanted
