"""Telling others about terms, and finding the placed terms whose place no longer holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.scheduling.commands.invitations import ask_again, withdraw_all
from services.scheduling.commands.timetable_drafts import refit_draft
from services.scheduling.commands.timetable_issues import drop_sessions, hold_sessions_again
from services.scheduling.commands.timetable_waiting import wait_no_longer
from services.scheduling.commands.turns import note_cancelled, note_held
from services.scheduling.commands.year_versions import keep_year
from services.scheduling.contract.events import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from services.scheduling.domain.placement import Placed, Policy
from services.scheduling.domain.placement_check import Violation, check
from services.scheduling.situation import Situation, is_online, placed_of, room_id_of
from services.scheduling.staffing import needs_of
from services.scheduling.store import ADMISSIONS, CAMPUSES, LECTURERS, PLANS, TERMS
from services.scheduling.tabling import taught_term
from shared.storage import Transaction, View, exactly

Document = dict[str, Any]

_TOLD = (
    "plan_id", "programme_id", "programme_ordinal", "programme_title", "kind", "ordinal", "starts_on", "ends_on",
    "days", "capacity", "reports_on", "reports_from", "reports_until", "opens_at", "room_id", "room_title", "campus_id",
    "campus_title", "campus_address", "replacement_notice_days", "replacement_day_kind", "version",
)  # fmt: skip
# Settled when a term was placed, under the policy of that day.
_NOT_JUDGED_AGAIN = frozenset({"report", "weekend"})


def put_on_calendar(situation: Situation, doc: Document, placed: Placed) -> bool:
    """Write a place into a term document; return whether anything changed."""
    before = dict(doc)
    doc.update(
        state="placed",
        starts_on=placed.starts_on.isoformat(),
        ends_on=placed.ends_on.isoformat(),
        reports_on=placed.reports_on.isoformat(),
        due=False,
        due_reason=None,
    )
    if not is_online(doc):
        doc.update(room_id=placed.room_id)
        doc.update(situation.place(doc))
    return doc != before


def settle(
    tx: Transaction,
    situation: Situation,
    doc: Document,
    placed: Placed,
    always: bool = False,
    reason: str | None = None,
) -> None:
    """Put a term on the calendar and tell others when anything changed; ``reason`` stays with the year's version.

    For a term that had other days, lecturers are asked again; its timetable is drafted on the new days and, where
    the room is another one, in that. A term that the plan took up again has its lessons again when it lies on their
    days. A room brings a term that is held online back to the campus.
    """
    before = dict(doc)
    comes_back = is_online(doc) and placed.room_id != room_id_of(doc)
    if comes_back:
        doc |= {"delivery": "campus", "standing": "rescheduled", "standing_reason": reason, "retiming_id": None}
    if put_on_calendar(situation, doc, placed) or comes_back or always or not doc["announced"]:
        save_placed(tx, doc, reason=reason)
    days = ("starts_on", "ends_on")
    other_days = any(before[name] != doc[name] for name in days)
    if not before["starts_on"]:  # the plan may have dropped it and taken it up again
        hold_sessions_again(tx, doc, taught_term(situation.calendar, doc).days)
    if before["starts_on"] and other_days:
        ask_again(tx, doc)
    if before["starts_on"] and (other_days or comes_back or before["room_id"] != doc["room_id"]):
        left = {before["room_id"], None} if comes_back else {before["room_id"]}
        refit_draft(tx, doc, taught_term(situation.calendar, before).days, left)


def hold_campuses(tx: Transaction, situation: Situation, room_ids: Iterable[str]) -> None:
    """Let nobody else place anything on the campuses of these rooms until this transaction ends.

    Two that each look for a free room or free beds would otherwise both find the last. A room nowhere, of what is held
    online, stands for any campus: then nobody changes the calendar meanwhile.
    """
    campus_ids = set[str]()
    for room_id in room_ids:
        room = situation.rooms.get(room_id)
        campus_ids |= {room["campus_id"]} if room else set(sorted(situation.campuses)[:1])
    for campus_id in sorted(campus_ids):
        tx.rows(CAMPUSES).hold(campus_id)


def hold_every_campus(tx: Transaction) -> None:
    """Let nobody place anything anywhere until this transaction ends, which changes what places are judged by.

    The review would otherwise not see what is placed meanwhile, nor that placement the change.
    """
    for doc in tx.rows(CAMPUSES).find(sort=[("_id", 1)], fields=("_id",)):
        tx.rows(CAMPUSES).hold(doc["_id"])


def hold_concerned(tx: Transaction, docs: Iterable[Document]) -> None:
    """Let nobody else place terms of the same plan, or that need the same lecturers, until this transaction ends."""
    docs = list(docs)
    for plan_id in sorted({doc["plan_id"] for doc in docs}):
        tx.rows(PLANS).hold(plan_id)
    needed = {need.lecturer_id for doc in docs for need in needs_of(doc)}
    for doc in tx.rows(LECTURERS).find({"_id": {"$in": sorted(needed)}}, sort=[("_id", 1)], fields=("_id",)):
        tx.rows(LECTURERS).hold(doc["_id"])


def lose_places(tx: Transaction, docs: Iterable[Document]) -> None:
    """Mark terms due that find no place beside the others; the review that follows lets them, not those, give way."""
    for doc in docs:
        if doc["state"] == "placed" and not doc["due"]:
            tx.rows(TERMS).save({**doc, "due": True})


def review_lecturer(tx: Transaction, lecturer_id: str) -> None:
    """Look at the placed terms again when one of them needs this lecturer."""
    if tx.rows(TERMS).one({"state": "placed", "lecturers.lecturer_id": exactly(lecturer_id)}) is not None:
        review_places(tx)


def save_placed(tx: Transaction, doc: Document, retiming_id: str | None = None, reason: str | None = None) -> None:
    """Save a placed term and tell others: placed the first time, moved afterwards."""
    event = TERM_MOVED if doc["announced"] else TERM_PLACED
    note_held(tx, doc)
    doc["announced"] = True
    tx.rows(TERMS).save(doc)
    keep_year(tx, doc["plan_id"], reason)
    data = {"term_id": doc["_id"], **{name: doc[name] for name in _TOLD}}
    data |= {"delivery": doc.get("delivery", "campus"), "retiming_id": retiming_id}
    tx.emit(event, data, subject=doc["_id"])


def save_cancelled(tx: Transaction, doc: Document, reason: str, retiming_id: str | None = None) -> None:
    """Save a term as cancelled and tell others if they knew of it."""
    known_to_others = doc["announced"]
    if doc["state"] != "cancelled":
        note_cancelled(tx, doc)
    doc.update(state="cancelled", due=False, due_reason=None, pinned=False, announced=False)
    tx.rows(TERMS).save(doc)
    keep_year(tx, doc["plan_id"], reason)
    withdraw_all(tx, doc["_id"], reason)
    drop_sessions(tx, doc["_id"])
    wait_no_longer(tx, doc["_id"])
    if known_to_others:
        data = {"term_id": doc["_id"], "plan_id": doc["plan_id"], "reason": reason, "version": doc["version"]}
        tx.emit(TERM_CANCELLED, {**data, "retiming_id": retiming_id}, subject=doc["_id"])


def admitted_counts(view: View, term_ids: list[str]) -> dict[str, int]:
    """Return how many people are admitted to each of the terms; terms without any are left out."""
    docs = view.rows(ADMISSIONS).find({"_id": {"$in": term_ids}})
    return {doc["_id"]: len(doc["nomination_ids"]) for doc in docs if doc["nomination_ids"]}


def seats_of(view: View, term_ids: list[str]) -> dict[str, dict[str, str | None]]:
    """Return who has a seat in each of the terms, with the unit where it is known."""
    docs = view.rows(ADMISSIONS).find({"_id": {"$in": term_ids}})
    return {doc["_id"]: {id: doc.get("unit_ids", {}).get(id) for id in doc["nomination_ids"]} for doc in docs}


def review_places(tx: Transaction) -> list[str]:
    """Look at every placed term again after a change of rooms, beds, blackouts, lecturers, calendar or plan.

    A term whose place breaks a rule now is marked due, with the rule; one that lies well again is unmarked. Titles
    and times of rooms and campuses are brought up to date, and others told. Returns the terms that are due.
    """
    situation = Situation(tx)
    today = tx.today.isoformat()
    docs = [doc for doc in situation.on_calendar if doc["ends_on"] >= today]
    for doc in situation.on_calendar:
        if doc["ends_on"] < today and doc["due"]:  # what is over cannot lie badly any more
            tx.rows(TERMS).save({**doc, "due": False, "due_reason": None})
    broken = _broken(situation, docs, admitted_counts(tx, [doc["_id"] for doc in docs]))
    for doc in docs:
        violation = broken.get(doc["_id"])
        place = {} if is_online(doc) else situation.place(doc)
        told = any(doc[name] != value for name, value in place.items())
        marked = {"zh": violation.zh, "en": violation.en} if violation else None
        if not told and doc["due"] == bool(violation) and doc["due_reason"] == marked:
            continue
        doc.update(place, due=bool(violation), due_reason=marked)
        if told:
            save_placed(tx, doc)
        else:
            tx.rows(TERMS).save(doc)
    return sorted(broken)


def _broken(situation: Situation, docs: list[Document], admitted: dict[str, int]) -> dict[str, Violation]:
    problem = situation.problem(docs, (), Policy(in_order=False))
    placed = {doc["_id"]: placed_of(doc) for doc in docs}
    lost = {doc["_id"] for doc in docs if doc["due"]}
    broken: dict[str, Violation] = {}
    while True:
        table = tuple(at for term_id, at in placed.items() if term_id not in broken)
        violations = [each for each in check(problem, table) if each.code not in _NOT_JUDGED_AGAIN]
        if not violations:
            return broken
        # What breaks a rule by itself (a blackout, a room that became too small) keeps nobody else from that place.
        for violation in [each for each in violations if len(each.term_ids) == 1] or violations:
            # Where several share a place, the one gives way that had lost it already, then the one that fewest people
            # were admitted to, then the later one.
            giving_way = max(
                violation.term_ids, key=lambda id: (id in lost, -admitted.get(id, 0), placed[id].starts_on, id)
            )
            if not broken.keys() & set(violation.term_ids):
                broken[giving_way] = violation


def terms_of(view: View, plan_id: str) -> list[Document]:
    """Return the terms of a plan in order, cancelled ones too."""
    return view.rows(TERMS).find(
        {"plan_id": exactly(plan_id)}, sort=[("programme_ordinal", 1), ("ordinal", 1), ("_id", 1)]
    )
