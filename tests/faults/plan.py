"""The plan of a city under faults: made, placed and timetabled through the gateway before anything breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.enrollment import contract as enrollment
from services.notification.contract import PUT_LADDER, PUT_OFFICE_CONTACT, PUT_UNIT_CONTACT
from services.scheduling import contract as scheduling
from services.scheduling.contract.timetable_drafts import ADD_SESSION, ISSUE_TIMETABLES, OPEN_TIMETABLE_DRAFT
from tests.faults.caller import Caller
from tests.faults.people import PLACES, TERMS
from tests.faults.target import UNITS
from tests.fixtures.broker import wait_until

WINDOW = timedelta(days=11)
APART = timedelta(days=21)
_HOLIDAYS = (date(2020, 6, 22), date(2020, 10, 5))
"""First days of fortnights in which a holiday shortens a term, which then costs less."""
FIRST_DAYS = tuple(day for day in (date(2020, 2, 17) + APART * number for number in range(15)) if day not in _HOLIDAYS)
MOST_WAVES = len(FIRST_DAYS)
_CHANNELS = ["simulated_email", "simulated_sms", "simulated_fax"]
_WAIT = 120.0


@dataclass(frozen=True)
class Wave:
    """Three terms of one programme in one fortnight, and the sessions of each."""

    number: int
    terms: tuple[dict[str, Any], ...]


def prepare(caller: Caller, waves: int) -> list[Wave]:
    """Make the plan of so many waves and return them in the order of their days."""
    _surroundings(caller)
    programmes = [_programme(number) for number in range(1, waves + 1)]
    head = {"year": 2020, "title": "2020年公务员培训计划", "replacement_notice_days": 5, "programmes": programmes}
    which = {"plan_id": caller.command(scheduling.CREATE_PLAN, head, "plan")["plan_id"]}
    caller.command(scheduling.APPROVE_PLAN, which, "plan/approval")
    asked = caller.command(scheduling.PLACE_TERMS, {**which, "scheduler": "greedy", "seconds": 1}, "placement")
    placement = {"placement_id": asked["placement_id"]}
    wait_until(lambda: caller.query(scheduling.GET_PLACEMENT, placement)["state"] == "done", _WAIT, "terms are placed")
    rows = caller.rows(scheduling.LIST_TERMS, which)
    assert {row["state"] for row in rows} == {"placed"}, rows
    wait_until(lambda: len(caller.query(enrollment.TERM_FILL, which)["items"]) == len(rows), _WAIT, "terms are known")
    for row in rows:
        _timetable(caller, row)
        quotas = [{"unit_id": unit_id, "places": PLACES} for unit_id in UNITS]
        allotted = {"term_id": row["term_id"], "quotas": quotas}
        caller.command(enrollment.ALLOT_QUOTAS, allotted, f"quotas/{row['term_id']}")
    return [_wave(number, rows) for number in range(1, waves + 1)]


def first_day(number: int) -> date:
    """Return the first day on which a term of a wave may be held."""
    return FIRST_DAYS[number - 1]


def _wave(number: int, rows: list[dict[str, Any]]) -> Wave:
    terms = [row for row in rows if row["programme_ordinal"] == number]
    for term in terms:
        reports_on, starts_on, ends_on = (
            date.fromisoformat(term[f"{day}_on"]) for day in ("reports", "starts", "ends")
        )
        assert (starts_on - reports_on, ends_on - starts_on) == (timedelta(days=1),) * 2, f"not as the others: {term}"
    return Wave(number, tuple(sorted(terms, key=lambda row: int(row["ordinal"]))))


def _programme(number: int) -> dict[str, Any]:
    first = first_day(number)
    return {
        "ordinal": number, "title": f"第{number}批专题培训班", "kind": "training", "terms": TERMS,
        "trainees": len(UNITS) * PLACES * TERMS, "starts_on": first.isoformat(),
        "ends_on": (first + WINDOW).isoformat(), "days": 2, "points": ["甲", "乙"],
    }  # fmt: skip


def _surroundings(caller: Caller) -> None:
    for unit_id in ("city", *UNITS):
        caller.command(enrollment.PUT_UNIT, {"unit_id": unit_id, "title": f"单位{unit_id}"}, f"unit/{unit_id}")
    campus = {
        "campus_id": "main", "title": "主校区", "district": UNITS[0], "beds": 300, "address": "东湖路1号",
    }  # fmt: skip
    caller.command(scheduling.PUT_CAMPUS, campus, "campus")
    for number in range(TERMS):
        room = {"room_id": f"r{number}", "campus_id": "main", "title": f"教室{number}", "capacity": 60}
        caller.command(scheduling.PUT_ROOM, room, f"room/{number}")
    for kind in ("unit", "office", "lecturer", "trainee"):
        caller.command(PUT_LADDER, {"recipient": kind, "channels": _CHANNELS}, f"ladder/{kind}")
    for office in ("organisation_department", "party_school"):
        reached = {"office": office, "email": f"{office.replace('_', '-')}@city.example"}
        caller.command(PUT_OFFICE_CONTACT, reached, f"office/{office}")
    for number, unit_id in enumerate(UNITS):
        reached = {"unit_id": unit_id, "email": f"unit{number}@city.example", "phone": f"027-8800{number:04}"}
        caller.command(PUT_UNIT_CONTACT, reached, f"contact/{unit_id}")


def _timetable(caller: Caller, term: dict[str, Any]) -> None:
    which = {"term_id": term["term_id"]}
    caller.command(OPEN_TIMETABLE_DRAFT, {**which, "source": "empty"}, f"draft/{term['term_id']}", "school")
    for on in (term["starts_on"], term["ends_on"]):
        for half in ("morning", "afternoon"):
            session = {
                **which, "title": f"{on} {half}", "form": "self_study", "on": on, "half": half, "hours": 4,
            }  # fmt: skip
            caller.command(ADD_SESSION, session, f"session/{term['term_id']}/{on}/{half}", "school")
    caller.command(ISSUE_TIMETABLES, {"term_ids": [term["term_id"]]}, f"timetable/{term['term_id']}", "school")
