"""What changes in briefings, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance import contract
from services.compliance.domain.briefing import Briefing, BriefingIsClosed
from services.compliance.limits import policy_table
from services.compliance.queries.briefing import my_briefing, points_now, shown, shown_mine
from services.compliance.store.briefing import BRIEFINGS, from_row, to_row
from services.compliance.store.term import hold_term
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
    _tell_acknowledged(tx, row["_id"], briefing)
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


def open_briefing(tx: Transaction, data: dict[str, Any], term: dict[str, Any] | None) -> None:
    """A roster was admitted: its unit owes these people a briefing. ``term`` is held, or ``None`` if not known yet."""
    row, before = _known(tx, data)
    after = before.with_trainees(frozenset(data["nomination_ids"]))
    _keep(tx, row, before, after if term is None else _dated(after, term))


def drop_trainee(tx: Transaction, data: dict[str, Any]) -> None:
    """Somebody admitted withdrew: the unit need not brief that person."""
    if not data["was_admitted"]:
        return
    row, before = _known(tx, data)
    _keep(tx, row, before, before.without(data["nomination_id"]))


def follow_term(tx: Transaction, term_id: str, starts_on: date) -> None:
    """A term is held from this day on: its briefings are due by it."""
    for row in tx.rows(BRIEFINGS).find({"term_id": term_id}):
        before = from_row(row)
        _keep(tx, row, before, before.with_term(starts_on))


def date_briefing(tx: Transaction, briefing_id: str) -> None:
    """Give a briefing its day where roster and term came at the same moment, and neither found the other."""
    row = tx.rows(BRIEFINGS).get(briefing_id)
    term = hold_term(tx, row["term_id"])
    if term is not None:
        before = from_row(row)
        _keep(tx, row, before, _dated(before, term))


def cancel_briefings(tx: Transaction, term_id: str) -> None:
    """A term will not be held: nobody has to be briefed for it."""
    for row in tx.rows(BRIEFINGS).find({"term_id": term_id}):
        before = from_row(row)
        _keep(tx, row, before, before.cancel())


def _known(tx: Transaction, data: dict[str, Any]) -> tuple[dict[str, Any] | None, Briefing]:
    row = tx.rows(BRIEFINGS).one({"term_id": data["term_id"], "unit_id": data["unit_id"]})
    return row, from_row(row) if row else Briefing(data["term_id"], data["unit_id"])


def _dated(briefing: Briefing, term: dict[str, Any]) -> Briefing:
    dated = briefing.with_term(date.fromisoformat(term["starts_on"]))
    return dated.cancel() if term["cancelled"] else dated


def _keep(tx: Transaction, row: dict[str, Any] | None, before: Briefing, after: Briefing) -> None:
    """Store what became of a briefing, and tell whom it concerns: what is due and when, or that nothing is any more."""
    if row is None:
        row = tx.rows(BRIEFINGS).insert({"_id": new_id("briefing"), **to_row(after), "note": ""})
        if after.state == "opened":
            _tell_opened(tx, row["_id"], after)
    elif after != before:
        tx.rows(BRIEFINGS).save({**row, **to_row(after)})
        if after.asks_anew(before):
            _tell_opened(tx, row["_id"], after)
        elif after.state == "cancelled" != before.state:
            tx.emit(contract.BRIEFING_CANCELLED, _named(row["_id"], after), subject=row["_id"])
        elif after.state == "acknowledged" != before.state:
            _tell_acknowledged(tx, row["_id"], after)


def _tell_opened(tx: Transaction, briefing_id: str, briefing: Briefing) -> None:
    due_on = briefing.due_on(policy_table().on(tx.today).number("briefing.days_before_opening"))
    tx.emit(contract.BRIEFING_OPENED, {**_named(briefing_id, briefing), "due_on": due_on}, subject=briefing_id)


def _tell_acknowledged(tx: Transaction, briefing_id: str, briefing: Briefing) -> None:
    told = {**_named(briefing_id, briefing), "late": briefing.late}
    tx.emit(contract.BRIEFING_ACKNOWLEDGED, told, subject=briefing_id)


def _named(briefing_id: str, briefing: Briefing) -> dict[str, Any]:
    return {"briefing_id": briefing_id, "term_id": briefing.term_id, "unit_id": briefing.unit_id}


_STATE_ZH = {"acknowledged": "已确认", "cancelled": "已取消"}
