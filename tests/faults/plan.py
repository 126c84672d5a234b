"""The plan of a city under faults: made, placed and timetabled through the gateway before anything breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.enrollment import contract as enrollment
from services.notification.contract import LIST_ISSUERS, PUT_ISSUER, PUT_LADDER, PUT_OFFICE_CONTACT, PUT_UNIT_CONTACT
from services.scheduling import contract as scheduling
from services.scheduling.contract.timetable_drafts import ADD_SESSION, ISSUE_TIMETABLES, OPEN_TIMETABLE_DRAFT
from tests.faults.caller import Caller
from tests.faults.people import PLACES, TERMS
from tests.faults.target import UNITS
from tests.fixtures.broker import wait_until

WINDOW = timedelta(days=11)
DAYS = 4
FIRST_DAYS = tuple(
    date(2020, *day) for day in ((2, 17), (3, 16), (4, 13), (5, 11), (7, 6), (8, 3), (8, 31), (10, 19), (11, 16))
)
"""Mondays, four weeks or more apart, whose first three weeks have no holiday: it would make a term shorter."""
MOST_WAVES = len(FIRST_DAYS)
ROOMS = 2
"""Fewer than a wave has terms: the third is held in the second week, or when that is closed in the third."""
_CHANNELS = ["simulated_email", "simulated_sms", "simulated_fax"]
_WAIT = 120.0


@dataclass(frozen=True)
class Wave:
    """Three terms of one programme: two in its first week, one in its second."""

    number: int
    plan_id: str
    terms: tuple[dict[str, Any], ...]


def prepare(caller: Caller, waves: int) -> list[Wave]:
    """Make the plan of so many waves and return them in the order of their days."""
    assert waves <= MOST_WAVES, f"the year has no weeks for {waves} waves"
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
    caller.command(scheduling.PUT_ROOM, _room("hall", 200), "hall")
    waved = [_wave(number, which["plan_id"], rows) for number in range(1, waves + 1)]
    for wave in waved:
        _timetable(caller, wave.terms[2])  # those of the other two are made in the wave
    for row in rows:
        quotas = [{"unit_id": unit_id, "places": PLACES} for unit_id in UNITS]
        allotted = {"term_id": row["term_id"], "quotas": quotas}
        caller.command(enrollment.ALLOT_QUOTAS, allotted, f"quotas/{row['term_id']}")
    return waved


def first_day(number: int) -> date:
    """Return the first day on which a term of a wave may be held."""
    return FIRST_DAYS[number - 1]


def _wave(number: int, plan_id: str, rows: list[dict[str, Any]]) -> Wave:
    terms = [row for row in rows if row["programme_ordinal"] == number]
    terms.sort(key=lambda row: (str(row["starts_on"]), int(row["ordinal"])))
    days = [[date.fromisoformat(term[f"{day}_on"]) for day in ("reports", "starts", "ends")] for term in terms]
    since = [[(day - first_day(number)).days for day in of_term] for of_term in days]
    assert since == [[-1, 0, 3], [0, 1, 4], [7, 8, 11]], f"not as the others: {terms}"
    return Wave(number, plan_id, tuple(terms))


def _programme(number: int) -> dict[str, Any]:
    first = first_day(number)
    return {
        "ordinal": number, "title": f"第{number}批专题培训班", "kind": "training", "terms": TERMS,
        "trainees": len(UNITS) * PLACES * TERMS, "starts_on": first.isoformat(),
        "ends_on": (first + WINDOW).isoformat(), "days": DAYS, "points": ["甲", "乙"],
    }  # fmt: skip


def _surroundings(caller: Caller) -> None:
    for unit_id in ("city", *UNITS):
        caller.command(enrollment.PUT_UNIT, {"unit_id": unit_id, "title": f"单位{unit_id}"}, f"unit/{unit_id}")
    campus = {
        "campus_id": "main", "title": "主校区", "district": UNITS[0], "beds": 300, "address": "东湖路1号",
    }  # fmt: skip
    caller.command(scheduling.PUT_CAMPUS, campus, "campus")
    for number in range(ROOMS):
        caller.command(scheduling.PUT_ROOM, _room(f"r{number}", 60), f"room/{number}")
    issuer = next(each for each in caller.query(LIST_ISSUERS, {})["items"] if each["kind"] == "transfer")
    facts = {name: issuer[name] for name in ("kind", "name", "signature", "series", "document", "contact")}
    caller.command(PUT_ISSUER, {**facts, "sign_off": True}, "issuer")
    for kind in ("unit", "office", "lecturer", "trainee"):
        caller.command(PUT_LADDER, {"recipient": kind, "channels": _CHANNELS}, f"ladder/{kind}")
    for office in ("organisation_department", "party_school"):
        reached = {"office": office, "email": f"{office.replace('_', '-')}@city.example"}
        caller.command(PUT_OFFICE_CONTACT, reached, f"office/{office}")
    for number, unit_id in enumerate(UNITS):
        reached = {"unit_id": unit_id, "email": f"unit{number}@city.example", "phone": f"027-8800{number:04}"}
        caller.command(PUT_UNIT_CONTACT, reached, f"contact/{unit_id}")


def _room(room_id: str, capacity: int) -> dict[str, Any]:
    return {"room_id": room_id, "campus_id": "main", "title": f"教室{room_id}", "capacity": capacity}


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
