"""Follow-ups of adopted proposals: asked for, recorded, told when nobody records them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.outcomes import contract
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.commands.proposals import keep_proposal, stepped
from services.outcomes.domain.personal_data import without_personal_numbers
from services.outcomes.domain.proposal import FollowUp
from services.outcomes.limits import policy_table
from services.outcomes.queries.proposals import received_proposal, shown_whole
from services.outcomes.store.proposals import PROPOSALS, proposal_from
from shared.storage import Transaction


def record_follow_up(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Say for the department how far it has come."""
    row = received_proposal(tx, request["proposal_id"])
    refuse_marking(request["evidence"], "进展说明", "the evidence")
    notice_days = policy_table().on(tx.today).number("proposal.follow_up_notice_days")
    evidence = without_personal_numbers(request["evidence"])
    before = proposal_from(row)
    after = stepped(lambda: before.recorded(request["month"], request["progress"], evidence, tx.today, notice_days))
    saved = keep_proposal(tx, row, after)
    told = {"proposal_id": row["_id"], "unit_id": row["receiving_unit_id"], "month": request["month"]}
    tx.emit(contract.FOLLOW_UP_RECORDED, {**told, "state": request["progress"]}, subject=row["_id"])
    return shown_whole(tx, saved)


def ask_follow_ups(tx: Transaction) -> None:
    """Ask for every follow-up that is near, and tell of every one overdue, each once, however long nobody looked."""
    notice_days = policy_table().on(tx.today).number("proposal.follow_up_notice_days")
    horizon = (tx.today + timedelta(days=notice_days)).isoformat()
    for row in tx.rows(PROPOSALS).find({"next_look_on": {"$lte": horizon}}):
        proposal = proposal_from(row)
        due, overdue = proposal.due(tx.today, notice_days), proposal.overdue(tx.today)
        if not due and not overdue:
            continue
        keep_proposal(tx, row, proposal.told(due, overdue, tx.today))
        for event, each in [(contract.FOLLOW_UP_DUE, each) for each in due] + [
            (contract.FOLLOW_UP_OVERDUE, each) for each in overdue
        ]:
            tx.emit(event, _told(row, each), subject=row["_id"])


def _told(row: dict[str, Any], each: FollowUp) -> dict[str, Any]:
    place = {"proposal_id": row["_id"], "unit_id": row["receiving_unit_id"]}
    return {**place, "month": each.month, "due_on": each.due_on}
