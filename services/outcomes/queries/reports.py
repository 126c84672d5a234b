"""Reading reports: units see how far their people are, authors and organisers what they wrote."""

from __future__ import annotations

import base64
from typing import Any

from services.outcomes.domain.report import Report, State
from services.outcomes.limits import policy_table
from services.outcomes.queries.people import is_trainee
from services.outcomes.queries.terms import report_due_on
from services.outcomes.reportfiles.findings import MEDIA_TYPES
from services.outcomes.store.reports import REPORTS, SIMILARITIES, copy_of, report_from
from services.outcomes.store.reviews import REVIEWS
from services.outcomes.store.terms import TERMS
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View, subtree

_OPENED = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.TRAINEE})


def list_reports(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List reports within reach; a trainee's own; a unit brings those below it too."""
    rows = view.rows(REPORTS)
    conditions: list[dict[str, Any]] = [{name: request[name] for name in ("term_id", "state") if name in request}]
    if is_trainee(view):
        conditions.append({"nomination_id": view.caller.own_id(Role.TRAINEE)})
    else:
        conditions.append(rows.reach())
    if "unit_id" in request:
        conditions.append(subtree(request["unit_id"]))
    if "grade" in request:
        conditions.append({"graded": request["grade"]})
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"])
    due = _due_days(view, {row["term_id"] for row in found})
    return {"items": [_shown(row, report_from(row), due) for row in found], "next_cursor": cursor}


def get_report(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show a report."""
    return shown_whole(view, report_within_reach(view, request["report_id"]))


def get_report_file(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return a version as it was sent; who looked at it goes into the audit log."""
    row = report_within_reach(view, request["report_id"])
    report = report_from(row)
    latest = report.versions[-1].number if report.versions else 0
    number = request.get("number") or (report.submission.number if report.submission else latest)
    version = next((each for each in report.versions if each.number == number), None)
    if version is None:
        raise NotFound(f"报告没有第{number}稿", f"the report has no version {number}", number=number)
    content = copy_of(view, row["_id"], f"{number}/original", "下载研究报告 / download of a report")
    return {
        "filename": version.filename,
        "media_type": MEDIA_TYPES[version.kind],
        "content": base64.b64encode(content).decode(),
    }


def get_report_similarity(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show what a report shares with others, passage by passage."""
    report = view.rows(REPORTS).get(request["report_id"])
    rows = view.rows(SIMILARITIES)
    row = rows.get(report["_id"])
    passages = rows.unseal(row, "passages", "核查相同段落 / looking at shared passages")
    others = {each["_id"]: each for each in view.rows(REPORTS).find({"_id": {"$in": row["source_ids"]}})}
    sources = [
        {
            "report_id": source["report_id"],
            **{key: others[source["report_id"]][key] for key in ("nomination_id", "term_id", "unit_id")},
            "percent": source["percent"],
            "passages": source["passages"],
        }
        for source in passages
        if source["report_id"] in others
    ]
    later = rows.find({"source_ids": row["_id"]}, fields=("_id",))
    return {
        "report_id": row["_id"],
        "checked_at": row["checked_at"],
        "percent": row["percent"],
        "warn_from": policy_table().on(view.today).number("report.similarity_warn_percent"),
        "sources": sources,
        "found_in": sorted(each["_id"] for each in later),
    }


def report_within_reach(view: View, report_id: str) -> dict[str, Any]:
    """Return a report's row: the author's own, or of a unit within reach. Raises ``NotFound``, telling nothing."""
    if not is_trainee(view):
        return view.rows(REPORTS).get_within_reach(report_id)
    row = view.rows(REPORTS).one({"_id": report_id, "nomination_id": view.caller.own_id(Role.TRAINEE)})
    if row is None:
        raise NotFound(
            f"您没有编号为“{report_id}”的研究报告",
            f"you have no report {report_id!r}; check the identifier",
            id=report_id,
        )
    return row


def shown_whole(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored report as the caller may see it."""
    report = report_from(row)
    shown = _shown(row, report, _due_days(view, {report.term_id}))
    if not view.caller.roles & _OPENED:
        return {**shown, **dict.fromkeys(("files", "statement", "note", "comments", "objection"))}
    return {
        **shown,
        "files": report.versions,
        "statement": report.handed_in.statement if report.handed_in else None,
        "note": report.note,
        "comments": _comments(view, row["_id"]) if report.state is State.GRADED else None,
        "objection": report.objection,
    }


def _comments(view: View, report_id: str) -> list[str]:
    # In an order that says nothing of who wrote first.
    return sorted(each["comment"] for each in view.rows(REVIEWS).find({"report_id": report_id, "state": "returned"}))


def _due_days(view: View, term_ids: set[str]) -> dict[str, Any]:
    return {term["_id"]: report_due_on(term) for term in view.rows(TERMS).find({"_id": {"$in": sorted(term_ids)}})}


def _shown(row: dict[str, Any], report: Report, due: dict[str, Any]) -> dict[str, Any]:
    sent, grade = report.handed_in, report.grade
    titled = [each for each in report.versions if sent is None or each.number == sent.number]
    term_due = due.get(report.term_id)
    return {
        "report_id": row["_id"],
        "nomination_id": report.nomination_id,
        "term_id": report.term_id,
        "unit_id": report.unit_id,
        "state": report.state.value,
        "topic_id": report.topic_id,
        "title": titled[-1].title if titled else "",
        "versions": len(report.versions),
        "due_on": sent.due_on if sent else (report.due_on(term_due) if term_due else None),
        "submitted_at": sent.submitted_at if sent else None,
        "late": sent.late if sent else None,
        "similarity": report.similarity,
        "grade": grade.grade if grade else None,
        "total": grade.total if grade else None,
        "passed": grade.passed if grade else None,
        "version": row["version"],
    }
