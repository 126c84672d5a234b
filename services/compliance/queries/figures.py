"""The year's figures of compliance, each with the rows behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from services.compliance.queries.leave_map import leave_by_half_day, leave_by_month
from services.compliance.store.attendance import BOOKS
from services.compliance.store.briefing import BRIEFINGS
from services.compliance.store.completion import COMPLETIONS
from services.compliance.store.health import PURGES
from services.compliance.store.incident import INCIDENTS
from services.compliance.store.return_to_post import RETURNS
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.travel import BATCHES
from services.compliance.store.withdrawal import CASES
from shared.storage import Collection, View

Row = dict[str, Any]
_COLUMNS = {
    "term": ("班次", "term"), "starts_on": ("开班日期", "starts on"), "unit_id": ("单位", "unit"),
    "people": ("人数", "people"), "total_hours": ("总学时（人次）", "hours scheduled"),
    "attended_hours": ("出勤学时", "hours attended"), "leave_hours": ("请假学时", "hours of leave"),
    "absent_hours": ("旷课学时", "hours absent"), "month": ("月份", "month"), "weekday": ("星期", "weekday"),
    "half": ("半天", "half-day"), "kind": ("情形", "kind"), "step": ("处理", "measure"), "count": ("数量", "count"),
    "cause": ("原因", "cause"), "state": ("状态", "state"), "on_time": ("按时", "on time"), "late": ("逾期", "late"),
    "open": ("未确认", "open"), "reported": ("已报到", "checked in"), "not_reported": ("未报到", "not reported"),
    "expected": ("待报到", "still expected"),
    "completed": ("结业", "completed"), "not_completed": ("不予结业", "not completed"), "pending": ("待定", "pending"),
    "leg": ("行程", "leg"), "missing": ("曾未按时到达", "raised the alarm"), "alone": ("单独往返", "alone"),
}  # fmt: skip


def get_compliance_figures(view: View, request: Row) -> Row:
    """Return the figures of one plan's terms, cancelled ones left out."""
    found = view.rows(TERMS).find({"plan_id": request["plan_id"], "cancelled": False}, sort=(("starts_on", 1),))
    terms = {row["_id"]: row for row in found}
    return {
        "figures": [
            _attendance(view, terms),
            _leave("leave_heat", "单位与月份", "unit and month", leave_by_month(view, terms)),
            _leave("leave_half_days", "星期与半天", "weekday and half-day", leave_by_half_day(view, terms)),
            _check_ins(view, terms),
            _briefings(view, terms),
            _incidents(view, terms),
            _withdrawals(view, terms),
            _travel(view, terms),
            _returns(view, terms),
            _completions(view, terms),
            _purges(view, terms),
        ]
    }


def _figure(
    key: str, title: tuple[str, str], unit: str, value: float | None, keys: Sequence[str], rows: list[Row]
) -> Row:
    columns = [{"key": each, "title": {"zh": _COLUMNS[each][0], "en": _COLUMNS[each][1]}} for each in keys]
    words = {"zh": title[0], "en": title[1]}
    return {"key": key, "title": words, "unit": unit, "value": value, "columns": columns, "rows": rows}


def _name(term: Row) -> str:
    return f"{term['programme_title']} 第{term['term_ordinal']}期"


def _of(view: View, collection: Collection, terms: dict[str, Row], **more: Any) -> list[Row]:
    return view.rows(collection).find({"term_id": {"$in": sorted(terms)}, **more})


def _attendance(view: View, terms: dict[str, Row]) -> Row:
    rows: list[Row] = []
    for book in view.rows(BOOKS).find({"_id": {"$in": sorted(terms)}}):
        people, term = book["people"], terms[book["_id"]]
        hours = ("attended_hours", "leave_hours", "absent_hours")
        sums = {name: sum(each.get(name, 0) for each in people) for name in hours}
        told = {"term": _name(term), "starts_on": term["starts_on"], "people": len(people)}
        rows.append({**told, "total_hours": len(people) * book["total_hours"], **sums})
    rows.sort(key=lambda row: (str(row["starts_on"]), str(row["term"])))
    total = sum(row["total_hours"] for row in rows)
    share = round(100 * sum(row["attended_hours"] for row in rows) / total, 1) if total else None
    keys = ("term", "starts_on", "people", "total_hours", "attended_hours", "leave_hours", "absent_hours")
    return _figure("attendance", ("出勤率", "hours attended"), "percent", share, keys, rows)


def _leave(key: str, zh: str, en: str, found: tuple[tuple[str, ...], list[Row]]) -> Row:
    keys, rows = found
    title = (f"请假热力图（{zh}）", f"leave by {en}")
    return _figure(key, title, "hours", sum(row["leave_hours"] for row in rows), (*keys, "leave_hours", "people"), rows)


