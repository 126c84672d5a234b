"""Timetables and schemes as workbooks: one for people to print, all of a term's for its archive."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from services.scheduling.domain.timetable_diff import differences
from services.scheduling.queries.schemes import version_of as scheme_version_of
from services.scheduling.queries.timetables import get_timetable
from services.scheduling.scheme_workbook import scheme_workbook
from services.scheduling.situation import calendar_of
from services.scheduling.store import SCHEMES, TERMS, TIMETABLE_VERSIONS
from services.scheduling.tabling import issued_table
from services.scheduling.timetable_workbook import timetable_workbook
from shared.calendar import days_between
from shared.clock import CITY_ZONE
from shared.spreadsheets.workbooks import XLSX
from shared.storage import View, exactly

Document = dict[str, Any]


def get_timetable_file(view: View, request: dict[str, Any]) -> Document:
    """Return a version of a term's timetable as a workbook, what changed in it marked."""
    table = get_timetable(view, request)
    name = f"{table['programme_title']}第{table['ordinal']}期日程表（第{table['number']}版）.xlsx"
    return {"filename": name, "media_type": XLSX, "content": _encoded(_timetable(view, table))}


def export_scheduling_files(view: View, request: dict[str, Any]) -> Document:
    """Return the scheme in force and every version of the timetable; none for a term that is not known here."""
    term = view.rows(TERMS).one({"_id": exactly(request["term_id"])})
    if term is None:
        return {"files": []}
    versions = view.rows(TIMETABLE_VERSIONS).find({"term_id": exactly(term["_id"])}, sort=[("number", 1)])
    tables = [get_timetable(view, {"term_id": term["_id"], "number": doc["number"]}) for doc in versions]
    files = [_file(f"日程表/第{each['number']}版.xlsx", "timetable", _timetable(view, each)) for each in tables]
    scheme = _scheme(view, term)
    return {"files": [*([_file("培训方案.xlsx", "scheme", scheme)] if scheme else []), *files]}


def _timetable(view: View, table: Document) -> bytes:
    number, term_id = table["number"], table["term_id"]
    before, now = issued_table(view, term_id, number - 1), issued_table(view, term_id, number)
    changed = differences(before, now) if number > 1 else []
    local = {**table, "issued_at": table["issued_at"].astimezone(CITY_ZONE)}
    return timetable_workbook(local, _free_days(view, table), frozenset(each.session_id for each in changed))


def _free_days(view: View, table: Document) -> list[date]:
    if table["starts_on"] is None or table["stale"] or not table["in_force"]:
        return []
    calendar = calendar_of(view)
    span = days_between(date.fromisoformat(table["starts_on"]), date.fromisoformat(table["ends_on"]))
    return [day for day in span if not calendar.is_working_day(day)]


def _scheme(view: View, term: Document) -> bytes | None:
    doc = view.rows(SCHEMES).one({"programme_id": exactly(term["programme_id"])})
    if doc is None or doc["in_force"] is None:
        return None
    version = scheme_version_of(view, doc["_id"], doc["in_force"])
    return scheme_workbook(term["programme_title"], version)


def _file(name: str, item: str, content: bytes) -> Document:
    return {"name": name, "media_type": XLSX, "content": _encoded(content), "item": item}


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
