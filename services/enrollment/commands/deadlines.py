"""Until when a replacement is in time: the term's own notice, counted back from its opening."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from services.enrollment.contract import TermUnderWay
from shared.calendar import CalendarUnknown, WorkingCalendar
from shared.policies import Policies

DayKind = Literal["calendar", "working"]


class Deadline(NamedTuple):
    """The last day in time, and how it was counted."""

    on: date
    notice_days: int
    day_kind: DayKind
    source: str


def replacement_deadline(term: Mapping[str, Any], policies: Policies, calendar: WorkingCalendar) -> Deadline:
    """Return the deadline of a stored term; what its plan does not say comes from the policy table.

    Raises ``CalendarUnknown`` for working days outside the holiday table.
    """
    days, kind = term.get("replacement_notice_days"), term.get("replacement_day_kind")
    notice = policies.number("replacement.notice_days") if days is None else int(days)
    policy = policies["replacement.notice_days" if days is None else "replacement.day_kind"]
    day_kind: DayKind = "working" if (kind or policies["replacement.day_kind"].value) == "working" else "calendar"
    opening = date.fromisoformat(term["starts_on"])
    planned = days is not None and kind is not None
    source = "年度培训计划 / the year's training plan" if planned else policy.source
    return Deadline(calendar.notice_deadline(opening, notice, day_kind), notice, day_kind, source)


def refuse_under_way(term: Mapping[str, Any], today: date, policies: Policies) -> None:
    """Raise ``TermUnderWay`` when nobody can be replaced in a term any more, not even by the late path."""
    opening = date.fromisoformat(term["starts_on"])
    last = opening + timedelta(days=policies.number("replacement.days_after_opening"))
    if today > last:
        raise TermUnderWay(
            f"该期已于{opening}开班，最晚{last}可更换人选，现在不能更换；如不能参加请按退学或未报到办理",
            f"the term opened on {opening}; people could be replaced until {last}, now nobody can be",
            starts_on=opening.isoformat(),
            last_on=last.isoformat(),
        )


def offer_due(
    term: Mapping[str, Any],
    today: date,
    policies: Policies,
    calendar: WorkingCalendar,
    offered_on: date | None = None,
) -> date | None:
    """Return until when a standby offer made today is answered, ``None`` when nobody can join the term any more.

    An offer made before, on ``offered_on``, is never due before today.
    """
    opening = date.fromisoformat(term["starts_on"])
    last = opening + timedelta(days=policies.number("standby.offer_days_after_opening"))
    if today > min(last, date.fromisoformat(term["ends_on"])):
        return None
    # Before the opening an offer is answered before it: who joins has to travel.
    limit = opening - timedelta(days=1) if today < opening else last
    return max(today, min(_answer_day(offered_on or today, policies, calendar) or limit, limit))


def _answer_day(offered_on: date, policies: Policies, calendar: WorkingCalendar) -> date | None:
    days = policies.number("standby.answer_days")
    if policies["standby.answer_day_kind"].value != "working":
        return offered_on + timedelta(days=days)
    try:
        return calendar.add_working_days(offered_on, days)
    except CalendarUnknown:  # a seat that becomes free must not wait for the next holiday table
        return None
