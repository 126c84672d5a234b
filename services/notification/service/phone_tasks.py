"""Phone tasks."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands import phone_tasks
from services.notification.queries import phone_tasks as phone_task_queries
from services.notification.service.desk import Desk
from shared.messaging import Call, serves


class PhoneTaskEntrypoints(Desk):
    """Phone tasks."""

    @serves(contract.LIST_PHONE_TASKS)
    def list_phone_tasks(self, call: Call) -> dict[str, Any]:
        """List phone tasks."""
        return self.kit.query(call, phone_task_queries.list_phone_tasks)

    @serves(contract.ASSIGN_PHONE_TASK)
    def assign_phone_task(self, call: Call) -> dict[str, Any]:
        """Put a phone task into somebody's hands."""
        return self.kit.command(call, phone_tasks.assign_phone_task)

    @serves(contract.RECORD_CALL)
    def record_call(self, call: Call) -> dict[str, Any]:
        """Write down what came of a call."""
        return self.kit.command(call, phone_tasks.record_call)
