"""What a trainee and a lecturer see of their own, gathered from the services that answer."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from gateway.console.asking import Asked, Asking

Row = dict[str, Any]
_WEEKDAYS = "一二三四五六日"
_WIDEST = timedelta(days=365)


def trainee(asking: Asking) -> Row:
    """Return everything a trainee's page shows; a part that cannot be had is ``None``."""
    seen = asking.together(
        {
            "enrollment": Asked("enrollment", "get_my_enrollment"),
            "briefing": Asked("compliance", "get_my_briefing"),
            "projection": Asked("compliance", "project_my_leave"),
            "leaves": Asked("compliance", "list_my_leaves", {"limit": 50}),
            "standing": Asked("compliance", "get_my_standing"),
            "hours": Asked("enrollment", "get_my_hours"),
            "letters": Asked("notification", "list_letters", {"current": True, "limit": 20}),
            "reports": Asked("outcomes", "list_reports", {"limit": 10}),
            "topics": Asked("outcomes", "list_topics", {"state": "approved", "limit": 50}),
        }
    )
    enrollment = seen["enrollment"]
    reports = _items(seen["reports"])
    more: dict[str, Asked] = {}
    if enrollment is not None:
        more["timetable"] = Asked("scheduling", "get_timetable", {"term_id": enrollment["term_id"]})
        more["term"] = Asked("scheduling", "get_term", {"term_id": enrollment["term_id"]})
    if reports:
        more["report"] = Asked("outcomes", "get_report", {"report_id": reports[0]["report_id"]})
    seen |= asking.together(more)
    letters = _items(seen["letters"])
    briefing = seen["briefing"]
    report = seen.get("report")
    return {
        **seen,
        "letters": letters,
        "leaves": _items(seen["leaves"]),
        "topics": _items(seen["topics"]),
        "report": report,
        "days": days((seen.get("timetable") or {"sessions": []})["sessions"]),
        "tasks": _tasks(letters, briefing, report),
    }


def lecturer(asking: Asking) -> Row:
    """Return everything a lecturer's page shows."""
    seen = asking.together(
        {
            "record": Asked("scheduling", "get_own_record"),
            "invitations": Asked("scheduling", "list_own_invitations"),
            "handovers": Asked("outcomes", "list_handovers", {"limit": 20}),
            "fees": Asked("enrollment", "list_my_lecture_fees"),
            "reviews": Asked("outcomes", "list_reviews", {"limit": 50}),
        }
    )
    invitations = _items(seen["invitations"])
    open_reviews = [row for row in _items(seen["reviews"]) if row["state"] == "open"]
    more = {
        f"handover.{row['handover_id']}": Asked("outcomes", "get_handover", {"handover_id": row["handover_id"]})
        for row in _items(seen["handovers"])
    }
    more |= {f"review.{row['review_id']}": Asked("outcomes", "get_review", {"review_id": row["review_id"]})
             for row in open_reviews}  # fmt: skip
    more |= {
        f"substitutes.{row['invitation_id']}": Asked(
            "scheduling", "list_substitutes", {"invitation_id": row["invitation_id"]}
        )
        for row in invitations
        if row["state"] in ("invited", "confirmed")
    }
    span = _span(invitations)
    if span is not None:
        more["sessions"] = Asked("scheduling", "list_own_sessions", span)
    told = asking.together(more)
    sessions = _items(told.get("sessions"))
    return {
        **seen,
        "invitations": sorted(invitations, key=lambda row: (row["state"] != "invited", row["starts_on"] or "9999")),
        "substitutes": {key.partition(".")[2]: _items(value) for key, value in told.items() if key[:4] == "subs"},
        "handovers": [value for key, value in told.items() if key.startswith("handover.") and value is not None],
        "reviews": [value for key, value in told.items() if key.startswith("review.") and value is not None],
        "fees": _items(seen["fees"]),
        "days": days(sessions),
        "hours": (told.get("sessions") or {"hours": 0})["hours"],
    }


def days(sessions: list[Row]) -> list[tuple[str, list[Row]]]:
    """Return sessions by day, each day named as people write it."""
    return [(day_words(day), list(rows)) for day, rows in groupby(sessions, key=lambda row: str(row["on"]))]


def day_words(day: str) -> str:
    """Return a day as ``6月8日 星期一``."""
    found = date.fromisoformat(day)
    return f"{found.month}月{found.day}日 星期{_WEEKDAYS[found.weekday()]}"


def _span(invitations: list[Row]) -> dict[str, str] | None:
    dated = [row for row in invitations if row["starts_on"] and row["ends_on"]]
    if not dated:
        return None
    last = max(date.fromisoformat(row["ends_on"]) for row in dated)
    first = max(min(date.fromisoformat(row["starts_on"]) for row in dated), last - _WIDEST)
    return {"from_day": first.isoformat(), "to_day": last.isoformat()}


def _tasks(letters: list[Row], briefing: Row | None, report: Row | None) -> list[tuple[str, str]]:
    found = []
    if any((row["acknowledgement"] or {}).get("state") in ("awaited", "overdue") for row in letters):
        found.append(("letters", "请回执入学通知书"))
    if briefing is not None and briefing["acknowledged_at"] is None:
        found.append(("briefing", f"请阅读并确认纪律提醒（{day_words(briefing['due_on'])}前）"))
    if report is not None and report["submitted_at"] is None and report["due_on"]:
        found.append(("report", f"请提交研究报告（{day_words(report['due_on'])}前）"))
    return found


def _items(reply: Row | None) -> list[Row]:
    return [] if reply is None else list(reply["items"])
