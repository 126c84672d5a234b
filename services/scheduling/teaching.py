"""What planning the teaching of a term has to know: its days, its scheme, the lecturers and what they promised."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from services.scheduling.domain.invitation import LIVE
from services.scheduling.domain.lecturer import Half
from services.scheduling.domain.proposals import Candidate, FeeRules, Slot, fee_of
from services.scheduling.domain.scheme import Course, Scheme
from services.scheduling.limits import policy_table
from services.scheduling.queries.lecturers import lecturer_of
from services.scheduling.queries.schemes import scheme_in_force
from services.scheduling.situation import calendar_of
from services.scheduling.staffing import taught
from services.scheduling.store import INVITATIONS, LECTURERS, SESSIONS, TERMS
from shared.calendar import days_between
from shared.errors import NotFound
from shared.storage import View, exactly

Document = dict[str, Any]
DAYTIME: tuple[Half, ...] = ("morning", "afternoon")


def teaching_days(view: View, term: Document) -> list[date]:
    """Return the days of a term on which lessons may be held; none while it is not placed."""
    if term["starts_on"] is None:
        return []
    calendar = calendar_of(view)
    span = days_between(date.fromisoformat(term["starts_on"]), date.fromisoformat(term["ends_on"]))
    return [day for day in span if calendar.is_working_day(day)]


def half_days(view: View, term: Document) -> list[Slot]:
    """Return the mornings and afternoons of a term in order."""
    return [(day, half) for day in teaching_days(view, term) for half in DAYTIME]


def course_of(view: View, term: Document, course_id: str) -> Course:
    """Return a course of the scheme in force for a term. Raises ``NotFound``."""
    scheme = scheme_of_term(view, term)
    for _, course in scheme.courses():
        if course.course_id == course_id:
            return course
    raise NotFound(
        f"该班已批准的培训方案中没有编号为“{course_id}”的课程",
        f"the scheme in force has no course {course_id!r}",
        course_id=course_id,
    )


def scheme_of_term(view: View, term: Document) -> Scheme:
    """Return the scheme in force for a term. Raises ``NotFound`` while none is approved."""
    scheme = scheme_in_force(view, term["programme_id"])
    if scheme is None:
        raise NotFound(
            f"第{term['programme_ordinal']}班还没有批准的培训方案，请先编写并报批",
            f"programme {term['programme_ordinal']} has no approved scheme yet; write one and have it approved",
            programme_id=term["programme_id"],
        )
    return scheme


def fee_rules(day: date) -> FeeRules:
    """Return the lecture fees in force on a day."""
    policies = policy_table().on(day)
    found = {}
    for grade in ("intermediate", "associate", "full", "academician"):
        try:
            policy = policies[f"lecture.hour_fee.{grade}"]
        except KeyError:
            continue
        found[grade] = (Decimal(str(policy.value)), policy.source, policy.basis == "source")
    return FeeRules(found, policies.number("lecture.half_day_hours"))


def candidates(view: View, term: Document) -> list[Candidate]:
    """Return every active lecturer with what is promised in the plan's year, this term left out."""
    promised: Counter[str] = Counter()
    for each in view.rows(INVITATIONS).find({"plan_id": exactly(term["plan_id"]), "state": "confirmed"}):
        if each["term_id"] != term["_id"]:
            promised[each["lecturer_id"]] += each["hours"]
    taken = _taken(view, term)
    docs = view.rows(LECTURERS).find({"active": True}, sort=[("_id", 1)])
    return [Candidate(lecturer_of(doc), frozenset(taken.get(doc["_id"], ())), promised[doc["_id"]]) for doc in docs]


def _taken(view: View, term: Document) -> dict[str, set[Slot]]:
    """Return the half-days that other terms take of each lecturer during a term.

    Those of their issued timetables, and the whole days on which the plan has a lecturer with them.
    """
    found: dict[str, set[Slot]] = {}
    if term["starts_on"] is None:
        return found
    span = {"on": {"$gte": term["starts_on"], "$lte": term["ends_on"]}}
    for doc in view.rows(SESSIONS).find(span):
        if doc["lecturer_id"] and doc["term_id"] != term["_id"]:
            session = doc["session"]
            found.setdefault(doc["lecturer_id"], set()).add((date.fromisoformat(session["on"]), session["half"]))
    beside = {"state": "placed", "starts_on": {"$lte": term["ends_on"]}, "ends_on": {"$gte": term["starts_on"]}}
    calendar = calendar_of(view)
    for doc in view.rows(TERMS).find({**beside, "_id": {"$ne": term["_id"]}}):
        for need, _, day in taught(doc, calendar):
            found.setdefault(need.lecturer_id, set()).update((day, half) for half in DAYTIME)
    return found


def live_invitations(view: View, term_id: str) -> dict[str, Document]:
    """Return the invitations of a term that are open or agreed to, by course."""
    docs = view.rows(INVITATIONS).find({"term_id": exactly(term_id), "state": {"$in": list(LIVE)}})
    return {doc["course_id"]: doc for doc in docs}


def budget_left(view: View, scheme: Scheme, live: dict[str, Document], fees: FeeRules) -> Decimal | None:
    """Return what a scheme has left for lecturers once everybody asked was paid; ``None`` without such an item."""
    planned = [Decimal(each.amount) for each in scheme.budget if each.item == "lecturers"]
    if not planned:
        return None
    asked = {doc["lecturer_id"] for doc in live.values()}
    known = {doc["_id"]: lecturer_of(doc) for doc in view.rows(LECTURERS).find({"_id": {"$in": sorted(asked)}})}
    spent = [fee_of(known[doc["lecturer_id"]], doc["hours"], fees) or Decimal(0) for doc in live.values()]
    return planned[0] - sum(spent, Decimal(0))
