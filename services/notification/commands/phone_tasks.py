"""Phone tasks: opened where messages end, put into somebody's hands, concluded by a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.notification import contract
from services.notification.commands.acknowledgements import acknowledge_by_phone
from services.notification.commands.working_days import working_days
from services.notification.domain.phone_task import PhoneTask, TaskClosed
from services.notification.limits import limits_on
from services.notification.queries.phone_tasks import shown
from services.notification.store import PHONE_TASKS, task_of, task_row
from shared.identifiers import new_id
from shared.storage import Transaction
from shared.wording import Words


@dataclass(frozen=True)
class Ringing:
    """Why somebody has to be rung. ``cause``: ``message``, ``acknowledgement``, ``delivery`` or ``overdue``."""

    office: str
    recipient: str
    cause: str
    cause_id: str
    subject: Words
    unit_id: str | None = None
    term_id: str | None = None
    urgent: bool = False


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
        "subject": ringing.subject.to_wire(),
        "urgent": ringing.urgent,
        "due_on": due_on.isoformat(),
        "opened_at": tx.now,
        **task_row(PhoneTask()),
    }
    tx.rows(PHONE_TASKS).insert(row)
    return str(row["_id"])


def assign_phone_task(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a phone task into somebody's hands."""
    row = tx.rows(PHONE_TASKS).get(request["task_id"])
    try:
        after = task_of(row).assign(request["assignee"])
    except TaskClosed as closed:
        raise _closed(row, closed.state) from None
    return shown(tx.rows(PHONE_TASKS).save({**row, **task_row(after)}))


def record_call(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Write down what came of a call; a person reached ends what the task was for."""
    row = tx.rows(PHONE_TASKS).get(request["task_id"])
    tx.expect(row)
    try:
        after = task_of(row).record(request["outcome"], request["note"], tx.caller.subject, tx.now)
    except TaskClosed as closed:
        raise _closed(row, closed.state) from None
    saved = tx.rows(PHONE_TASKS).save({**row, **task_row(after)})
    if request["outcome"] == "reached" and row["cause"] == "acknowledgement":
        acknowledge_by_phone(tx, row["term_id"], row["unit_id"], request["note"])
    return shown(saved)


def cancel_tasks(tx: Transaction, cause_id: str) -> None:
    """Take back the open tasks of a cause that came about otherwise."""
    rows = tx.rows(PHONE_TASKS).find({"cause_id": cause_id, "state": {"$in": ["open", "assigned"]}})
    tx.rows(PHONE_TASKS).save_many({**row, **task_row(task_of(row).cancel())} for row in rows)


def _closed(row: dict[str, Any], state: str) -> contract.TaskClosed:
    zh = {"done": "已完成", "cancelled": "已取消"}[state]
    return contract.TaskClosed(
        f"该电话任务{zh}，不能再登记；如需再次联系，请另行安排",
        f"the phone task is {state}; nothing more can be written into it",
        task_id=row["_id"],
        state=state,
    )
