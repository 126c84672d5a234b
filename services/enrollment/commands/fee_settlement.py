"""Settling a term: costs held against the standard, papers complete, and then closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.enrollment.commands.fee_scopes import choice_of
from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import AboveStandard, AlreadySettled, PapersMissing
from services.enrollment.domain.eligibility import Ruling
from services.enrollment.domain.fee_order import Course, stay_of
from services.enrollment.domain.fee_settlement import PAPER_WORDS, known_papers, missing
from services.enrollment.domain.fee_standard import CourseCosts, Finding
from services.enrollment.domain.money import fen_of
from services.enrollment.domain.wording import Refusal
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.limits import policy_table
from services.enrollment.queries.fee_settlement import (
    admitted,
    most_who_came,
    papers_of,
    settlement_of,
    shown_settlement,
)
from services.enrollment.store import TERM_COSTS, TERMS, citation_fields
from shared.errors import Invalid, NotFound
from shared.storage import Transaction

Doc = dict[str, Any]


def file_term_costs(tx: Transaction, request: Doc, standards: FeeStandards) -> Doc:
    """Keep what a term cost; above a verified limit nothing is saved, above one not verified there is a warning."""
    term = tx.rows(TERMS).get(request["term_id"])
    row = _open(tx, term["_id"])
    most = most_who_came(tx, term)
    trainees = admitted(tx, term["_id"]) if request["trainees"] is None else request["trainees"]
    if trainees > most:
        raise Invalid(
            f"实到{trainees}人多于报到后有席位的{most}人，请按签到表核对",
            f"{trainees} came but {most} had a seat once people reported; check the sign-in sheet",
            fields={"trainees": ["above the number admitted"]},
        )
    try:
        items = {name: fen_of(value) for name, value in request["items"].items() if value is not None}
        if any(fen < 0 for fen in items.values()):
            raise Refusal("amount", "支出金额不能为负，请更正", "costs are not below zero; correct them")
        row |= {"staff": request["staff"], "trainees": trainees, "items": items, "unplanned": request["unplanned"]}
        findings = _findings(tx, term, row, standards)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    _refuse_above(findings)
    row["findings"] = [_plain(finding) for finding in findings]
    return shown_settlement(tx, _keep(tx, row, "costs", ""))


def record_settlement_paper(tx: Transaction, request: Doc) -> Doc:
    """Note that a paper is in the file."""
    tx.rows(TERMS).get(request["term_id"])
    known = known_papers(policy_table().on(tx.today))
    if request["paper"] not in known:
        choices = "、".join(f"{code}（{PAPER_WORDS[code].zh}）" for code in PAPER_WORDS if code in known)
        raise Invalid(
            f"没有材料代码“{request['paper']}”，可用：{choices}",
            f"no paper {request['paper']!r}; use one of {', '.join(sorted(known))}",
            fields={"paper": ["unknown"]},
        )
    row = _open(tx, request["term_id"])
    given = {"reference": request["reference"], "dated_on": request["dated_on"].isoformat()}
    row["papers"] = {**row["papers"], request["paper"]: given}
    return shown_settlement(tx, _keep(tx, row, f"paper:{request['paper']}", request["reference"]))


def settle_term(tx: Transaction, request: Doc, standards: FeeStandards) -> Doc:
    """Close the file: costs within the standard as it is now, and every paper there."""
    term = tx.rows(TERMS).get(request["term_id"])
    row = _open(tx, term["_id"])
    if not any(step["what"] == "costs" for step in row["history"]):
        raise NotFound("尚未填报实际支出，请先填报", "no costs were filed yet; file them first", term_id=term["_id"])
    lacking = missing(papers_of(tx, row), row["papers"])
    if lacking:
        raise PapersMissing(
            "报销材料不齐，还缺：" + "、".join(paper.words.zh for paper in lacking),
            "papers are missing: " + ", ".join(paper.words.en for paper in lacking),
            papers=[paper.code for paper in lacking],
        )
    try:
        findings = _findings(tx, term, row, standards)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    _refuse_above(findings)
    row |= {"state": "settled", "findings": [_plain(finding) for finding in findings]}
    return shown_settlement(tx, _keep(tx, row, "settled", ""))


def reopen_settlement(tx: Transaction, request: Doc) -> Doc:
    """Open a settled term again; what was in its file stays."""
    rows = tx.rows(TERM_COSTS)
    row = {**rows.get(request["term_id"]), "state": "open"}
    return shown_settlement(tx, _keep(tx, row, "reopened", request["reason"]))


def _open(tx: Transaction, term_id: str) -> Doc:
    row = settlement_of(tx, term_id)
    if row["state"] == "settled":
        raise AlreadySettled(
            "本期已结算，如需更正请由组织部门重新打开",
            "the term is settled; the organisation department opens it again to correct it",
            term_id=term_id,
        )
    return row


def _findings(tx: Transaction, term: Doc, row: Doc, standards: FeeStandards) -> Sequence[Finding]:
    choice = choice_of(tx, term)
    reports_on = term.get("reports_on")
    course = Course(
        date.fromisoformat(term["starts_on"]), date.fromisoformat(reports_on) if reports_on else None, term["days"]
    )
    costs = CourseCosts(stay_of(course, choice), row["trainees"], row["staff"], row["items"])
    return standards.findings(choice.standard, costs)


def _refuse_above(findings: Sequence[Finding]) -> None:
    against = [finding for finding in findings if finding.ruling is Ruling.REFUSE]
    if against:
        raise AboveStandard(
            "超出培训费标准，未保存：" + "；".join(f"{each.reason.zh}（{each.citation.source}）" for each in against),
            "above the fee standard, nothing was saved: "
            + "; ".join(f"{each.reason.en} ({each.citation.source})" for each in against),
            findings=[each.code for each in against],
        )


def _plain(finding: Finding) -> Doc:
    return {
        "code": finding.code,
        "ruling": finding.ruling.value,
        "reason": finding.reason.plain(),
        "citation": citation_fields(finding.citation),
    }


def _keep(tx: Transaction, row: Doc, what: str, note: str) -> Doc:
    row["history"] = [*row["history"], {"what": what, "at": tx.now, "by": tx.caller.subject, "note": note}]
    rows = tx.rows(TERM_COSTS)
    return rows.save(row) if "version" in row else rows.insert(row)
