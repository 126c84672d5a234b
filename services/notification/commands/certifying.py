"""Issuing certificates: who completed by compliance's word gets one, numbered, signed and printed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from services.compliance.contract import LIST_COMPLETIONS
from services.enrollment.contract import LIST_TRAINEES
from services.notification import contract
from services.notification.commands.certificate_printing import print_certificates
from services.notification.commands.numbers import numbering, take_numbers
from services.notification.commands.press import Press
from services.notification.commands.revoking import revoke_rows
from services.notification.commands.sending import quietly
from services.notification.domain.certificate import NOT_COMPLETED, REPLACED, Certificate, CertificateFacts
from services.notification.domain.entitlement import Entitlement, Held, Owed
from services.notification.domain.facts import Term
from services.notification.domain.numbering import Register
from services.notification.queries.deliveries import issuer_rows
from services.notification.queries.terms import require_term
from services.notification.store import (
    BOOKS,
    CERTIFICATES,
    TERMS,
    book_row,
    certificate_of,
    certificate_row,
    held_of,
    roster_id,
    term_of,
)
from shared.contracts import Operation
from shared.contracts.schema import PAGE_LIMIT
from shared.errors import Unavailable
from shared.identifiers import new_id
from shared.runtime.work import Work
from shared.security.signing import SigningKeys
from shared.storage import Transaction
from shared.storage.faults import AlreadyPresent

Row = dict[str, Any]
_TRIES = 5
_NO_LONGER_COMPLETED = "结业评定已变更"
_CHANGED = "证书记载事项有变更"


class _Outrun(Exception):
    """The book changed after compliance was asked."""


@dataclass(frozen=True)
class Anew:
    """One person who gets a new certificate though nothing changed, and why.

    ``held``: what they hold, to be replaced; who holds something else by now, or nothing any more, gets none for it.
    """

    nomination_id: str
    held: str | None
    reason: str


@dataclass(frozen=True)
class Issued:
    """What came of one roster."""

    issued: int = 0
    replaced: int = 0
    revoked: int = 0
    unprintable: int = 0

    def __add__(self, other: Issued) -> Issued:
        return Issued(
            self.issued + other.issued,
            self.replaced + other.replaced,
            self.revoked + other.revoked,
            self.unprintable + other.unprintable,
        )


@dataclass(frozen=True)
class _Answers:
    """What compliance and enrollment say of one roster, and who issues."""

    hours: Mapping[str, int]
    people: Mapping[str, Row]
    issuer: Row

    def facts(self, term: Term) -> dict[str, CertificateFacts]:
        """Return what each certificate has to say; somebody enrollment does not know gets none."""
        return {
            nomination_id: CertificateFacts(
                name=self.people[nomination_id]["name"],
                sex=self.people[nomination_id]["sex"] or "",
                programme_title=term.programme_title,
                ordinal=term.ordinal,
                starts_on=term.starts_on,
                ends_on=term.ends_on,
                days=term.days,
                hours=hours,
                issuer=self.issuer["signature"],
            )
            for nomination_id, hours in sorted(self.hours.items())
            if nomination_id in self.people
        }


def note_completion(tx: Transaction, data: Row) -> None:
    """A completion was decided: ask once for that unit's certificates, however many of its people are announced."""
    rows = tx.rows(BOOKS)
    book = rows.one({"_id": roster_id(data["term_id"], data["unit_id"])})
    if book is None:
        _insert_book(tx, {**_blank(data["term_id"], data["unit_id"]), "due": True})
    elif book["due"]:
        return
    else:
        rows.save({**book, "due": True})
    told = {name: data[name] for name in ("term_id", "unit_id")}
    tx.emit(contract.CERTIFICATES_DUE, told, subject=data["term_id"])


