"""Working off phone tasks: whose they are, what the caller needs, what came of a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from services.notification import contract
from services.notification.commands.acknowledgements import acknowledge_by_phone
from services.notification.commands.addressing import Addressing
from services.notification.commands.composing import Composer
from services.notification.commands.concluding import reached_by_phone
from services.notification.domain.phone_task import TaskClosed
from services.notification.queries.phone_tasks import shown
from services.notification.rulebook import title_of
from services.notification.store import MESSAGES, PHONE_TASKS, task_of, task_row
from shared.errors import Fault
from shared.runtime.work import Work
from shared.storage import Transaction

_log = structlog.get_logger("diaoxun.notification")


def phone_task_sheet(work: Work) -> dict[str, Any]:
    """Return a phone task with whom to ring and what to say; the words hold no personal link."""
    view = work.view()
    row = view.rows(PHONE_TASKS).get_within_reach(work.request["task_id"])
    addressing = Addressing(work)
    reached = addressing.reached(row["recipient"])
    composer = Composer(work, addressing, lambda recipient: "（请其打开已收到的个人链接）")
    messages = view.rows(MESSAGES).find({"_id": {"$in": row["message_ids"]}}, [("created_at", 1)])
    said = [_words(composer, message) for message in messages] or [row["subject"]["zh"]]
    return {
        **shown(row),
        "person": reached.person or reached.title,
        "numbers": list(reached.numbers),
        "words": "\n\n".join(said),
    }


def assign_phone_task(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a phone task into somebody's hands."""
    row = tx.rows(PHONE_TASKS).get_within_reach(request["task_id"])
    try:
        after = task_of(row).assign(request["assignee"])
    except TaskClosed as closed:
        raise _closed(row, closed.state) from None
    return shown(tx.rows(PHONE_TASKS).save({**row, **task_row(after)}))


def record_call(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Write down what came of a call; a person reached ends what the task was for."""
    row = tx.rows(PHONE_TASKS).get_within_reach(request["task_id"])
    tx.expect(row)
    try:
        after = task_of(row).record(request["outcome"], request["note"], tx.caller.subject, tx.now)
    except TaskClosed as closed:
        raise _closed(row, closed.state) from None
    saved = tx.rows(PHONE_TASKS).save({**row, **task_row(after)})
    if request["outcome"] == "reached":
        if row["cause"] == "acknowledgement":
            acknowledge_by_phone(tx, row["term_id"], row["unit_id"], request["note"])
        elif row["cause"] == "message":
            reached_by_phone(tx, row["cause_id"], request["note"])
    return shown(saved)


def _words(composer: Composer, message: Mapping[str, Any]) -> str:
    try:
        return composer.filled(message).body
    except Exception as error:
        if isinstance(error, Fault) and error.transient:
            raise
        # It may be why somebody has to ring: what the message is about is known still.
        _log.exception("a message cannot be worded for a call", message_id=message["_id"])
        return title_of(message["template"])


def _closed(row: dict[str, Any], state: str) -> contract.TaskClosed:
    zh = {"done": "已完成", "cancelled": "已取消"}[state]
    return contract.TaskClosed(
        f"该电话任务{zh}，不能再登记；如需再次联系，请另行安排",
        f"the phone task is {state}; nothing more can be written into it",
        task_id=row["_id"],
        state=state,
    )
