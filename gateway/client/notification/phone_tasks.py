"""Phone tasks of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.notification.types.phone_tasks import PhoneTask, PhoneTaskPage, PhoneTaskSheet
from gateway.client.wire import UNSET, Caller, Unset, given


class PhoneTasksCalls(Caller):
    """函件与送达 / Notification: phone tasks."""

    def list_phone_tasks(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        office: Literal["organisation_department", "party_school"] | Unset = UNSET,
        state: Literal["open", "assigned", "done", "cancelled"] | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        assignee: str | Unset = UNSET,
    ) -> PhoneTaskPage:
        """查询电话任务 / List phone tasks."""
        return self._wire.send(
            PhoneTaskPage,
            "GET",
            "/phone-tasks",
            given(
                cursor=cursor,
                limit=limit,
                office=office,
                state=state,
                unit_id=unit_id,
                term_id=term_id,
                assignee=assignee,
            ),
        )

    def get_phone_task(self, *, task_id: str) -> PhoneTaskSheet:
        """查看电话任务及号码（留痕） / Show a phone task with its numbers; the view is audited."""
        return self._wire.send(PhoneTaskSheet, "GET", "/phone-tasks/{task_id}", given(task_id=task_id))

    def assign_phone_task(
        self, *, task_id: str, assignee: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> PhoneTask:
        """分派电话任务 / Put a phone task into somebody's hands."""
        return self._wire.send(
            PhoneTask,
            "POST",
            "/phone-tasks/{task_id}/assignment",
            given(task_id=task_id, assignee=assignee),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_call(
        self,
        *,
        task_id: str,
        outcome: Literal["reached", "no_answer", "wrong_number", "will_call_back", "unreachable"],
        note: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> PhoneTask:
        """登记通话结果 / Write down what came of a call."""
        return self._wire.send(
            PhoneTask,
            "POST",
            "/phone-tasks/{task_id}/calls",
            given(task_id=task_id, outcome=outcome, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