def issue_term(work: Work, press: Press, keys: SigningKeys) -> Row:
    """Bring the certificates of a term, or of one unit of it, up to what compliance now says; within reach only."""
    term_id = work.request["term_id"]
    require_term(work.view(), term_id)
    done = Issued()
    within_reach = (unit_id for unit_id in _units(work, term_id) if work.caller.reaches(unit_id))
    for unit_id in [work.request["unit_id"]] if "unit_id" in work.request else within_reach:
        done += issue_roster(work, press, keys, term_id, unit_id)
    return work.transact(lambda tx: {"term_id": term_id, **done.__dict__})


def issue_roster(
    work: Work, press: Press, keys: SigningKeys, term_id: str, unit_id: str, anew: Anew | None = None
) -> Issued:
    """Register and print what the people of one unit in a term are owed, and revoke what no longer holds.

    Compliance is asked afresh, so events that come late, twice or out of order lead to the same certificates. May be
    repeated after a crash at any point: what is registered and not printed is printed then.
    """
    # Before anybody is asked: what is decided from now on asks again.
    quietly(work, "certificates_taken_up", lambda tx: _taken_up(tx, term_id, unit_id))
    for _ in range(_TRIES):
        with suppress(_Outrun):
            done = _register_as_of_now(work, term_id, unit_id, anew)
            return replace(done, unprintable=print_certificates(work, press, keys, term_id, unit_id))
    raise _being_issued(term_id)


def _units(work: Work, term_id: str) -> list[str]:
    known = {book["unit_id"] for book in work.view().rows(BOOKS).find({"term_id": term_id})}
    told = {row["unit_id"] for row in _all_pages(work, LIST_COMPLETIONS, {"term_id": term_id, "outcome": "completed"})}
    return sorted(known | told)


def _taken_up(tx: Transaction, term_id: str, unit_id: str) -> None:
    book = tx.rows(BOOKS).one({"_id": roster_id(term_id, unit_id)})
    if book is None:
        _insert_book(tx, _blank(term_id, unit_id))
    elif book["due"]:
        tx.rows(BOOKS).save({**book, "due": False})


def _register_as_of_now(work: Work, term_id: str, unit_id: str, anew: Anew | None) -> Issued:
    view = work.view()
    key = roster_id(term_id, unit_id)
    seen = view.rows(BOOKS).get(key)["version"]
    term = view.rows(TERMS).one({"_id": term_id})
    if term is None:
        raise contract.TermNotKnown(
            f"尚未收到班次 {term_id} 的排期信息，暂不能制证，系统会自动重试",
            f"term {term_id} has not been announced yet; no certificate can be made, this will be tried again",
            term_id=term_id,
        )
    issuer = issuer_rows(view)["certificate"]
    wanted = _Answers(_completed(work, term_id, unit_id), _people(work, term_id, unit_id), issuer).facts(term_of(term))
    register = Register(issuer["series"], view.today.year).key
    done: list[Issued] = []

    def bring_up(tx: Transaction) -> None:
        book = tx.rows(BOOKS).get(key)
        if book["version"] != seen:
            raise _Outrun
        done[:] = [_bring_up(tx, book, wanted, register, issuer["document"], anew)]

    numbering(work, [register], lambda: quietly(work, "register_certificates", bring_up))
    return done[0]


def _completed(work: Work, term_id: str, unit_id: str) -> dict[str, int]:
    # A unit brings those below it too: they have books of their own.
    request = {"term_id": term_id, "unit_id": unit_id, "outcome": "completed"}
    rows = _all_pages(work, LIST_COMPLETIONS, request)
    return {
        row["nomination_id"]: row["hours_attended"] for row in rows if row["confirmed"] and row["unit_id"] == unit_id
    }


def _people(work: Work, term_id: str, unit_id: str) -> dict[str, Row]:
    rows = _all_pages(work, LIST_TRAINEES, {"term_id": term_id, "unit_id": unit_id, "below": False})
    return {row["nomination_id"]: row for row in rows}


def _all_pages(work: Work, operation: Operation, request: Row) -> list[Row]:
    found: list[Row] = []
    cursor = None
    while True:
        page = work.ask(operation, {**request, "limit": PAGE_LIMIT} | ({"cursor": cursor} if cursor else {}))
        found.extend(page["items"])
        cursor = page.get("next_cursor")
        if not cursor:
            return found