def _check_ins(view: View, terms: dict[str, Row]) -> Row:
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _of(view, TRAINEES, terms):
        there = row["checked_in_at"] is not None
        if there or row["state"] != "withdrawn":
            by_unit[row["unit_id"]]["reported" if there else row["state"]] += 1
            by_unit[row["unit_id"]]["late"] += there and row["checked_in_late"]
    keys = ("reported", "late", "not_reported", "expected")
    rows: list[Row] = [
        {"unit_id": unit, **{key: found[key] for key in keys}} for unit, found in sorted(by_unit.items())
    ]
    value = sum(row["reported"] for row in rows)
    return _figure("check_ins", ("报到人数", "people who checked in"), "people", value, ("unit_id", *keys), rows)


def _punctual(view: View, terms: dict[str, Row], collection: Collection, done: str) -> list[Row]:
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _of(view, collection, terms):
        if row["state"] != "cancelled":
            how = "open" if row["state"] != done else "late" if row["late"] else "on_time"
            by_unit[row["unit_id"]][how] += 1
    keys = ("on_time", "late", "open")
    return [{"unit_id": unit, **{key: found[key] for key in keys}} for unit, found in sorted(by_unit.items())]


def _briefings(view: View, terms: dict[str, Row]) -> Row:
    rows = _punctual(view, terms, BRIEFINGS, "acknowledged")
    value = sum(row["on_time"] for row in rows)
    keys = ("unit_id", "on_time", "late", "open")
    return _figure("briefings", ("按时完成的纪律提醒", "briefings in time"), "items", value, keys, rows)


def _returns(view: View, terms: dict[str, Row]) -> Row:
    rows = _punctual(view, terms, RETURNS, "confirmed")
    value = sum(row["on_time"] for row in rows)
    keys = ("unit_id", "on_time", "late", "open")
    return _figure("returns", ("按时确认的返岗", "returns confirmed in time"), "items", value, keys, rows)


def _incidents(view: View, terms: dict[str, Row]) -> Row:
    found: Counter[tuple[str, str]] = Counter()
    files = _of(view, INCIDENTS, terms)
    for row in files:
        steps = [each["step"] for each in row["sanctions"] if not each["revoked"]] or ["-"]
        found.update((row["kind"], step) for step in steps)
    rows: list[Row] = [{"kind": kind, "step": step, "count": count} for (kind, step), count in sorted(found.items())]
    keys = ("kind", "step", "count")
    return _figure("incidents", ("违纪情况记录", "incident files"), "items", len(files), keys, rows)


def _withdrawals(view: View, terms: dict[str, Row]) -> Row:
    found = Counter((row["cause"], row["state"]) for row in _of(view, CASES, terms))
    rows: list[Row] = [
        {"cause": cause, "state": state, "count": count} for (cause, state), count in sorted(found.items())
    ]
    value = sum(row["count"] for row in rows if row["state"] == "withdrawn")
    keys = ("cause", "state", "count")
    return _figure("withdrawals", ("退学人数", "people withdrawn"), "people", value, keys, rows)


def _travel(view: View, terms: dict[str, Row]) -> Row:
    by_leg: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _of(view, BATCHES, terms, cancelled=False):
        people = [each for each in row["passengers"] if each["whereabouts"] != "dropped"]
        found = by_leg[row["leg"]]
        found.update({"count": 1, "people": len(people), "alone": int(row["alone"])})
        found["missing"] += sum(each["was_missing"] for each in people)
    keys = ("count", "people", "alone", "missing")
    rows: list[Row] = [{"leg": leg, **{key: by_leg[leg][key] for key in keys}} for leg in sorted(by_leg)]
    value = sum(row["people"] for row in rows)
    return _figure("travel", ("集中往返人次", "people in travel batches"), "people", value, ("leg", *keys), rows)


def _completions(view: View, terms: dict[str, Row]) -> Row:
    by_term: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _of(view, COMPLETIONS, terms):
        by_term[row["term_id"]][row["outcome"] if row["confirmed"] else "pending"] += 1
    keys = ("completed", "not_completed", "pending")
    order = sorted(by_term, key=lambda term_id: (date.fromisoformat(terms[term_id]["starts_on"]), term_id))
    rows: list[Row] = [
        {"term": _name(terms[term_id]), **{key: by_term[term_id][key] for key in keys}} for term_id in order
    ]
    value = sum(row["completed"] for row in rows)
    return _figure("completions", ("结业人数", "people who completed"), "people", value, ("term", *keys), rows)


def _purges(view: View, terms: dict[str, Row]) -> Row:
    found: Counter[tuple[str, str]] = Counter()
    for row in _of(view, PURGES, terms):
        found[_name(terms[row["term_id"]]), row["cause"]] += row["count"]
    rows: list[Row] = [{"term": term, "cause": cause, "count": count} for (term, cause), count in sorted(found.items())]
    value = sum(row["count"] for row in rows)
    keys = ("term", "cause", "count")
    return _figure("health_purged", ("已清除的健康申报", "health declarations purged"), "items", value, keys, rows)
