"""Lecture fees follow the issued timetables, and what was agreed with a lecturer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.enrollment.commands.fee_scopes import choice_of
from services.enrollment.commands.refusals import fault_of
from services.enrollment.domain.fee_standard import LectureCharge, Taught
from services.enrollment.domain.lecture_fee import Item, Session, items_of
from services.enrollment.domain.money import fen_of
from services.enrollment.domain.wording import Refusal
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.limits import policy_table
from services.enrollment.queries.lecture_fees import shown_statement
from services.enrollment.store import (
    LECTURE_BOOKS,
    LECTURE_STATEMENTS,
    LECTURE_TABLES,
    TERMS,
    agreement_from,
    item_fields,
    session_fields,
    session_from,
)
from shared.errors import NotFound, Unavailable
from shared.identifiers import new_id
from shared.storage import Transaction, exactly

Doc = dict[str, Any]


def on_timetable(tx: Transaction, news: Doc, standards: FeeStandards) -> None:
    """A version of a term's timetable holds: reckon anew for whoever it names, or no longer names."""
    rows = tx.rows(LECTURE_TABLES)
    known = rows.one({"_id": exactly(news["term_id"])})
    if known is not None and news["timetable_version"] <= known["timetable_version"]:
        return
    if tx.rows(TERMS).one({"_id": exactly(news["term_id"])}) is None:
        raise Unavailable(
            "尚未收到该期的安排，稍后重试",
            "the term's placement has not arrived yet; try again",
            term_id=news["term_id"],
        )
    # A cancellation at the same moment has to find the lecturers, or be found.
    tx.rows(TERMS).hold(news["term_id"])
    forms = policy_table().on(tx.today)["lecture.forms"].value
    taught: dict[str, list[Session]] = {}
    for each in news["sessions"]:
        if each["lecturer_id"] is not None and each["form"] in forms:
            taught.setdefault(each["lecturer_id"], []).append(_session(news["term_id"], each))
    fields = {
        "timetable_version": news["timetable_version"],
        "total_hours": news["total_hours"],
        "lecturer_ids": sorted(taught),
    }
    rows.save({**known, **fields}) if known else rows.insert({"_id": news["term_id"], **fields})
    for lecturer_id in sorted({*taught, *(known["lecturer_ids"] if known else ())}):
        _teach(tx, lecturer_id, news["term_id"], taught.get(lecturer_id, ()), standards)


def follow_term(tx: Transaction, term_id: str, standards: FeeStandards) -> None:
    """A term was cancelled, or is held again: reckon anew for everybody who teaches there.

    Nobody is paid for a cancelled term, and a lecture it shared is paid with another term.
    """
    known = tx.rows(LECTURE_TABLES).one({"_id": exactly(term_id)})
    for lecturer_id in known["lecturer_ids"] if known else ():
        _write_statements(tx, tx.rows(LECTURE_BOOKS).hold(lecturer_id), standards)


def agree_lecture_fee(tx: Transaction, request: Doc, standards: FeeStandards) -> Doc:
    """Keep what was agreed with a lecturer for a term; above what the standard allows is refused with its source."""
    term_id, lecturer_id = request["term_id"], request["lecturer_id"]
    book = tx.rows(LECTURE_BOOKS).one({"_id": exactly(lecturer_id)})
    sessions = [each for each in _held(tx, book) if each["term_id"] == term_id] if book else []
    if book is None or not sessions:
        raise NotFound(
            f"教师“{lecturer_id}”在本期已下达的日程表中没有课，请核对",
            f"lecturer {lecturer_id!r} has no session in the issued timetable of this term; check the identifiers",
            lecturer_id=lecturer_id,
        )
    try:
        rate = None if request["rate"] is None else fen_of(request["rate"])
        agreement = {"rate_fen": rate, "uplift": _plain_uplift(request["uplift"]), "note": request["note"]}
        book["agreements"] = {**book["agreements"], term_id: agreement}
        _refuse_above_standard(tx, term_id, [session_from(each) for each in sessions], agreement, standards)
    except Refusal as refusal:
        raise fault_of(refusal, lecturer_id=lecturer_id) from None
    tx.rows(LECTURE_BOOKS).save(book)
    _write_statements(tx, book, standards)
    statement = tx.rows(LECTURE_STATEMENTS).one({"lecturer_id": lecturer_id, "term_id": term_id})
    assert statement is not None
    return shown_statement(statement)


