"""Proposals of lecturers, and invitations as planners and lecturers see them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from services.scheduling.domain.invitation import LIVE, LOST
from services.scheduling.domain.proposals import Proposal, propose
from services.scheduling.domain.scheme import Course
from services.scheduling.store import INVITATIONS, LECTURERS, SESSIONS, TERMS
from services.scheduling.teaching import (
    budget_left,
    candidates,
    fee_rules,
    half_days,
    live_invitations,
    scheme_of_term,
)
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View, exactly

Document = dict[str, Any]
_MOST_COLLEAGUES = 20


def list_lecturer_proposals(view: View, request: dict[str, Any]) -> Document:
    """Return the candidates for each course of a term, or for one."""
    term = view.rows(TERMS).get(request["term_id"])
    scheme, live = scheme_of_term(view, term), live_invitations(view, term["_id"])
    fees = fee_rules(_fee_day(view, term))
    left = budget_left(view, scheme, live, fees)
    people, slots = candidates(view, term), half_days(view, term)
    wanted = request.get("course_id")
    items = []
    for _, course in scheme.courses():
        if wanted not in (None, course.course_id):
            continue
        asks = [] if course.form == "self_study" else propose(course, people, slots, fees, left)
        items.append(_course_row(course, live.get(course.course_id), asks[: request["limit"]]))
    if wanted and not items:
        raise NotFound(
            f"该班已批准的培训方案中没有编号为“{wanted}”的课程",
            f"the scheme in force has no course {wanted!r}",
            course_id=wanted,
        )
    return {"term_id": term["_id"], "budget_left": left, "items": items}


def list_invitations(view: View, request: dict[str, Any]) -> Document:
    """Return one page of invitations, newest first."""
    wanted: Document = {name: exactly(request[name]) for name in ("term_id", "lecturer_id", "state") if name in request}
    if request.get("unfilled"):
        wanted["_id"] = {"$in": _unfilled(view)}
    docs, cursor = view.rows(INVITATIONS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": invitation_replies(view, docs), "next_cursor": cursor}


def get_invitation(view: View, request: dict[str, Any]) -> Document:
    """Return an invitation."""
    return invitation_reply(view, view.rows(INVITATIONS).get(request["invitation_id"]))


def list_own_invitations(view: View, request: dict[str, Any]) -> Document:
    """Return the invitations of the lecturer who asks; those asked anew for other dates show once."""
    own = view.caller.own_id(Role.LECTURER)
    docs = view.rows(INVITATIONS).find({"lecturer_id": exactly(own)}, sort=[("_id", -1)])
    return {"items": invitation_replies(view, [doc for doc in docs if doc["state"] != "superseded"])}


def list_substitutes(view: View, request: dict[str, Any]) -> Document:
    """Return active colleagues who teach what the course wants, those of the same house first."""
    invitation = own_invitation(view, request["invitation_id"])
    term = view.rows(TERMS).get(invitation["term_id"])
    myself = view.rows(LECTURERS).get(invitation["lecturer_id"])
    course = next(
        (each for _, each in scheme_of_term(view, term).courses() if each.course_id == invitation["course_id"]), None
    )
    if course is None:
        return {"items": []}
    asks = propose(course, candidates(view, term), half_days(view, term), fee_rules(_fee_day(view, term)))
    others = [each.lecturer for each in asks if each.suitable and each.lecturer.id != myself["_id"]]
    others.sort(key=lambda each: each.organisation != myself["organisation"])
    return {"items": [{**_named(each), "lecturer_id": each.id} for each in others[:_MOST_COLLEAGUES]]}


def own_invitation(view: View, invitation_id: str) -> Document:
    """Return an invitation of the lecturer who asks. Raises ``NotFound`` for anybody else's, telling nothing."""
    own = view.caller.own_id(Role.LECTURER)
    doc = view.rows(INVITATIONS).one({"_id": exactly(invitation_id), "lecturer_id": exactly(own)})
    if doc is None:
        raise NotFound(
            f"没有编号为“{invitation_id}”的授课邀请，请核对链接",
            f"there is no invitation {invitation_id!r} for you; check the link",
            id=invitation_id,
        )
    return doc


