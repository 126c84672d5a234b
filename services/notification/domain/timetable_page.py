"""A timetable as people hang it up: days from top to bottom, their half-days beside them, one line a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from services.notification.domain.wording import period, printable, short_date

HALVES = {"morning": "上午", "afternoon": "下午", "evening": "晚上"}
FORMS = {"lecture": "讲授", "discussion": "研讨", "field": "现场教学", "self_study": "自学"}
_ORDER = tuple(HALVES)
_WEEK = "一二三四五六日"
_WARNINGS = {
    "cancelled": "本期已取消。",
    "days": "本期时间已调整，请以新下达的日程表为准。",
    "room": "教室已调整，请以新下达的日程表为准。",
}
# Scheduling of an older release does not say why.
_WARNING = "本期安排已调整，请以新下达的日程表为准。"


def timetable_page(timetable: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of a timetable in the form in which scheduling gives it."""
    title = printable(timetable["programme_title"])
    return {
        "title": [f"{title}（第{timetable['ordinal']}期）", "日程表"],
        "issuer": {"name": ""},
        "facts": _facts(timetable),
        "days": [_day(on, list(rows)) for on, rows in groupby(_in_order(timetable["sessions"]), _on)],
        "total": f"共{timetable['total_hours']}学时",
        "version": f"第{timetable['number']}版" + ("" if timetable["in_force"] else "（已被新版替代）"),
        "warning": _WARNINGS.get(timetable["stale_because"], _WARNING) if timetable["stale"] else "",
    }


def _facts(timetable: Mapping[str, Any]) -> list[str]:
    if not timetable["in_force"] or timetable["stale"]:
        return _former_facts(timetable)
    said = []
    if timetable["starts_on"] and timetable["ends_on"]:
        said.append(f"时间：{period(timetable['starts_on'], timetable['ends_on'])}")
    if timetable["delivery"] == "online":
        return [*said, "地点：线上举办"]
    where = printable((timetable["campus_title"] or "") + (timetable["room_title"] or ""))
    if where:
        said.append(f"地点：{where}")
    if timetable["reports_on"]:
        hours = "至".join(each for each in (timetable["reports_from"], timetable["reports_until"]) if each)
        said.append(f"报到：{short_date(timetable['reports_on'])}{hours}")
    return said


def _former_facts(timetable: Mapping[str, Any]) -> list[str]:
    """Return when and where the sessions lie: where the term is now, and when people report, is not for this table."""
    days = [_on(each) for each in timetable["sessions"]]
    rooms = dict.fromkeys(printable(each["room_title"]) for each in timetable["sessions"] if each["room_title"])
    where = "、".join(rooms) or ("线上举办" if timetable["delivery"] == "online" else "")
    return [*([f"时间：{period(min(days), max(days))}"] if days else []), *([f"地点：{where}"] if where else [])]


def _in_order(sessions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(sessions, key=lambda each: (each["on"], _ORDER.index(each["half"]), each["starts_at"]))


def _on(session: Mapping[str, Any]) -> date:
    day: date = session["on"]
    return day


def _day(on: date, sessions: list[Mapping[str, Any]]) -> dict[str, Any]:
    halves = [
        {"name": HALVES[half], "sessions": [_session(each) for each in rows]}
        for half, rows in groupby(sessions, lambda each: each["half"])
    ]
    return {"date": short_date(on), "week": f"星期{_WEEK[on.weekday()]}", "halves": halves}


def _session(session: Mapping[str, Any]) -> dict[str, str]:
    remarks = [f"主持：{printable(session['host'])}"] if session["host"] else []
    remarks += ["合班"] if session["joint_id"] else []
    return {
        "time": f"{session['starts_at']}—{session['ends_at']}",
        "form": FORMS[session["form"]],
        "title": printable(session["title"]),
        "lecturer": printable(session["lecturer_name"] or ""),
        "organisation": printable(session["lecturer_organisation"] or ""),
        "room": printable(session["room_title"] or ""),
        "hours": str(session["hours"]),
        "remarks": "；".join(remarks),
    }
