"""Phone tasks."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands import calls
from services.notification.queries import phone_tasks as phone_task_queries
from services.notification.service.desk import Desk
from shared.messaging import Call, serves
from shared.runtime.work import dumped


class PhoneTaskEntrypoints(Desk):
    """Phone tasks."""

    @serves(contract.LIST_PHONE_TASKS)
    def list_phone_tasks(self, call: Call) -> dict[str, Any]:
        """List phone tasks."""
        return self.kit.query(call, phone_task_queries.list_phone_tasks)

    @serves(contract.GET_PHONE_TASK)
    def get_phone_task(self, call: Call) -> dict[str, Any]:
        """Show a phone task with whom to ring."""
        return dumped(call.operation, calls.phone_task_sheet(self.kit.work(call)))

    @serves(contract.ASSIGN_PHONE_TASK)
    def assign_phone_task(self, call: Call) -> dict[str, Any]:
        """Put a phone task into somebody's hands."""
        return self.kit.command(call, calls.assign_phone_task)

    @serves(contract.RECORD_CALL)
    def record_call(self, call: Call) -> dict[str, Any]:
        """Write down what came of a call."""
        return self.kit.command(call, calls.record_call)
