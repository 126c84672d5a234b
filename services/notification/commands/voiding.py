"""Letters that no longer hold: made void by a person, withdrawn with a roster, or superseded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.notification import contract
from services.notification.commands.acknowledgements import conclude_acknowledgements
from services.notification.commands.phone_tasks import cancel_tasks
from services.notification.domain.letter import Letter, LetterClosed
from services.notification.queries.letters import shown
from services.notification.store import (
    DELIVERIES,
    LETTERS,
    ROSTERS,
    delivery_of,
    delivery_row,
    entitlement_of,
    letter_of,
    letter_row,
    roster_id,
    roster_row,
)
from shared.storage import Transaction


def void_letter(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Make a letter void; the unit is owed a new one at the next roster or ``issue_letters``."""
    row = tx.rows(LETTERS).get_within_reach(request["letter_id"])
    tx.expect(row)
    try:
        life = letter_of(row).void(request["reason"], tx.caller.subject, tx.now)
    except LetterClosed:
        raise contract.LetterClosed(
            f"{row['number']}已经作废，无需重复操作",
            f"letter {row['number']} is void already; there is nothing to do",
            letter_id=row["_id"],
        ) from None
    closed = close(tx, {row["_id"]: life})[0]
    roster = tx.rows(ROSTERS).one({"_id": roster_id(row["term_id"], row["unit_id"])})
    if roster is not None:
        tx.rows(ROSTERS).save({**roster, **roster_row(entitlement_of(roster).let_go(row["_id"]))})
    return shown(closed)


def void_all(tx: Transaction, roster: dict[str, Any], reason: str) -> None:
    """Make every current letter of a stored roster void."""
    entitlement = entitlement_of(roster)
    held = [*entitlement.admissions.values(), *([entitlement.transfer] if entitlement.transfer else [])]
    withdraw(tx, [each.letter_id for each in held], reason)
    tx.rows(ROSTERS).save({**roster, "transfer": None, "admissions": [], "until_cancelled": bool(held)})


def withdraw(tx: Transaction, letter_ids: list[str], reason: str) -> None:
    """Make letters void for a reason that is not a person's decision."""
    rows = tx.rows(LETTERS).find({"_id": {"$in": letter_ids}}) if letter_ids else []
    close(tx, {row["_id"]: letter_of(row).void(reason, tx.caller.subject, tx.now) for row in rows})


def close(tx: Transaction, lives: Mapping[str, Letter]) -> list[dict[str, Any]]:
    """Store letters that became void or were superseded, stop their deliveries and calls, and announce it."""
    if not lives:
        return []
    rows = tx.rows(LETTERS).find({"_id": {"$in": list(lives)}})
    saved = tx.rows(LETTERS).save_many({**row, **letter_row(lives[row["_id"]])} for row in rows)
    open_deliveries = tx.rows(DELIVERIES).find(
        {"letter_id": {"$in": list(lives)}, "state": {"$in": ["queued", "sending"]}}
    )
    tx.rows(DELIVERIES).save_many({**row, **delivery_row(delivery_of(row).cancel())} for row in open_deliveries)
    for row in saved:
        cancel_tasks(tx, row["_id"])
        tx.emit(
            contract.LETTER_VOIDED,
            {name: row[name] for name in ("kind", "number", "term_id", "unit_id", "superseded_by")}
            | {"letter_id": row["_id"]},
            subject=row["_id"],
        )
    for term_id, unit_id in sorted({(row["term_id"], row["unit_id"]) for row in saved}):
        conclude_acknowledgements(tx, term_id, unit_id)
    return saved