def _teach(
    tx: Transaction, lecturer_id: str, term_id: str, sessions: Iterable[Session], standards: FeeStandards
) -> None:
    rows = tx.rows(LECTURE_BOOKS)
    book = rows.one({"_id": exactly(lecturer_id)})
    others = [each for each in book["sessions"] if each["term_id"] != term_id] if book else []
    fields = {"sessions": [*others, *(session_fields(each) for each in sessions)]}
    if book is None:
        book = rows.insert({"_id": lecturer_id, "agreements": {}, **fields})
    else:
        book = rows.save({**book, **fields})
    _write_statements(tx, book, standards)


def _write_statements(tx: Transaction, book: Doc, standards: FeeStandards) -> None:
    sessions = [session_from(each) for each in _held(tx, book)]
    agreements = {term_id: agreement_from(each) for term_id, each in book["agreements"].items()}
    items = items_of(sessions, agreements, _Reckoner(tx, standards))
    rows = tx.rows(LECTURE_STATEMENTS)
    known = {row["term_id"]: row for row in rows.find({"lecturer_id": book["_id"]})}
    for term_id in sorted(items.keys() | known.keys()):
        _write_statement(tx, book, term_id, items.get(term_id, []), known.get(term_id))


def _held(tx: Transaction, book: Doc) -> list[Doc]:
    """Return the sessions of terms that are held; those of a cancelled one wait in the book until it is held again."""
    ids = sorted({each["term_id"] for each in book["sessions"]})
    cancelled = {row["_id"] for row in tx.rows(TERMS).find({"_id": {"$in": ids}, "cancelled": True}, fields=("_id",))}
    return [each for each in book["sessions"] if each["term_id"] not in cancelled]


def _write_statement(tx: Transaction, book: Doc, term_id: str, items: list[Item], known: Doc | None) -> None:
    rows = tx.rows(LECTURE_STATEMENTS)
    agreement = book["agreements"].get(term_id)
    fields: Doc = {
        "items": [item_fields(item) for item in items],
        "amount_fen": sum(item.amount_fen for item in items),
        "problems": sum(item.problem for item in items),
        "agreement": agreement,
    }
    if known is not None and all(known[key] == value for key, value in fields.items()):
        return
    if known is None:
        key = {"lecturer_id": book["_id"], "term_id": term_id}
        rows.insert({"_id": new_id("lecture"), **key, "number": 1, "history": [], "at": tx.now, **fields})
        return
    before = {key: known[key] for key in ("number", "amount_fen", "at")}
    history = [*known["history"], before]
    rows.save({**known, **fields, "number": known["number"] + 1, "history": history, "at": tx.now})


class _Reckoner:
    """Asks each term's own standard for lectures."""

    def __init__(self, tx: Transaction, standards: FeeStandards) -> None:
        self._tx, self._standards = tx, standards
        self._slugs: dict[str, str] = {}

    def __call__(self, term_id: str, taught: Taught) -> LectureCharge:
        if term_id not in self._slugs:
            self._slugs[term_id] = choice_of(self._tx, self._tx.rows(TERMS).get(term_id)).lecture_standard
        return self._standards.lecture(self._slugs[term_id], taught)


def _refuse_above_standard(
    tx: Transaction, term_id: str, sessions: list[Session], agreement: Doc, standards: FeeStandards
) -> None:
    given = agreement_from(agreement)
    reckon = _Reckoner(tx, standards)
    for session in sessions:
        if session.grade is not None:
            reckon(
                term_id,
                Taught(session.on, session.grade, session.hours, agreed_fen=given.rate_fen, uplifted=given.uplifted),
            )


def _plain_uplift(uplift: Doc | None) -> Doc | None:
    return None if uplift is None else {**uplift, "approved_on": uplift["approved_on"].isoformat()}


def _session(term_id: str, row: Doc) -> Session:
    return Session(
        session_id=row["session_id"],
        term_id=term_id,
        title=row["title"],
        on=row["on"],
        half=row["half"],
        starts_at=row["starts_at"],
        hours=row["hours"],
        grade=row["lecturer_grade"],
        joint_id=row["joint_id"],
    )
