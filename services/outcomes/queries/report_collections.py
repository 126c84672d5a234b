"""Reading collections, and binding one into a document."""

from __future__ import annotations

import base64
from typing import Any

from services.outcomes.queries.names import names_of
from services.outcomes.queries.terms import term_label
from services.outcomes.reportfiles.findings import MEDIA_TYPES
from services.outcomes.store.report_collections import REPORT_COLLECTIONS
from services.outcomes.store.reports import REPORTS, copy_of, report_from
from services.outcomes.store.terms import TERMS
from shared.clock import CITY_ZONE
from shared.runtime import Work
from shared.storage import View

_SHOWN = ("title", "term_id", "plan_id", "report_ids", "credited", "compiled_at", "version")


def list_report_collections(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List collections, the latest first."""
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "plan_id") if name in request}
    found, cursor = view.rows(REPORT_COLLECTIONS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown(row) for row in found], "next_cursor": cursor}


def get_report_collection_file(work: Work) -> dict[str, Any]:
    """Bind a collection into one Word document, but for what passes no longer; who asked goes into the audit log."""
    view = work.view()
    row = view.rows(REPORT_COLLECTIONS).get(work.request["collection_id"])
    found = {each["_id"]: each for each in view.rows(REPORTS).find({"_id": {"$in": row["report_ids"]}})}
    chosen = [found[report_id] for report_id in row["report_ids"] if report_id in found]
    reports = [each for each in chosen if report_from(each).passed]
    names = names_of(work, {each["term_id"] for each in reports}) if row["credited"] else {}
    chapters = [_chapter(view, each, names) for each in reports]
    content = work.offload(_bound, row["title"], _subtitle(view, row), chapters)
    return {
        "filename": f"{row['title']}.docx",
        "media_type": MEDIA_TYPES["docx"],
        "content": base64.b64encode(content).decode(),
    }


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored collection as the contract shows it."""
    return {"collection_id": row["_id"], **{key: row[key] for key in _SHOWN}}


def _chapter(view: View, row: dict[str, Any], names: dict[str, tuple[str, str]]) -> tuple[str, str, list[str]]:
    report = report_from(row)
    number = report.submission.number if report.submission else report.versions[-1].number
    text = copy_of(view, row["_id"], f"{number}/text", "选编研究报告 / compiling reports").decode()
    name, unit = names.get(report.nomination_id, ("", ""))
    return report.version(number).title, f"{unit}　{name}".strip(), text.split("\n")


def _subtitle(view: View, row: dict[str, Any]) -> str:
    compiled_on = row["compiled_at"].astimezone(CITY_ZONE).date()
    day = f"{compiled_on.year}年{compiled_on.month}月{compiled_on.day}日"
    term = view.rows(TERMS).one({"_id": row["term_id"]}) if row["term_id"] else None
    return f"{term_label(term)}　{day}" if term else day


def _bound(title: str, subtitle: str, chapters: list[tuple[str, str, list[str]]]) -> bytes:
    from services.outcomes.reportfiles.printed import Chapter, collection_document

    return collection_document(title, subtitle, [Chapter(*each) for each in chapters])
