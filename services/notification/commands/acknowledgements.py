"""Acknowledgements: waited for from the day a letter goes out, received by unit, link or phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.notification import contract
from services.notification.commands.deadlines import Matter, close_deadlines, open_deadline
from services.notification.commands.phone_tasks import cancel_tasks
from services.notification.commands.working_days import working_days
from services.notification.domain.acknowledgement import Acknowledgement, AlreadyAcknowledged, Way
from services.notification.limits import limits_on
from services.notification.queries.letters import readable_letter, shown
from services.notification.queries.templates import rule_in_force
from services.notification.rulebook import rules
from services.notification.store import DEADLINES, LETTERS, TERMS, letter_of
from shared.errors import Invalid
from shared.security.caller import Role
from shared.storage import Transaction

RULE = "letter-acknowledgement"


def awaited(tx: Transaction, letters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return letters of one roster that go out today with the day their acknowledgement is due, and keep that day.

    The day lies before the people report, where there is room for that.
    """
    if not letters:
        return []
    term_id, unit_id = letters[0]["term_id"], letters[0]["unit_id"]
    limits, days = limits_on(tx.today), working_days(tx)
    term = tx.rows(TERMS).get(term_id)
    last = max(tx.today, _day_before(term["reports_on"]))
    due = {
        kind: min(last, days.shift(tx.today, limits.number(f"acknowledgement.{kind}_days")))
        for kind in {letter["kind"] for letter in letters}
    }
    wanted = rule_in_force(tx, rules()[RULE]).remind
    remind = limits["acknowledgement.remind"].value if wanted is None else wanted
    offsets = [*remind, limits.number("acknowledgement.escalate")]
    matter = Matter(RULE, term_id, f"unit:{unit_id}", term_id, unit_id)
    open_deadline(tx, matter, max(due.values()), offsets, days)
    return [{**letter, "acknowledgement": Acknowledgement(due[letter["kind"]]).to_row()} for letter in letters]


def acknowledge_letter(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that a letter came: the unit says so, the person it names, or staff whom somebody told on the phone."""
    row = readable_letter(tx, request["letter_id"])
    tx.expect(row)
    _require_holding(row)
    way = _way(tx, request["note"])
    try:
        [saved] = _receive(tx, [row], way, request["note"])
    except AlreadyAcknowledged:
        raise contract.AlreadyAcknowledged(
            f"{row['number']}的回执已经收到，无需重复操作",
            f"letter {row['number']} was acknowledged before; there is nothing to do",
            letter_id=row["_id"],
        ) from None
    conclude_acknowledgements(tx, row["term_id"], row["unit_id"])
    return shown(saved)


def acknowledge_roster(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that all letters of a unit's roster came."""
    way = _way(tx, request["note"])
    rows = current_letters(tx, request["term_id"], request["unit_id"])
    outstanding = [row for row in rows if Acknowledgement.of_row(row["acknowledgement"]).outstanding]
    saved = _receive(tx, outstanding, way, request["note"])
    conclude_acknowledgements(tx, request["term_id"], request["unit_id"])
    return {
        "term_id": request["term_id"],
        "unit_id": request["unit_id"],
        "acknowledged": len(saved),
        "late": sum(row["acknowledgement"]["late"] for row in saved),
        "already": len(rows) - len(outstanding),
    }


def acknowledge_by_phone(tx: Transaction, term_id: str, unit_id: str, note: str) -> None:
    """Note what a unit said on the phone: its letters of a term came."""
    rows = current_letters(tx, term_id, unit_id)
    outstanding = [row for row in rows if Acknowledgement.of_row(row["acknowledgement"]).outstanding]
    _receive(tx, outstanding, "phone", note)
    conclude_acknowledgements(tx, term_id, unit_id)


def _receive(tx: Transaction, rows: Sequence[dict[str, Any]], way: Way, note: str) -> list[dict[str, Any]]:
    """Keep that letters were acknowledged; nobody has to ring about them. Raises ``AlreadyAcknowledged``."""
    saved = tx.rows(LETTERS).save_many([_received(tx, row, way, note) for row in rows])
    cancel_tasks(tx, *(row["_id"] for row in saved))
    return saved


def _received(tx: Transaction, row: Mapping[str, Any], way: Way, note: str) -> dict[str, Any]:
    before = Acknowledgement.of_row(row["acknowledgement"])
    after = before.receive(way, tx.caller.subject, tx.now, tx.today, note)
    names = ("term_id", "unit_id")
    tx.emit(
        contract.LETTER_ACKNOWLEDGED,
        {"letter_id": row["_id"], **{name: row[name] for name in names}},
        subject=row["_id"],
    )
    return {**row, "acknowledgement": after.to_row()}


def lapse(tx: Transaction, term_id: str, unit_id: str) -> list[dict[str, Any]]:
    """Mark acknowledgements of a roster overdue whose day is over; return the letters still outstanding."""
    outstanding = []
    changed = []
    for row in current_letters(tx, term_id, unit_id):
        before = Acknowledgement.of_row(row["acknowledgement"])
        after = before.lapse(tx.today)
        if after.outstanding:
            outstanding.append(row)
        if after != before:
            changed.append({**row, "acknowledgement": after.to_row()})
            tx.emit(
                contract.ACKNOWLEDGEMENT_OVERDUE,
                {"letter_id": row["_id"], "term_id": term_id, "unit_id": unit_id, "due_on": after.due_on},
                subject=row["_id"],
            )
    tx.rows(LETTERS).save_many(changed)
    return outstanding


def current_letters(tx: Transaction, term_id: str, unit_id: str) -> list[dict[str, Any]]:
    """Return the letters of a roster that hold, are out, and whose acknowledgement is waited for or there."""
    rows = tx.rows(LETTERS).find({"term_id": term_id, "unit_id": unit_id, "state": "issued", "superseded_by": None})
    return [row for row in rows if row.get("acknowledgement")]


def conclude_acknowledgements(tx: Transaction, term_id: str, unit_id: str) -> None:
    """End what a roster's letters led to, reminders and a call, once none of those that hold is outstanding."""
    rows = current_letters(tx, term_id, unit_id)
    if all(not Acknowledgement.of_row(row["acknowledgement"]).outstanding for row in rows):
        key = Matter(RULE, term_id, f"unit:{unit_id}").key
        close_deadlines(tx, tx.rows(DEADLINES).find({"_id": key}), "met" if rows else "cancelled")


def _way(tx: Transaction, note: str) -> Way:
    if tx.caller.roles == {Role.TRAINEE}:
        return "personal_link"
    if Role.UNIT in tx.caller.roles:
        return "unit"
    if not note.strip():
        raise Invalid(
            "代为登记回执时，请在备注（note）中写明对方是谁、何时告知",
            "when you acknowledge for others, say in the note who told you, and when",
            fields={"note": ["required of staff"]},
        )
    return "phone"


def _require_holding(row: dict[str, Any]) -> None:
    if not letter_of(row).current:
        raise contract.LetterClosed(
            f"{row['number']}已作废或被新函替换，请对现行函件回执",
            f"letter {row['number']} no longer holds; acknowledge the one in its place",
            letter_id=row["_id"],
            superseded_by=row["superseded_by"],
        )
    if not row.get("acknowledgement"):
        raise contract.LetterNotPrinted(
            f"{row['number']}尚未发出（状态：{row['state']}），暂不能回执",
            f"letter {row['number']} has not gone out (state {row['state']}); it cannot be acknowledged yet",
            letter_id=row["_id"],
            state=row["state"],
        )


def _day_before(iso: str) -> date:
    return date.fromisoformat(iso) - timedelta(days=1)
