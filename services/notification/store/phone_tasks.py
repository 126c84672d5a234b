"""Phone tasks: whom an office has to ring."""

from __future__ import annotations

from typing import Any

from services.notification.domain.phone_task import STATES as TASK_STATES
from services.notification.domain.phone_task import PhoneTask
from services.notification.store.shapes import MAYBE_TEXT, TEXT, one_of
from shared.storage import Collection, Index

PHONE_TASKS = Collection(
    "phone_tasks",
    indexes=(Index((("cause_id", 1),)), Index((("office", 1), ("state", 1)))),
    validator={
        "required": ["office", "recipient", "cause", "cause_id", "message_ids", "subject", "state", "calls", "due_on"],
        "properties": {
            "office": TEXT,
            "recipient": TEXT,
            "unit_id": MAYBE_TEXT,
            "term_id": MAYBE_TEXT,
            "cause": TEXT,
            "cause_id": TEXT,
            "state": one_of(TASK_STATES),
        },
    },
)


def task_row(task: PhoneTask) -> dict[str, Any]:
    """Return the fields of a task's state as they are stored."""
    return {"state": task.state, "assignee": task.assignee, "calls": list(task.calls)}


def task_of(row: dict[str, Any]) -> PhoneTask:
    """Return the state of a stored task."""
    return PhoneTask(row["state"], row["assignee"], tuple(row["calls"]))
