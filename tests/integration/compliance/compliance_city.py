"""A term of compliance on a real store: who is in it, its timetable, and short ways to act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from services.compliance import contract
from services.enrollment.contract import ROSTER_ADMITTED
from services.scheduling.contract import TERM_PLACED, TIMETABLE_ISSUED
from shared.clock import CITY_ZONE
from shared.runtime.testing import ServiceHarness
from shared.security.caller import Caller, Role
from tests.fixtures.clock import StillClock

ORGANISERS = Caller("account:zuzhibu", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))
SCHOOL = Caller("account:dangxiao", frozenset({Role.PARTY_SCHOOL}), ("",))
DONGHU = Caller("account:donghu", frozenset({Role.UNIT}), ("jiangcheng.donghu",))
NANSHAN = Caller("account:nanshan", frozenset({Role.UNIT}), ("jiangcheng.nanshan",))
AUDITOR = Caller("account:audit", frozenset({Role.AUDITOR}), ("",))

TERM: dict[str, Any] = {
    "term_id": "term_1",
    "plan_id": "plan_1",
    "programme_id": "programme_1",
    "programme_ordinal": 1,
    "programme_title": "加强党的政治建设专题培训班",
    "kind": "training",
    "ordinal": 1,
    "starts_on": "2020-05-18",
    "ends_on": "2020-05-22",
    "days": 5,
    "capacity": 48,
    "room_id": "room-201",
    "room_title": "二号楼201教室",
    "campus_id": "main",
    "campus_title": "市委党校主校区",
    "campus_address": "",
    "reports_on": "2020-05-17",
    "reports_from": "14:00",
    "reports_until": "18:00",
    "opens_at": "09:00",
    "replacement_notice_days": 5,
    "replacement_day_kind": "calendar",
    "version": 1,
}
_HALVES = {"morning": ("09:00", "12:00"), "afternoon": ("14:30", "17:30"), "evening": ("19:00", "20:30")}


def at(day: int, clock: str = "09:00", month: int = 5) -> datetime:
    """An instant of 2020 on the city's clock."""
    hour, minute, *second = (int(part) for part in clock.split(":"))
    return datetime(2020, month, day, hour, minute, *second, tzinfo=CITY_ZONE)


def trainee(nomination_id: str) -> Caller:
    """Somebody who came by their personal link."""
    return Caller(f"trainee:{nomination_id}", frozenset({Role.TRAINEE}))


def roster(*nominations: str, unit: str = "jiangcheng.donghu", term: str = "term_1") -> dict[str, Any]:
    return {"term_id": term, "unit_id": unit, "nomination_ids": list(nominations), "count": len(nominations)}


def session(day: date, half: str, hours: int = 4, session_id: str | None = None, title: str = "") -> dict[str, Any]:
    starts_at, ends_at = _HALVES[half]
    return {
        "session_id": session_id or f"s-{day:%m%d}-{half}",
        "course_id": "course_1",
        "module": "理论教育",
        "title": title or f"{day.day}日{half}课",
        "form": "lecture",
        "on": day.isoformat(),
        "half": half,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "hours": hours,
        "lecturer_id": None,
        "lecturer_grade": None,
        "room_id": None,
        "room_title": "二号楼201教室",
        "joint_id": None,
    }


def week(first: date = date(2020, 5, 18), days: int = 5, hours: int = 4) -> list[dict[str, Any]]:
    """Mornings and afternoons of consecutive days; five days of eight hours are 40."""
    each = (first + timedelta(days=number) for number in range(days))
    return [session(day, half, hours) for day in each for half in ("morning", "afternoon")]


def timetable(sessions: Sequence[dict[str, Any]], version: int = 1, term: str = "term_1") -> dict[str, Any]:
    return {
        "term_id": term,
        "plan_id": "plan_1",
        "timetable_version": version,
        "total_hours": sum(each["hours"] for each in sessions),
        "sessions": list(sessions),
        "changed_session_ids": [],
        "affected_lecturer_ids": [],
    }


class City:
    """One term of two units, and what people do in it."""

    def __init__(self, harness: ServiceHarness, clock: StillClock) -> None:
        self.harness, self.clock = harness, clock

    def open_term(
        self, *nominations: str, sessions: Sequence[dict[str, Any]] | None = None, term: dict[str, Any] | None = None
    ) -> None:
        """Place the term, issue its timetable, admit people of Donghu, and check them in on the reporting day."""
        placed = term or TERM
        self.harness.deliver(TERM_PLACED, placed)
        self.harness.deliver(TIMETABLE_ISSUED, timetable(week() if sessions is None else sessions))
        if nominations:
            self.harness.deliver(ROSTER_ADMITTED, roster(*nominations))
            self.clock.set(at(17, "15:00"))
            self.check_in(*nominations)

    def check_in(self, *nominations: str) -> dict[str, Any]:
        return self.ask(contract.CHECK_IN_TRAINEES, SCHOOL, term_id="term_1", nomination_ids=list(nominations))

    def ask(self, operation: Any, caller: Caller, /, **request: Any) -> dict[str, Any]:
        return self.harness.call(operation, request, caller=caller)

    def roll(self, session_id: str, others: str | None = "present", reason: str = "", **statuses: str) -> Any:
        """Take a roll; ``n1="absent"`` names a person's status."""
        marks = [{"nomination_id": nomination, "status": status} for nomination, status in statuses.items()]
        request = {"term_id": "term_1", "session_id": session_id, "marks": marks, "others": others, "reason": reason}
        return self.ask(contract.RECORD_ATTENDANCE, SCHOOL, **request)

    def leave(
        self, nomination: str, first: tuple[int, str], last: tuple[int, str] | None = None, *, by: Caller | None = None
    ) -> dict[str, Any]:
        """Ask for leave from one half-day of May to another."""
        (first_day, first_half), (last_day, last_half) = first, last or first
        request = {
            "first_on": date(2020, 5, first_day).isoformat(),
            "first_half": first_half,
            "last_on": date(2020, 5, last_day).isoformat(),
            "last_half": last_half,
            "grounds": "illness",
            "reason": "发热就诊",
        }
        if by is None:
            return self.ask(contract.REQUEST_MY_LEAVE, trainee(nomination), **request)
        return self.ask(contract.FILE_LEAVE, by, nomination_id=nomination, **request)

    def decide(self, leave: dict[str, Any], decision: str = "grant", **more: Any) -> dict[str, Any]:
        """Let the step the leave waits for decide."""
        step = leave["awaits"]
        caller = ORGANISERS if step == "organisation_department" else SCHOOL
        request = {"leave_id": leave["leave_id"], "step": step, "decision": decision, "approver": "张老师"}
        return self.ask(contract.DECIDE_LEAVE, caller, **request, title=step, **more)

    def grant(self, leave: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Walk the whole ladder."""
        while leave["state"] == "requested":
            leave = self.decide(leave, **more)
        return leave

    def sums(self, nomination: str) -> dict[str, Any]:
        """Somebody's line of the attendance list."""
        items = self.ask(contract.LIST_ATTENDANCE, SCHOOL, term_id="term_1")["items"]
        found: dict[str, Any] = next(item for item in items if item["nomination_id"] == nomination)
        return found
