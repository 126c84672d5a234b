"""Phone tasks: opened where messages end, taken back where they are not needed any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.notification.commands.working_days import working_days
from services.notification.domain.phone_task import PhoneTask
from services.notification.limits import limits_on
from services.notification.store import PHONE_TASKS, task_of, task_row
from shared.identifiers import new_id
from shared.storage import Transaction
from shared.wording import Words


@dataclass(frozen=True)
class Ringing:
    """Why somebody has to be rung, and what is to be said: the words of ``message_ids``.

    ``cause``: ``message``, ``acknowledgement``, ``delivery`` or ``overdue``.
    """

    office: str
    recipient: str
    cause: str
    cause_id: str
    subject: Words
    unit_id: str | None = None
    term_id: str | None = None
    urgent: bool = False
    message_ids: tuple[str, ...] = ()


def open_task(tx: Transaction, ringing: Ringing) -> str:
    """Open a phone task for a named office and return its id; one that is open for the same cause is kept."""
    same = {"cause_id": ringing.cause_id, "state": {"$in": ["open", "assigned"]}, "recipient": ringing.recipient}
    known = tx.rows(PHONE_TASKS).one(same)
    if known is not None:
        return str(known["_id"])
    within = limits_on(tx.today).number("phone.due_days")
    due_on = tx.today if ringing.urgent else working_days(tx).shift(tx.today, within)
    row = {
        "_id": new_id("task"),
        **{name: getattr(ringing, name) for name in ("office", "recipient", "cause", "cause_id", "unit_id", "term_id")},
        "message_ids": list(ringing.message_ids),
        "subject": ringing.subject.to_wire(),
        "urgent": ringing.urgent,
        "due_on": due_on.isoformat(),
        "opened_at": tx.now,
        **task_row(PhoneTask()),
    }
    tx.rows(PHONE_TASKS).insert(row)
    return str(row["_id"])


def cancel_tasks(tx: Transaction, *cause_ids: str) -> None:
    """Take back the open tasks of causes that came about otherwise."""
    if cause_ids:
        _cancel(tx, {"$in": list(cause_ids)})


def cancel_tasks_within(tx: Transaction, matter: str) -> None:
    """Take back the open tasks of a matter, whoever was to be rung: their causes begin with it."""
    # From its first recipient to what follows its last one: "0" is the character after "/".
    _cancel(tx, {"$gt": f"{matter}/", "$lt": f"{matter}0"})


def _cancel(tx: Transaction, cause_id: Any) -> None:
    rows = tx.rows(PHONE_TASKS).find({"cause_id": cause_id, "state": {"$in": ["open", "assigned"]}})
    tx.rows(PHONE_TASKS).save_many({**row, **task_row(task_of(row).cancel())} for row in rows)
