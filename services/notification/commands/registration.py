"""Registering letters: what a roster is owed, numbered without gaps, in one transaction."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from services.enrollment.contract import LIST_TRAINEES
from services.notification import contract
from services.notification.commands.drafting import Draft, draft_letters
from services.notification.commands.numbers import numbering, take_numbers
from services.notification.commands.voiding import close, withdraw
from services.notification.domain.entitlement import Entitlement, Owed
from services.notification.domain.facts import KINDS, Trainee
from services.notification.domain.letter import Letter
from services.notification.domain.numbering import LetterNumber, Register
from services.notification.queries.deliveries import issuer_rows
from services.notification.queries.terms import require_term
from services.notification.store import (
    LETTERS,
    ROSTERS,
    TERMS,
    entitlement_of,
    letter_of,
    letter_row,
    roster_id,
    roster_row,
    term_of,
)
from shared.contracts.schema import PAGE_LIMIT
from shared.errors import Unavailable
from shared.identifiers import new_id
from shared.runtime.work import Work
from shared.storage import Transaction, View
from shared.storage.faults import AlreadyPresent

_LEFT_THE_ROSTER = "已不在录取名单中"
_TRIES = 5


class _Outrun(Exception):
    """The roster was registered by somebody else after enrollment was asked."""


def issue_letters(work: Work) -> dict[str, Any]:
    """Register a roster because somebody asks for it. Raises ``NotFound`` for a term that nobody announced."""
    require_term(work.view(), work.request["term_id"])
    return register_roster(work)


def register_roster(work: Work) -> dict[str, Any]:
    """Bring the letters of ``request["unit_id"]`` in ``request["term_id"]`` up to what enrollment now says.

    Enrollment is asked afresh, so events that come late, twice or out of order lead to the same letters. Where somebody
    else registered the same roster since, what enrollment said is too old, and it is asked again.
    """
    for _ in range(_TRIES):
        with suppress(_Outrun):
            return _register_as_of_now(work, work.request["term_id"], work.request["unit_id"])
    raise _being_registered(work.request["term_id"])


def _register_as_of_now(work: Work, term_id: str, unit_id: str) -> dict[str, Any]:
    view = work.view()
    # Before enrollment is asked: whoever saves the roster after this look may know more than the answer says.
    seen = _version(view.rows(ROSTERS).one({"_id": roster_id(term_id, unit_id)}))
    trainees: list[Trainee] = []
    unit_title = ""
    if not _known_term(view, term_id)["cancelled"]:
        trainees, unit_title = _admitted(work, term_id, unit_id)
    view = work.view()
    issuers = issuer_rows(view)
    registers: dict[str, str] = {kind: Register(issuers[kind]["series"], view.today.year).key for kind in KINDS}

    def register(tx: Transaction) -> dict[str, Any]:
        # Held, because a move or cancellation at this moment looks for rosters that have letters and finds none.
        term = tx.rows(TERMS).hold(term_id)
        stored = tx.rows(ROSTERS).one({"_id": roster_id(term_id, unit_id)})
        if _version(stored) != seen:
            raise _Outrun
        named = [] if term["cancelled"] else trainees
        drafts = draft_letters(term_of(term), unit_id, unit_title, named, issuers)
        return _register(tx, term_id, unit_id, stored, drafts, registers)

    return numbering(work, list(registers.values()), lambda: work.transact(register))


def _known_term(view: View, term_id: str) -> dict[str, Any]:
    row = view.rows(TERMS).one({"_id": term_id})
    if row is None:
        raise contract.TermNotKnown(
            f"尚未收到班次 {term_id} 的排期信息，暂不能发函，系统会自动重试",
            f"term {term_id} has not been announced yet; no letters can be drawn up, this will be tried again",
            term_id=term_id,
        )
    return row


def _admitted(work: Work, term_id: str, unit_id: str) -> tuple[list[Trainee], str]:
    found: list[Trainee] = []
    title, cursor = "", None
    while True:
        # Without the units below: those have rosters and letters of their own.
        request = {"term_id": term_id, "unit_id": unit_id, "below": False, "limit": PAGE_LIMIT}
        page = work.ask(LIST_TRAINEES, request | ({"cursor": cursor} if cursor else {}))
        for row in page["items"]:
            title = row["unit_title"]
            found.append(
                Trainee(
                    nomination_id=row["nomination_id"],
                    name=row["name"],
                    sex=row["sex"] or "",
                    workplace=row.get("workplace") or "",
                    post=row["post"] or "",
                    rank=row["rank"] or "",
                )
            )
        cursor = page.get("next_cursor")
        if not cursor:
            return found, title


def _register(
    tx: Transaction,
    term_id: str,
    unit_id: str,
    stored: dict[str, Any] | None,
    drafts: dict[str | None, Draft],
    registers: dict[str, str],
) -> dict[str, Any]:
    key = roster_id(term_id, unit_id)
    entitlement = entitlement_of(stored)
    transfer = drafts.get(None)
    decision = entitlement.decide(
        transfer.facts.digest() if transfer else None,
        {nomination_id: draft.facts.digest() for nomination_id, draft in drafts.items() if nomination_id},
    )
    again = _print_again(tx, entitlement, term_id, unit_id)
    done = {"term_id": term_id, "unit_id": unit_id, "batch_id": None, "registered": 0, "superseded": 0, "voided": 0}
    done["printed_again"] = again
    if decision.nothing:
        # Kept all the same: who asked enrollment before us may know less, and has to see that we looked since.
        _keep(tx, stored, {"_id": key, "term_id": term_id, "unit_id": unit_id, **roster_row(entitlement)})
        return done
    batch_id = new_id("batch")
    rows, after = _numbered(tx, decision.register, drafts, batch_id, entitlement, registers)
    tx.rows(LETTERS).insert_many(rows)
    _supersede(tx, {row["supersedes"]: row["_id"] for row in rows if row["supersedes"]})
    withdraw(tx, list(decision.withdraw), _LEFT_THE_ROSTER)
    for letter_id in decision.withdraw:
        after = after.let_go(letter_id)
    _keep(
        tx, stored, {"_id": key, "term_id": term_id, "unit_id": unit_id, "until_cancelled": False, **roster_row(after)}
    )
    if rows:
        tx.emit(
            contract.BATCH_REGISTERED,
            {
                "batch_id": batch_id,
                "term_id": term_id,
                "unit_id": unit_id,
                "letter_ids": [row["_id"] for row in rows],
            },
            subject=batch_id,
        )
    superseded = sum(1 for row in rows if row["supersedes"])
    counts = {"registered": len(rows), "superseded": superseded, "voided": len(decision.withdraw)}
    return {**done, **counts, "batch_id": batch_id if rows else None}


def _print_again(tx: Transaction, entitlement: Entitlement, term_id: str, unit_id: str) -> int:
    current = [held.letter_id for held in (entitlement.transfer, *entitlement.admissions.values()) if held]
    rows = tx.rows(LETTERS).find({"_id": {"$in": current}, "state": "unprintable"}) if current else []
    tx.rows(LETTERS).save_many({**row, **letter_row(letter_of(row).print_again())} for row in rows)
    if rows:
        batch_id, letter_ids = new_id("batch"), [row["_id"] for row in rows]
        data = {"batch_id": batch_id, "term_id": term_id, "unit_id": unit_id, "letter_ids": letter_ids}
        tx.emit(contract.BATCH_REGISTERED, data, subject=batch_id)
    return len(rows)


def _numbered(
    tx: Transaction,
    register: tuple[Owed, ...],
    drafts: dict[str | None, Draft],
    batch_id: str,
    entitlement: Entitlement,
    registers: dict[str, str],
) -> tuple[list[dict[str, Any]], Entitlement]:
    needed: dict[str, int] = {}
    for owed in register:
        name = registers[drafts[owed.nomination_id].facts.kind]
        needed[name] = needed.get(name, 0) + 1
    numbers = {name: iter(take_numbers(tx, name, count)) for name, count in sorted(needed.items())}
    rows = []
    for owed in register:
        draft = drafts[owed.nomination_id]
        row = _row(tx, draft, next(numbers[registers[draft.facts.kind]]), batch_id, owed)
        entitlement = entitlement.hold(owed, row["_id"])
        rows.append(row)
    return rows, entitlement


def _row(tx: Transaction, draft: Draft, number: LetterNumber, batch_id: str, owed: Owed) -> dict[str, Any]:
    facts = draft.facts
    return {
        "_id": new_id("letter"),
        "kind": facts.kind,
        "series": number.series,
        "year": number.year,
        "sequence": number.sequence,
        "number": str(number),
        "issued_on": tx.today.isoformat(),
        "title": draft.title,
        "document": draft.document,
        "sign_off": draft.sign_off,
        "term_id": facts.term.term_id,
        "unit_id": facts.unit_id,
        "unit_title": facts.unit_title,
        "nomination_id": owed.nomination_id,
        "trainees": len(facts.trainees),
        "batch_id": batch_id,
        "said": facts.to_json(),
        "supersedes": owed.supersedes,
        "sha256": None,
        "size": None,
        "acknowledgement": None,
        **letter_row(Letter()),
    }


def _supersede(tx: Transaction, replaced: dict[str, str]) -> None:
    if replaced:
        olds = tx.rows(LETTERS).find({"_id": {"$in": list(replaced)}})
        close(tx, {row["_id"]: letter_of(row).supersede(replaced[row["_id"]]) for row in olds})


def _keep(tx: Transaction, stored: dict[str, Any] | None, row: dict[str, Any]) -> None:
    if stored is not None:
        tx.rows(ROSTERS).save_many([{**stored, **row}])
        return
    try:
        tx.rows(ROSTERS).insert({"until_cancelled": False, **row})
    except AlreadyPresent:
        raise _being_registered(row["term_id"]) from None


def _version(roster: dict[str, Any] | None) -> int:
    return 0 if roster is None else int(roster["version"])


def _being_registered(term_id: str) -> Unavailable:
    return Unavailable(
        f"班次 {term_id} 的同一单位名单正在登记，稍后自动重试",
        f"the same unit's roster of term {term_id} is being registered; this will be tried again",
    )