def invitation_reply(view: View, doc: Document) -> Document:
    """Return an invitation document as the reply of an operation."""
    return invitation_replies(view, [doc])[0]


def invitation_replies(view: View, docs: list[Document]) -> list[Document]:
    """Return invitation documents as replies, with names and dates as they are now."""
    terms = _by_id(view, TERMS, {doc["term_id"] for doc in docs})
    people = _by_id(view, LECTURERS, {doc["lecturer_id"] for doc in docs})
    shown = ("programme_title", "ordinal", "starts_on", "ends_on", "campus_title", "campus_address")
    return [
        {
            **doc,
            **{name: terms[doc["term_id"]][name] for name in shown},
            "invitation_id": doc["_id"],
            "lecturer_name": people[doc["lecturer_id"]]["name"],
        }
        for doc in docs
    ]


def _unfilled(view: View) -> list[str]:
    """Return the latest lost invitation of each course that nobody is found for, in terms that will still be held."""
    to_come = {"state": {"$ne": "cancelled"}, "$or": [{"ends_on": None}, {"ends_on": {"$gte": view.today.isoformat()}}]}
    term_ids = [term["_id"] for term in view.rows(TERMS).find(to_come, fields=["_id"])]
    invitations, course = view.rows(INVITATIONS), ("term_id", "course_id")
    lost = invitations.find(
        {"term_id": {"$in": term_ids}, "state": {"$in": list(LOST)}}, sort=[("_id", 1)], fields=(*course, "lecturer_id")
    )
    latest = {(doc["term_id"], doc["course_id"]): doc["_id"] for doc in lost}
    gone: defaultdict[tuple[str, str], set[str | None]] = defaultdict(lambda: {None})
    for doc in lost:
        gone[doc["term_id"], doc["course_id"]].add(doc["lecturer_id"])
    affected = sorted({term_id for term_id, _ in latest})
    live = invitations.find({"term_id": {"$in": affected}, "state": {"$in": list(LIVE)}}, fields=course)
    filled = {(doc["term_id"], doc["course_id"]) for doc in live}
    filled |= {place for place, people in _taught_by(view, affected).items() if not people & gone[place]}
    return [invitation_id for place, invitation_id in latest.items() if place not in filled]


def _taught_by(view: View, term_ids: list[str]) -> dict[tuple[str, str], set[str | None]]:
    """Return who teaches each course by the timetables in force; ``None`` stands for a session without a lecturer."""
    found: defaultdict[tuple[str, str], set[str | None]] = defaultdict(set)
    for doc in view.rows(SESSIONS).find({"term_id": {"$in": term_ids}}, fields=("term_id", "lecturer_id", "session")):
        found[doc["term_id"], doc["session"]["course_id"]].add(doc["lecturer_id"])
    return found


def _by_id(view: View, collection: Any, ids: set[str]) -> dict[str, Document]:
    return {doc["_id"]: doc for doc in view.rows(collection).find({"_id": {"$in": sorted(ids)}})}


def _fee_day(view: View, term: Document) -> date:
    return date.fromisoformat(term["starts_on"]) if term["starts_on"] else view.today


def _course_row(course: Course, invitation: Document | None, asks: list[Proposal]) -> Document:
    return {
        "course_id": course.course_id,
        "title": course.title,
        "form": course.form,
        "hours": course.hours,
        "invitation_id": invitation["_id"] if invitation else None,
        "invited_id": invitation["lecturer_id"] if invitation else None,
        "invitation_state": invitation["state"] if invitation else None,
        "candidates": [
            {
                **_named(each.lecturer),
                "lecturer_id": each.lecturer.id,
                "grade": each.lecturer.grade,
                "suitable": each.suitable,
                "score": each.score,
                "fee": each.fee,
                "grounds": [
                    {
                        "code": ground.code,
                        "points": ground.points,
                        "bars": ground.bars,
                        "words": {"zh": ground.zh, "en": ground.en},
                    }
                    for ground in each.grounds
                ],
            }
            for each in asks
        ],
    }


def _named(lecturer: Any) -> Document:
    return {"name": lecturer.name, "organisation": lecturer.organisation}
