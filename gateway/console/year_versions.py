"""The versions of a plan's placed year, and what differs between two of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gateway.console.asking import Asking
from gateway.console.names import Names
from gateway.parts import here
from shared.clock import CITY_ZONE

Row = dict[str, Any]


def gather(asking: Asking, plan_id: str, first: int | None, second: int | None) -> Row | None:
    """Return the versions, newest first, and two of them compared, by default the last two.

    ``None``: the caller sees no such plan. Each version has ``at``, when it was made in the city's time, and ``by``,
    the name of who made it, or the identifier of whom the gateway does not know.
    """
    plan = asking.ask("scheduling", "get_plan", plan_id=plan_id)
    if plan is None:
        return None
    versions = asking.rows("scheduling", "list_year_versions", plan_id=plan_id, limit=200)[::-1]
    numbers = [row["number"] for row in versions]
    first = first or (numbers[1] if len(numbers) > 1 else None)
    second = second or (numbers[0] if numbers else None)
    comparison = None
    if first is not None and second is not None:
        asked = {"plan_id": plan_id, "from_number": first, "to_number": second}
        comparison = asking.ask("scheduling", "compare_year", **asked)
    titles = here().titles
    called = titles.of(row["changed_by"] for row in versions) if titles else {}
    return {
        "plan": plan,
        "versions": [_made(row, called) for row in versions],
        "first": first,
        "second": second,
        "comparison": comparison,
        "names": Names(asking),
    }


def place_words(place: Row | None) -> tuple[str, str]:
    """Return in words when and where a term lies in a version."""
    if place is None:
        return "未排", ""
    first, last = (date.fromisoformat(place[each]) for each in ("starts_on", "ends_on"))
    month = "" if first.month == last.month else f"{last.month}月"
    days = f"{first.month}月{first.day}日" + (f"至{month}{last.day}日" if first != last else "")
    online = place["delivery"] == "online"
    return days, "线上" if online else f"{place['campus_title']} {place['room_title']}"


def _made(row: Row, called: dict[str, str]) -> Row:
    by = row["changed_by"]
    return {**row, "at": _at(row["changed_at"]), "by": called.get(by, by)}


def _at(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(CITY_ZONE):%Y-%m-%d %H:%M}"
