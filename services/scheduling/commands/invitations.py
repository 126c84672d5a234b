"""Inviting lecturers, taking their answers, and what becomes of invitations that nobody answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.scheduling.contract.invitations import AnswerTooLate, CourseTaken, InvitationSettled, TermNotPlaced
from services.scheduling.contract.lecturer_events import (
    INVITATION_LAPSED,
    INVITATION_SUPERSEDED,
    INVITATION_WITHDRAWN,
    LECTURER_CONFIRMED,
    LECTURER_DECLINED,
    LECTURER_INVITED,
)
from services.scheduling.contract.parts import TermIsCancelled
from services.scheduling.domain.invitation import LIVE, standing
from services.scheduling.limits import policy_table
from services.scheduling.queries.invitations import invitation_reply, own_invitation
from services.scheduling.situation import calendar_of, term_of
from services.scheduling.store import INVITATIONS, LECTURERS, TERMS
from services.scheduling.teaching import course_of, live_invitations
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction, exactly

Document = dict[str, Any]
_WHICH = ("lecturer_id", "term_id", "course_id")


def invite_lecturer(tx: Transaction, request: dict[str, Any]) -> Document:
    """Ask a lecturer to teach a course of a term."""
    term = tx.rows(TERMS).hold(request["term_id"])
    _refuse_unplaced(term)
    course = course_of(tx, term, request["course_id"])
    lecturer = tx.rows(LECTURERS).get(request["lecturer_id"])
    if not lecturer["active"]:
        raise Invalid(
            f"教师“{lecturer['name']}”已停用，不能邀请",
            f"the lecturer {lecturer['_id']!r} is not active any more and cannot be invited",
            lecturer_id=lecturer["_id"],
        )
    if course.form == "self_study":
        raise Invalid(
            f"“{course.title}”是自学，不需要邀请教师",
            f"{course.title!r} is self-study and takes no lecturer",
            course_id=course.course_id,
        )
    _refuse_taken(live_invitations(tx, term["_id"]).get(course.course_id), course.title)
    if "instead_of" in request:
        tx.rows(INVITATIONS).get(request["instead_of"])
    doc = invite(
        tx,
        term,
        {
            "course_id": course.course_id,
            "course_title": course.title,
            "hours": course.hours,
            "lecturer_id": lecturer["_id"],
            "instead_of": request.get("instead_of"),
        },
        request.get("due_on") or answer_by(tx, term),
    )
    return invitation_reply(tx, doc)


def invite(tx: Transaction, term: Document, what: Document, due_on: date, retiming_id: str | None = None) -> Document:
    """Write an invitation down and tell others."""
    if due_on < tx.today:
        raise Invalid(
            f"答复期限{due_on}已过，请给出今天（{tx.today}）或以后的日期",
            f"the last day to answer, {due_on}, has passed; give today ({tx.today}) or later",
            due_on=due_on.isoformat(),
        )
    doc = tx.rows(INVITATIONS).insert(
        {
            "_id": new_id("invitation"),
            "plan_id": term["plan_id"],
            "term_id": term["_id"],
            **what,
            "state": "invited",
            "due_on": due_on.isoformat(),
            "invited_at": tx.now,
            "answered_at": None,
            "reason": None,
            "substitute_id": None,
            "retiming_id": retiming_id,
        }
    )
    _tell(tx, LECTURER_INVITED, doc, due_on=due_on)
    return doc


def answer_by(tx: Transaction, term: Document) -> date:
    """Return the last day to answer when none is given: some working days ahead, and before the term opens."""
    days = policy_table().on(tx.today).number("lecturer.answer_days")
    usual = calendar_of(tx).add_working_days(tx.today, days)
    return max(tx.today, min(usual, date.fromisoformat(term["starts_on"]) - timedelta(days=1)))


def answer_invitation(tx: Transaction, request: dict[str, Any]) -> Document:
    """Take a lecturer's own answer, in time and only while it is asked for."""
    doc = own_invitation(tx, request["invitation_id"])
    tx.expect(doc)
    term = tx.rows(TERMS).get(doc["term_id"])
    opens = date.fromisoformat(term["starts_on"]) if term["starts_on"] else tx.today
    taken = standing(doc["state"], date.fromisoformat(doc["due_on"]), opens, tx.today, request["answer"])
    if taken == "same":
        return invitation_reply(tx, doc)
    if taken == "late":
        raise AnswerTooLate(
            f"答复期限为{doc['due_on']}，今天是{tx.today}，请直接与党校联系",
            f"answers were taken until {doc['due_on']}, today is {tx.today}; please ring the Party school",
            due_on=doc["due_on"],
        )
    if taken == "settled":
        raise _settled(doc)
    substitute_id = _substitute(tx, doc, request)
    confirmed = request["answer"] == "confirm"
    doc |= {
        "state": "confirmed" if confirmed else "declined",
        "answered_at": tx.now,
        "reason": request["reason"],
        "substitute_id": substitute_id,
    }
    tx.rows(INVITATIONS).save(doc)
    if confirmed:
        _tell(tx, LECTURER_CONFIRMED, doc)
    else:
        _tell(tx, LECTURER_DECLINED, doc, substitute_id=substitute_id)
    return invitation_reply(tx, doc)