def _bring_up(
    tx: Transaction,
    book: Row,
    wanted: Mapping[str, CertificateFacts],
    register: str,
    document: str,
    anew: Anew | None,
) -> Issued:
    held = held_of(book)
    if anew is not None and held.letter_of(anew.nomination_id) != anew.held:
        anew = None  # a twin of the command was here before
    # Who gets no other after all stays barred: a later decision would bring back what somebody took away.
    barred = set(book["barred"]) - ({anew.nomination_id} & wanted.keys() if anew else set())
    digests = {each: facts.digest() for each, facts in wanted.items() if each not in barred}
    decision = _without(held, anew).decide(None, digests)
    rows = _rows(tx, book, decision.register, wanted, register, document)
    tx.rows(CERTIFICATES).insert_many(rows)
    for owed, row in zip(decision.register, rows, strict=True):
        held = held.hold(owed, row["_id"])
    for certificate_id in decision.withdraw:
        held = held.let_go(certificate_id)
    reason = {row["replaces"]: (row["_id"], _why(row, anew)) for row in rows if row["replaces"]}
    revoke_rows(tx, list(decision.withdraw), NOT_COMPLETED, lambda _: (None, _NO_LONGER_COMPLETED))
    revoke_rows(tx, list(reason), REPLACED, lambda row: reason[row["_id"]])
    again = tx.rows(CERTIFICATES).find({"term_id": book["term_id"], "unit_id": book["unit_id"], "state": "unprintable"})
    tx.rows(CERTIFICATES).save_many({**row, **certificate_row(certificate_of(row).print_again())} for row in again)
    if not decision.nothing or barred != set(book["barred"]):
        tx.rows(BOOKS).save({**book, **book_row(held), "barred": sorted(barred)})
    return Issued(len(rows), len(reason), len(decision.withdraw))


def _without(held: Entitlement, anew: Anew | None) -> Entitlement:
    """Return what is held, with the one that is to be made anew as if it said something else."""
    if anew is None or anew.nomination_id not in held.admissions:
        return held
    stale = Held(held.admissions[anew.nomination_id].letter_id, "")
    return Entitlement(admissions={**held.admissions, anew.nomination_id: stale})


def _why(row: Row, anew: Anew | None) -> str:
    return anew.reason if anew is not None and row["nomination_id"] == anew.nomination_id else _CHANGED


def _rows(
    tx: Transaction,
    book: Row,
    register: tuple[Owed, ...],
    wanted: Mapping[str, CertificateFacts],
    key: str,
    document: str,
) -> list[Row]:
    numbers = take_numbers(tx, key, len(register)) if register else []
    rows = []
    for owed, number in zip(register, numbers, strict=True):
        facts = wanted[str(owed.nomination_id)]
        row = {
            "_id": new_id("certificate"),
            "series": number.series,
            "year": number.year,
            "sequence": number.sequence,
            "serial": str(number),
            "issued_on": tx.today.isoformat(),
            "document": document,
            "term_id": book["term_id"],
            "unit_id": book["unit_id"],
            "nomination_id": owed.nomination_id,
            "hours": facts.hours,
            "said": facts.to_json(),
            "signed": None,
            "code": None,
            "replaces": owed.supersedes,
            "sha256": None,
            "size": None,
            **certificate_row(Certificate()),
        }
        rows.append(row)
    return rows


def _blank(term_id: str, unit_id: str) -> Row:
    key = roster_id(term_id, unit_id)
    return {"_id": key, "term_id": term_id, "unit_id": unit_id, "due": False, "certificates": [], "barred": []}


def _insert_book(tx: Transaction, book: Row) -> None:
    try:
        tx.rows(BOOKS).insert(book)
    except AlreadyPresent:
        raise _being_issued(book["term_id"]) from None


def _being_issued(term_id: str) -> Unavailable:
    return Unavailable(
        f"班次 {term_id} 同一单位的结业证书正在办理，稍后自动重试",
        f"certificates of the same unit in term {term_id} are being issued; this will be tried again",
    )
