"""Reminders: the turns of deadlines that have come, each at most once."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.notification.commands.acknowledgements import RULE as ACKNOWLEDGEMENT
from services.notification.commands.acknowledgements import current_letters, lapse
from services.notification.commands.deadlines import Matter, close_deadlines, take_turn
from services.notification.commands.phone_tasks import open_task
from services.notification.commands.sending import quietly
from services.notification.commands.telling import OVERDUE, Sayings, remind_of, ringing
from services.notification.domain.acknowledgement import Acknowledgement
from services.notification.domain.deadline import Slot
from services.notification.domain.message_rule import MessageRule
from services.notification.queries.templates import rule_in_force
from services.notification.rulebook import rules
from services.notification.store import DEADLINES, deadline_of
from shared.runtime.work import Work
from shared.storage import Transaction

_BATCH = 50


def remind(work: Work) -> None:
    """Write the reminders of every deadline whose next turn has come."""
    while True:
        found: list[int] = []
        quietly(work, "remind", partial(_remind_some, found=found))
        if found[-1] < _BATCH:
            return


def _remind_some(tx: Transaction, found: list[int]) -> None:
    due = {"next_on": {"$type": "string", "$lte": tx.today.isoformat()}}
    rows = tx.rows(DEADLINES).find(due, [("next_on", 1)], _BATCH)
    found.append(len(rows))
    sayings = Sayings.at(tx)
    after = [row for row in (_turn(tx, row, sayings) for row in rows) if row is not None]
    tx.rows(DEADLINES).save_many(after)


def _turn(tx: Transaction, row: dict[str, Any], sayings: Sayings) -> dict[str, Any] | None:
    slot = deadline_of(row).turn(row["offsets"], sayings.days.shift, tx.today)
    if slot is None:
        return {**row, "next_on": None}
    rule = rule_in_force(tx, rules()[row["rule"]])
    values = dict(row["values"].get("said", {}))
    if row["rule"] == ACKNOWLEDGEMENT:
        outstanding = _outstanding(tx, row, slot)
        if not outstanding:
            close_deadlines(tx, [row], "met")
            return None
        values = {"term": ["term", row["term_id"]], "due": ["day", row["due_on"]], "outstanding": ["text", outstanding]}
    if rule.enabled:
        _say(tx, row, rule, slot, values, sayings)
    return take_turn(row, slot, sayings.days)


def _say(
    tx: Transaction, row: dict[str, Any], rule: MessageRule, slot: Slot, values: dict[str, Any], sayings: Sayings
) -> None:
    message = remind_of(tx, row, rule, slot.offset, values, sayings)
    if message is not None and slot.offset >= OVERDUE and rule.phone:
        matter = Matter(row["rule"], row["subject"], row["recipient"], row["term_id"], row["unit_id"])
        cause = "acknowledgement" if row["rule"] == ACKNOWLEDGEMENT else "overdue"
        open_task(tx, ringing(rule, matter, message, cause))


def _outstanding(tx: Transaction, row: dict[str, Any], slot: Slot) -> int:
    if slot.overdue:
        return len(lapse(tx, row["term_id"], row["unit_id"]))
    letters = current_letters(tx, row["term_id"], row["unit_id"])
    return sum(Acknowledgement.of_row(letter["acknowledgement"]).outstanding for letter in letters)
