"""What changes in briefings, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance import contract
from services.compliance.domain.briefing import Briefing, BriefingIsClosed
from services.compliance.limits import policy_table
from services.compliance.queries.briefing import my_briefing, points_now, shown, shown_mine
from services.compliance.store.briefing import BRIEFINGS, from_row, to_row
from services.compliance.store.term import TERMS
from shared.errors import NotFound
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction


def acknowledge_briefing(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Sign that the unit's people were briefed."""
    row = tx.rows(BRIEFINGS).get_within_reach(request["briefing_id"])
    try:
        briefing = from_row(row).acknowledge(request["signer"], tx.now, tx.today)
    except BriefingIsClosed as closed:
        raise _closed(row, closed.state) from None
    saved = tx.rows(BRIEFINGS).save({**row, **to_row(briefing), "note": request["note"]})
    tx.emit(
        contract.BRIEFING_ACKNOWLEDGED,
        {"briefing_id": row["_id"], "term_id": row["term_id"], "unit_id": row["unit_id"], "late": briefing.late},
        subject=row["_id"],
    )
    return shown(tx, saved)


def acknowledge_my_briefing(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Say oneself that one was briefed, on the points as they are now."""
    row = my_briefing(tx)
    nomination_id = tx.caller.own_id(Role.TRAINEE)
    before = from_row(row)
    try:
        briefing = before.acknowledge_personally(nomination_id, tx.now, tx.today, points_now(tx.today)[1])
    except BriefingIsClosed as closed:
        raise _closed(row, closed.state) from None
    except LookupError:
        raise NotFound("您不在本期的提醒名单中", "you are not among those to brief for this term") from None
    saved = row if briefing == before else tx.rows(BRIEFINGS).save({**row, **to_row(briefing)})
    return shown_mine(tx, saved)


def _closed(row: dict[str, Any], state: str) -> contract.BriefingClosed:
    return contract.BriefingClosed(
        f"纪律提醒 {row['_id']} 已是“{_STATE_ZH[state]}”，无需再次确认",
        f"briefing {row['_id']} is already {state}; there is nothing to acknowledge",
        briefing_id=row["_id"],
        state=state,
    )


def open_briefing(tx: Transaction, data: dict[str, Any]) -> None:
    """A roster was admitted: its unit owes these people a briefing."""
    rows = tx.rows(BRIEFINGS)
    row = rows.one({"term_id": data["term_id"], "unit_id": data["unit_id"]})
    term = tx.rows(TERMS).one({"_id": data["term_id"]})
    before = from_row(row) if row else Briefing(data["term_id"], data["unit_id"])
    briefing = before.with_trainees(frozenset(data["nomination_ids"]))
    if term is not None:
        briefing = briefing.with_term(date.fromisoformat(term["starts_on"]))
        briefing = briefing.cancel() if term["cancelled"] else briefing
    if row is None:
        briefing_id = new_id("briefing")
        rows.insert({"_id": briefing_id, **to_row(briefing), "note": ""})
    else:
        briefing_id = row["_id"]
        if briefing == before:
            return
        rows.save({**row, **to_row(briefing)})
    if briefing.state == "opened":
        tx.emit(
            contract.BRIEFING_OPENED,
            {
                "briefing_id": briefing_id,
                "term_id": briefing.term_id,
                "unit_id": briefing.unit_id,
                "due_on": briefing.due_on(policy_table().on(tx.today).number("briefing.days_before_opening")),
            },
            subject=briefing_id,
        )


def drop_trainee(tx: Transaction, data: dict[str, Any]) -> None:
    """Somebody admitted withdrew: the unit need not brief that person."""
    if not data["was_admitted"]:
        return
    rows = tx.rows(BRIEFINGS)
    row = rows.one({"term_id": data["term_id"], "unit_id": data["unit_id"]})
    before = from_row(row) if row else Briefing(data["term_id"], data["unit_id"])
    after = before.without(data["nomination_id"])
    if row is None:
        rows.insert({"_id": new_id("briefing"), **to_row(after), "note": ""})
    elif after != before:
        rows.save({**row, **to_row(after)})


_STATE_ZH = {"acknowledged": "已确认", "cancelled": "已取消"}