def withdraw_invitation(tx: Transaction, request: dict[str, Any]) -> Document:
    """Take an invitation back, also one that was agreed to."""
    doc = tx.rows(INVITATIONS).get(request["invitation_id"])
    tx.expect(doc)
    if doc["state"] not in LIVE:
        raise _settled(doc)
    return invitation_reply(tx, _withdrawn(tx, doc, request["reason"]))


def withdraw_all(tx: Transaction, term_id: str, reason: str) -> None:
    """Take back every open invitation of a term that will not be held."""
    for doc in live_invitations(tx, term_id).values():
        _withdrawn(tx, doc, reason)


def lapse_invitations(tx: Transaction) -> None:
    """Mark the invitations that nobody answered by their last day."""
    overdue = {"state": "invited", "due_on": {"$lt": tx.today.isoformat()}}
    for doc in tx.rows(INVITATIONS).find(overdue, sort=[("_id", 1)]):
        doc["state"] = "lapsed"
        tx.rows(INVITATIONS).save(doc)
        _tell(tx, INVITATION_LAPSED, doc, due_on=doc["due_on"])


def ask_again(tx: Transaction, term: Document, retiming_id: str | None = None) -> list[str]:
    """Ask everybody who was invited or agreed once more, because the term's days changed; return the lecturers."""
    asked = []
    for doc in live_invitations(tx, term["_id"]).values():
        doc["was"], doc["state"] = doc["state"], "superseded"
        tx.rows(INVITATIONS).save(doc)
        _tell(tx, INVITATION_SUPERSEDED, doc)
        what = {name: doc[name] for name in ("course_id", "course_title", "hours", "lecturer_id")}
        invite(tx, term, {**what, "instead_of": doc["_id"]}, answer_by(tx, term), retiming_id)
        asked.append(doc["lecturer_id"])
    return sorted(set(asked))


def restore_asked(tx: Transaction, retiming_id: str) -> None:
    """Take back what ``ask_again`` asked for a retiming that is undone; the earlier answers hold again."""
    for doc in tx.rows(INVITATIONS).find({"retiming_id": exactly(retiming_id)}, sort=[("_id", 1)]):
        if doc["state"] in LIVE:
            _withdrawn(tx, doc, "时间调整已撤回")
        earlier = tx.rows(INVITATIONS).get(doc["instead_of"])
        if earlier["state"] == "superseded":
            tx.rows(INVITATIONS).save({**earlier, "state": earlier["was"]})
            if earlier["was"] == "invited":
                _tell(tx, LECTURER_INVITED, earlier, due_on=date.fromisoformat(earlier["due_on"]))


def _withdrawn(tx: Transaction, doc: Document, reason: str) -> Document:
    doc |= {"state": "withdrawn", "reason": reason}
    tx.rows(INVITATIONS).save(doc)
    _tell(tx, INVITATION_WITHDRAWN, doc)
    return doc


def _tell(tx: Transaction, event: Any, doc: Document, **more: Any) -> None:
    data = {"invitation_id": doc["_id"], **{name: doc[name] for name in _WHICH}, **more}
    tx.emit(event, data, subject=doc["_id"])


def _substitute(tx: Transaction, doc: Document, request: dict[str, Any]) -> str | None:
    named: str | None = request["substitute_id"]
    if named is None:
        return None
    if request["answer"] == "confirm" or named == doc["lecturer_id"]:
        raise Invalid(
            "只有谢绝授课时才推荐替代教师，且不能推荐本人",
            "a substitute is named only when declining, and it is somebody else",
            substitute_id=named,
        )
    found = tx.rows(LECTURERS).one({"_id": exactly(named), "active": True})
    if found is None:
        raise Invalid(
            f"师资库中没有编号为“{named}”的教师，可在说明中写明推荐人选",
            f"no active lecturer {named!r} is registered; name the colleague in the reason instead",
            substitute_id=named,
        )
    return named


def _refuse_unplaced(term: Document) -> None:
    if term["state"] == "cancelled":
        raise TermIsCancelled(
            f"{term_of(term).label}已取消，不能再邀请教师",
            f"{term_of(term).label_en} is cancelled; nobody is invited to it",
            term_id=term["_id"],
        )
    if term["starts_on"] is None:
        raise TermNotPlaced(
            f"{term_of(term).label}尚未排期，请先排期再邀请教师",
            f"{term_of(term).label_en} has no dates yet; place it before inviting lecturers",
            term_id=term["_id"],
        )


def _refuse_taken(live: Document | None, title: str) -> None:
    if live is not None:
        raise CourseTaken(
            f"课程“{title}”已邀请教师“{live['lecturer_id']}”（{live['state']}），请等其答复，或先撤回该邀请",
            f"{live['lecturer_id']!r} is asked for {title!r} already ({live['state']}); wait for the answer or "
            "withdraw that invitation",
            invitation_id=live["_id"],
        )


def _settled(doc: Document) -> InvitationSettled:
    return InvitationSettled(
        f"该邀请已了结（{doc['state']}），不能再答复或撤回",
        f"the invitation is settled ({doc['state']}) and is open no more",
        invitation_id=doc["_id"],
        state=doc["state"],
    )
