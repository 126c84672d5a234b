"""The year's figures of scheduling, each with the rows behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from services.scheduling.domain.timetable import Session
from services.scheduling.store import INVITATIONS, LECTURERS, RETIMINGS, SESSIONS, TERMS
from services.scheduling.tabling import session_of
from shared.storage import View

Row = dict[str, Any]
_COLUMNS = {
    "programme": ("班次", "programme"), "planned": ("未排期", "not placed"), "placed": ("已排期", "placed"),
    "cancelled": ("已取消", "cancelled"), "capacity": ("名额", "places"), "lecturer": ("教师", "lecturer"),
    "organisation": ("单位", "organisation"), "hours": ("学时", "class hours"), "sessions": ("课次", "sessions"),
    "terms": ("班期", "terms"), "joint": ("合班课次", "joint lectures"), "form": ("教学形式", "form"),
    "state": ("答复", "answer"), "count": ("数量", "count"), "reason": ("原因", "reason"),
}  # fmt: skip


def get_scheduling_figures(view: View, request: Row) -> Row:
    """Return the figures of one plan; sessions count as issued, a joint lecture once for its lecturer."""
    plan = {"plan_id": request["plan_id"]}
    terms = view.rows(TERMS).find(plan, sort=(("programme_ordinal", 1), ("ordinal", 1)))
    held = {row["_id"] for row in terms if row["state"] != "cancelled"}
    taught = [(row["term_id"], session_of(row)) for row in view.rows(SESSIONS).find(plan) if row["term_id"] in held]
    return {
        "figures": [
            _terms(terms),
            _lecturers(view, taught),
            _forms(taught),
            _invitations(view, plan),
            _retimings(view, plan),
        ]
    }


def _terms(terms: Iterable[Row]) -> Row:
    found: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for row in terms:
        count = found[row["programme_ordinal"], row["programme_title"]]
        count[row["state"]] += 1
        count["capacity"] += row["capacity"] if row["state"] == "placed" else 0
    keys = ("placed", "planned", "cancelled", "capacity")
    rows: list[Row] = [
        {"programme": f"{ordinal} {title}", **{key: count[key] for key in keys}}
        for (ordinal, title), count in sorted(found.items())
    ]
    value = sum(row["placed"] for row in rows)
    return _figure("terms_held", ("办班期数", "terms placed"), "terms", value, ("programme", *keys), rows)


def _lecturers(view: View, taught: Sequence[tuple[str, Session]]) -> Row:
    by_lecturer: dict[str, list[tuple[str, Session]]] = defaultdict(list)
    for term_id, session in taught:
        if session.lecturer_id:
            by_lecturer[session.lecturer_id].append((term_id, session))
    known = {row["_id"]: row for row in view.rows(LECTURERS).find({"_id": {"$in": sorted(by_lecturer)}})}
    rows = []
    for lecturer_id, found in by_lecturer.items():
        once = _once(session for _, session in found)
        card = known.get(lecturer_id, {})
        rows.append(
            {
                "lecturer": card.get("name", lecturer_id),
                "organisation": card.get("organisation", ""),
                "hours": sum(each.hours for each in once),
                "sessions": len(once),
                "terms": len({term_id for term_id, _ in found}),
                "joint": sum(each.joint_id is not None for each in once),
            }
        )
    rows.sort(key=lambda row: (-row["hours"], row["lecturer"]))
    value = sum(row["hours"] for row in rows)
    keys = ("lecturer", "organisation", "hours", "sessions", "terms", "joint")
    return _figure("lecturer_load", ("教师授课学时", "hours taught"), "hours", value, keys, rows)


def _forms(taught: Iterable[tuple[str, Session]]) -> Row:
    rows = _counted(taught, lambda session: session.form, "form")
    value = sum(row["hours"] for row in rows)
    return _figure("teaching_by_form", ("各教学形式学时", "hours by form"), "hours", value, _FORM, rows)


_FORM = ("form", "hours", "sessions")


def _counted(taught: Iterable[tuple[str, Session]], key_of: Callable[[Session], str], name: str) -> list[Row]:
    hours: Counter[str] = Counter()
    sessions: Counter[str] = Counter()
    for _, session in taught:
        hours[key_of(session)] += session.hours
        sessions[key_of(session)] += 1
    return [{name: key, "hours": count, "sessions": sessions[key]} for key, count in hours.most_common()]


def _invitations(view: View, plan: Row) -> Row:
    found = Counter(row["state"] for row in view.rows(INVITATIONS).find(plan, fields=("state",)))
    rows: list[Row] = [{"state": state, "count": count} for state, count in sorted(found.items())]
    value = found["confirmed"]
    return _figure("invitations", ("教师确认授课", "invitations confirmed"), "items", value, ("state", "count"), rows)


def _retimings(view: View, plan: Row) -> Row:
    terms: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for row in view.rows(RETIMINGS).find({**plan, "state": "done"}):
        count[row["reason_code"]] += 1
        terms[row["reason_code"]] += len(row["rows"])
    rows: list[Row] = [{"reason": reason, "count": count[reason], "terms": terms[reason]} for reason in sorted(count)]
    value = sum(terms.values())
    return _figure("retimings", ("统一调整的班期", "terms retimed"), "terms", value, ("reason", "count", "terms"), rows)


def _once(sessions: Iterable[Session]) -> list[Session]:
    """Return sessions with a joint lecture once, however many terms hear it."""
    return list({each.joint_id or each.session_id: each for each in sessions}.values())


def _figure(
    key: str, title: tuple[str, str], unit: str, value: float | None, keys: Sequence[str], rows: list[Row]
) -> Row:
    columns = [{"key": each, "title": {"zh": _COLUMNS[each][0], "en": _COLUMNS[each][1]}} for each in keys]
    words = {"zh": title[0], "en": title[1]}
    return {"key": key, "title": words, "unit": unit, "value": value, "columns": columns, "rows": rows}
